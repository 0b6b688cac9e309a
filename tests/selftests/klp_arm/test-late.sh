#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-late.sh - a replacement may refer to what is not exported, by livepatch
# relocations: of the kernel, and of the module that it is for, which may come at any
# time.

. "$(dirname "$0")/functions.sh"
. "$HERE/distance.sh"
. "$HERE/trace.sh"

# The sum over the text and the PLT of the patch
text_sum() {
	cat /sys/module/patch_late/parameters/text
}

# What its data has of its target: "set" or "null"
base() {
	cat /sys/module/patch_late/parameters/base
}

# The sum depends on where the target is.
text_now() {
	echo "$(text_sum) $(awk '$1 == "target_late" { print $6 }' /proc/modules)"
}

target_first() {
	load target_late
	patch patch_late
	answers target_late new
	unpatch patch_late
	answers target_late old
	unload target_late
}

patch_first() {
	patch patch_late
	load target_late
	answers target_late new
	unload target_late
	unpatch patch_late
}

# comes_again TIMES: the text is the same whenever the target is at the same place,
# and nothing is added to it.
comes_again() {
	local i now
	local -A seen=()

	patch patch_late
	for ((i = 0; i < $1; i++)); do
		load target_late
		answers target_late new
		now=$(text_now)
		seen[${now#* }]=${seen[${now#* }]:-$now}
		expect "${seen[${now#* }]}" text_now
		unload target_late
	done
	unpatch patch_late
	echo "# $1 times, at ${#seen[@]} places"
}

# Whether it was there before, or came later: what the patch had of it is gone.
cleared() {
	local there gone

	load target_late
	patch patch_late
	expect set base
	there=$(text_sum)
	unload target_late
	expect null base
	gone=$(text_sum)
	[[ $gone != "$there" ]] || fail "the text still refers to the module"
	load target_late
	expect set base
	answers target_late new
	unload target_late
	expect null base
	expect "$gone" text_sum
	unpatch patch_late
}

patch_far() {
	fill
	patch patch_late
	must_be_far patch_late
	unload filler
	load target_late
	must_be_near target_late
	answers target_late new
	unload target_late
	unpatch patch_late
}

target_far() {
	patch patch_late
	must_be_near patch_late
	fill
	load target_late
	must_be_far target_late
	answers target_late new
	unload target_late
	unload filler
	load target_late
	must_be_near target_late
	answers target_late new
	unload target_late
	unpatch patch_late
}

hammered() {
	load target_late
	hammer 2 target_late cycle 1 patch_late
	unload target_late
}

# refused FILE ERROR REGEX: the patch does not load, and its target knows nothing
refused() {
	load target_late
	refuse "$2" "$1"
	! loaded patch_late || fail "patch_late is there"
	gone patch_late || fail "$KLP/patch_late is there"
	expect_log "$3"
	answers target_late old
	unload target_late
}

kernel_without_symbol() {
	refused late_missing 'Invalid' "symbol 'no_such_function' not found"
}

several_symbols() {
	refused late_ambiguous 'Invalid' "ambiguity for symbol 'm_show'"
}

other_position() {
	refused late_position 'Invalid' "position 2 for symbol 'linux_banner'"
}

no_symbol() {
	refused late_target 'Invalid' "symbol 'no_such_function' not found"
}

does_not_reach="relocation [01] of type 42 against '.*target_base,0' does not reach"

out_of_range() {
	refused patch_late_range 'Invalid module format' "$does_not_reach"
}

# refused_target PATCH ERROR REGEX: it is the module that does not load.
refused_target() {
	allow_log "livepatch: failed to initialize patch '$1' for module 'target_late'"
	allow_log "livepatch: patch '$1' failed for module 'target_late', refusing to load"
	refuse "$2" target_late
	expect_log "$3"
}

# The data is relocated before the text is, which refers to nothing that there is.
target_without_symbol() {
	load late_target
	wait_settled patch_late
	refused_target patch_late 'Invalid' "symbol 'no_such_function' not found"
	expect null base
	unpatch patch_late
	load target_late
	answers target_late old
	unload target_late
}

target_out_of_range() {
	patch patch_late_range
	refused_target patch_late_range 'Invalid module format' "$does_not_reach"
	unpatch patch_late_range
	load target_late
	answers target_late old
	unload target_late
}

# A kprobe would put back what was there before, and is there in its place.
probed() {
	local field

	patch patch_late
	field=$(< /sys/module/patch_late/parameters/field)
	probe_on field "p:$field"
	refused_target patch_late 'Invalid module format' \
		"target_base,0' changes an instruction that has a kprobe"
	probe_off field
	load target_late
	answers target_late new
	probe_on field "p:$field"
	call_hits
	unload target_late
	probe_off field
	load target_late
	answers target_late new
	unload target_late
	unpatch patch_late
}

# call_hits: the probe is hit by each call.
call_hits() {
	local before

	before=$(probe_hits field)
	answers target_late new
	expect $((before + CALLS)) probe_hits field
}

damaged() {
	refused late_unknown 'Invalid module format' \
		'relocation [01] of type 41, symbol [0-9]+, is of an unknown type'
}

add_case "the module is there before the patch" target_first
add_case "the module comes after the patch" patch_first
add_case "the module comes again, and the text is the same" comes_again "${CYCLES:-5}"
add_case "the module goes, and nothing refers to it" cleared
add_case "the patch is out of branch range" patch_far
add_case "the module is out of branch range, and is not" target_far
add_case "while every processor calls" hammered
add_case "a symbol that the kernel does not have" kernel_without_symbol
add_case "one of several symbols" several_symbols
add_case "a symbol of another number" other_position
add_case "a symbol that the module does not have" no_symbol
add_case "a field that is too small" out_of_range
add_case "a relocation that the kernel does not know" damaged
add_case "a kprobe on what a relocation changes" probed
add_case "a module that comes without the symbol" target_without_symbol
add_case "a module that comes out of a field's range" target_out_of_range

run_cases
