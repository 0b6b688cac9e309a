#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-self-switch.sh - a function in which a task switches itself to a patch
# cannot be patched: the task may go on, and sleep, in the version that is taken
# away, and no one would wait for it. What it calls on its way can be patched, and
# the core waits for tasks that sleep there.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"
. "$HERE/trace.sh"

# symbol_of FUNCTION: its name here, which may be that of a clone
symbol_of() {
	awk -v name="$1" '$2 ~ /[tT]/ && $4 == "" &&
		($3 == name || index($3, name ".") == 1) { print $3; exit }' \
		/proc/kallsyms
}

# verdict FUNCTION: why it cannot be patched, as the kernel tells over netlink
verdict() {
	klpctl --json verify "$1" > "$case_dir/verdict" || :
	sed -n 's/.*"reason":"\([a-z-]*\)".*/\1/p' "$case_dir/verdict"
}

# A function that the compiler put into its caller has no name to be patched by.
refused() {
	local symbol

	symbol=$(symbol_of "$1")
	if [[ -z $symbol ]]; then
		echo "# $1 is part of its caller in this kernel"
		refuse 'Invalid parameters' patch_named second="$1"
		expect_log "livepatch: symbol '$1' not found in symbol table"
	else
		refuse 'Operation not supported' patch_named second="$symbol"
		expect_log "klp_arm: function '$symbol' in object 'vmlinux' cannot be redirected: .*\(switches-task\)"
		expect switches-task verdict "$symbol"
	fi
	allow_log "livepatch: failed to (enable|patch|register)"
}

for function in klp_update_patch_state do_work_pending do_idle \
		cpu_startup_entry rest_init secondary_start_kernel \
		play_idle_precise smpboot_thread_fn kthread \
		arch_cpu_idle_dead psci_cpu_die; do
	add_case "$function() is refused" refused "$function"
done

# The list is complete if nobody else calls klp_update_patch_state(): its callers
# are on the stack when a task switches itself. A transition ends when every task
# has switched, so the tracer sees idle tasks and those on their way to user space.
callers_are_listed() {
	local caller

	load target_leaf
	trace_on function klp_update_patch_state
	cycle 3 patch_leaf
	sed -n 's/.*klp_update_patch_state <-//p' "$TRACE/trace" | sort -u \
		> "$case_dir/callers"
	trace_off
	unload target_leaf
	[[ -s $case_dir/callers ]] || fail "no task was seen to switch itself"
	while read -r caller; do
		case ${caller%%.*} in
		do_work_pending|do_idle|cpu_startup_entry) ;;
		*) fail "$caller() switches its own task, too" ;;
		esac
	done < "$case_dir/callers"
}

# start_task: one that can be stopped, and goes in and out of the kernel; its pid is
# $task
start_task() {
	# shellcheck disable=SC2016	# The inner shell has these words.
	start bash -c 'while :; do echo >> "$0"; sleep 0.1; done' "$case_dir/alive"
	task=$started
	goes_on
}

goes_on() {
	: > "$case_dir/alive"
	poll 60 test -s "$case_dir/alive" || fail "the task does not run"
}

is_stopped() {
	grep -q '^State:.T' "/proc/$task/status"
}

stop_task() {
	kill -STOP "$task"
	poll 60 is_stopped || fail "the task does not stop"
}

continue_task() {
	kill -CONT "$task"
	goes_on
}

# waits_for_task: as long as it is stopped in the function, and no longer
waits_for_task() {
	poll 60 blocks || {
		klpctl blocking | sed 's/^/# /'
		fail "the task is not told to be in do_signal_stop()"
	}
	stays_in_transition patch_signal
	! rmmod_quietly patch_signal || fail "the patch could be unloaded"
	expect "$1" cat "/proc/$task/patch_state"
}

blocks() {
	klpctl blocking | grep -Eq "^ *$task .* sleeping-on-func +.*\<do_signal_stop\>"
}

# In the old function while the patch is enabled, in the new one while it is disabled
stopped_below() {
	start_task
	stop_task
	patch_nowait patch_signal
	waits_for_task 0
	continue_task
	wait_settled patch_signal
	stop_task
	disable patch_signal
	waits_for_task 1
	continue_task
	wait_gone patch_signal
	unload patch_signal
	stop_task
	continue_task
}

# It sleeps in no function that changes: nothing waits for it.
stopped_elsewhere() {
	load target_leaf
	start_task
	stop_task
	cycle 2 patch_leaf
	is_stopped || fail "the task was continued"
	continue_task
	unload target_leaf
}

add_case "task stopped in a function that it calls on its way to user space" \
	stopped_below
add_case "task stopped on its way to user space while another patch comes and goes" \
	stopped_elsewhere

add_case "tasks switch themselves in these functions alone" callers_are_listed

run_cases
