#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-distance.sh - modules that no longer fit the area beside the kernel land
# out of branch range; their calls to the tracer go through PLT entries.

. "$(dirname "$0")/functions.sh"
. "$HERE/distance.sh"
. "$HERE/trace.sh"

both_far() {
	fill
	load target_arguments
	must_be_far target_arguments
	patch patch_arguments
	must_be_far patch_arguments
	answers target_arguments new
	unpatch patch_arguments
	answers target_arguments old
	unload target_arguments
	unload filler
}

patch_far() {
	load target_arguments
	must_be_near target_arguments
	fill
	patch patch_arguments
	must_be_far patch_arguments
	answers target_arguments new
	unpatch patch_arguments
	answers target_arguments old
	unload filler
	unload target_arguments
}

target_far() {
	fill
	load target_arguments
	must_be_far target_arguments
	unload filler
	patch patch_arguments
	must_be_near patch_arguments
	answers target_arguments new
	unpatch patch_arguments
	answers target_arguments old
	unload target_arguments
}

hammered() {
	fill
	load target_arguments
	must_be_far target_arguments
	hammer 2 target_arguments cycle 1 patch_arguments
	unload target_arguments
	unload filler
}

traced_first() {
	fill
	load target_arguments
	must_be_far target_arguments
	trace_on "$1" target_ten
	call_seen target_arguments old target_ten
	patch patch_arguments
	call_seen target_arguments new target_ten
	unpatch patch_arguments
	call_seen target_arguments old target_ten
	trace_off
	unload target_arguments
	unload filler
}

patched_first() {
	fill
	load target_arguments
	must_be_far target_arguments
	patch patch_arguments
	trace_on "$1" target_ten
	call_seen target_arguments new target_ten
	trace_off
	answers target_arguments new
	unpatch patch_arguments
	unload target_arguments
	unload filler
}

add_case "target and patch out of range" both_far
add_case "patch alone out of range" patch_far
add_case "target alone out of range" target_far
add_case "out of range, while every processor calls" hammered
for tracer in function function_graph; do
	add_case "out of range: $tracer, then patched" traced_first "$tracer"
	add_case "out of range: patched, then $tracer" patched_first "$tracer"
done

run_cases
