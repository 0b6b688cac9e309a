# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# probe-cases.sh - the cases of a function that is patched and probed, for any
# kind of probe. To be sourced.

. "$HERE/trace.sh"
. "$HERE/sleep.sh"

# target_large: push, sub, sub, push {lr}, then the tracing call
if is_thumb_kernel; then
	PROLOGUE='2 6 8' SITE=10 BODY=14
else
	PROLOGUE='4 8 12' SITE=16 BODY=20
fi
T=target_frame
F=target_frame:target_large
P=patch_frame

# call_hits VERSION PROBE HITS: more hits by one round of calls
call_hits() {
	local before

	before=$(probe_hits "$2")
	answers "$T" "$1"
	expect $((before + $3)) probe_hits "$2"
}

# probe_first PROBE HITS: HITS are those of a patched call
probe_first() {
	load "$T"
	probe_on a "$1" || fail "the probe is refused"
	call_hits old a "$CALLS"
	patch "$P"
	call_hits new a "$2"
	unpatch "$P"
	call_hits old a "$CALLS"
	probe_off a
	answers "$T" old
	unload "$T"
}

patch_first() {
	load "$T"
	patch "$P"
	probe_on a "$1" || fail "the probe is refused"
	call_hits new a "$2"
	probe_off a
	answers "$T" new
	probe_on a "$1" || fail "the probe is refused"
	unpatch "$P"
	call_hits old a "$CALLS"
	probe_off a
	unload "$T"
}

both_orders() {
	add_case "$1: probed, then patched" probe_first "$2" "$3"
	add_case "$1: patched, then probed" patch_first "$2" "$3"
}

probed_while_hammered() {
	load "$T"
	patch "$P"
	hammer 0 "$T" toggle_probe 3 "$1"
	unpatch "$P"
	unload "$T"
}

patched_while_hammered() {
	load "$T"
	probe_on a "$1" || fail "the probe is refused"
	hammer 2 "$T" cycle 1 "$P"
	probe_off a
	unload "$T"
}

hammered() {
	add_case "$1: on and off while every processor calls" \
		probed_while_hammered "$2"
	add_case "$1: patched while every processor calls" \
		patched_while_hammered "$2"
}
