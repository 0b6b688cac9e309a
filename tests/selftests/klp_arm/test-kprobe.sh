#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-kprobe.sh - a function that is patched and probed, in either order: the
# new one answers, and a probe is hit as often as its instruction is reached.

. "$(dirname "$0")/functions.sh"
. "$HERE/probe-cases.sh"

both_orders "kprobe at the entry" "p:$F" "$CALLS"
for offset in $PROLOGUE; do
	both_orders "kprobe in the prologue, +$offset" "p:$F+$offset" "$CALLS"
done
both_orders "kprobe in the body" "p:$F+$BODY" 0

# The tracer owns the call: no probe may replace it.
on_the_call() {
	load "$T"
	patch "$P"
	! probe_on a "p:$F+$SITE" 2>/dev/null || fail "the probe is taken"
	# As a pointer to Thumb code has it
	! probe_on a "p:$F+$((SITE + 1))" 2>/dev/null ||
		fail "the probe is taken at the odd address"
	answers "$T" new
	unpatch "$P"
	unload "$T"
}
add_case "kprobe on the tracing call is refused" on_the_call

# Nor may one be where registers are moved from under it.
on_the_redirect() {
	local function

	for function in klp_arm_redirect klp_arm_discard_frame \
		klp_arm_handler_caller; do
		! probe_on a "p:$function" 2>/dev/null ||
			fail "the probe on $function is taken"
	done
}
add_case "kprobe on the redirect itself is refused" on_the_redirect

hammered "kprobe at the entry" "p:$F"
middle=${PROLOGUE#* }
hammered "kprobe in the prologue" "p:$F+${middle% *}"

run_cases
