#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-host.sh - run every test that needs no guest. Prints their TAP lines.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}

usage() {
	cat <<'USAGE'
Usage: scripts/check-host.sh --kernel=DIR [--thumb2=DIR]

  --kernel=DIR  object tree with the vmlinux that the verifier is tried on
  --thumb2=DIR  another, with a Thumb-2 kernel

Exit status: 0 all passed, 1 not, 2 usage.
USAGE
}

kernel='' thumb2=''
for arg in "$@"; do
	case $arg in
	--kernel=?*) kernel=$(realpath "${arg#*=}") ;;
	--thumb2=?*) thumb2=$(realpath "${arg#*=}") ;;
	-h|--help)   usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $kernel ]] || { usage >&2; exit 2; }
[[ -z $thumb2 ]] || grep -q '^CONFIG_THUMB2_KERNEL=y' "$thumb2/.config" || {
	echo "check-host: $thumb2 is no Thumb-2 kernel" >&2
	exit 2
}

failed=0

# run NAME COMMAND... - a failure is counted and the next one still runs.
run() {
	local name=$1 status=0 start=$SECONDS

	shift
	echo "# $name"
	"$@" || status=$?
	echo "# $name took $((SECONDS - start)) s"
	[[ $status -eq 0 ]] || {
		echo "# $name: status $status"
		failed=1
	}
}

for test in "$top"/tests/host/test-*; do
	[[ -x $test ]] || continue
	run "${test#"$top/"}" "$test"
done
run tests/host make --no-print-directory -C "$top/tests/host" check \
	VMLINUX="$kernel/vmlinux" VMLINUX_THUMB2="${thumb2:+$thumb2/vmlinux}" \
	O="$build/tests/host"
run userspace/lib make --no-print-directory -C "$top/userspace/lib" check \
	O="$build/userspace/host/lib"
# Without it its test is skipped, and says so.
promtool="--promtool='$build/promtool'"
"$top/scripts/promtool.sh" --output="$build/promtool" || promtool=
run userspace/klpctl make --no-print-directory -C "$top/userspace/klpctl" check \
	O="$build/userspace/host/klpctl" LIBKLP="$build/userspace/host/lib" \
	CHECK_OPTIONS="$promtool"
run tests/fuzz make --no-print-directory -j "$(nproc)" -C "$top/tests/fuzz" \
	check O="$build/fuzz" LIBKLP="$build/userspace/host/lib"

exit "$failed"
