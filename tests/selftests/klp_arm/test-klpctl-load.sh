#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-klpctl-load.sh - klpctl loads, disables and unloads a patch; what cannot
# be loaded is an error on stderr or in JSON, with its exit status, and leaves
# nothing behind, in the log neither.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

# ctl STATUS ARGUMENT...: klpctl ends with that status; $said is its output
ctl() {
	local wanted=$1 status=0

	shift
	said=$(klpctl "$@" 2> "$case_dir/stderr") || status=$?
	[[ $status = "$wanted" ]] ||
		fail "'klpctl $*': status $status: $said $(< "$case_dir/stderr")"
}

said_json() {
	grep -Eq "$1" <<< "${said//[$' \n\t']/}" || fail "JSON lacks $1: $said"
}

nothing_left() {
	! loaded "$1" || fail "module $1 is loaded"
	gone "$1" || fail "patch $1 is there"
}

# bad FILE CODE MODULE: refused twice, in words and in JSON
bad() {
	ctl 1 load "$1"
	[[ -z $said ]] || fail "on stdout: $said"
	grep -q '^klpctl: .' "$case_dir/stderr" || fail "nothing on stderr"
	nothing_left "$3"
	ctl 1 load "$1" --json
	said_json "\"code\":\"$2\""
	said_json '"message":"..*"'
	nothing_left "$3"
}

round_trip() {
	load target_registers
	ctl 0 load "$MODULES/patch_registers.ko" --wait
	answers target_registers new
	ctl 0 status --json
	said_json '"name":"patch_registers",("[a-z_]*":[^{]*,)?"state":"enabled"'
	ctl 0 disable patch_registers --wait
	answers target_registers old
	ctl 0 unload patch_registers
	nothing_left patch_registers
	unload target_registers
}

blocked() {
	load target_sleep
	start_reader target_sleep
	ctl 4 load "$MODULES/patch_sleep.ko" --wait --timeout 2 --json
	said_json '"code":"timed-out"'
	in_transition patch_sleep || fail "no transition"
	ctl 3 unload patch_sleep
	release target_sleep
	wait_settled patch_sleep
	ctl 0 disable patch_sleep --wait
	ctl 0 unload patch_sleep
	unload target_sleep
}

not_livepatch() {
	bad "$MODULES/target_leaf.ko" not-livepatch target_leaf
}

# The release is text of the module: make it another of the same length.
other_kernel() {
	local release

	release=$(uname -r)
	sed "s/vermagic=$release/vermagic=${release//[0-9]/7}/" \
		"$MODULES/patch_leaf.ko" > "$case_dir/patch_leaf.ko"
	bad "$case_dir/patch_leaf.ko" wrong-kernel patch_leaf
}

cut_short() {
	local size part

	size=$(stat -c %s "$MODULES/patch_leaf.ko")
	for part in 0 3 52 1000 $((size / 2)) $((size - 1)); do
		head -c "$part" "$MODULES/patch_leaf.ko" > \
			"$case_dir/patch_leaf.ko"
		bad "$case_dir/patch_leaf.ko" bad-file patch_leaf
	done
}

unknown_symbol() {
	bad "$MODULES/patch_unknown.ko" refused patch_unknown
	said_json "symbol'no_such_function'notfound.*klpctlverify--module"
	expect_log "symbol 'no_such_function' not found"
}

ambiguous_symbol() {
	bad "$MODULES/patch_ambiguous.ko" refused patch_ambiguous
	said_json "symbol'm_show'.*old_sympos"
	expect_log "unresolvable ambiguity for symbol 'm_show'"
}

refused_function() {
	load target_refused
	bad "$MODULES/patch_refused.ko" refused patch_refused
	said_json "'target_branch'.*cannotberedirected"
	expect_log "'target_branch'.* cannot be redirected" \
		"livepatch: failed to"
	unload target_refused
}

late_relocations() {
	load target_late
	ctl 0 load "$MODULES/patch_late.ko" --wait
	answers target_late new
	ctl 0 disable patch_late --wait
	ctl 0 unload patch_late
	answers target_late old
	unload target_late
}

late_symbol() {
	bad "$MODULES/late_missing.ko" refused patch_late
	said_json "symbol'no_such_function'notfound"
	expect_log "symbol 'no_such_function' not found"
}

no_such_patch() {
	ctl 6 disable patch_leaf
	ctl 6 unload patch_leaf
	ctl 6 disable patch_leaf --json
	said_json '"code":"not-found"'
}

twice() {
	load target_registers
	ctl 0 load "$MODULES/patch_registers.ko" --wait
	ctl 1 load "$MODULES/patch_registers.ko" --json
	said_json '"code":"already-loaded"'
	answers target_registers new
	ctl 1 unload patch_registers --json
	said_json '"code":"busy"'
	unpatch patch_registers
	unload target_registers
}

command -v klpctl > /dev/null || ktap_skip_all "klpctl is not installed"

add_case "load, disable and unload" round_trip
add_case "a transition that does not end in time" blocked
add_case "module that is not a livepatch" not_livepatch
add_case "livepatch for another kernel" other_kernel
add_case "file that is cut short" cut_short
add_case "unknown symbol" unknown_symbol
add_case "ambiguous symbol" ambiguous_symbol
add_case "function that cannot be redirected" refused_function
add_case "livepatch relocations" late_relocations
add_case "livepatch relocation against an unknown symbol" late_symbol
add_case "patch that does not exist" no_such_patch
add_case "patch that is loaded already" twice

run_cases
