#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-frames.sh - the frame of the old function is undone, whatever its
# prologue did: nothing of it is left, and no register of the caller is lost.

. "$(dirname "$0")/functions.sh"
. "$HERE/shapes.sh"

shape "leaf, call site at the true entry" leaf
shape "callee-saved registers and SP" registers
shape "frame over 4 KiB" frame
shape "frame of variable size" alloca
shape "recursive function, recursive replacement" recursion
shape "replacement that calls the old function" recursion recursion_old new2

add_case "the target notices a lost register" \
	patched_and_back registers clobber registers

run_cases
