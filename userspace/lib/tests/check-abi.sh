#!/bin/bash
# SPDX-License-Identifier: LGPL-2.1-or-later
# check-abi.sh OUT CC - the header, the version map and the library agree
set -euo pipefail

out=$1
cc=$2
cd "$(dirname "$0")/.."
header=include/klp/klp.h
failed=0
number=0

result() { # 0|1 NAME
	number=$((number + 1))
	if [ "$1" -eq 0 ]; then
		echo "ok $number - libklp: $2"
	else
		echo "not ok $number - libklp: $2"
		failed=1
	fi
}

# A declaration may be on two lines; the name is what stands before the '('.
declared=$(tr '\n' ' ' < "$header" | grep -oE 'KLP_EXPORT [^;(]*\(' |
	grep -oE 'klp_[a-z_]+\($' | tr -d '(' | sort)
mapped=$(sed -n 's/^\t\(klp_[a-z_]*\);$/\1/p' libklp.map)
exported=$(nm -D --defined-only "$out/libklp.so" |
	sed -n 's/.* T \(.*\)@@KLP_.*/\1/p' | sort)
all=$(nm -D --defined-only "$out/libklp.so" | awk '$2 != "A"' | wc -l)

echo "KTAP version 1"
echo "1..9"
echo "# $(wc -l <<< "$exported") exported functions"

status=0
diff <(echo "$declared") <(sort <<< "$mapped") | sed 's/^/# /' || status=1
result $status "the map lists what the header declares"

status=0
[ "$mapped" = "$(LC_ALL=C sort <<< "$mapped")" ] || status=1
result $status "the map is sorted"

status=0
diff <(echo "$declared") <(echo "$exported") | sed 's/^/# /' || status=1
[ "$(wc -l <<< "$exported")" -eq "$all" ] || status=1
result $status "the library exports that and nothing else"

# Every declaration has kernel-doc with the release that brought it.
status=0
for name in $declared; do
	awk -v name="$name" '
		index($0, " * " name "() - ") { found = 1 }
		found && /Since: [0-9]/ { since = 1 }
		found && /\*\// { exit }
		END { exit !(found && since) }' "$header" ||
		{ echo "# $name: no kernel-doc or no Since:"; status=1; }
done
result $status "every function is documented, with Since:"

printf '#include <klp/klp.h>\nint main(void) { return !klp_version(); }\n' \
	> "$out/check/abi.c"
cp "$out/check/abi.c" "$out/check/abi.cc"
status=0
# shellcheck disable=SC2086 # the compiler may come with options
$cc -std=c99 -pedantic -Wall -Wextra -Werror -Iinclude \
	-o "$out/check/abi-shared" "$out/check/abi.c" -L"$out" -lklp || status=1
LD_LIBRARY_PATH=$out "$out/check/abi-shared" || status=1
result $status "a C99 program runs with the shared library"

status=0
# shellcheck disable=SC2086
$cc -Wall -Wextra -Werror -Iinclude -o "$out/check/abi-static" \
	"$out/check/abi.c" "$out/libklp.a" -lnl-genl-3 -lnl-3 || status=1
"$out/check/abi-static" || status=1
result $status "and with the static one"

status=0
# shellcheck disable=SC2086
$cc -x c++ -std=c++11 -pedantic -Wall -Wextra -Werror -Iinclude \
	-fsyntax-only "$out/check/abi.cc" || status=1
result $status "C++ can include the header"

status=0
users=$(grep -lE '#include <netlink/' ./*.[ch] include/klp/*.h || true)
[ "$users" = "./nl.c" ] || { echo "# in: $users"; status=1; }
result $status "libnl is known to nl.c alone"

# Each of the manual's examples is a program.
status=0
for number in 1 2; do
	awk -v wanted=$number '
		/^\.Ed/ { inside = 0 }
		inside && count == wanted { gsub(/\\e/, "\\"); print }
		/^\.Bd -literal/ { inside = 1; count++ }' \
		../../docs/man/libklp.3 > "$out/check/example.c"
	grep -q 'int main(' "$out/check/example.c" || status=1
	# shellcheck disable=SC2086
	$cc -std=c11 -Wall -Wextra -Werror -Iinclude -o "$out/check/example" \
		"$out/check/example.c" -L"$out" -lklp || status=1
done
result $status "the manual's examples compile"

exit $failed
