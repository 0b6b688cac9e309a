#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# guest-shell.sh - a guest to play in: with klpctl and the demo's livepatch.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}
userspace=$build/userspace/arm-linux-gnueabihf
files=(--kernel "$build/${KVER:-6.12}/obj"
       --file "$userspace/klpctl/klpctl:/usr/bin/klpctl")
for library in "$userspace"/lib/libklp.so*; do
	files+=(--file "$library:/usr/lib/")
done
files+=(--file "$build/demo/klp_arm_demo.ko:/root/")

# The demo is for the default kernel.
case " $* " in
*' --kernel '*|*' --help '*|*' -h '*) ;;
*) echo "In the guest: klpctl, and /root/klp_arm_demo.ko, which changes what" \
	"/proc/version prints." ;;
esac
exec "$top/scripts/guest-run" "${files[@]}" --interactive "$@"
