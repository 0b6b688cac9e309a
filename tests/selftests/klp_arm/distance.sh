# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# distance.sh - modules in and out of branch range. To be sourced after functions.sh.

# The module area is the 16 MiB below PAGE_OFFSET, 8 MiB in Thumb-2 kernels
# (arch/arm/include/asm/memory.h); what does not fit goes to the vmalloc area above.
is_far() {
	local address

	address=$(awk -v name="$1" '$1 == name { print $6 }' /proc/modules)
	((address >= 0xc0000000))
}

fill() {
	load filler
	echo 1 > /sys/module/filler/parameters/full
}

must_be_far() {
	is_far "$1" || fail "$1 is in branch range"
}

must_be_near() {
	! is_far "$1" || fail "$1 is out of branch range"
}
