#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-makefile-livepatch.sh - what scripts/Makefile.livepatch of a prepared kernel
# writes into livepatches that are built as README.md says.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$here/tap.sh"

kernel=${KERNEL:-${BUILD:-$top/build}/6.12/obj}
[[ -f $kernel/Module.symvers ]] || {
	echo "$kernel is not a built kernel: run 'make kernel', or say KERNEL=DIR" >&2
	exit 1
}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
patch=$work/my-patch
triplet=arm-linux-gnueabihf

build_id_of() {
	"$triplet-readelf" -n "$1" | sed -n 's/^ *Build ID: //p'
}

# One entry of a module's .modinfo, by its tag
entries() {
	"$triplet-objcopy" -O binary -j .modinfo "$1" "$work/modinfo"
	tr '\0' '\n' <"$work/modinfo" | sed -n "s/^$2=//p"
}

# A file with a build id, and nothing else that a vmlinux has
tiny() {
	echo 'int x;' | "$triplet-gcc" -nostdlib -shared -xc -o "$1" \
		-Wl,--build-id="$2" -
}

# build [ARGUMENT]... - as an author does, from a directory of his own
build() {
	make -C "$patch" KDIR="$kernel" ARCH=arm CROSS_COMPILE="$triplet-" "$@" \
		>"$work/out" 2>&1
}

fresh() {
	rm -rf "$patch"
	cp -r "$top/samples/klp_arm" "$patch"
	mv "$patch/klp_arm_demo.c" "$patch/my_patch.c"
	sed -i s/klp_arm_demo/my_patch/g "$patch/Makefile" "$patch/my_patch.c"
}

kernel_is_named() {
	fresh
	build
	[[ $(entries "$patch/my_patch.ko" klp_target) = \
	   "$(build_id_of "$kernel/vmlinux")" ]]
	[[ -z $(entries "$patch/my_patch.ko" klp_target_mod) ]]
	[[ $(entries "$patch/my_patch.ko" livepatch) = Y ]]
}

modules_are_named() {
	fresh
	tiny "$work/one-driver.ko" sha1
	tiny "$work/two.ko" 0x1111111111111111111111111111111111111111
	sed -i "s,^obj-m.*,&\nklp-modules-my_patch := $work/one-driver.ko $work/two.ko," \
		"$patch/Makefile"
	build
	[[ $(entries "$patch/my_patch.ko" klp_target_mod) = \
	   "one_driver:$(build_id_of "$work/one-driver.ko")
two:1111111111111111111111111111111111111111" ]]
}

# The next build of the livepatch follows the kernel.
kernel_changes() {
	fresh
	tiny "$work/vmlinux" 0x2222222222222222222222222222222222222222
	build KLP_VMLINUX="$work/vmlinux"
	[[ $(entries "$patch/my_patch.ko" klp_target) = 2222* ]]
	tiny "$work/vmlinux" 0x3333333333333333333333333333333333333333
	build KLP_VMLINUX="$work/vmlinux"
	[[ $(entries "$patch/my_patch.ko" klp_target) = 3333* ]]
}

files_that_are_none() {
	fresh
	fails 2 build KLP_VMLINUX="$work/nowhere"
	says "$work/out" "$work/nowhere is missing: build it first, or say where it is with KLP_VMLINUX=FILE"
	tiny "$work/vmlinux" none
	fails 2 build KLP_VMLINUX="$work/vmlinux"
	says "$work/out" "$work/vmlinux has no build id of 40 digits: link it with --build-id=sha1"
	sed -i "s,^obj-m.*,&\nklp-modules-my_patch := nowhere/three.ko," "$patch/Makefile"
	fails 2 build
	says "$work/out" "nowhere/three.ko is missing: build it first"
	[[ ! -e $patch/my_patch.ko ]]
	# That needs no kernel image.
	build KLP_VMLINUX="$work/nowhere" clean
}

check "the build id of the kernel is in a livepatch" kernel_is_named
check "the build ids of the modules that it patches are in it" modules_are_named
check "a livepatch is built again for another kernel" kernel_changes
check "a file that is missing or has no build id ends the build" files_that_are_none
tap_end
