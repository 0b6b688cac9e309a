#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-refused.sh - what cannot be patched safely is refused as a whole, with a
# reason in the log, and nothing stays of it.

. "$(dirname "$0")/functions.sh"

T=target_refused

# expect_reason FUNCTION NAME [INSTRUCTION OFFSET]
expect_reason() {
	local where=''

	(($# == 2)) || where=", instruction 0x$3 at offset 0x$4"
	expect_log "klp_arm: function '$1' in object '$T' cannot be redirected: .*\($2\)$where"
	allow_log "livepatch: failed to (enable|patch|register)"
}

# refused FUNCTION NAME [INSTRUCTION OFFSET]
refused() {
	load "$T"
	answers "$T" old
	refuse 'Operation not supported' patch_named object="$T" second="$1"
	expect_reason "$@"
	answers "$T" old
	unload "$T"
}

add_case "branch in the prologue" refused target_branch branch eaffffff 4
add_case "argument register changed in the prologue" \
	refused target_argument argument-clobbered e3a02001 4
add_case "SP moved by a register in the prologue" \
	refused target_stack sp-unknown e04dd000 8
add_case "conditional instruction in the prologue" \
	refused target_conditional conditional 03a0c001 8

add_case "unwind table contradicts the prologue" \
	refused target_lie unwind-disagrees
add_case "unwind table says nothing about the prologue" \
	refused target_silent unwind-refuses

# The fine one comes first and is patched by then: it must be given back.
rolled_back() {
	load "$T"
	refuse 'Operation not supported' patch_named object="$T" \
		show=target_fine second=target_branch
	expect_reason target_branch branch eaffffff 4
	answers "$T" old
	! grep -q klp_ftrace_handler "$TRACE/enabled_functions" ||
		fail "a function is still redirected"
	unload "$T"
}

# The module comes when the patch is there already.
module_refused() {
	patch patch_named object="$T" second=target_branch
	refuse 'Operation not supported' "$T"
	expect_reason target_branch branch eaffffff 4
	allow_log "livepatch: failed to apply patch 'patch_named' to module '$T'"
	allow_log "livepatch: patch 'patch_named' failed for module '$T', refusing to load module"
	unpatch patch_named
	load "$T"
	answers "$T" old
	unload "$T"
}

# After a refusal the same function's neighbour can be patched.
neighbour() {
	load "$T"
	refuse 'Operation not supported' patch_named object="$T" \
		second=target_stack
	expect_reason target_stack sp-unknown e04dd000 8
	patch patch_named object="$T" second=target_fine
	answers "$T" new
	unpatch patch_named
	answers "$T" old
	unload "$T"
}

relocations() {
	load target_leaf
	refuse 'Operation not supported' patch_rela
	expect_log "module 'patch_rela': section '.klp.rela.vmlinux..text'.*not supported"
	answers target_leaf old
	unload target_leaf
}

add_case "second function refused: the first is rolled back" rolled_back
add_case "module with a refused function does not load" module_refused
add_case "neighbour of a refused function can be patched" neighbour
add_case "livepatch relocations are refused by name" relocations

run_cases
