#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# compiled.sh - functions compiled with many options, and programs that csmith
# makes: each recipe that the verifier gives must hold in the emulator.
#
#	CSMITH_PROGRAMS=N  how many programs (4), of seeds 1 to N

set -euo pipefail

top=$(cd "$(dirname "$0")/../../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

programs=${CSMITH_PROGRAMS:-4}
proof=$O/proof/klp-arm-proof
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# As the kernel compiles (arch/arm/Makefile), and the C library's headers, which
# know of no soft floating point here.
common=(-w -c -pg -fshort-wchar -funsigned-char -fno-common -fno-PIE
	-fno-strict-aliasing -funwind-tables -march=armv7-a -mfpu=vfp
	-msoft-float -mabi=aapcs-linux -D__ARM_PCS_VFP
	-isystem /usr/include/csmith)

variants=(
	"-marm -O2"
	"-marm -Os -fno-omit-frame-pointer"
	"-marm -O3 -fstack-protector-strong"
	"-marm -O2 -mapcs -mno-sched-prolog -fconserve-stack"
	"-marm -O2 -ftrivial-auto-var-init=zero -fno-stack-clash-protection"
	"-marm -O1 -fsanitize=kernel-address --param=asan-stack=1"
	"-marm -O3 -msoft-float -mtune=cortex-a15 -fno-inline"
	"-marm -O2 -mfloat-abi=hard -mfpu=neon-vfpv4 -ftree-vectorize"
	"-mthumb -O2"
	"-mthumb -Os -fno-omit-frame-pointer"
	"-mthumb -O3 -fstack-protector-strong -fno-inline"
	"-mthumb -O1 -fsanitize=kernel-address --param=asan-stack=1"
)

# clang's frames are others: it keeps r11 up, and copies arguments to the stack.
clang=(clang --target=arm-linux-gnueabi -meabi gnu -march=armv7-a -msoft-float
	-w -c -pg -funwind-tables)
clang_variants=(
	"-marm -O2"
	"-marm -O0"
	"-mthumb -Os -fno-omit-frame-pointer"
	"-mthumb -O0"
)

# No two have the same name, even where one is a link to another.
compilers() {
	compgen -c arm-linux-gnueabihf-gcc | sort -u |
		grep -E '^arm-linux-gnueabihf-gcc(-[0-9]+)?$' |
		while read -r name; do
			printf '%s %s\n' "$(realpath "$(command -v "$name")")" \
				"$name"
		done | sort -u -k 1,1 | cut -d ' ' -f 2
}

# compile COMPILER SOURCE OBJECT FLAGS
compile() {
	local flags

	read -r -a flags <<<"$4"
	"$1" "${common[@]}" "${flags[@]}" -o "$3" "$2"
}

compile_hard_cases() {
	local compiler number flags

	for compiler in $(compilers); do
		for number in "${!variants[@]}"; do
			compile "$compiler" "$top/tests/host/proof/hard_cases.c" \
				"$work/hard-$compiler-$number.o" \
				"${variants[number]}" || return 1
		done
	done
	for number in "${!clang_variants[@]}"; do
		read -r -a flags <<<"${clang_variants[number]}"
		"${clang[@]}" "${flags[@]}" -o "$work/hard-clang-$number.o" \
			"$top/tests/host/proof/hard_cases.c" || return 1
	done
}

# One set of options each, in turn. Without inlining they stay functions.
compile_programs() {
	local compiler seed

	for ((seed = 1; seed <= programs; seed++)); do
		# It leaves a file behind where it runs.
		(cd "$work" && csmith --seed "$seed" --max-funcs 20 --arg-structs \
			--return-structs --no-float >program.c) || return 1
		for compiler in $(compilers); do
			compile "$compiler" "$work/program.c" \
				"$work/program-$compiler-$seed.o" \
				"${variants[seed * 5 % ${#variants[@]}]} -fno-inline -fno-ipa-cp" ||
				return 1
		done
	done
}

# prove LEAST FILE-OR-OPTION... - of these objects, so many functions have a
# recipe, and it holds
prove() {
	local least=$1 out=$work/out

	shift
	"$proof" --allow-refused "$@" >"$out" || {
		grep -v 'refused' "$out"
		return 1
	}
	grep -E '^refused, |functions, [0-9]+ refused$' "$out" >"$work/summary"
	[[ $(sed -n 's/^\([0-9]*\) of .* functions,.*/\1/p' "$out") -ge $least ]]
}

hard_cases() {
	compile_hard_cases && prove 200 "$work"/hard-*.o
}

# Frames of the APCS have unwind data that the verifier does not follow.
one_witness() {
	prove 200 --no-unwind "$work"/hard-*.o
}

random_programs() {
	compile_programs && prove $((programs * 5)) "$work"/program-*.o
}

check "recipes of hard cases hold for all options" hard_cases
sed 's/^/# /' "$work/summary"
check "so do those that no unwind data confirms" one_witness
sed 's/^/# /' "$work/summary"
check "recipes of random programs hold" random_programs
sed 's/^/# /' "$work/summary"
tap_end
