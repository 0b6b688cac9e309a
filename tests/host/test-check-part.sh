#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-check-part.sh - the counts that make check ends with must not lie: what
# fails, dies or never runs is counted as failed.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$here/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

part() {
	BUILD=$work "$top/scripts/check-part.sh" "$@" >"$work/out" 2>&1
}

# counts PART COUNTS SCRIPT - SCRIPT's output must be counted as COUNTS.
counts() {
	local want=0

	[[ $2 == *' 0 '* ]] || want=1
	fails "$want" part "$1" bash -c "$3"
	[[ $(cut -d ' ' -f 1-3 "$work/results/$1") == "$2" ]] || {
		cat "$work/results/$1" "$work/out"
		return 1
	}
}

sums() {
	counts one '2 0 1' 'echo "ok 1 - a"; echo "ok 2"; echo "ok 3 - b # SKIP why"'
	counts two '1 1 0' 'echo "ok 1 - a"; echo "not ok 2 - b"; exit 1'
	fails 1 part --sum one two three
	[[ $(tail -n 1 "$work/out") == '3 passed, 2 failed, 1 skipped' ]]
	says "$work/out" 'two: not ok 2 - b'
	says "$work/out" 'three: did not run'
	part --sum one
	[[ $(tail -n 1 "$work/out") == '2 passed, 0 failed, 1 skipped' ]]
}

single() {
	part --one built bash -c 'echo "12 of 12"'
	[[ $(cut -d ' ' -f 1-3 "$work/results/built") == '1 0 0' ]]
	fails 1 part --one broken bash -c 'echo "11 of 12"; exit 1'
	[[ $(cut -d ' ' -f 1-3 "$work/results/broken") == '0 1 0' ]]
	fails 2 part --one only-a-name
}

times() {
	part hour bash -c 'echo "ok 1"'
	[[ $(cut -d ' ' -f 4 "$work/results/hour") =~ ^[0-9]+$ ]]
	sed -i 's/ [0-9]*$/ 3600/' "$work/results/hour"
	part --sum hour
	grep -q '^hour .* 3600$' "$work/out"
}

check 'passed and skipped lines are counted' \
	counts a '1 0 1' 'echo "ok 1 - x"; echo "ok 2 # SKIP"'
check 'lines within a line are not' counts b '1 0 0' 'echo "  not ok 1"; echo "ok 1"; echo "okay"'
check 'a failed line fails the part' counts c '0 1 0' 'echo "not ok 1"'
check 'a status without a failed line is a failure' counts d '1 1 0' 'echo "ok 1"; exit 3'
check 'silence is a failure' counts e '0 1 0' 'true'
check 'an end by signal is a failure' counts f '1 1 0' 'echo "ok 1"; kill -9 $$'
check 'output on stderr counts too' counts g '0 1 0' 'echo "not ok 1" >&2'
check 'parts are added up, and missing ones failed' sums
check 'a command without TAP is one test' single
check 'the time of a part is told' times
check 'wrong usage is refused' fails 2 part only-a-name
tap_end
