#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# coverage.sh - every call site of $VMLINUX must have an undo recipe that its
# unwind data confirms.

set -euo pipefail

top=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

out=$(mktemp)
trap 'rm -f "$out"' EXIT

every_site() {
	"$O/verifier/klp-arm-coverage" "$VMLINUX" >"$out" || {
		cat "$out"
		return 1
	}
	# Sites there must be, and none may rest on one witness alone.
	grep -E -q '^([1-9][0-9]*) of \1 sites have a recipe, 0 refused; \1 confirmed by unwind data$' "$out"
}

check "every call site has a recipe" every_site
sed 's/^/# /' "$out" | tail -n 20
tap_end
