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

DAMAGE_STRIDE in the environment is how many bytes of a file stand between two that
klpctl's tests damage, each in a run of klpctl of its own; 7 if it is not set.

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

# run NAME COMMAND... - a failure is noted and the next one still runs.
run() {
	local name=$1 status=0 start=$SECONDS

	shift
	echo "# $name"
	"$@" || status=$?
	echo "# $name took $((SECONDS - start)) s"
	[[ $status -eq 0 ]] || {
		echo "# $name: status $status"
		echo "$name" >>"$lanes/failed"
	}
}

# What the kernel's build and its verifier have to pass.
kernel_lane() {
	local test

	run tests/host make -s -j "$(nproc)" -C "$top/tests/host" check \
		VMLINUX="$kernel/vmlinux" \
		VMLINUX_THUMB2="${thumb2:+$thumb2/vmlinux}" O="$build/tests/host"
	run userspace/klp-build make -s -j "$(nproc)" -C "$top/userspace/klp-build" \
		check O="$build/userspace/host/klp-build" KERNEL="$kernel" \
		THUMB2="$thumb2"
	for test in "$top"/tests/host/test-*; do
		[[ ! -x $test ]] || run "${test#"$top/"}" "$test"
	done
}

# klpctl's tests take the library's recorded answers: one after the other.
userspace_lane() {
	local options="--stride=${DAMAGE_STRIDE:-7}"

	run userspace/lib make -s -j "$(nproc)" -C "$top/userspace/lib" check \
		O="$build/userspace/host/lib"
	# Without it its test is skipped, and says so.
	! "$top/scripts/promtool.sh" --output="$build/promtool" ||
		options+=" --promtool='$build/promtool'"
	run userspace/klpctl make -s -j "$(nproc)" -C "$top/userspace/klpctl" check \
		O="$build/userspace/host/klpctl" LIBKLP="$build/userspace/host/lib" \
		CHECK_OPTIONS="$options"
}

# Most of these tests keep one processor busy. What a lane prints stays together.
lanes=$(mktemp -d)
trap 'rm -rf "$lanes"' EXIT
userspace_lane >"$lanes/userspace" 2>&1 &
userspace=$!
kernel_lane
wait "$userspace" || run 'tests of the userspace' false
cat "$lanes/userspace"
run tests/fuzz make -s -j "$(nproc)" -C "$top/tests/fuzz" check O="$build/fuzz" \
	LIBKLP="$build/userspace/host/lib"

[[ ! -s $lanes/failed ]]
