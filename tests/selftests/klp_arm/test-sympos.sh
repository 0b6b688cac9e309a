#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-sympos.sh - a static function of vmlinux whose name is not unique:
# m_show() of the module list and m_show() of the mount table.

. "$(dirname "$0")/functions.sh"

count_m_show() {
	grep -c ' [tT] m_show$' /proc/kallsyms
}

# position PATCHED UNTOUCHED: what /proc files the position stands for
position() {
	patch patch_named show=m_show sympos="$1"
	grep -qx 'klp_arm test' "$2" || fail "$2 is not patched"
	! grep -q 'klp_arm test' "$3" || fail "$3 is patched, too"
	unpatch patch_named
	! grep -q 'klp_arm test' "$2" "$3" || fail "still patched"
}

ambiguous() {
	expect 2 count_m_show
	refuse 'Invalid parameters' patch_named show=m_show
	expect_log "unresolvable ambiguity for symbol 'm_show'"
}

out_of_range() {
	refuse 'Invalid parameters' patch_named show=m_show sympos=3
	expect_log "symbol position 3 for symbol 'm_show' .*not found"
}

unknown() {
	refuse 'Invalid parameters' patch_named show=no_such_function
	expect_log "symbol 'no_such_function' not found"
}

add_case "first of two functions of that name" \
	position 1 /proc/modules /proc/self/mounts
add_case "second of two functions of that name" \
	position 2 /proc/self/mounts /proc/modules
add_case "a name that is not unique is refused without a position" ambiguous
add_case "a position that does not exist is refused" out_of_range
add_case "a name that does not exist is refused" unknown

run_cases
