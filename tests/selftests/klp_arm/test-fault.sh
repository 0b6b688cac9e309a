#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-fault.sh - tasks that wait for ever in a page fault that the kernel took
# hold up a patch of what is on their stack, on both sides of the fault, and no
# other. Where a fault cannot be walked through, they hold up any patch, and
# klpctl shows what is on both sides.

. "$(dirname "$0")/functions.sh"

# What a system call on the mapping returns once the page is there
declare -A RETURNS=(
	[pipe]=64 [zero]=64 [file]=64 [path]=-1 [ioctl]=0 [take]=64 [give]=1
	[bare]=1 [store]=1
)

PROVED=(pipe zero file path ioctl take give)

# fault KIND: its pid is $started
fault() {
	start "$HERE/faulter" "$1" > "$case_dir/$1"
}

# wait_in_faults COUNT: until so many tasks are there, all asleep
wait_in_faults() {
	poll 60 waiting "$1" || fail "no $1 tasks wait in page faults"
}

waiting() {
	[[ $(< /sys/module/target_fault/parameters/waiting) = "$1" ]]
}

answer_faults() {
	echo 1 > /sys/module/target_fault/parameters/released
}

returned() {
	poll 60 test -s "$case_dir/$1" || fail "$1 does not return"
	expect "$2" cat "$case_dir/$1"
}

elsewhere() {
	local kind

	load target_leaf
	load target_fault
	for kind in "${PROVED[@]}"; do
		fault "$kind"
	done
	wait_in_faults "${#PROVED[@]}"
	patch patch_leaf
	answers target_leaf new
	unpatch patch_leaf
	wait_in_faults "${#PROVED[@]}"
	answer_faults
	for kind in "${PROVED[@]}"; do
		returned "$kind" "${RETURNS[$kind]}"
	done
	unload target_fault
	unload target_leaf
}

blocks_on() {
	klpctl blocking | grep -Eq "^$1 .* sleeping-on-func +.*\\<$2\\>"
}

# in_function KIND FUNCTION: which is patched while a task waits in it
in_function() {
	local task

	load target_fault
	fault "$1"
	task=$started
	wait_in_faults 1
	patch_nowait patch_fault
	stays "$task" "$2"
	answer_faults
	wait_settled patch_fault
	returned "$1" "${RETURNS[$1]}"
	fault "$1"
	returned "$1" 2
	unpatch patch_fault
	unload target_fault
}

# A few tries of the core, one per second, must change nothing.
stays() {
	poll 60 blocks_on "$1" "$2" || {
		klpctl blocking | sed 's/^/# /'
		fail "the task is not told to be in $2"
	}
	! poll 3 settled patch_fault || fail "the transition did not wait"
	expect 0 cat "/proc/$1/patch_state"
}

blocks_at_exception() {
	klpctl blocking | grep -Eq "^ *$1 .* unreliable-stack .* exception-frame "
}

# stack_of PID: its functions, innermost first, and "exception" between those
# that are proved and the others
stack_of() {
	klpctl blocking --stack | awk -v task="$1" '
		/^stack of / { mine = $3 == task; next }
		mine && /^  -- exception: / { print "exception" }
		mine && /^  0x/ { sub(/\+.*/, "", $2); print $2 }'
}

# unproved KIND FUNCTION...: which follow the exception, innermost first
unproved() {
	local kind=$1 task before behind wanted

	shift
	wanted="$* sys_ioctl"
	load target_leaf
	load target_fault
	fault "$kind"
	task=$started
	wait_in_faults 1
	patch_nowait patch_leaf
	poll 60 blocks_at_exception "$task" || {
		klpctl blocking | sed 's/^/# /'
		fail "the task is not told to have an exception frame"
	}
	! poll 3 settled patch_leaf || fail "the transition did not wait"
	expect 0 cat "/proc/$task/patch_state"

	stack_of "$task" > "$case_dir/stack"
	before=$(sed '/^exception$/,$d' "$case_dir/stack")
	behind=$(sed '1,/^exception$/d' "$case_dir/stack" | paste -sd ' ')
	sed 's/^/# /' "$case_dir/stack"
	grep -qx target_fault <<< "$before" ||
		fail "what waits for the page is not before the exception"
	[[ $behind = "$wanted"* ]] || fail "not $wanted behind the exception"
	klpctl blocking --stack -j | grep -q '"reliable": *false' ||
		fail "the JSON does not say what is not reliable"

	answer_faults
	wait_settled patch_leaf
	answers target_leaf new
	returned "$kind" "${RETURNS[$kind]}"
	unpatch patch_leaf
	unload target_fault
	unload target_leaf
}

add_case "tasks in page faults, elsewhere than what is patched" elsewhere
add_case "page fault below the patched function" in_function take target_take
add_case "page fault in the patched function itself" in_function give target_give
add_case "page fault of C code that nothing is proved of" \
	unproved bare target_bare target_ioctl
add_case "page fault of assembly without unwind data" \
	unproved store target_store target_call_store target_ioctl

run_cases
