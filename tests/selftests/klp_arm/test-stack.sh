#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-stack.sh - several patches of one function: the newest that is enabled
# answers; and patches that take the place of all others.

. "$(dirname "$0")/functions.sh"

three_in_order() {
	load target_registers
	patch patch_registers
	patch patch_registers_2
	answers target_registers new2
	patch patch_registers_3
	answers target_registers new3
	unpatch patch_registers_3
	answers target_registers new2
	unpatch patch_registers_2
	answers target_registers new
	unpatch patch_registers
	answers target_registers old
	unload target_registers
}

revert_in_the_middle() {
	load target_registers
	patch patch_registers
	patch patch_registers_2
	patch patch_registers_3
	unpatch patch_registers_2
	answers target_registers new3
	unpatch patch_registers_3
	answers target_registers new
	unpatch patch_registers
	answers target_registers old
	unload target_registers
}

revert_at_the_bottom() {
	load target_registers
	patch patch_registers
	patch patch_registers_2
	unpatch patch_registers
	answers target_registers new2
	unpatch patch_registers_2
	answers target_registers old
	unload target_registers
}

hammered_stack() {
	load target_registers
	hammer 4 target_registers push_and_pop
	answers target_registers old
	unload target_registers
}

replace_cumulative() {
	load target_leaf
	load target_registers
	patch patch_both
	answers target_leaf new
	patch patch_replace
	answers target_registers new2
	answers target_leaf old
	gone patch_both || fail "the replaced patch is still there"
	unload patch_both
	answers target_leaf old
	unpatch patch_replace
	answers target_registers old
	unload target_leaf
	unload target_registers
}

# The function that the replacing patch leaves out goes back to the old one.
hammered_replace() {
	load target_leaf
	load target_registers
	hammer 2 target_leaf replace_both
	hammer 3 target_registers replace_both
	unload target_leaf
	unload target_registers
}

add_case "three patches, newest first out" three_in_order
add_case "three patches, the middle one reverted" revert_in_the_middle
add_case "two patches, the lower one reverted" revert_at_the_bottom
add_case "patches stacked while every processor calls" hammered_stack
add_case "atomic replace gives up functions it does not patch" replace_cumulative
add_case "atomic replace while every processor calls" hammered_replace

run_cases
