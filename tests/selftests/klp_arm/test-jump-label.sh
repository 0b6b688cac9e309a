#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-jump-label.sh - the branches of a static key change together, with one stop
# of the machine, in the kernel and in all modules: a transition changes a key that
# may have hundreds.

. "$(dirname "$0")/functions.sh"
. "$HERE/trace.sh"

KEYS=/sys/module/labels_key/parameters

# Without jump labels a key is a variable, and changing it stops nothing.
labels=0
! grep -q ' jump_label_lock$' /proc/kallsyms || labels=1

change() {
	echo "$1" > "$KEYS/changes" || fail "cannot change the keys"
	expect 0 cat "$KEYS/wrong"
}

unload_labels() {
	unload labels_user
	unload labels_key
}

# How often under load; CYCLES=10000 is for a quiet hour.
CYCLES=${CYCLES:-30}

every_branch_follows() {
	load labels_key busy=1
	load labels_user busy=1
	change "$1"
	unload_labels
}

# A module whose branches do not go as its key says refuses to load.
loaded_between() {
	load labels_key
	change 1
	load labels_user
	change 2
	unload labels_user
	change 1
	load labels_user
	change 1
	unload_labels
}

# Two keys, with 128 branches in each of two modules
one_stop_for_a_key() {
	load labels_key
	load labels_user
	trace_on function stop_machine_cpuslocked
	change 1
	stops "$((2 * labels))" 2
	change 1
	trace_off
	unload_labels
}

one_stop_for_a_module() {
	load labels_key
	change 1
	trace_on function stop_machine_cpuslocked
	load labels_user
	stops 0 1
	trace_off
	unload_labels
}

# Two for the calls and their form. Where cond_resched() lets tasks switch, two
# more for its key, which labels_key and labels_user use, too.
few_stops_for_a_transition() {
	load labels_key
	load labels_user
	load target_registers
	trace_on function stop_machine_cpuslocked
	patch patch_registers
	stops 2 4
	unpatch patch_registers
	stops 2 4
	trace_off
	unload target_registers
	unload_labels
}

add_case "every branch follows its key, $CYCLES times, on every processor" \
	every_branch_follows "$CYCLES"
add_case "of modules that are loaded meanwhile, too" loaded_between
add_case "one stop of the machine for a key" one_stop_for_a_key
add_case "one stop of the machine for a module" one_stop_for_a_module
add_case "at most four stops of the machine for a transition" \
	few_stops_for_a_transition

run_cases
