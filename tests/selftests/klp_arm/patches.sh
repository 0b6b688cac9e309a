# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# patches.sh - enable and disable patches, wait for transitions, and ask which
# version of a function answers. To be sourced by functions.sh.

in_transition() {
	[[ $(cat "$KLP/$1/transition") = 1 ]]
}

settled() {
	! in_transition "$1"
}

wait_settled() {
	poll "$TRANSITION_SECONDS" settled "$1" || {
		show_blockers
		fail "the transition of $1 does not end"
	}
}

# Who holds up a transition: the log's mark and the stack walk's statistics
show_blockers() {
	local task

	for task in /proc/[0-9]*/task/[0-9]*; do
		[[ -r $task/patch_state ]] || continue
		echo "# $(< "$task/patch_state") $(< "$task/comm")" \
		     "$(cut -d ' ' -f 3 "$task/stat")"
	done 2>/dev/null | sort | uniq -c
	sed 's/^/# /' "$DEBUG/klp_arm/stack_failures"
}

# patch NAME [PARAMETER]...: load it and see its transition through
patch() {
	load "$@"
	wait_settled "$1"
	expect 1 cat "$KLP/$1/enabled"
}

# Patches whose transition may not end yet: how long it is held up is the case's
# affair, and the core sends its signals after 15 seconds.
patch_nowait() {
	allow_log 'livepatch: signaling remaining tasks'
	load "$@"
	in_transition "$1" || fail "the transition of $1 is over already"
}

disable() {
	echo 0 > "$KLP/$1/enabled" || fail "cannot disable $1"
}

gone() {
	[[ ! -d $KLP/$1 ]]
}

wait_gone() {
	poll "$TRANSITION_SECONDS" gone "$1" || {
		show_blockers
		fail "the transition of $1 does not end"
	}
}

# unpatch NAME: disable, see the transition through and unload
unpatch() {
	disable "$1"
	wait_gone "$1"
	unload "$1"
}

# cycle COUNT PATCH: enable and disable, again and again
cycle() {
	local i

	for ((i = 0; i < $1; i++)); do
		patch "$2"
		unpatch "$2"
	done
}

# Four changes of version: old, 1, 2, (1 goes), 3, (2 goes), old
push_and_pop() {
	patch patch_registers
	patch patch_registers_2
	unpatch patch_registers
	patch patch_registers_3
	unpatch patch_registers_2
	unpatch patch_registers_3
}

# target_leaf changes twice, target_registers three times
replace_both() {
	patch patch_both
	patch patch_replace
	unload patch_both
	unpatch patch_replace
}

# hammer CHANGES TARGET COMMAND...: run it while every processor calls the
# target; each caller may see that many changes of version. The host may have
# fewer processors, and a worker that never gets one is signalled in the end.
hammer() {
	allow_log 'livepatch: signaling remaining tasks'
	"$HERE/hammer" "$1" "$DEBUG/$2" "$HERE/step.sh" "${@:3}"
}

# answers TARGET VERSION: what its debugfs file says
answers() {
	expect "$2" cat "$DEBUG/$1"
}
