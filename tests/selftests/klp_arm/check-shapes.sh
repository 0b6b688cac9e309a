#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# check-shapes.sh OBJDUMP DIR - do the targets have the prologues that they are
# named after? A compiler that makes other ones would leave the tests empty.

set -euo pipefail

objdump=$1
dir=$2
failed=0

# prologue MODULE FUNCTION: its instructions before push {lr} and the call, in the
# words that are used for ARM code
prologue() {
	"$objdump" -d "$dir/$1.ko" | awk -F '\t' -v name="<$2>:" '
		index($0, name) { inside = 1; next }
		!inside { next }
		/^$/ || $3 == "bl" { inside = 0; next }
		{
			text = $3 " " $4
			sub(/[ \t]*[@;].*/, "", text)
			gsub(/[ \t]+/, " ", text)
			sub(/\.w /, " ", text)
			sub(/^stmdb sp!, /, "push ", text)
			sub(/^sub sp, #/, "sub sp, sp, #", text)
			print text
		}' | sed '$d' | paste -sd ';'
}

# shape MODULE FUNCTION REGEX
shape() {
	local got

	got=$(prologue "$1" "$2")
	[[ $got =~ ^$3$ ]] && return
	echo "$1: $2() begins with '$got', not '$3'" >&2
	failed=1
}

# A sanitizer may need more of the callee-saved registers.
push='push \{r4, r5, r6, .*lr\}'

shape target_leaf target_twice ''
shape target_arguments target_four ''
shape target_arguments target_ten "$push"
shape target_pairs target_gaps "$push"
shape target_pairs target_split "$push"
shape target_varargs target_print 'push \{r[23], r3\};.*'
shape target_struct_return target_make 'push \{.*lr\}(;sub .*)?'
shape target_struct_value target_sum "sub sp, sp, #8;$push;sub sp, sp, #[0-9]+"
shape target_registers target_call 'push \{(r3, )?r4, r5, r6, r7, r8, r9, sl, fp, lr\}'
shape target_frame target_large 'push .*;sub sp, sp, #4[0-9]{3};sub sp, sp, #[0-9]+'
# The frame pointer is fp, or r7 in Thumb code.
shape target_alloca target_sized \
	'push \{.*(fp|r7)(, .*)?lr\}(;sub .*)?;add (fp|r7), sp, #[0-9]+(;sub .*)?'
shape target_recursion target_descend 'push \{.*lr\}(;sub .*)?'
shape target_callee target_outer 'push \{.*lr\}(;sub .*)?'

# Where the instructions of that one are: tests/selftests/klp_arm/probe-cases.sh
offsets='' start=''
while read -r address; do
	start=${start:-$((16#$address))}
	offsets+="$((16#$address - start)) "
done < <("$objdump" -d "$dir/target_frame.ko" | awk -F '\t' '
	/<target_large>:$/ { inside = 1; next }
	inside { sub(/:.*/, "", $1); print $1 }
	inside && $3 == "bl" { exit }')
[[ $offsets == '0 2 6 8 10 ' || $offsets == '0 4 8 12 16 ' ]] || {
	echo "target_frame: target_large() has instructions at $offsets" >&2
	failed=1
}

exit "$failed"
