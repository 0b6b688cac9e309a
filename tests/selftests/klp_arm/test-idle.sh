#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-idle.sh - idle tasks switch whether their processors are idle, busy,
# offline, or on the way; and no stack of an idle system is called unreliable.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

# The one that goes offline, the last
CPU=$(($(nproc --all) - 1))
((CPU > 0)) || ktap_skip_all "needs two processors"

# failures [REASON]: verdicts so far, of any reason but REASON
failures() {
	awk -v but="${1-}" '$1 != but { sum += $2 } END { print sum + 0 }' \
		"$DEBUG/klp_arm/stack_failures"
}

# Nothing runs but this test, so every stack can be walked at the first try. A
# worker that the host keeps from running may be found preempted, which is the
# one good reason to refuse it: that transition is tried again.
no_unreliable_stack() {
	local before other tries

	load target_registers
	other=$(failures exception-frame)
	for ((tries = 0; tries < 5; tries++)); do
		before=$(failures)
		cycle 1 patch_registers
		[[ $(failures) != "$before" ]] || break
	done
	unload target_registers
	expect "$other" failures exception-frame
	[[ $tries -lt 5 ]] || fail "no transition without an unreliable stack"
}

# switch_cpu NUMBER STATE: on or off the line
switch_cpu() {
	local online=/sys/devices/system/cpu/cpu$1/online

	echo "$2" > "$online" || fail "cpu $1 does not go to state $2"
	expect "$2" cat "$online"
}

# switched_to STATE PID...: these tasks; the mark is -1 when all tasks are
switched_to() {
	local pid

	for pid in "${@:2}"; do
		[[ $(< "/proc/$pid/patch_state") = @(-1|"$1") ]] || return 1
	done
}

signalling='livepatch: signaling remaining tasks'

signals() {
	case_log | grep -c "$signalling" || :
}

# by_themselves STATE PID...: these tasks switch before the core sends a signal
by_themselves() {
	local before

	before=$(signals)
	poll 60 switched_to "$@" || fail "a busy task does not switch to $1"
	expect "$before" signals
}

# Two processors, since an emulator that has fewer of its own than the guest has
# busy ones takes minutes for the TLB flushes that follow the loading of a module.
# The worker that does them may be found preempted, so a signal is all right once
# the busy tasks have switched.
all_busy() {
	local cpu pids=()

	allow_log "$signalling"
	load target_registers
	for ((cpu = 2; cpu <= CPU; cpu++)); do
		switch_cpu "$cpu" 0
	done
	for cpu in 0 1; do
		start taskset -c "$cpu" "$HERE/sleeper" spin
		pids+=("$started")
	done
	load patch_registers
	by_themselves 1 "${pids[@]}"
	wait_settled patch_registers
	disable patch_registers
	by_themselves 0 "${pids[@]}"
	wait_gone patch_registers
	stop_children
	unload patch_registers
	unload target_registers
	for ((cpu = 2; cpu <= CPU; cpu++)); do
		switch_cpu "$cpu" 1
	done
}

# answers_there VERSION: the function's version on the last processor
answers_there() {
	expect "$1" taskset -c "$CPU" cat "$DEBUG/target_sleep"
}

# hotplug FROM TO: in the middle of a transition
hotplug() {
	load target_sleep
	switch_cpu "$CPU" "$1"
	start_reader target_sleep
	patch_nowait patch_sleep
	switch_cpu "$CPU" "$2"
	stays_in_transition patch_sleep
	release target_sleep
	wait_settled patch_sleep
	switch_cpu "$CPU" 1
	answers_there new
	unpatch patch_sleep
	answers_there old
	unload target_sleep
}

# Off all the time: its idle task is asked as any other.
offline() {
	load target_registers
	switch_cpu "$CPU" 0
	cycle 1 patch_registers
	patch patch_registers
	switch_cpu "$CPU" 1
	expect new taskset -c "$CPU" cat "$DEBUG/target_registers"
	unpatch patch_registers
	unload target_registers
}

add_case "idle system: no stack is unreliable" no_unreliable_stack
add_case "every processor busy in user space" all_busy
add_case "processor offline" offline
add_case "processor goes offline during a transition" hotplug 1 0
add_case "processor comes online during a transition" hotplug 0 1

run_cases
