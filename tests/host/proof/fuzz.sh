#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# fuzz.sh - a short run of klp-arm-proof-fuzz, the same each time.

set -euo pipefail

top=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

fuzz=$O/proof/klp-arm-proof-fuzz
out=$(mktemp)
trap 'rm -f "$out"' EXIT

nothing_found() {
	"$fuzz" --inputs=30000 --seed=1 ${VMLINUX:+"$VMLINUX"} >"$out" || {
		cat "$out"
		return 1
	}
	grep -E -q '^30000 inputs, [1-9][0-9]{3,} ARM and [1-9][0-9]{2,} Thumb recipes executed \([1-9][0-9]{2,} reload registers\), 0 findings$' "$out"
}

each_mistake() {
	local found

	found=$(mktemp -d)
	"$fuzz" --inputs=1000 --seed=1 --mutate --save="$found" >"$out" && {
		rm -r "$found"
		return 1
	}
	# It gives up after ten, and has told of each.
	if [[ $(find "$found" -type f | wc -l) -ne 10 ||
	      $(grep -c '^repeat it: ' "$out") -ne 10 ]] ||
		! grep -q ', 10 findings$' "$out"; then
		rm -r "$found"
		return 1
	fi
	rm -r "$found"
}

# push {r4, lr}; mov r4, #0; push {lr}
same_code() {
	"$fuzz" --code=10402de90040a0e304e02de5 >"$out"
	grep -q -x 'verdict: none' "$out" &&
		grep -q '^1 inputs, 1 ARM and 0 Thumb' "$out"
}

no_code() {
	! "$fuzz" --code=10402de >"$out" 2>&1 && grep -q '^usage:' "$out"
}

check "every recipe for a prologue of the fuzzer holds" nothing_found
sed 's/^/# /' "$out"
check "a wrong recipe is found and kept" each_mistake
check "one prologue can be tried by its bytes" same_code
check "bytes that are none are refused" no_code
tap_end
