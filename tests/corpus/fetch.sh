#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# fetch.sh - the kernel source of one Debian package version, as a tarball.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: tests/corpus/fetch.sh --output=FILE VERSION

Downloads the package linux-source-6.12 in this VERSION with apt-get and writes
the tarball that it carries to FILE. Does nothing if FILE is there.

Exit status: 0 FILE is there, 1 it could not be had, 2 usage.
USAGE
}

output='' version=''
for arg in "$@"; do
	case $arg in
	--output=?*) output=${arg#*=} ;;
	-h|--help)   usage; exit 0 ;;
	-*) usage >&2; exit 2 ;;
	*) version=$arg ;;
	esac
done
[[ -n $output && -n $version ]] || { usage >&2; exit 2; }
[[ ! -s $output ]] || exit 0

package=linux-source-${KVER:-6.12}
mkdir -p "$(dirname "$output")"
work=$(mktemp -d "$output.XXXXXX")
trap 'rm -rf "$work"' EXIT
(cd "$work" && apt-get download -q "$package=$version") || {
	echo "fetch: apt-get has no $package in version $version;" \
	     "'apt-cache madison $package' lists what it has" >&2
	exit 1
}
dpkg-deb --fsys-tarfile "$work"/*.deb |
	tar -xO "./usr/src/$package.tar.xz" >"$work/tarball"
mv "$work/tarball" "$output"
