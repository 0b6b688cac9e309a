#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - the kernel tree's own livepatch selftests, each script in a guest of
# its own, with every case as a TAP line.
#
# The scripts print "TEST: name ... ok" and no plan, and a script that stops
# early has simply fewer lines. So the number of cases is fixed here: fewer than
# expected, a skip, or a transition that needed a push is a failure.

set -euo pipefail

top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$top/build}

# Linux 6.12: start_test lines of all scripts.
readonly expected=25

usage() {
	cat <<'USAGE'
Usage: tests/upstream/run.sh --linux=DIR --kernel=DIR [--debug] [SCRIPT]...

  --linux=DIR   prepared kernel source tree
  --kernel=DIR  its object tree, with zImage
  --debug       the kernel is a slow one: more memory and time, two processors
  SCRIPT        only these, for instance test-syscall.sh

Exit status: 0 all passed, 1 not, 2 usage.
USAGE
}

linux='' kernel='' debug=0
scripts=()
for arg in "$@"; do
	case $arg in
	--linux=?*)  linux=${arg#*=} ;;
	--kernel=?*) kernel=$(realpath "${arg#*=}") ;;
	--debug)     debug=1 ;;
	-h|--help)   usage; exit 0 ;;
	-*) usage >&2; exit 2 ;;
	*) scripts+=("$arg") ;;
	esac
done
[[ -n $linux && -n $kernel ]] || { usage >&2; exit 2; }

source=$linux/tools/testing/selftests/livepatch
tests=$build/upstream/$(basename "$(dirname "$kernel")")
guest=("$top/scripts/guest-run" --kernel "$kernel" --timeout 300)
((!debug)) || guest+=(--timeout 1200 --mem 1G --smp 2)

# Built from a copy: objects do not land in the source tree.
build_tests() {
	mkdir -p "$tests"
	cp -a -u "$source/." "$tests/"
	make -s -j "$(nproc)" -C "$kernel" M="$tests/test_modules" ARCH=arm \
	     CROSS_COMPILE=arm-linux-gnueabihf- modules
	arm-linux-gnueabihf-gcc -O2 -static -o "$tests/test_klp-call_getpid" \
		"$tests/test_klp-call_getpid.c"
}

count=0
failed=0
result() {
	count=$((count + 1))
	echo "$1 $count - $2"
	[[ $1 == ok ]] || failed=$((failed + 1))
}

# Each "TEST:" line of a script's output as a TAP line.
report_cases() {
	local script=$1 out=$2 name

	while IFS= read -r line; do
		name=${line#TEST: }
		case $line in
		*' ... ok') result ok "$script: ${name% ... ok}" ;;
		*) result 'not ok' "$script: ${name% ... *}" ;;
		esac
	done < <(grep -a '^TEST: ' "$out")
}

run_script() {
	local script=$1 out=$tests/$1.out log=$tests/$1.dmesg status=0

	rm -f "$log"
	"${guest[@]}" --file "$tests:/livepatch" --env KDIR=/livepatch --dmesg "$log" \
		--file "$top/tests/qemu/guest-test.sh:/guest-test.sh" \
		-- /guest-test.sh /livepatch "./$script" >"$out" 2>"$out.err" || status=$?
	report_cases "$script" "$out"
	if [[ $status -ne 0 ]]; then
		result 'not ok' "$script: ended with status $status"
		tail -n 60 "$out" "$out.err" | sed 's/^/# /'
	fi
	if grep -q 'SKIP\|skip all tests' "$out" "$out.err"; then
		result 'not ok' "$script: something was skipped"
	fi
	if [[ -f $log ]] && grep -q 'signaling remaining tasks' "$log"; then
		result 'not ok' "$script: a transition did not end by itself"
	fi
}

[[ -f $source/functions.sh ]] || {
	echo "no livepatch selftests in $linux: is it a kernel tree?" >&2
	exit 1
}
build_tests
all=0
if [[ ${#scripts[@]} -eq 0 ]]; then
	all=1
	mapfile -t scripts < <(cd "$tests" && printf '%s\n' test-*.sh)
fi
for script in "${scripts[@]}"; do
	run_script "$script"
done
if ((all)) && [[ $count -ne $expected && $failed -eq 0 ]]; then
	result 'not ok' "$count cases instead of $expected"
fi
echo "1..$count"
echo "# upstream livepatch selftests: $((count - failed)) of $expected cases"
[[ $failed -eq 0 ]]
