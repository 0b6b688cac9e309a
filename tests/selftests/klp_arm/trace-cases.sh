# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# trace-cases.sh - the cases of a function that is patched and traced, for any
# tracer. To be sourced.

. "$HERE/trace.sh"
. "$HERE/sleep.sh"

T=target_arguments
P=patch_arguments

# tracer_first TRACER SHAPE FUNCTION
tracer_first() {
	local tracer=$1 target=target_$2 patch=patch_$2 function=$3

	load "$target"
	trace_on "$tracer" "$function"
	call_seen "$target" old "$function"
	patch "$patch"
	call_seen "$target" new "$function"
	unpatch "$patch"
	call_seen "$target" old "$function"
	trace_off
	answers "$target" old
	unload "$target"
}

# patch_first TRACER SHAPE FUNCTION
patch_first() {
	local tracer=$1 target=target_$2 patch=patch_$2 function=$3

	load "$target"
	patch "$patch"
	trace_on "$tracer" "$function"
	call_seen "$target" new "$function"
	trace_off
	answers "$target" new
	trace_on "$tracer" "$function"
	unpatch "$patch"
	call_seen "$target" old "$function"
	trace_off
	unload "$target"
}

# The caller, the old and the new function: each call and each return
everyone() {
	load "$T"
	patch "$P"
	trace_on "$1" target_ten patch_ten target_show
	answers "$T" new
	echo 0 > "$TRACE/tracing_on"
	expect "$CALLS" traced_calls target_ten
	expect "$CALLS" traced_calls patch_ten
	echo 1 > "$TRACE/tracing_on"
	unpatch "$P"
	trace_off
	unload "$T"
}

whole_kernel() {
	load "$T"
	trace_on "$1"
	patch "$P"
	answers "$T" new
	unpatch "$P"
	answers "$T" old
	trace_off
	unload "$T"
}

traced_while_hammered() {
	load "$T"
	patch "$P"
	hammer 0 "$T" toggle 3 "$1" target_ten
	unpatch "$P"
	unload "$T"
}

patched_while_hammered() {
	load "$T"
	trace_on "$1" target_ten
	hammer 2 "$T" cycle 1 "$P"
	trace_off
	unload "$T"
}

# asleep TRACER: return addresses on the sleeper's stack are the tracer's
asleep() {
	load target_callee
	load "$T"
	trace_on "$1" target_outer target_inner
	start_reader target_callee
	cycle 1 "$P"
	patch_nowait patch_callee
	stays_in_transition patch_callee
	release target_callee
	wait_settled patch_callee
	expect old reader_said
	answers target_callee new
	unpatch patch_callee
	trace_off
	unload target_callee
	unload "$T"
}

add_tracer_cases() {
	local tracer=$1

	add_case "traced, then patched" \
		tracer_first "$tracer" arguments target_ten
	add_case "patched, then traced" \
		patch_first "$tracer" arguments target_ten
	add_case "without a frame, traced, then patched" \
		tracer_first "$tracer" leaf target_twice
	add_case "without a frame, patched, then traced" \
		patch_first "$tracer" leaf target_twice
	add_case "old and new function and their caller" everyone "$tracer"
	add_case "whole kernel traced" whole_kernel "$tracer"
	add_case "traced on and off while every processor calls" \
		traced_while_hammered "$tracer"
	add_case "patched while every processor calls" \
		patched_while_hammered "$tracer"
	add_case "traced task asleep" asleep "$tracer"
}
