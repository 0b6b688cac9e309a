#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-valgrind.sh - run the host's tests of libklp and klpctl under valgrind,
# which sees what the sanitizers do not: values that nobody has set. Prints the
# tests' TAP lines, and one on what valgrind said of klpctl.

set -euo pipefail

case ${1:-} in
'') ;;
-h|--help) echo 'Usage: scripts/check-valgrind.sh'; exit 0 ;;
*) echo 'Usage: scripts/check-valgrind.sh' >&2; exit 2 ;;
esac

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}
out=$build/valgrind

# klpctl leaves to exit() what it can still reach.
memcheck=(valgrind -q --vgdb=no --leak-check=full
	'--errors-for-leak-kinds=definite,indirect,possible' --error-exitcode=99
	"--suppressions=$top/scripts/valgrind.supp")
# The tests are built without sanitizers, which valgrind cannot run.
plain=(sanitize='-O1 -g' LIBKLP="$out/lib")

build() {
	make -s --no-print-directory -C "$top/userspace/lib" "${plain[@]}" \
		O="$out/lib" scenarios "$out/lib/check/libklp-test" \
		"$out/lib/check/socket-test"
	make -s --no-print-directory -C "$top/userspace/klpctl" "${plain[@]}" \
		O="$out/klpctl" "$out/klpctl/check/klpctl-replay" \
		"$out/klpctl/check/klpctl-sanitized" \
		"$out/klpctl/check/klpctl-memory"
}

# wrap NAME PROGRAM - a program that runs the other one under valgrind. What
# valgrind says goes to a file, as the tests read what klpctl says.
wrap() {
	cat >"$out/$1" <<-WRAPPER
	#!/bin/sh
	exec ${memcheck[*]@Q} --log-file='$out/logs/%p' '$out/klpctl/check/$2' "\$@"
	WRAPPER
	chmod +x "$out/$1"
}

klpctl() {
	local status=0 runs

	rm -rf "$out/logs"
	mkdir -p "$out/logs"
	wrap replay klpctl-replay
	wrap real klpctl-sanitized
	PYTHONDONTWRITEBYTECODE=1 "$top/userspace/klpctl/tests/check.py" \
		--replay "$out/replay" --real "$out/real" --stride 97 \
		--plain "$out/klpctl/check/klpctl-sanitized" \
		--memory "$out/klpctl/check/klpctl-memory" \
		--scenarios "$out/lib/check/replay" \
		--schemas "$top/docs/schema" \
		--manual "$top/docs/man/klpctl.8" || status=$?
	runs=$(find "$out/logs" -type f | wc -l)
	if [[ $runs -gt 0 && -z $(find "$out/logs" -type f -size +0) ]]; then
		echo "ok - klpctl: valgrind has nothing to say of its runs"
	else
		echo "not ok - klpctl: valgrind has nothing to say of its runs"
		find "$out/logs" -type f -size +0 -exec head -n 20 '{}' + |
			head -n 60 | sed 's/^/# /'
		status=1
	fi
	echo "# $runs runs of klpctl"
	return "$status"
}

build
failed=0
"${memcheck[@]}" "$out/lib/check/libklp-test" "$out/lib/check/replay" || failed=1
"${memcheck[@]}" "$out/lib/check/socket-test" || failed=1
klpctl || failed=1
exit "$failed"
