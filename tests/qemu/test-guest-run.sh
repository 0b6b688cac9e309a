#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-guest-run.sh - scripts/guest-run: every verdict it can give, and that it
# gives back what the command wrote. All guest tests stand on that.
#
# Usage: tests/qemu/test-guest-run.sh --kernel=DIR

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
kernel=${1#--kernel=}

guest() {
	"$top/scripts/guest-run" --kernel "$kernel" "$@" >"$work/out" 2>"$work/err"
}

returns_output() {
	guest -- bash -c 'echo to stdout; echo to stderr >&2; echo more >/dev/stdout'
	[[ $(cat "$work/out") == $'to stdout\nmore' ]]
	[[ $(cat "$work/err") == 'to stderr' ]]
}

keeps_bytes() {
	head -c 2000000 /dev/urandom >"$work/bytes"
	guest --file "$work/bytes:/data/bytes" -- cat /data/bytes
	cmp "$work/bytes" "$work/out"
}

appends_to_file() {
	echo before >"$work/log"
	"$top/scripts/guest-run" --kernel "$kernel" -- echo after >>"$work/log"
	[[ $(cat "$work/log") == $'before\nafter' ]]
}

passes_files_and_words() {
	mkdir -p "$work/dir/sub"
	echo one >"$work/dir/sub/one"
	ln -s sub/one "$work/dir/link"
	echo two >"$work/two"
	# shellcheck disable=SC2016	# for the guest's shell
	guest --file "$work/dir:/opt/dir" --file "$work/two:/lib/" --env 'V=a  b' \
		-- bash -c 'cat /opt/dir/link /lib/two; echo "$V|$1|"' name 'c  d'
	[[ $(cat "$work/out") == $'one\ntwo\na  b|c  d|' ]]
}

returns_status() {
	fails 0 guest -- true
	fails 7 guest -- bash -c 'exit 7'
	fails 137 guest -- bash -c 'kill -9 $$'
	fails 127 guest -- no-such-command
}

ends_what_is_left() {
	guest --timeout 60 -- bash -c 'sleep 1000 & echo started'
	says "$work/out" 'started'
}

panics() {
	fails 241 guest -- bash -c 'echo c >/proc/sysrq-trigger'
	says "$work/err" 'sysrq triggered crash'
}

times_out() {
	fails 242 guest --timeout 8 -- sleep 1000
	says "$work/err" 'no end after 8 s'
}

dies_silently() {
	fails 243 guest -- bash -c 'echo o >/proc/sysrq-trigger; sleep 1000'
	says "$work/err" 'without a verdict'
}

splats() {
	local line='<4>WARNING: CPU: 1 PID: 1 at a/file.c:1 function+0x0/0x1'

	fails 244 guest -- bash -c "echo '$line' >/dev/kmsg"
	says "$work/err" 'function+0x0/0x1'
	fails 0 guest --no-fail-on-splat -- bash -c "echo '$line' >/dev/kmsg"
	# A splat is the verdict even if the command failed as well.
	fails 244 guest -- bash -c "echo '$line' >/dev/kmsg; exit 3"
	says "$work/err" 'exit 3'
}

knows_splats() {
	local line

	while IFS= read -r line; do
		echo "# $line"
		# shellcheck disable=SC2016	# for the guest's shell
		fails 244 guest -- bash -c 'echo "<3>$1" >/dev/kmsg' x "$line"
	done <<-'LINES'
		BUG: sleeping function called from invalid context at a.c:1
		INFO: task kworker/0:1:10 blocked for more than 300 seconds.
		rcu: INFO: rcu_preempt self-detected stall on CPU
		WARNING: possible circular locking dependency detected
		list_add corruption. next->prev should be prev
		kmemleak: 2 new suspected memory leaks (see /sys/kernel/debug/kmemleak)
		watchdog: BUG: soft lockup - CPU#1 stuck for 26s!
	LINES
	fails 0 guest -- bash -c 'echo "<3>livepatch: nothing of the kind" >/dev/kmsg'
}

stores_log() {
	guest --dmesg "$work/dmesg" --console "$work/console" \
		-- bash -c 'echo "<7>a debug line" >/dev/kmsg'
	grep -q '^\[ *[0-9.]*\] a debug line$' "$work/dmesg"
	says "$work/console" 'Run /init'
}

is_identical() {
	guest --icount --dmesg "$work/first" -- ls /
	guest --icount --dmesg "$work/second" -- ls /
	cmp "$work/first" "$work/second"
	says "$work/out" 'proc'
}

refuses() {
	fails 240 guest --nonsense
	fails 240 guest
	fails 240 guest --smp 99 -- true
	fails 240 guest --timeout soon -- true
	fails 240 guest --file "$work/none:/x" -- true
	fails 240 guest --file "$work:relative" -- true
	fails 240 guest --kernel "$work" -- true
	says "$work/err" "run 'make kernel'"
}

check 'stdout and stderr come back apart' returns_output
check 'bytes come back as they are' keeps_bytes
check 'output is appended to what a file has' appends_to_file
check 'files, variables and words arrive' passes_files_and_words
check 'the status comes back' returns_status
check 'a process left behind does not hold the guest' ends_what_is_left
check 'a panic is told' panics
check 'a timeout is told' times_out
check 'a silent end is told' dies_silently
check 'a kernel warning is told' splats
check 'other reports of the kernel are told' knows_splats
check 'the kernel log is stored' stores_log
check 'counted runs are identical' is_identical
check 'what cannot be started is refused' refuses
tap_end
