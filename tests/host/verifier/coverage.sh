#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# coverage.sh - every call site of $VMLINUX must have an undo recipe that its
# unwind data confirms, and every one of $VMLINUX_THUMB2, if there is one.

set -euo pipefail

top=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

out=$(mktemp)
trap 'rm -f "$out"' EXIT

every_site() {
	"$O/verifier/klp-arm-coverage" "$1" >"$out" || {
		cat "$out"
		return 1
	}
	# Sites there must be, and none may rest on one witness alone.
	grep -E -q '^([1-9][0-9]*) of \1 sites have a recipe, 0 refused; \1 confirmed by unwind data$' "$out"
}

check "every call site has a recipe" every_site "$VMLINUX"
sed 's/^/# /' "$out" | tail -n 20
if [[ -n ${VMLINUX_THUMB2:-} ]]; then
	check "every call site of a Thumb-2 kernel has a recipe" \
		every_site "$VMLINUX_THUMB2"
	sed 's/^/# /' "$out" | tail -n 20
fi
tap_end
