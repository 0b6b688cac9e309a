#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-built.sh - a livepatch that klp-build made of a fix for the kernel, for a module
# with two sources that needs another module, and for one with a single source. They
# may come at any time, and the new code reaches what the old code does.

. "$(dirname "$0")/functions.sh"

# How often the module comes again
RELOADS=${RELOADS:-40}

# What all of it may take and not give back: half a page for each time
MOST_LEFT_KB=$((2 * RELOADS))

load_targets() {
	load labels_key
	load target_parts
	load target_late
}

unload_targets() {
	unload target_late
	unload target_parts
	unload labels_key
}

kernel_answers() {
	local wanted=$1 patched=old

	! grep -q ' patched$' /proc/cmdline || patched=new
	[[ $patched = "$wanted" ]] || fail "the kernel is $patched, not $wanted"
}

all_answer() {
	kernel_answers "$1"
	answers target_parts "$1"
	answers target_late "$1"
}

text() {
	cat /sys/module/target_parts/parameters/text
}

targets_first() {
	load_targets
	all_answer old
	expect none text
	patch patch_built
	all_answer new
	unpatch patch_built
	all_answer old
	expect none text
	unload_targets
}

patch_first() {
	patch patch_built
	kernel_answers new
	load_targets
	all_answer new
	unload_targets
	kernel_answers new
	unpatch patch_built
	kernel_answers old
}

# One that is there, while the other one comes and goes
one_of_two() {
	load target_late
	patch patch_built
	answers target_late new
	load labels_key
	load target_parts
	all_answer new
	unload target_parts
	unload labels_key
	answers target_late new
	unpatch patch_built
	answers target_late old
	unload target_late
}

# What is in use, without what the kernel would give back if it were needed
used_kb() {
	awk '$1 == "SUnreclaim:" || $1 == "VmallocUsed:" { sum += $2 } END { print sum }' \
		/proc/meminfo
}

# look_again: sets $answer, $text, and $places, where the modules are that the text
# depends on: code, data and constants of a module have each an address. Without a
# process for each, which is most of the time otherwise.
look_again() {
	local file address

	read -r answer < "$DEBUG/target_parts"
	read -r text < /sys/module/target_parts/parameters/text
	places=''
	for file in /sys/module/{target_parts,labels_key}/sections/.[bdrt]*; do
		read -r address < "$file"
		places+=" $address"
	done
}

# comes_again TIMES: the text is the same whenever the modules are at the same places,
# and nothing is left of any time.
comes_again() {
	local i answer text places before='' after
	local -A seen=()

	load labels_key
	patch patch_built
	for ((i = 0; i < $1; i++)); do
		load target_parts
		look_again
		[[ $answer = new ]] || fail "target_parts says '$answer'"
		[[ $text = "patch_built "* ]] || fail "the new function is of ${text%% *}"
		seen[$places]=${seen[$places]:-$text}
		[[ ${seen[$places]} = "$text" ]] ||
			fail "the text is '$text', not '${seen[$places]}'"
		unload target_parts
		# What the first ones take stays for all others.
		((i < 10 && i < $1 - 1)) || before=${before:-$(used_kb)}
	done
	after=$(used_kb)
	unpatch patch_built
	unload labels_key
	echo "# $1 times, at ${#seen[@]} places; $before kB used before, $after kB after"
	((after - before < MOST_LEFT_KB)) || fail "$((after - before)) kB are left"
}

[[ -e $MODULES/patch_built.ko ]] ||
	ktap_skip_all "klp-build makes no livepatches for kernels with KASAN"

add_case "the kernel and two modules that are there" targets_first
add_case "modules that come later" patch_first
add_case "a module that is there, and one that comes and goes" one_of_two
add_case "the module comes again $RELOADS times, and the text is the same" \
	comes_again "$RELOADS"

run_cases
