#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# demo-fix.sh - from the diff of a fix to a kernel that has it: made by klp-build,
# loaded by klpctl in a guest, seen in what the fixed function says and in a metric.
#
# Exit status 0 only if every step was seen to happen.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}
linux=$build/${KVER:-6.12}/linux
kernel=$build/${KVER:-6.12}/obj
host=$build/userspace/host
userspace=$build/userspace/arm-linux-gnueabihf

if [[ ${1-} == -h || ${1-} == --help ]]; then
	echo "Usage: scripts/demo-fix.sh [--print], after 'make kernel userspace image';" \
	     "'make demo-fix' does all of it; --print prints the fix and ends"
	exit 0
fi
[[ $# -eq 0 || $* == --print ]] || { echo "demo-fix: takes --print or nothing, see --help" >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# What it calls is not exported: no module could be written by hand that does this.
file=fs/proc/loadavg.c
mkdir -p "a/${file%/*}" "b/${file%/*}"
cp "$linux/$file" "a/$file"
sed '/^\tget_avenrun(avnrun, /a\
\tif (!nr_running())\
\t\tseq_puts(m, "nothing runs, ");\
\tseq_puts(m, "fixed: ");' "a/$file" >"b/$file"
{
	printf 'proc: say that it is fixed\n\nFixes-CVE: CVE-2026-00001\n---\n'
	diff -u --label "a/$file" --label "b/$file" "a/$file" "b/$file" || [[ $? -eq 1 ]]
} >fix.patch

if [[ ${1-} == --print ]]; then
	cat fix.patch
	exit 0
fi
echo "== The fix"
cat fix.patch
printf '\n== klp-build --linux SRC --output OBJ fix.patch\n'
start=$SECONDS
KLPCTL=$host/klpctl/klpctl "$host/klp-build/klp-build" --linux "$linux" --output "$kernel" \
	fix.patch
echo "(in $((SECONDS - start)) s)"

printf '\n== In a guest\n'
files=(--file "$top/tests/qemu/demo-fix-guest.sh:/root/demo-fix-guest.sh"
       --file "$work/livepatch-fix.ko:/root/livepatch-fix.ko"
       --file "$userspace/klpctl/klpctl:/usr/bin/klpctl")
for library in "$userspace"/lib/libklp.so*; do
	files+=(--file "$library:/usr/lib/")
done
status=0
"$top/scripts/guest-run" --kernel "$kernel" "${files[@]}" -- bash /root/demo-fix-guest.sh |
	tee seen || status=$?

printf '\n== Seen\n'
missing=0
# seen WHAT COUNT PATTERN - so many lines are like that.
seen() {
	if [[ $(grep -c -e "$3" seen) -eq $2 ]]; then
		echo "  yes  $1"
	else
		echo "  NO   $1"
		missing=$((missing + 1))
	fi
}
seen '/proc/loadavg as it was, before and after' 2 '^[0-9.]* [0-9.]* [0-9.]* [0-9]*/[0-9]* [0-9]*$'
seen '/proc/loadavg fixed, while the livepatch is enabled' 1 '^fixed: [0-9.]* [0-9.]* '
seen 'the fix is in effect' 1 '^fixes: CVE-2026-00001, in effect$'
seen 'the fix is in a metric' 1 '^klp_fix_in_effect{patch="livepatch_fix",fix="CVE-2026-00001"} 1$'
[[ $status -eq 0 && $missing -eq 0 ]] || {
	echo "demo-fix: guest-run ended with $status, $missing things were not seen" >&2
	exit 1
}
