#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# deps.sh - have the Debian packages that building and testing need.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/deps.sh [--list | --verbose]

Installs what is missing with apt-get, for which it must run as root; as
another user it says what to install. --list only names the packages; with
--verbose it says so when none is missing.

Exit status: 0 all packages are there, 1 some are not, 2 usage.
USAGE
}

packages=(
	# The kernel: its source (from the distribution) and what builds it
	linux-source-6.12 xz-utils tar patch make gcc g++ libc6-dev bc bison flex
	perl python3 kmod cpio
	gcc-arm-linux-gnueabihf libc6-dev-armhf-cross
	# The guest
	qemu-system-arm mmdebstrap
	# User space on the host, and its tests
	pkg-config libnl-3-dev libnl-genl-3-dev libjson-c-dev
	liblzma-dev zlib1g-dev libzstd-dev gzip zstd
	libmnl-dev libelf-dev libdw-dev libmd-dev python3-yaml python3-jsonschema jq
	libunicorn-dev csmith libcsmith-dev
	clang libclang-rt-dev valgrind
	# Style and static checks
	git sparse clang-format clang-tidy cppcheck shellcheck codespell
)

verbose=
case ${1:-} in
'') ;;
--verbose) verbose=1 ;;
--list) printf '%s\n' "${packages[@]}"; exit 0 ;;
-h|--help) usage; exit 0 ;;
*) usage >&2; exit 2 ;;
esac

command -v dpkg-query >/dev/null || {
	echo "deps: this is not a Debian system: install by hand what" \
	     "'scripts/deps.sh --list' names" >&2
	exit 1
}

missing=()
installed=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' 2>/dev/null |
	sed -n 's/^ii  *//p')
for package in "${packages[@]}"; do
	grep -q -F -x -e "$package" <<<"$installed" || missing+=("$package")
done
[[ ${#missing[@]} -gt 0 ]] || {
	[[ -z $verbose ]] || echo "deps: all ${#packages[@]} packages are there"
	exit 0
}

if [[ $(id -u) -ne 0 ]]; then
	echo "deps: missing: ${missing[*]}" >&2
	echo "deps: as root, run 'make deps', or: apt-get install ${missing[*]}" >&2
	exit 1
fi

echo "deps: installing ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q || {
	echo "deps: 'apt-get update' failed: check the network and apt's sources" >&2
	exit 1
}
apt-get install -q -y --no-install-recommends "${missing[@]}" || {
	echo "deps: apt-get could not install them: Debian 12 with its security" \
	     "suite has them all" >&2
	exit 1
}
