#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-trace-events.sh - the reporter's trace events say in words what happened,
# with one meaning for each field; and perf and others, which print them from what
# their format files say, find the words there.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

EVENTS=$TRACE/events/klp_arm

events_on() {
	: > "$TRACE/trace"
	echo 1 > "$EVENTS/enable"
}

events_off() {
	echo 0 > "$EVENTS/enable"
	: > "$TRACE/trace"
}

traced() {
	grep -Eq ": $1\$" "$TRACE/trace"
}

show_trace() {
	grep -v '^#' "$TRACE/trace" | tail -n 30 | sed 's/^/# trace: /'
}

# expect_traced REGEX: an event with these fields, and nothing behind them
expect_traced() {
	poll 60 traced "$1" || {
		show_trace
		fail "no trace event '$1'"
	}
}

# event KIND [PATCH [MODULE [FUNC PID TID COMM]]]: what it looks like
event() {
	echo "klp_arm_event: seq=[0-9]+ kind=$1 patch=${2:-} module=${3:-}" \
		"func=${4:-} pid=${5:-0} tid=${6:-0} comm=${7:-}"
}

# blocked PATCH REASON STACK_REASON WHERE FUNC PID TID COMM
blocked() {
	echo "klp_arm_task_blocked: patch=$1 reason=$2 stack_reason=$3 where=$4" \
		"func=$5 pid=$6 tid=$7 comm=$8"
}

patches_and_modules() {
	local kind

	events_on
	patch patch_leaf
	load target_leaf
	unload target_leaf
	unpatch patch_leaf
	for kind in patch-added transition-started transition-completed \
			patch-enabled patch-disabled patch-removed; do
		expect_traced "$(event "$kind" patch_leaf)"
	done
	for kind in module-coming module-going; do
		expect_traced "$(event "$kind" '' target_leaf)"
	done
	no_event_is_missing
	events_off
}

# They are numbered without a gap.
no_event_is_missing() {
	sed -n 's/.* klp_arm_event: seq=\([0-9]*\) .*/\1/p' "$TRACE/trace" \
		> "$case_dir/seqs"
	[[ -s $case_dir/seqs ]] || fail "no event has a number"
	awk 'NR > 1 && $1 != last + 1 { exit 1 } { last = $1 }' \
		"$case_dir/seqs" || fail "the numbers are: $(xargs < "$case_dir/seqs")"
}

sleeper() {
	events_on
	load target_sleep
	start_reader target_sleep
	patch_nowait patch_sleep
	expect_traced "$(event transition-blocked patch_sleep '' target_sleep \
		"$reader" "$reader" cat)"
	expect_traced "$(blocked patch_sleep sleeping-on-func '' 0x0 \
		target_sleep "$reader" "$reader" cat)"
	expect_traced "$(event transition-progress patch_sleep)"
	disable patch_sleep
	expect_traced "$(event transition-reversed patch_sleep)"
	wait_gone patch_sleep
	events_off
	unload patch_sleep
	release target_sleep
	wait "$reader"
	unload target_sleep
}

# A task may have any name: nothing stands behind it.
hostile_name() {
	events_on
	load target_sleep
	# shellcheck disable=SC2016	# The inner shell has these words.
	start bash -c 'printf "x func=y" > /proc/$$/comm; read -r _ < "$0"' \
		"$DEBUG/target_sleep"
	poll 60 in_target "$started" || fail "the reader does not sleep"
	patch_nowait patch_sleep
	expect_traced "$(event transition-blocked patch_sleep '' target_sleep \
		"$started" "$started" 'x func=y')"
	expect_traced "$(blocked patch_sleep sleeping-on-func '' 0x0 \
		target_sleep "$started" "$started" 'x func=y')"
	release target_sleep
	wait_settled patch_sleep
	events_off
	unpatch patch_sleep
	unload target_sleep
}

# until_traced REGEX: transitions, until one of them has this event
until_traced() {
	local tries

	for ((tries = 0; tries < 10; tries++)); do
		traced "$1" && return
		cycle 1 patch_leaf
	done
	show_trace
	fail "no trace event '$1' in $tries transitions"
}

# The walk of a stack has no reason where it was not walked.
running_and_idle() {
	load target_leaf
	start sh -c 'while :; do :; done'
	events_on
	until_traced "$(blocked patch_leaf running '' 0x0 '' "$started" \
		"$started" sh)"
	stop "$started"
	until_traced "$(blocked patch_leaf idle '' 0x0 '' 0 0 'swapper/[0-9]+')"
	events_off
	unload target_leaf
}

# More tasks than processors, in the kernel nearly all the time, and everybody else
# comes first: some are preempted there.
preempted() {
	local i

	allow_log 'livepatch: signaling remaining tasks'
	load target_leaf
	for ((i = 0; i < 2 * $(nproc); i++)); do
		start nice -n 19 dd if=/dev/zero of=/dev/null bs=256K
	done 2> "$case_dir/dd"
	events_on
	until_traced "$(blocked patch_leaf unreliable-stack exception-frame \
		'[^ ]+\+0x[0-9a-f/x]+' '' '[0-9]+' '[0-9]+' dd)"
	until_traced "$(event stack-failure patch_leaf '' '' '[0-9]+' '[0-9]+' dd)"
	events_off
	unload target_leaf
}

# words EVENT FIELD WORD...: of the numbers from 0 on, and no others
words() {
	local event=$1 field=$2 number=0 pairs=''

	shift 2
	for word; do
		pairs+="${pairs:+, }{ $number, \"$word\" }"
		number=$((number + 1))
	done
	grep -q "^print fmt: .*__print_symbolic(REC->$field, $pairs)" \
		"$EVENTS/$event/format" || {
		sed 's/^/# /' "$EVENTS/$event/format"
		fail "the format of $event has not all words for $field"
	}
}

# No name that only the kernel knows, and the words in the order of their numbers
formats() {
	! grep -h 'KLP_ARM_' "$EVENTS"/*/format ||
		fail "a format has names of the kernel's enums"
	words klp_arm_event kind patch-added patch-enabled patch-disabled \
		patch-removed transition-started transition-progress \
		transition-blocked transition-completed transition-reversed \
		transition-forced stack-failure module-coming module-going
	words klp_arm_task_blocked reason running sleeping-on-func \
		unreliable-stack idle
	words klp_arm_task_blocked stack_reason reliable out-of-bounds \
		exception-frame not-text trampoline no-unwind-data no-frame \
		bad-unwind-data too-deep
}

[[ -d $EVENTS ]] || ktap_skip_all "no trace events of the reporter"

add_case "what happens to patches and modules" patches_and_modules
add_case "who holds up a transition, which is then reversed" sleeper
add_case "name of a task that looks like a field" hostile_name
# Without preemption, the key of cond_resched() is switched in a transition's first
# step, which stops the machine: each task that ran has come by where it switches
# itself before the core looks at it, and none is interrupted in the kernel.
if [[ $(uname -v) = *PREEMPT* ]]; then
	add_case "tasks that run and that idle" running_and_idle
	add_case "stacks that cannot be walked to the end" preempted
else
	skip_case "tasks that run and that idle" "needs a preemptible kernel"
	skip_case "stacks that cannot be walked to the end" \
		"needs a preemptible kernel"
fi
add_case "format files that other tools can read" formats

run_cases
