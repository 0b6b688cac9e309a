#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# kernel-config.sh - configure a kernel from fragments on top of allnoconfig,
# and insist on every line of them.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/kernel-config.sh --linux=DIR --output=DIR FRAGMENT...

  --linux=DIR   kernel source tree
  --output=DIR  object tree; its .config is written

A later fragment overrides an earlier one. ARCH and CROSS_COMPILE are read from
the environment. Exit status: 0 done, 1 a line of a fragment did not stick,
2 usage.
USAGE
}

linux='' output=''
fragments=()
for arg in "$@"; do
	case $arg in
	--linux=?*)  linux=${arg#*=} ;;
	--output=?*) output=${arg#*=} ;;
	-h|--help)   usage; exit 0 ;;
	-*) usage >&2; exit 2 ;;
	*) fragments+=("$(realpath "$arg")") ;;
	esac
done
[[ -n $linux && -n $output && ${#fragments[@]} -gt 0 ]] || { usage >&2; exit 2; }

mkdir -p "$output"
output=$(realpath "$output")
asked=$output/.config.asked

# The last word on each symbol, as "CONFIG_X=value"; "is not set" is "=n".
sed -n -E -e 's/^# (CONFIG_[A-Za-z0-9_]+) is not set$/\1=n/p' \
    -e 's/^(CONFIG_[A-Za-z0-9_]+=.*)$/\1/p' "${fragments[@]}" |
	awk -F= '{ last[$1] = $0 } END { for (s in last) print last[s] }' |
	LC_ALL=C sort >"$asked.new"
mv "$asked.new" "$asked"

make -s -C "$linux" O="$output" KCONFIG_ALLCONFIG="$asked" allnoconfig >"$output/.config.log" 2>&1 || {
	cat "$output/.config.log" >&2
	exit 1
}

missing=$(while IFS='=' read -r symbol value; do
	if [[ $value == n ]]; then
		! grep -q -E "^$symbol=" "$output/.config" || echo "  $symbol is on"
	else
		grep -q -F -x -e "$symbol=$value" "$output/.config" ||
			echo "  $symbol is not $value"
	fi
done <"$asked")
if [[ -n $missing ]]; then
	echo "kernel-config: not what the fragments ask for:" >&2
	echo "$missing" >&2
	echo "a dependency is missing in them, or the kernel has no such symbol" >&2
	exit 1
fi
