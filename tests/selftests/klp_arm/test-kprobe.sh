#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-kprobe.sh - a function that is patched and probed, in either order: the
# new one answers, and a probe is hit as often as its instruction is reached.

. "$(dirname "$0")/functions.sh"
. "$HERE/probe-cases.sh"

both_orders "kprobe at the entry" "p:$F" "$CALLS"
for offset in 4 8 12; do
	both_orders "kprobe in the prologue, +$offset" "p:$F+$offset" "$CALLS"
done
both_orders "kprobe in the body" "p:$F+20" 0

# The tracer owns the call: no probe may replace it.
on_the_call() {
	load "$T"
	patch "$P"
	! probe_on a "p:$F+16" 2>/dev/null || fail "the probe is taken"
	answers "$T" new
	unpatch "$P"
	unload "$T"
}
add_case "kprobe on the tracing call is refused" on_the_call

hammered "kprobe at the entry" "p:$F"
hammered "kprobe in the prologue" "p:$F+8"

run_cases
