#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-refused.sh - what cannot be patched safely is refused as a whole, with a
# reason in the log, and nothing stays of it.

. "$(dirname "$0")/functions.sh"

T=target_refused

# The instruction to blame, and where it is
if is_thumb_kernel; then
	declare -A BLAMED=(
		[target_argument]='0xf04f0201 at offset 0x2' # mov.w r2, #1
		[target_branch]='0xe7ff at offset 0x2'       # b.n
		[target_conditional]='0xbf08 at offset 0x4'  # it eq
		[target_stack]='0xebad0d00 at offset 0x4'    # sub.w sp, sp, r0
	)
else
	declare -A BLAMED=(
		[target_argument]='0xe3a02001 at offset 0x4'    # mov r2, #1
		[target_branch]='0xeaffffff at offset 0x4'      # b
		[target_conditional]='0x03a0c001 at offset 0x8' # moveq ip, #1
		[target_stack]='0xe04dd000 at offset 0x8'       # sub sp, sp, r0
	)
fi

# expect_reason FUNCTION NAME
expect_reason() {
	local where=${BLAMED[$1]:+", instruction ${BLAMED[$1]}"}

	expect_log "klp_arm: function '$1' in object '$T' cannot be redirected: .*\($2\)$where"
	allow_log "livepatch: failed to (enable|patch|register)"
}

# refused FUNCTION NAME
refused() {
	load "$T"
	answers "$T" old
	refuse 'Operation not supported' patch_named object="$T" second="$1"
	expect_reason "$@"
	answers "$T" old
	unload "$T"
}

add_case "branch in the prologue" refused target_branch branch
add_case "argument register changed in the prologue" \
	refused target_argument argument-clobbered
add_case "SP moved by a register in the prologue" \
	refused target_stack sp-unknown
add_case "conditional instruction in the prologue" \
	refused target_conditional conditional

add_case "unwind table contradicts the prologue" \
	refused target_lie unwind-disagrees
add_case "unwind table says nothing about the prologue" \
	refused target_silent unwind-refuses
add_case "function without a tracing call" \
	refused target_untraced not-traced

# The fine one comes first and is patched by then: it must be given back.
rolled_back() {
	load "$T"
	refuse 'Operation not supported' patch_named object="$T" \
		show=target_fine second=target_branch
	expect_reason target_branch branch
	answers "$T" old
	! grep -q klp_ftrace_handler "$TRACE/enabled_functions" ||
		fail "a function is still redirected"
	unload "$T"
}

# The module comes when the patch is there already.
module_refused() {
	patch patch_named object="$T" second=target_branch
	refuse 'Operation not supported' "$T"
	expect_reason target_branch branch
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
	expect_reason target_stack sp-unknown
	patch patch_named object="$T" second=target_fine
	answers "$T" new
	unpatch patch_named
	answers "$T" old
	unload "$T"
}

add_case "second function refused: the first is rolled back" rolled_back
add_case "module with a refused function does not load" module_refused
add_case "neighbour of a refused function can be patched" neighbour

run_cases
