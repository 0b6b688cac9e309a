# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# objects.sh - objects with an old and a new version of a source, and what klp-diff
# says of them; to be sourced in the directory where they may be.

kinds='arm thumb v6'
declare -A options=(
	[arm]='-marm -march=armv7-a'
	[thumb]='-mthumb -march=armv7-a'
	[v6]='-marm -march=armv6'
)
common="-std=gnu11 -O2 -pg -w -ffreestanding -fno-pic -fno-common -funwind-tables
	-mfloat-abi=soft -mabi=aapcs-linux -ffunction-sections -fdata-sections
	-fno-section-anchors -g -fno-var-tracking -fdebug-prefix-map=$PWD=."

# What kernel code has, more or less.
cat >kernel.h <<'H'
#define __init __attribute__((section(".init.text"), cold))
#define __initdata __attribute__((section(".init.data")))
#define __exit __attribute__((section(".exit.text"), cold))
#define __sched __attribute__((section(".sched.text")))
#define noinline __attribute__((noinline))
#define notrace __attribute__((no_instrument_function))
#define __used __attribute__((used))
#define __section(name) __attribute__((section(name)))
#define shared_data __attribute__((section(".data..read_mostly")))
extern int use(const void *p, ...);
extern int value(void);
H

compile() {
	local kind=$1 side=$2

	# shellcheck disable=SC2086	# options are words
	arm-linux-gnueabihf-gcc ${options[$kind]} $common -include kernel.h \
		-c -o "$side.o" "$side.c"
}

# differs STATUS LINE... - compares old.c and new.c, the same in each kind of
# code; a line is the rest of one in the report.
differs() {
	local status=$1 kind

	shift
	for kind in ${only:-$kinds}; do
		compile "$kind" old
		compile "$kind" new
		fails "$status" "$BIN/klp-diff" check x.o "${object:-vmlinux}" \
			old.o new.o >"out.$kind"
		grep '^x\.o: ' "out.$kind" | sed "s/^x\.o: //; s/' ([^ ():]*:[0-9]*)/'/; s/^\(refused: [^:]*\).*/\1/" |
			grep -v '^with entries' | sort >got || true
		printf '%s\n' "$@" | sed '/^$/d' | sort | diff - got || {
			echo "in $kind code"
			return 1
		}
	done
}

# Standard input is both files: lines with "OLD" are of the old one only, those
# with "NEW" of the new one.
both() {
	cat >both.c
	grep -v '//NEW' both.c >old.c
	grep -v '//OLD' both.c >new.c
}
