#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-text.sh - show that a kernel's functions do not change. Builds the
# configuration of an object tree twice without live patching, from the
# pristine source and from the prepared one, and compares every function.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/check-text.sh --pristine=DIR --linux=DIR --kernel=DIR
                             --output=DIR --compare=PROGRAM --series=DIR

  --pristine=DIR   unpacked source
  --linux=DIR      the same, prepared
  --kernel=DIR     object tree of the prepared source, live patching on
  --output=DIR     the two other object trees are made here
  --compare=PROGRAM  compare-text
  --series=DIR     the patches; functions of files that they touch may differ

KBUILD holds variables for make. Exit status: 0 nothing else differs, 1 it does, 2 usage.
USAGE
}

pristine='' linux='' kernel='' output='' compare='' series=''
for arg in "$@"; do
	case $arg in
	--pristine=?*) pristine=$(realpath "${arg#*=}") ;;
	--linux=?*)    linux=$(realpath "${arg#*=}") ;;
	--kernel=?*)   kernel=$(realpath "${arg#*=}") ;;
	--output=?*)   output=$(realpath -m "${arg#*=}") ;;
	--compare=?*)  compare=$(realpath "${arg#*=}") ;;
	--series=?*)   series=$(realpath "${arg#*=}") ;;
	-h|--help)     usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $pristine && -n $linux && -n $kernel && -n $output && -n $compare &&
   -n $series ]] || { usage >&2; exit 2; }

# build SOURCE OBJECTS - the kernel of --kernel, without live patching.
build() {
	local variables

	read -ra variables <<<"${KBUILD:-}"
	mkdir -p "$2"
	cp "$kernel/.config" "$2/.config"
	"$1/scripts/config" --file "$2/.config" --disable KLP_ARM \
		--disable LIVEPATCH
	make -s -C "$1" O="$2" "${variables[@]}" olddefconfig
	echo "  KERNEL  $2"
	make -C "$1" O="$2" "${variables[@]}" --no-print-directory \
		-j"$(nproc)" vmlinux >"$2/build.log" 2>&1 || {
		tail -20 "$2/build.log" >&2
		exit 1
	}
}

# do_alignment() tests _TIF_WORK_MASK, which has one more bit with the series.
touched=(--exclude kernel/klp_arm/ --exclude arch/arm/mm/alignment.o)
while read -r file; do
	touched+=(--exclude "${file%.*}.o")
done < <(sed -n 's,^+++ b/\(.*\.[cS]\)$,\1,p' "$series"/*.patch | sort -u)

build "$pristine" "$output/pristine"
build "$linux" "$output/off"

echo '# pristine source against prepared source, live patching off:'
status=0
"$compare" "${touched[@]}" "$output/pristine" "$output/off" || status=1

echo '# prepared source, live patching off against on (the upstream core changes'
echo '# struct task_struct, struct module and cond_resched()):'
"$compare" "${touched[@]}" --caller-of __klp_sched_try_switch \
	"$output/off" "$kernel" | tail -1 || true
exit "$status"
