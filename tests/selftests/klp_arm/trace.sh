# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# trace.sh - switch tracers on and off, and count what they saw. To be sourced.

# A read of a target's file makes so many calls (klp_target.h, TARGET_CALLS).
CALLS=100

# trace_on TRACER FUNCTION...
trace_on() {
	local tracer=$1 function

	shift
	: > "$TRACE/set_ftrace_filter"
	for function; do
		echo "$function" >> "$TRACE/set_ftrace_filter"
	done
	: > "$TRACE/trace"
	echo "$tracer" > "$TRACE/current_tracer"
}

# stack_trace_on FUNCTION: the function tracer, with a stack trace of each call
stack_trace_on() {
	trace_on function "$1"
	echo 1 > "$TRACE/options/func_stack_trace"
}

# The callers in the first stack trace: not the traced function, in whose place
# there is what the call was redirected to, nor the tracer
stack_callers() {
	echo 0 > "$TRACE/tracing_on"
	awk '/<stack trace>/ { if (traces++) exit }
	     $1 == "=>" && $2 == "target_call" { seen = 1 }
	     $1 == "=>" && seen { print $2 }' "$TRACE/trace" | xargs
	: > "$TRACE/trace"
	echo 1 > "$TRACE/tracing_on"
}

trace_off() {
	[[ ! -e $TRACE/options/func_stack_trace ]] ||
		echo 0 > "$TRACE/options/func_stack_trace"
	echo nop > "$TRACE/current_tracer"
	: > "$TRACE/set_ftrace_filter"
	: > "$TRACE/trace"
}

# traced_calls FUNCTION: how many there are in the trace, in either tracer's format.
# The graph tracer names a function again at its end, in a comment, if other lines
# are between: its task was preempted, or went to another processor.
traced_calls() {
	grep -v '} /\*' "$TRACE/trace" | grep -Ec "[ |]$1(\(\)| \[| <-)" || :
}

# seen FUNCTION: how often, since the last time
seen() {
	echo 0 > "$TRACE/tracing_on"
	traced_calls "$1"
	: > "$TRACE/trace"
	echo 1 > "$TRACE/tracing_on"
}

# stops LEAST MOST: of the machine, which a tracer has been set to see
stops() {
	local stops

	stops=$(seen stop_machine_cpuslocked)
	((stops >= $1 && stops <= $2)) || fail "the machine was stopped $stops times"
}

# call_seen TARGET VERSION FUNCTION: what answers, and that the tracer saw it
call_seen() {
	answers "$1" "$2"
	expect "$CALLS" seen "$3"
}

# toggle COUNT TRACER FUNCTION: the tracer, on and off again
toggle() {
	local i

	for ((i = 0; i < $1; i++)); do
		trace_on "$2" "$3"
		trace_off
	done
}

# probe_on NAME WHAT: a kprobe event, e.g. probe_on a p:target_frame:f+8
probe_on() {
	echo "${2%%:*}:$1 ${2#*:}" >> "$TRACE/kprobe_events" &&
		echo 1 > "$TRACE/events/kprobes/$1/enable"
}

probe_off() {
	echo 0 > "$TRACE/events/kprobes/$1/enable"
	echo "-:$1" >> "$TRACE/kprobe_events"
}

# toggle_probe COUNT WHAT: a probe, on and off again
toggle_probe() {
	local i

	for ((i = 0; i < $1; i++)); do
		probe_on a "$2"
		probe_off a
	done
}

probe_hits() {
	awk -v name="$1" '$1 == name { print $2 + $3 }' "$TRACE/kprobe_profile"
}
