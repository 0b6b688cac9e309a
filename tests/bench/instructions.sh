#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# instructions.sh - in the guest: instructions.sh PATH NUMBER... prints what
# calls cost with so many patched functions of each kind. PATH is what a call
# takes when no transition is running: "direct", or "stock".

set -euo pipefail

path=$1
shift
here=$(cd "$(dirname "$0")" && pwd)
bench=/sys/kernel/debug/klp_bench
klp=/sys/kernel/livepatch/klp_bench_patch

fail() {
	echo "instructions.sh: $*" >&2
	exit 1
}

# poll COMMAND...: until it is true
poll() {
	local limit=$((SECONDS + 60))

	until "$@"; do
		((SECONDS < limit)) || fail "in vain: $*"
		sleep 0.05
	done
}

transition_is() {
	[[ $(<"$klp/transition") = "$1" ]]
}

gone() {
	[[ ! -d $klp ]]
}

# calls PATH FILE: with a heading, what a file says
calls() {
	echo "path $1 $functions"
	cat "$bench/$2"
}

enable() {
	insmod "$here/klp_bench_patch.ko" functions="$functions" ||
		fail "cannot enable the patch of $functions functions"
}

disable() {
	echo 1 >"$bench/disable"
	poll gone
	rmmod klp_bench_patch
}

measure_settled() {
	enable
	poll transition_is 0
	echo "enable $path $functions $(<"$bench/span")"
	calls "$path" calls
	if [[ $path = direct ]]; then
		echo "dump $functions $("$here/func-dump")"
		echo 1 >"$bench/trace"
		calls shared calls
		echo 0 >"$bench/trace"
	fi
	disable
	echo "disable $path $functions $(<"$bench/span")"
}

this_switched() {
	[[ $(<"/proc/$$/patch_state") = 1 ]]
}

# While the thread that has not switched holds the transition up
measure_transition() {
	echo 1 >"$bench/hold"
	enable
	poll this_switched
	transition_is 1 || fail "nothing holds up the transition"
	calls handler calls
	calls handler held_calls
	transition_is 1 || fail "the transition ended early"
	echo 0 >"$bench/hold"
	poll transition_is 0
	disable
}

insmod "$here/klp_bench.ko"
cat "$bench/stack"
for functions; do
	echo "$functions" >"$bench/functions"
	calls unpatched calls
	measure_settled
	if [[ $path = direct ]]; then
		measure_transition
	fi
done
rmmod klp_bench
