#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-trampoline.sh - every patched function has a trampoline, as long as it is
# patched, in memory that nobody can change; and what it costs to attach them
# does not depend on their number.

. "$(dirname "$0")/functions.sh"
. "$HERE/trace.sh"

# How many there are
trampolines() {
	grep -c $' klp_trampoline\t\\[klp_arm\\]$' /proc/kallsyms || :
}

# The patch has a function in either of two modules.
one_each() {
	expect 0 trampolines
	load target_leaf
	patch patch_both
	expect 1 trampolines
	load target_registers
	expect 2 trampolines
	unload target_leaf
	expect 1 trampolines
	unpatch patch_both
	expect 0 trampolines
	unload target_registers
}

shared_by_a_stack() {
	load target_registers
	patch patch_registers
	patch patch_registers_2
	expect 1 trampolines
	answers target_registers new2
	unpatch patch_registers_2
	answers target_registers new
	unpatch patch_registers
	expect 0 trampolines
	unload target_registers
}

# The line of the kernel's page table that has a trampoline's page
page_table_line() {
	local page line range

	page=$(awk '$3 == "klp_trampoline" { print substr($1, 1, 5); exit }' \
		/proc/kallsyms)
	while read -r line; do
		range=${line%% *}
		[[ $range == 0x*-0x* ]] || continue
		((16#$page * 4096 >= ${range%-*} && 16#$page * 4096 < ${range#*-})) ||
			continue
		echo "$line"
		return
	done < "$DEBUG/kernel_page_tables"
}

read_only_and_executable() {
	load target_leaf
	patch patch_leaf
	grep -Eq ' ro x ' <<< "$(page_table_line)" ||
		fail "the page of trampolines is $(page_table_line)"
	! grep -E ' RW x ' "$DEBUG/kernel_page_tables" ||
		fail "memory that is writable and executable"
	unpatch patch_leaf
	unload target_leaf
}

# Two functions are attached together: the machine stops for the attachment, and
# for the change to the direct form; then back, and for the detachment. Where
# cond_resched() has jump labels, it stops twice more for these.
stops_are_few() {
	local most=2

	! grep -q ' jump_label_lock$' /proc/kallsyms || most=4
	load target_registers
	trace_on function stop_machine_cpuslocked
	patch patch_registers
	stops 2 "$most"
	unpatch patch_registers
	stops 2 "$most"
	trace_off
	unload target_registers
}

# told WORD ADDRESS: perf was
told() {
	grep -q "^$1 $2 64$" "$case_dir/ksymbols"
}

# What was recorded while a patch was enabled has a name afterwards, too.
named_to_perf() {
	local address

	start "$HERE/ksymbol" klp_trampoline > "$case_dir/ksymbols"
	poll 60 grep -q ready "$case_dir/ksymbols" || fail "perf has no events"
	load target_leaf
	patch patch_leaf
	address=$(awk '$3 == "klp_trampoline" { print $1; exit }' /proc/kallsyms)
	poll 60 told come "$address" || fail "perf does not know $address"
	! told gone "$address" || fail "perf takes $address for gone"
	unpatch patch_leaf
	poll 60 told gone "$address" || fail "perf still has $address"
	unload target_leaf
}

# How often each of them is done; CYCLES=10000 is for a quiet hour.
CYCLES=${CYCLES:-30}

# The function counts its calls: none may be lost, or made twice. A task may see
# the replacement come and go each time.
on_and_off() {
	load target_count
	load patch_again
	hammer $((2 * $1)) target_count "$HERE/cycle" "$1" patch_again
	unload patch_again
	unload target_count
}

# The patch below keeps the function attached: it is the forms that change.
stacked() {
	load target_count
	patch patch_count
	load patch_again
	hammer $((2 * $1)) target_count "$HERE/cycle" "$1" patch_again
	unload patch_again
	unpatch patch_count
	unload target_count
}

add_case "one for every patched function of a loaded module" one_each
add_case "one for all patches of a function" shared_by_a_stack
add_case "read-only where it is executable" read_only_and_executable
if [[ -e /proc/sys/kernel/perf_event_paranoid ]]; then
	add_case "perf is told of its name and of its end" named_to_perf
else
	echo "# no perf events in this kernel: not tried what perf is told"
fi
add_case "a patch stops the machine a few times, and a few times again" stops_are_few
add_case "on and off $CYCLES times, while every processor calls" \
	on_and_off "$CYCLES"
add_case "on top of another $CYCLES times, while every processor calls" \
	stacked "$CYCLES"

run_cases
