#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# proof.sh - the redirect of a sample of the functions of $VMLINUX, executed, and
# of those of $VMLINUX_THUMB2, if there is one.

set -euo pipefail

top=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

out=$(mktemp)
trap 'rm -f "$out"' EXIT

# proof VMLINUX [OPTION]...
proof() {
	local kernel=$1

	shift
	"$O/proof/klp-arm-proof" "$@" "$kernel" >"$out" || {
		tail -n 20 "$out"
		return 1
	}
}

every_way() {
	local way

	proof "$1" --every=16 || return 1
	grep -E -q '^([1-9][0-9]*) of \1 functions, 0 refused$' "$out" ||
		return 1
	for way in 'trampoline with a branch' 'trampoline with a load of PC' \
		'trampoline and handler' 'trampoline and handler that stays' \
		'ftrace_regs_caller' 'ftrace_regs_caller that stays'; do
		grep -E -q "^ *[1-9][0-9]* $way\$" "$out" || {
			echo "never gone: $way"
			return 1
		}
	done
}

every_mistake() {
	proof "$1" --every=256 --mutate || return 1
	grep -E -q '^([1-9][0-9]*) of \1 mistakes seen' "$out"
}

# check_kernel VMLINUX [SUFFIX]
check_kernel() {
	check "a redirect leaves no trace, on every way${2:-}" every_way "$1"
	sed 's/^/# /' "$out" | tail -n 20
	check "every mistake is seen${2:-}" every_mistake "$1"
	sed 's/^/# /' "$out" | tail -n 1
}

check_kernel "$VMLINUX"
if [[ -n ${VMLINUX_THUMB2:-} ]]; then
	check_kernel "$VMLINUX_THUMB2" ", in a Thumb-2 kernel"
fi
tap_end
