#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-init-text.sh - functions that are freed after initialization cannot be
# patched: a patch that names one is refused where that can be known, and where a
# module of that name comes later, the module loads.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

# What a module's init function is called, and what the log says of it
INIT=target_init
LEFT="klp_arm: function '$INIT' in object 'target_leaf' is left as it is: .*\(init-text\)"

refused_in_kernel() {
	grep -q ' [tT] kernel_init_freeable$' /proc/kallsyms ||
		fail "this kernel has no kernel_init_freeable()"
	refuse 'Operation not supported' patch_named second=kernel_init_freeable
	expect_log "klp_arm: function 'kernel_init_freeable' in object 'vmlinux' cannot be redirected: .*\(init-text\)"
	allow_log "livepatch: failed to (enable|patch)"
}

# The symbol is gone with the function.
refused_in_loaded_module() {
	load target_leaf
	refuse 'Invalid parameters' patch_named object=target_leaf second="$INIT"
	expect_log "livepatch: symbol '$INIT' not found in symbol table"
	allow_log "livepatch: failed to"
	answers target_leaf old
	unload target_leaf
}

module_loads() {
	local status=0 line

	patch patch_init_text
	load target_leaf
	expect_log "$LEFT"
	answers target_leaf new
	expect 1 cat "$KLP/patch_init_text/target_leaf/patched"
	line=$(klpctl check) || status=$?
	[[ $status = 1 && $line = *"'target_leaf' runs with 1 function as before"* ]] ||
		fail "check ends with $status: $line"
	unload target_leaf
	load target_leaf
	answers target_leaf new
	unpatch patch_init_text
	answers target_leaf old
	unload target_leaf
}

# The core goes over all funcs of the patch each time that it asks the reader.
module_loads_in_transition() {
	load target_sleep
	start_reader target_sleep
	patch_nowait patch_init_text
	load target_leaf
	expect_log "$LEFT"
	stays_in_transition patch_init_text
	release target_sleep
	wait_settled patch_init_text
	answers target_leaf new
	reader_said > "$case_dir/said"
	unpatch patch_init_text
	answers target_leaf old
	unload target_leaf
	unload target_sleep
}

# The patch that replaces it has nothing to take back there.
replaced_while_left_out() {
	load target_registers
	patch patch_init_text
	load target_leaf
	allow_log "$LEFT"
	patch patch_replace
	answers target_leaf old
	unload patch_init_text
	unpatch patch_replace
	unload target_leaf
	unload target_registers
}

add_case "init text of the kernel is refused" refused_in_kernel
add_case "init text of a loaded module is refused" refused_in_loaded_module
add_case "a module loads whose init text a patch names" module_loads
add_case "and does so while the patch is in transition" \
	module_loads_in_transition
add_case "a patch that left out a function can be replaced" \
	replaced_while_left_out

run_cases
