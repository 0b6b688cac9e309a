#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-part.sh - run one part of the checks and count its TAP lines, or add the
# parts up.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/check-part.sh [--one] PART COMMAND [ARGUMENT]...
       scripts/check-part.sh --sum PART...

The first form runs COMMAND and counts the lines "ok", "not ok" and "# SKIP" at
the start of a line. The output is kept in $BUILD/results/PART.log, the counts and
the time in seconds, "passed failed skipped seconds", in $BUILD/results/PART.
With --one the output is not TAP: COMMAND is one test, which passes if its status
is 0.

The second form prints a table of the parts, with the time that each took, and as
its last line "N passed, N failed, N skipped".

Exit status: 0 all passed, 1 something failed, 2 usage.
USAGE
}

top=$(cd "$(dirname "$0")/.." && pwd)
results=${BUILD:-$top/build}/results

# count LOG STATUS SECONDS - a command that failed without saying so in TAP, or
# said nothing at all, has one more failure.
count() {
	awk -v status="$2" -v seconds="$3" '
		/^not ok( |$)/ && !/# T[O]DO/ { failed++; next }
		/^ok( |$)/ { if (/# SKIP/) skipped++; else passed++ }
		END {
			if (status && !failed)
				failed++
			if (!status && !passed && !failed && !skipped)
				failed++
			print passed + 0, failed + 0, skipped + 0, seconds
		}' "$1"
}

# one COMMAND... - run it as a single test.
one() {
	local status=0

	"$@" || status=$?
	if [[ $status -eq 0 ]]; then
		echo "ok 1 - $*"
	else
		echo "not ok 1 - $*: status $status"
	fi
	return "$status"
}

run_part() {
	local part=$1 status=0 start=$SECONDS

	shift
	mkdir -p "$results"
	rm -f "$results/$part"
	echo "=== $part"
	"$@" </dev/null 2>&1 | tee "$results/$part.log" || status=${PIPESTATUS[0]}
	count "$results/$part.log" "$status" $((SECONDS - start)) >"$results/$part.new"
	mv "$results/$part.new" "$results/$part"
	sum "$part"
}

sum() {
	local part passed failed skipped seconds
	local all_passed=0 all_failed=0 all_skipped=0

	printf '\n%-18s %8s %8s %8s %8s\n' part passed failed skipped seconds
	for part in "$@"; do
		if [[ -f $results/$part ]]; then
			read -r passed failed skipped seconds <"$results/$part"
		else
			# It could not even start: what it needs failed to build.
			passed=0 failed=1 skipped=0 seconds=0
		fi
		printf '%-18s %8d %8d %8d %8d\n' "$part" "$passed" "$failed" \
			"$skipped" "$seconds"
		all_passed=$((all_passed + passed))
		all_failed=$((all_failed + failed))
		all_skipped=$((all_skipped + skipped))
	done
	list_failures "$@"
	echo
	echo "$all_passed passed, $all_failed failed, $all_skipped skipped"
	[[ $all_failed -eq 0 ]]
}

list_failures() {
	local part

	for part in "$@"; do
		if [[ ! -f $results/$part ]]; then
			echo "$part: did not run: see above"
		elif grep -q '^not ok' "$results/$part.log"; then
			sed -n "s/^not ok/$part: &/p" "$results/$part.log"
		elif [[ $(cut -d ' ' -f 2 "$results/$part") -ne 0 ]]; then
			echo "$part: failed: see $results/$part.log"
		fi
	done
}

case ${1:-} in
-h|--help) usage; exit 0 ;;
--sum) shift; [[ $# -gt 0 ]] || { usage >&2; exit 2; }; sum "$@" ;;
--one)
	[[ $# -gt 2 ]] || { usage >&2; exit 2; }
	part=$2
	shift 2
	run_part "$part" one "$@"
	;;
-*|'') usage >&2; exit 2 ;;
*) [[ $# -gt 1 ]] || { usage >&2; exit 2; }; run_part "$@" ;;
esac
