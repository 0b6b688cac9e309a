#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-bodies.sh - has every replacement the instructions of what it replaces?
# check-bodies.sh OBJDUMP DIRECTORY-OF-MODULES
#
# Where they were different, the figures would not be the redirection's.

set -euo pipefail

# bodies MODULE PREFIX: a line for each function: name, instructions, relocations
bodies() {
	"$1" -dr --show-raw-insn "$2" | awk -v prefix="<$3_" '
		/>:$/ {
			if (name)
				print name, body
			name = body = ""
			if (index($2, prefix) == 1 && $2 ~ /_[0-9]+>:$/)
				name = substr($2, length(prefix) + 1)
			next
		}
		name && /R_ARM_/ { body = body " " $2 " " $3; next }
		name { body = body " " $2 }
		END { if (name) print name, body }' | sort
}

old=$(bodies "$1" "$2/klp_bench.ko" bench)
new=$(bodies "$1" "$2/klp_bench_patch.ko" new)
[[ $(wc -l <<<"$old") -eq 2000 ]] || {
	echo "check-bodies.sh: $(wc -l <<<"$old") functions, not 2000" >&2
	exit 1
}
diff <(echo "$old") <(echo "$new")
