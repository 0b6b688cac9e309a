#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-trace.sh - a function that is patched and traced by the function
# tracer, in either order: the new one answers, the tracer sees every call and
# all of its callers, and both can go first.

. "$(dirname "$0")/functions.sh"
. "$HERE/trace-cases.sh"

# callers TARGET VERSION: of the function that is traced
callers() {
	answers "$1" "$2"
	stack_callers
}

# Whatever is patched, the callers are those of the old function.
same_callers() {
	local wanted=$1

	shift
	expect "$wanted" callers "$@"
}

# all_callers SHAPE FUNCTION: the tracer and the patch are asked in either order
all_callers() {
	local target=target_$1 patch=patch_$1 wanted

	load "$target"
	stack_trace_on "$2"
	wanted=$(callers "$target" old)
	[[ $wanted = "target_call target_call_checked target_show "*" vfs_read "* ]] ||
		fail "$2 has these callers: '$wanted'"

	patch "$patch"
	same_callers "$wanted" "$target" new
	trace_off
	stack_trace_on "$2"
	same_callers "$wanted" "$target" new
	unpatch "$patch"
	same_callers "$wanted" "$target" old
	trace_off
	unload "$target"
}

add_tracer_cases function
add_case "all callers, of a function with a frame" all_callers arguments target_ten
add_case "all callers, of a function without a frame" \
	all_callers leaf target_twice

run_cases
