#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-author.sh - livepatches that klp-build has made of changes to the kernel's
# source: see make-fixes.sh. The new code runs while they are enabled, and the old
# code afterwards.

. "$(dirname "$0")/functions.sh"

chunk() {
	grep -ci '^VmallocChunk' /proc/meminfo
	grep -o '^VMALLOCCHUNK' /proc/meminfo || :
}

string() {
	local old=1 new=$'1\nVMALLOCCHUNK'

	expect "$old" chunk
	patch author_string
	expect "$new" chunk
	unpatch author_string
	expect "$old" chunk
}

reads() {
	sed -n 2p /proc/loadavg
}

# in_order TEXT...: the log of the case has these, and no other of their kind
in_order() {
	local got

	got=$(case_log | sed -n 's/.*author: //p')
	[[ $got == "$(printf '%s\n' "$@")" ]] || fail "the log says: $got"
}

# The second time, nothing is left of the first.
callbacks() {
	local i seen=()

	for i in 1 2; do
		expect '' reads
		patch author_callbacks
		seen+=('make_reads vmlinux' tell_patched)
		in_order "${seen[@]}"
		expect 'reads 1' reads
		expect 'reads 2' reads
		unpatch author_callbacks
		seen+=(tell_unpatching free_reads)
		in_order "${seen[@]}"
	done
	expect '' reads
}

# The number of the inode of a new pipe
inode() {
	: | readlink /proc/self/fd/0 | tr -dc 0-9
}

# rises FROM BY: the next number is larger than FROM, by BY at least; sets $now
rises() {
	now=$(inode)
	((now > $1 && now - $1 >= $2)) || fail "inode $now comes behind $1"
}

# What the function keeps is what the old one has left, and the other way round.
static_local() {
	local now

	# Each processor has some numbers in advance.
	taskset -pc 0 "$BASHPID" > /dev/null
	now=$(inode)
	patch author_static
	rises "$now" 1
	rises "$now" 1024
	rises "$now" 1024
	unpatch author_static
	rises "$now" 1
}

is_new() {
	grep -c '^new ' /proc/uptime || :
}

new_function() {
	expect 0 is_new
	patch author_warn
	expect 1 is_new
	unpatch author_warn
	expect 0 is_new
}

# case_of PATCH NAME COMMAND: skipped with klp-build's reason, if there is none
case_of() {
	if [[ -f $MODULES/$1.why ]]; then
		skip_case "$2" "$(< "$MODULES/$1.why")"
	else
		add_case "$2" "$3"
	fi
}

case_of author_string "a string" string
case_of author_callbacks "callbacks and a shadow variable" callbacks
case_of author_static "a static variable of a function" static_local
case_of author_warn "a new function, with a warning that is not given" new_function

run_cases
