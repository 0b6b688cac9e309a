#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - run fuzzers, for a time or for a number of inputs, and sum up.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: tests/fuzz/run.sh --programs=DIR [--jobs=N] [--seconds=N] fuzz FUZZER...
       tests/fuzz/run.sh --programs=DIR [--jobs=N] check FUZZER[:RUNS]...

  --programs=DIR  the fuzzers, with their first inputs in DIR/seeds
  --jobs=N        run so many at a time (1)
  --seconds=N     how long all of it takes (600)

"fuzz" gives each fuzzer its share of the time on every processor. What it
learns is kept in DIR/corpus for the next time. "check" runs each with RUNS
inputs, the same each time, and prints TAP.

Findings are kept in DIR/findings, the logs in DIR/logs.

Exit status: 0 nothing was found, 1 something was, 2 usage.
USAGE
}

programs=''
jobs=1
seconds=600
while [[ ${1:-} == -* ]]; do
	case $1 in
	--programs=?*)       programs=$(realpath "${1#*=}") ;;
	--jobs=[1-9]*)       jobs=${1#*=} ;;
	--seconds=[1-9]*)    seconds=${1#*=} ;;
	-h|--help)           usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
	shift
done
mode=${1:-}
[[ -n $programs && $mode =~ ^(check|fuzz)$ && $# -gt 1 ]] || { usage >&2; exit 2; }
shift

findings=$programs/findings
logs=$programs/logs
mkdir -p "$findings" "$logs"

# fuzz_one LOG PROGRAM CORPUS OPTION... - one run; its status is kept with the
# log. An input that takes a minute never ends.
fuzz_one() {
	local log=$1 name=$2 corpus=$3 status=0

	shift 3
	mkdir -p "$corpus"
	# A known finding is found again: this run has it or not.
	"$programs/$name" -timeout=60 -print_final_stats=1 \
		-artifact_prefix="$findings/$name-" "$@" "$corpus" \
		"$programs/seeds/$name" >"$log" 2>&1 || status=$?
	echo "$status" >"$log.status"
}

# in_turn COMMAND... - in the background, but no more than $jobs at a time.
running=0
in_turn() {
	if [[ $running -ge $jobs ]]; then
		wait -n || true
		running=$((running - 1))
	fi
	"$@" &
	running=$((running + 1))
}

# sum_of LOG... - inputs that were run
sum_of() {
	sed -n 's/^stat::number_of_executed_units: *//p' "$@" |
		awk '{ sum += $1 } END { print sum + 0 }'
}

# largest NAME LOG... - the last number after NAME, of the log where it is
# largest
largest() {
	local name=$1

	shift
	sed -n "s/^#.* $name: \([0-9]*\).*/\1/p" "$@" | sort -n | tail -n 1
}

# explain LOG - why a run failed, where the input is, and how to repeat it.
explain() {
	local log=$1 name=$2 file

	grep -E -m 1 '^fuzz: |ERROR: |runtime error: ' "$log" ||
		tail -n 5 "$log"
	file=$(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)
	echo "log: $log"
	[[ -z $file ]] || printf 'input: %s\nrepeat it: %s %s\n' "$file" \
		"$programs/$name" "$file"
}

check() {
	local work number=0 failed=0 fuzzer name runs log

	work=$(mktemp -d)
	# shellcheck disable=SC2064	# the directory of now
	trap "rm -rf '$work'" EXIT
	for fuzzer in "$@"; do
		name=${fuzzer%:*}
		rm -f "$logs/check-$name.log"*
		in_turn fuzz_one "$logs/check-$name.log" "$name" "$work/$name" \
			-seed=1 -runs="${fuzzer#*:}"
	done
	wait
	for fuzzer in "$@"; do
		name=${fuzzer%:*}
		runs=${fuzzer#*:}
		log=$logs/check-$name.log
		number=$((number + 1))
		if [[ $(cat "$log.status") -eq 0 && $(sum_of "$log") -ge $runs ]]; then
			echo "ok $number - fuzz: $name finds nothing"
		else
			echo "not ok $number - fuzz: $name finds nothing"
			explain "$log" "$name" | sed 's/^/# /'
			failed=1
		fi
	done
	echo "1..$number"
	return "$failed"
}

# One line of the summary; returns whether all slices ended well.
summary() {
	local name=$1 bad=0 log

	shift
	for log in "$@"; do
		[[ $(cat "$log.status") -eq 0 ]] || bad=$((bad + 1))
	done
	printf '%-10s %12s %8s %8s %8d\n' "$name" "$(sum_of "$@")" \
		"$(largest cov "$@")" "$(largest ft "$@")" "$bad"
	[[ $bad -eq 0 ]]
}

fuzz() {
	local share=$((seconds / $#)) slice name log failed=0

	[[ $share -gt 0 ]] || share=1
	echo "$# fuzzers, $share s each on $jobs processors: $((share * $#)) s"
	rm -f "$logs"/fuzz-*
	for ((slice = 1; slice <= jobs; slice++)); do
		for name in "$@"; do
			in_turn fuzz_one "$logs/fuzz-$name.$slice.log" "$name" \
				"$programs/corpus/$name" -max_total_time="$share"
		done
	done
	wait
	printf '%-10s %12s %8s %8s %8s\n' fuzzer inputs edges features findings
	for name in "$@"; do
		summary "$name" "$logs/fuzz-$name".*.log || failed=1
	done
	for name in "$@"; do
		for log in "$logs/fuzz-$name".*.log; do
			[[ $(cat "$log.status") -eq 0 ]] || explain "$log" "$name"
		done
	done
	[[ $failed -ne 0 ]] || echo "nothing found"
	return "$failed"
}

"$mode" "$@"
