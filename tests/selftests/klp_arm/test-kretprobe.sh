#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-kretprobe.sh - a function that is patched and whose returns are probed,
# in either order: the probe sees each return, and what the new one returns.

. "$(dirname "$0")/functions.sh"
. "$HERE/probe-cases.sh"

both_orders "kretprobe" "r:$F" "$CALLS"

return_values() {
	local old new

	load "$T"
	echo "r:a $F value=\$retval:u32" > "$TRACE/kprobe_events"
	echo 1 > "$TRACE/events/kprobes/a/enable"
	old=$(returned)
	patch "$P"
	new=$(returned)
	[[ $new = $((old + 1)) ]] || fail "returned $old, patched $new"
	unpatch "$P"
	expect "$old" returned
	probe_off a
	unload "$T"
}

# The one value that all calls of a round returned
returned() {
	: > "$TRACE/trace"
	cat "$DEBUG/$T" > /dev/null
	sed -n 's/.* value=//p' "$TRACE/trace" | sort -u
}
add_case "kretprobe sees what the new function returns" return_values

hammered "kretprobe" "r:$F"

with_tracer() {
	load "$T"
	trace_on "$1" target_large
	probe_on a "r:$F" || fail "the probe is refused"
	patch "$P"
	call_hits new a "$CALLS"
	expect "$CALLS" seen target_large
	trace_off
	call_hits new a "$CALLS"
	unpatch "$P"
	probe_off a
	unload "$T"
}
add_case "kretprobe and function tracer" with_tracer function
add_case "kretprobe and function_graph tracer" with_tracer function_graph

asleep() {
	load target_callee
	load "$T"
	probe_on a r:target_callee:target_inner || fail "the probe is refused"
	start_reader target_callee
	cycle 1 "$P"
	patch_nowait patch_callee
	stays_in_transition patch_callee
	release target_callee
	wait_settled patch_callee
	expect old reader_said
	unpatch patch_callee
	probe_off a
	unload target_callee
	unload "$T"
}
add_case "task asleep under a kretprobe" asleep

run_cases
