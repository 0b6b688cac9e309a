# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# log.sh - what the kernel said during a case. To be sourced by functions.sh.

# The log since the case began, and what in it no case may cause
case_log() {
	dmesg | sed "1,/$(sed 's/[][\.*^$/]/\\&/g' <<< "$case_mark")/d"
}

log_splats='WARNING|BUG|Oops|Unable to handle|Internal error|cut here|stall'
log_splats+='|hung_task|lockup|scheduling while atomic|refcount_t|corrupt'
log_splats+='|signaling remaining tasks|ftrace (failed|bug)|failed to'
log_splats+='|(klp_arm|livepatch): .*(cannot|failed|error|refusing|not |inval)'

# allow_log REGEX: lines that the case is about
allow_log() {
	echo "$1" >> "$case_dir/allowed"
}

check_log() {
	local bad

	bad=$(case_log | grep -E "$log_splats" |
	      grep -Ev -f "$case_dir/allowed" || :)
	[[ -z $bad ]] || {
		echo "# the kernel's log has lines that do not belong there:"
		echo "# ${bad//$'\n'/$'\n# '}"
		return 1
	}
}

# expect_log REGEX...: lines that the case must have caused, and may cause
expect_log() {
	local regex

	for regex; do
		allow_log "$regex"
		case_log | grep -Eq "$regex" ||
			fail "the log has no line like '$regex'"
	done
}
