# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# shapes.sh - the two cases of every shape of function: patched and back, alone
# and while every processor calls. To be sourced.

patched_and_back() {
	load "target_$1"
	answers "target_$1" old
	patch "patch_$2"
	answers "target_$1" "$3"
	unpatch "patch_$2"
	answers "target_$1" old
	unload "target_$1"
}

# A task changes its version once in a transition, and there are two.
hammered() {
	load "target_$1"
	hammer 2 "target_$1" cycle 1 "patch_$2"
	unload "target_$1"
}

shape() {
	add_case "$1" patched_and_back "$2" "${3:-$2}" "${4:-new}"
	add_case "$1, while every processor calls" hammered "$2" "${3:-$2}"
}
