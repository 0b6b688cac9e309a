#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# guest-corpus.sh - the guest's half of the corpus: enable each livepatch of a
# directory, use the kernel meanwhile, disable and unload it; then all of them at
# once, one over the other; then the one that has all of them in it.

# shellcheck disable=SC2317 # cases are functions that are called by name

set -uo pipefail
export LC_ALL=C

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/selftests/klp_arm/ktap.sh
. "$here/ktap.sh"

TRACE=/sys/kernel/tracing
KLP=/sys/kernel/livepatch
bad='WARNING|BUG|Oops|Unable to handle|stall|livepatch: .*failed|refused'

entered=0 traced=0

# load FILE - sets $patch.
load() {
	local before after

	before=$(ls "$KLP")
	klpctl load --wait --timeout 120 "$1" || return 1
	after=$(ls "$KLP")
	patch=$(comm -13 <(echo "$before") <(echo "$after"))
	[[ -n $patch && $(<"$KLP/$patch/enabled") == 1 && $(<"$KLP/$patch/transition") == 0 ]]
}

unload() {
	klpctl disable --wait --timeout 120 "$1" && klpctl unload "$1"
}

# What the kernel said since the case began.
log_is_clean() {
	! dmesg | sed "0,/corpus: $1\$/d" | grep -E "$bad"
}

# use NAME - the load, and whether it enters one of the functions that are replaced.
use() {
	local funcs=$here/$1.funcs status=0

	: >"$TRACE/trace"
	grep -F -x -f "$funcs" "$TRACE/available_filter_functions" >/tmp/filter || true
	if [[ -s /tmp/filter ]]; then
		cat /tmp/filter >"$TRACE/set_ftrace_filter"
		echo function >"$TRACE/current_tracer"
		"$here/exercise" || status=$?
		traced=$((traced + 1))
		if grep -q '<-' "$TRACE/trace"; then
			entered=$((entered + 1))
			echo "# $1: entered"
		else
			echo "# $1: not entered"
		fi
		# Which forgets what was traced.
		echo nop >"$TRACE/current_tracer"
		: >"$TRACE/set_ftrace_filter"
	else
		"$here/exercise" || status=$?
		echo "# $1: not traced"
	fi
	return "$status"
}

one_by_one() {
	load "$here/$1.ko" && use "$1" && unload "$patch"
}

patches=()

stacked() {
	local name i

	for name in "${names[@]}"; do
		load "$here/$name.ko" || return 1
		patches+=("$patch")
	done
	"$here/exercise" || return 1
	[[ ${#patches[@]} -eq ${#names[@]} ]] || return 1
	klpctl status >/dev/null || return 1
	for ((i = ${#patches[@]} - 1; i >= 0; i--)); do
		unload "${patches[i]}" || return 1
	done
}

together() {
	load "$here/together.ko" && "$here/exercise" && unload "$patch"
}

# run NAME COMMAND... - one case.
run() {
	echo "corpus: $1" >/dev/kmsg
	if "${@:2}" >/tmp/out 2>&1 && log_is_clean "$1" >>/tmp/out; then
		ktap_test_pass "$1"
	else
		ktap_test_fail "$1"
		sed 's/^/#   /' /tmp/out
	fi
	grep '^# ' /tmp/out
}

names=()
for file in "$here"/*.ko; do
	name=$(basename "$file" .ko)
	[[ $name == together ]] || names+=("$name")
done

ktap_print_header
ktap_set_plan $((${#names[@]} + 3))
echo nop >"$TRACE/current_tracer"
run 'the load, on the kernel as it is' "$here/exercise"
for name in "${names[@]}"; do
	run "$name" one_by_one "$name"
done
echo "# the load enters $entered of $traced"
run "${#names[@]} at once, one over the other" stacked
run 'one livepatch of all that fit in one' together
ktap_finished
