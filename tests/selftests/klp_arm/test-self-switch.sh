#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-self-switch.sh - a function in which a task switches itself to a patch
# cannot be patched: the task may go on, and sleep, in the version that is taken
# away, and no one would wait for it.

. "$(dirname "$0")/functions.sh"
. "$HERE/trace.sh"

# symbol_of FUNCTION: its name here, which may be that of a clone
symbol_of() {
	awk -v name="$1" '$2 ~ /[tT]/ && $4 == "" &&
		($3 == name || index($3, name ".") == 1) { print $3; exit }' \
		/proc/kallsyms
}

# A function that the compiler put into its caller has no name to be patched by.
refused() {
	local symbol

	symbol=$(symbol_of "$1")
	if [[ -z $symbol ]]; then
		echo "# $1 is part of its caller in this kernel"
		refuse 'Invalid parameters' patch_named second="$1"
		expect_log "livepatch: symbol '$1' not found in symbol table"
	else
		refuse 'Operation not supported' patch_named second="$symbol"
		expect_log "klp_arm: function '$symbol' in object 'vmlinux' cannot be redirected: .*\(switches-task\)"
	fi
	allow_log "livepatch: failed to (enable|patch|register)"
}

for function in klp_update_patch_state do_work_pending do_idle \
		cpu_startup_entry rest_init secondary_start_kernel; do
	add_case "$function() is refused" refused "$function"
done

# The list is complete if nobody else calls klp_update_patch_state(): its callers
# are on the stack when a task switches itself. A transition ends when every task
# has switched, so the tracer sees idle tasks and those on their way to user space.
callers_are_listed() {
	local caller

	load target_leaf
	trace_on function klp_update_patch_state
	cycle 3 patch_leaf
	sed -n 's/.*klp_update_patch_state <-//p' "$TRACE/trace" | sort -u \
		> "$case_dir/callers"
	trace_off
	unload target_leaf
	[[ -s $case_dir/callers ]] || fail "no task was seen to switch itself"
	while read -r caller; do
		case ${caller%%.*} in
		do_work_pending|do_idle|cpu_startup_entry) ;;
		*) fail "$caller() switches its own task, too" ;;
		esac
	done < "$case_dir/callers"
}

add_case "tasks switch themselves in these functions alone" callers_are_listed

run_cases
