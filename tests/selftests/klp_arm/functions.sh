# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# functions.sh - what every klp_arm selftest needs: cases, modules, transitions
# and the kernel's log. To be sourced first.

set -euo pipefail
export LC_ALL=C

HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
MODULES=$HERE/test_modules
KLP=/sys/kernel/livepatch
DEBUG=/sys/kernel/debug
TRACE=/sys/kernel/tracing

# shellcheck source=ktap.sh
. "$HERE/ktap.sh"

# A transition that is not held up takes a second or two. The core gets nervous
# after 15; a busy host makes a guest slow, so this is for what never ends.
TRANSITION_SECONDS=${TRANSITION_SECONDS:-120}

case_names=()
case_commands=()
case_skipped=()

# add_case NAME COMMAND...: one behaviour, to be run by run_cases
add_case() {
	case_names+=("$1")
	case_commands+=("${*:2}")
}

# skip_case NAME REASON: what cannot happen on this kernel
skip_case() {
	case_skipped[${#case_names[@]}]=$2
	add_case "$1" false
}

run_cases() {
	local i

	[[ $(id -u) = 0 ]] || ktap_skip_all "must be run as root"
	[[ -d $KLP ]] || ktap_skip_all "no live patching in this kernel"
	ktap_print_header
	ktap_set_plan "${#case_names[@]}"
	for i in "${!case_names[@]}"; do
		if [[ -n ${case_skipped[i]:-} ]]; then
			ktap_test_skip "${case_names[i]}" "${case_skipped[i]}"
		else
			run_case "${case_names[i]}" "${case_commands[i]}"
		fi
	done
	ktap_finished
}

# A case runs in a shell of its own, with a mark in the kernel's log before it.
# It passes if every command of it does, if it leaves nothing behind, and if
# the kernel said nothing that was not expected.
run_case() {
	local name=$1 status=0 left start=$SECONDS
	local -a words

	read -ra words <<< "$2"
	case_mark="klp_arm selftest $$.$(ktap_next): $name"
	case_dir=$(mktemp -d)
	: > "$case_dir/allowed"
	echo "$case_mark" > /dev/kmsg

	set +e
	(
		set -e
		trap stop_children EXIT
		"${words[@]}"
	)
	status=$?
	set -e

	left=$(leftovers)
	[[ -z $left ]] || clean_up
	if ((status)); then
		echo "# the case failed with status $status"
	elif [[ -n $left ]]; then
		echo "# left behind: $left"
		status=1
	fi
	check_log || status=1

	if ((status)); then
		case_log | tail -n 40 | sed 's/^/# log: /'
		ktap_test_fail "$name"
	else
		ktap_test_pass "$name"
	fi
	echo "# $((SECONDS - start)) s"
	rm -rf "$case_dir"
}

fail() {
	echo "# $*"
	exit 1
}

# start COMMAND...: in the background, until the case ends; sets $started
start() {
	"$@" &
	started=$!
	echo "$started" >> "$case_dir/children"
}

stop() {
	kill -KILL "$1" 2>/dev/null || :
	wait "$1" 2>/dev/null || :
}

stop_children() {
	local pid

	[[ -f $case_dir/children ]] || return 0
	while read -r pid; do
		stop "$pid"
	done < "$case_dir/children"
}

# poll SECONDS COMMAND...: until it is true
poll() {
	local limit=$((SECONDS + $1))

	shift
	until "$@"; do
		((SECONDS < limit)) || return 1
		sleep 0.05
	done
}

# Of ARM code, all symbols are at multiples of four.
is_thumb_kernel() {
	grep -Eq '^[0-9a-f]{7}[26ae] [tT] ' /proc/kallsyms
}

# expect TEXT COMMAND...: what it prints
expect() {
	local wanted=$1 got

	shift
	got=$("$@" 2>&1) || fail "'$*' failed: $got"
	[[ $got = "$wanted" ]] || fail "'$*' says '$got', not '$wanted'"
}

# shellcheck source=log.sh
. "$HERE/log.sh"
# shellcheck source=modules.sh
. "$HERE/modules.sh"
# shellcheck source=patches.sh
. "$HERE/patches.sh"
