#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-sleep.sh - a task that sleeps in an old function, or below it, holds the
# transition up until it leaves; then, and not before, it ends.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

# sleeper TARGET PATCH: the reader leaves the old function after its release
sleeper() {
	load "$1"
	start_reader "$1"
	patch_nowait "$2"
	stays_in_transition "$2"
	expect 0 cat "/proc/$reader/patch_state"
	poll 60 switched $$ || fail "the test itself does not switch"
	release "$1"
	wait_settled "$2"
	expect old reader_said
	answers "$1" new
	unpatch "$2"
	unload "$1"
}

kthread_sleeper() {
	local thread

	load target_kthread
	thread=$(pgrep -x target_kthread)
	poll 60 sleeps "$thread" || fail "the thread does not sleep"
	patch_nowait patch_kthread
	stays_in_transition patch_kthread
	expect 0 cat "/proc/$thread/patch_state"
	release target_kthread
	wait_settled patch_kthread
	answers target_kthread old
	# The next turn is the new function's, which waits for nothing.
	echo 0 > /sys/module/target_kthread/parameters/released
	poll 60 thread_said new || fail "the thread does not call the new one"
	release target_kthread
	unpatch patch_kthread
	unload target_kthread
}

# One that is never caught asleep switches itself when it is asked to yield.
kthread_busy() {
	load target_kthread busy=1 released=1
	patch patch_kthread
	poll 60 thread_said new || fail "the thread does not call the new one"
	unpatch patch_kthread
	poll 60 thread_said old || fail "the thread does not call the old one"
	unload target_kthread
}

thread_said() {
	[[ $(< "$DEBUG/target_kthread") = "$1" ]]
}

reversed() {
	load target_sleep
	start_reader target_sleep
	patch_nowait patch_sleep
	stays_in_transition patch_sleep
	disable patch_sleep
	poll "$TRANSITION_SECONDS" gone patch_sleep || fail "does not reverse"
	unload patch_sleep
	sleeps "$reader" || fail "the reader does not sleep any more"
	release target_sleep
	wait "$reader"
	expect old reader_said
	answers target_sleep old
	unload target_sleep
}

# While the sleeper holds things up, the others see what their state says.
both_versions() {
	load target_sleep
	start_reader target_sleep
	patch_nowait patch_sleep
	poll 60 switched $$ || fail "the test itself does not switch"
	answers target_sleep new
	release target_sleep
	wait_settled patch_sleep
	expect old reader_said
	unpatch patch_sleep
	unload target_sleep
}

# After 15 seconds the core sends a signal that is none: the system call ends,
# the task switches before it starts again, and the new function does not wait.
restarted() {
	load target_sleep interruptible=1
	start_reader target_sleep
	patch_nowait patch_sleep
	wait_settled patch_sleep
	expect_log 'livepatch: signaling remaining tasks'
	expect new reader_said
	unpatch patch_sleep
	unload target_sleep
}

# No sleeper is asked about functions that are not patched.
elsewhere() {
	load target_sleep
	load target_leaf
	start_reader target_sleep
	cycle 1 patch_leaf
	release target_sleep
	wait "$reader"
	unload target_sleep
	unload target_leaf
}

add_case "task asleep in the old function" sleeper target_sleep patch_sleep
add_case "task asleep in a callee of the old function" \
	sleeper target_callee patch_callee
add_case "kernel thread asleep in the old function" kthread_sleeper
add_case "kernel thread that never sleeps" kthread_busy
add_case "task asleep in a function that is not patched" elsewhere
add_case "others run the new function while a sleeper is waited for" \
	both_versions
add_case "transition reversed while a task sleeps in the old function" reversed
add_case "interrupted sleeper starts again in the new function" restarted

run_cases
