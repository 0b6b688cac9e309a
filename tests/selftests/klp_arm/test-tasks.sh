#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-tasks.sh - tasks in every state of sleep, stopped, or that never enter
# the kernel by themselves, switch while a transition waits for another task;
# and so do the forks of a storm.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

alive() {
	[[ -d /proc/$1 && $(cut -d ' ' -f 3 "/proc/$1/stat") != Z ]]
}

runs() {
	[[ $(cut -d ' ' -f 3 "/proc/$1/stat") = R ]]
}

# state KIND: it switches forth and back, and stays where it is
state() {
	local kind=$1 task reached=sleeps

	[[ $kind != spin ]] || reached=runs
	load target_sleep
	start_reader target_sleep
	start "$HERE/sleeper" "$kind"
	task=$started
	poll 60 "$reached" "$task" || fail "the task does not reach its state"
	patch_nowait patch_sleep
	poll 60 switched "$task" || fail "the task does not switch"
	in_transition patch_sleep || fail "nobody held the transition up"
	release target_sleep
	wait_settled patch_sleep
	unpatch patch_sleep
	alive "$task" || fail "the task did not stay"
	"$reached" "$task" || fail "the task is in another state now"
	stop "$task"
	unload target_sleep
}

add_case "nanosleep" state nanosleep
add_case "futex wait" state futex
add_case "poll" state poll
add_case "read from an empty pipe" state read
add_case "select" state select
add_case "epoll_wait" state epoll
add_case "sigsuspend" state sigsuspend
add_case "waitpid" state waitpid
add_case "parent of a vfork" state vfork
add_case "stopped by SIGSTOP" state stopped
add_case "busy in user space" state spin

# Both ways: storm forth and back, children in the right state at the end
fork_storm() {
	local said

	load target_registers
	said=$("$HERE/hammer" -f 0 "$DEBUG/target_registers" \
		"$HERE/step.sh" patch patch_registers) || fail "$said"
	echo "$said"
	expect "$(nproc)" grep -c 'last new$' <<< "$said"
	said=$("$HERE/hammer" -f 0 "$DEBUG/target_registers" \
		"$HERE/step.sh" unpatch patch_registers) || fail "$said"
	echo "$said"
	expect "$(nproc)" grep -c 'last old$' <<< "$said"
	unload target_registers
}

# A transition that cannot end meets many forks; their state is their parent's.
fork_storm_while_waiting() {
	load target_sleep
	load target_registers
	start_reader target_sleep
	patch_nowait patch_sleep
	hammer_forks
	in_transition patch_sleep || fail "nobody held the transition up"
	release target_sleep
	wait_settled patch_sleep
	unpatch patch_sleep
	unload target_sleep
	unload target_registers
}

hammer_forks() {
	"$HERE/hammer" -f 0 "$DEBUG/target_registers" "$HERE/step.sh" \
		stays_in_transition patch_sleep
}

add_case "fork storm during both transitions" fork_storm
add_case "fork storm while the transition waits" fork_storm_while_waiting

run_cases
