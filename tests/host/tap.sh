# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# tap.sh - TAP output for the host's shell tests; to be sourced.
#
# A case is a function: every command in it must succeed. It runs in a subshell
# with errexit, so that a failed check ends it and the next case still runs.

tap_count=0
tap_failed=0

# check NAME FUNCTION [ARGUMENT]... - runs one case, and says how long a slow one
# took.
check() {
	local name=$1 log status=0 start=$SECONDS

	shift
	log=$(mktemp)
	tap_count=$((tap_count + 1))
	# Not in a condition: that would switch errexit off inside.
	set +e
	(set -e; trap 'echo "failed: $BASH_COMMAND (line $LINENO)" >&2' ERR
	 set -o errtrace; "$@") >"$log" 2>&1
	status=$?
	set -e
	if [[ $status -eq 0 ]]; then
		echo "ok $tap_count - $name"
	else
		echo "not ok $tap_count - $name"
		tail -n 40 "$log" | sed 's/^/# /'
		tap_failed=$((tap_failed + 1))
	fi
	((SECONDS - start < 10)) || echo "# $name took $((SECONDS - start)) s"
	rm -f "$log"
}

# fails STATUS COMMAND... - COMMAND must end with exactly STATUS.
fails() {
	local want=$1 status=0

	shift
	"$@" || status=$?
	[[ $status -eq $want ]] || {
		echo "status $status instead of $want: $*" >&2
		return 1
	}
}

# says FILE TEXT - FILE must have TEXT in it.
says() {
	grep -q -F -e "$2" "$1" || {
		echo "no '$2' in:" >&2
		cat "$1" >&2
		return 1
	}
}

# Ends the script: the plan last, and the status.
tap_end() {
	echo "1..$tap_count"
	[[ $tap_failed -eq 0 ]]
}
