#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-modules.sh - functions of a module that comes after the patch, goes and
# comes back.

. "$(dirname "$0")/functions.sh"

module_first() {
	load target_registers
	patch patch_registers
	answers target_registers new
	unpatch patch_registers
	answers target_registers old
	unload target_registers
}

patch_first() {
	patch patch_registers
	load target_registers
	answers target_registers new
	expect 1 cat "$KLP/patch_registers/target_registers/patched"
	unpatch patch_registers
	answers target_registers old
	unload target_registers
}

reload_three_times() {
	load target_registers
	patch patch_registers
	for _ in 1 2 3; do
		unload target_registers
		expect 0 cat "$KLP/patch_registers/target_registers/patched"
		load target_registers
		answers target_registers new
	done
	unpatch patch_registers
	answers target_registers old
	unload target_registers
}

module_goes_for_good() {
	load target_registers
	patch patch_registers
	unload target_registers
	unpatch patch_registers
}

one_of_two_objects() {
	load target_leaf
	patch patch_both
	answers target_leaf new
	load target_registers
	answers target_registers new
	unload target_leaf
	answers target_registers new
	load target_leaf
	answers target_leaf new
	unpatch patch_both
	answers target_leaf old
	answers target_registers old
	unload target_leaf
	unload target_registers
}

add_case "patch loaded after the module" module_first
add_case "patch loaded before the module" patch_first
add_case "module reloaded three times while the patch stays" reload_three_times
add_case "module unloaded while patched, patch disabled" module_goes_for_good
add_case "modules of one patch come and go separately" one_of_two_objects

run_cases
