#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-run.sh PROGRAMS - the fuzzers must see all that libklp tells, and what
# they find must not get lost.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

programs=$1
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# These name what was not read, tell of the library itself, or of the waiting
# for sockets, in whose place the fuzzers have a tape.
never_read='klp_patch_action_name klp_version klp_ctx_set_deadline klp_ctx_is_asking'

every_getter_is_read() {
	local symbol

	nm -u "$programs"/obj/fuzz/{see,answers,events,tape}.o |
		sed -n 's/^ *U //p' | sort -u >"$work/called"
	[[ -s $work/called ]]
	sed -n 's/^\t\(klp_[a-z_]*\);$/\1/p' "$top/userspace/lib/libklp.map" |
		while read -r symbol; do
			[[ " $never_read " == *" $symbol "* ]] ||
				grep -q -x -e "$symbol" "$work/called" ||
				echo "$symbol"
		done >"$work/unread"
	[[ ! -s $work/unread ]] || { cat "$work/unread"; return 1; }
}

# fuzzer SCRIPT - makes a program that stands in for a fuzzer.
fuzzer() {
	mkdir -p "$work/seeds/it"
	printf '#!/bin/sh\n%s\n' "$1" >"$work/it"
	chmod +x "$work/it"
}

run() {
	"$here/run.sh" --programs="$work" "$@" >"$work/out" 2>&1
}

ended='echo "stat::number_of_executed_units: 10"; echo "#10 DONE cov: 7 ft: 9 corp: 1/1b"'
crashed='echo "Test unit written to /somewhere/it-crash-1"; exit 77'

enough_runs_pass() {
	fuzzer "$ended"
	run check it:10
	says "$work/out" 'ok 1 - fuzz: it finds nothing'
}

too_few_runs_fail() {
	fuzzer "$ended"
	fails 1 run check it:11
	says "$work/out" 'not ok 1 - fuzz: it finds nothing'
}

a_finding_fails() {
	fuzzer "$ended; $crashed"
	fails 1 run check it:10
	says "$work/out" '# input: /somewhere/it-crash-1'
	says "$work/out" "# repeat it: $work/it /somewhere/it-crash-1"
}

a_finding_fails_a_long_run() {
	fuzzer "$ended; $crashed"
	fails 1 run --seconds=1 fuzz it
	says "$work/out" "repeat it: $work/it /somewhere/it-crash-1"
	fails 1 grep -q 'nothing found' "$work/out"
}

a_long_run_is_summed_up() {
	fuzzer "$ended"
	run --jobs=2 --seconds=2 fuzz it
	grep -q -E '^it +20 +7 +9 +0$' "$work/out"
	says "$work/out" 'nothing found'
}

check "fuzz: every getter of the library is read" every_getter_is_read
check "fuzz: a run of all inputs passes" enough_runs_pass
check "fuzz: a run of fewer inputs fails" too_few_runs_fail
check "fuzz: a finding fails, with what repeats it" a_finding_fails
check "fuzz: a finding fails a long run" a_finding_fails_a_long_run
check "fuzz: a long run is summed up" a_long_run_is_summed_up
tap_end
