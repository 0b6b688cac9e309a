#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-kernel-config.sh - scripts/kernel-config.sh against a stand-in for make
# that configures what it is told to, so that each answer can be provoked.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$here/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/linux"

# Kconfig takes what is asked, except for what "refuses" and "forces" say.
cat >"$work/bin/make" <<'MAKE'
#!/bin/bash
for arg in "$@"; do
	case $arg in
	O=*) out=${arg#*=} ;;
	KCONFIG_ALLCONFIG=*) asked=${arg#*=} ;;
	esac
done
grep -v '=n$' "$asked" | grep -v -e "^${REFUSES:-none}=" >"$out/.config"
[[ -z ${FORCES:-} ]] || echo "$FORCES=y" >>"$out/.config"
MAKE
chmod +x "$work/bin/make"

configure() {
	PATH=$work/bin:$PATH "$top/scripts/kernel-config.sh" --linux="$work/linux" \
		--output="$work/obj" "$@" >"$work/out" 2>&1
}

fragments() {
	printf 'CONFIG_A=y\n# CONFIG_B is not set\nCONFIG_N=17\n' >"$work/first"
	printf 'CONFIG_B=y\nCONFIG_S="text"\n' >"$work/second"
}

later_wins() {
	configure "$work/first" "$work/second"
	grep -q -x 'CONFIG_B=y' "$work/obj/.config"
	configure "$work/second" "$work/first"
	fails 1 grep -q 'CONFIG_B' "$work/obj/.config"
}

names_refused() {
	REFUSES=CONFIG_N fails 1 configure "$work/first"
	says "$work/out" 'CONFIG_N is not 17'
	REFUSES=CONFIG_S fails 1 configure "$work/second"
	says "$work/out" 'CONFIG_S is not "text"'
}

names_forced() {
	FORCES=CONFIG_B fails 1 configure "$work/first"
	says "$work/out" 'CONFIG_B is on'
}

fragments
check 'a configuration that sticks is accepted' configure "$work/first" "$work/second"
check 'a later fragment overrides an earlier one' later_wins
check 'a symbol that did not stick is named' names_refused
check 'a symbol that came on by itself is named' names_forced
check 'wrong usage is refused' fails 2 configure --nonsense
tap_end
