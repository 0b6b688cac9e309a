# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# sleep.sh - tasks that sleep in a function of a target module. To be sourced.

# sleeps PID: interruptible, not, or stopped
sleeps() {
	grep -q '^State:.[SDT]' "/proc/$1/status"
}

# sleeps_in PID FUNCTION: the kernel's own idea of it
in_target() {
	local call

	sleeps "$1" && read -r call _ < "/proc/$1/syscall" && [[ $call = 3 ]]
}

switched() {
	[[ $(cat "/proc/$1/patch_state") = 1 ]]
}

# start_reader TARGET: a task that sleeps in the target's function; its pid is
# $reader, reader_said is what it got to read
start_reader() {
	start cat "$DEBUG/$1" > "$case_dir/reader"
	reader=$started
	poll 60 in_target "$reader" || fail "the reader does not sleep"
}

reader_said() {
	poll 60 test -s "$case_dir/reader" && cat "$case_dir/reader"
}

release() {
	echo 1 > "/sys/module/$1/parameters/released"
}

# A few tries of the core, one per second, must change nothing.
stays_in_transition() {
	! poll 3 settled "$1" || fail "the transition of $1 did not wait"
}
