#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-stock.sh - without trampolines, as upstream enters patched functions: an
# ftrace_ops for each, and the caller that all tracers share.
#
# kernel parameters: klp_arm.trampolines=0

. "$(dirname "$0")/functions.sh"
. "$HERE/shapes.sh"

no_trampolines() {
	expect N cat /sys/module/klp_arm/parameters/trampolines
	load target_leaf
	patch patch_leaf
	! grep klp_trampoline /proc/kallsyms || fail "there is a trampoline"
	answers target_leaf new
	unpatch patch_leaf
	unload target_leaf
}

add_case "no trampolines" no_trampolines
shape "leaf, call site at the true entry" leaf
shape "callee-saved registers and SP" registers
shape "frame over 4 KiB" frame
shape "frame of variable size" alloca

run_cases
