#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# promtool.sh - have Prometheus' own checker of metrics, without Prometheus: one
# file of its Debian package. Nothing is installed and no service is started.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/promtool.sh --output=FILE

  --output=FILE  where promtool is to be; nothing is done if it is there

A promtool that is installed is taken instead. Where apt has no lists of
packages yet, they are fetched, for which it must run as root.

Exit status: 0 done, 1 failed, 2 usage.
USAGE
}

die() {
	echo "promtool.sh: $1" >&2
	exit "${2:-1}"
}

output=
for arg in "$@"; do
	case $arg in
	--output=?*) output=${arg#*=} ;;
	-h|--help) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $output ]] || { usage >&2; exit 2; }
[[ ! -x $output ]] || exit 0

mkdir -p "$(dirname "$output")"
if installed=$(command -v promtool); then
	ln -sfn "$installed" "$output"
	exit 0
fi

work=$(mktemp -d "$output.XXXXXX")
trap 'rm -rf "$work"' EXIT

download() {
	(cd "$work" && apt-get download -q prometheus) >"$work/log" 2>&1
}

if ! command -v apt-get >/dev/null; then
	die "this is not a Debian system: install promtool by hand"
elif ! download && [[ $(id -u) -eq 0 ]]; then
	{ apt-get update -q >"$work/log" 2>&1 && download; } || true
fi
packages=("$work"/prometheus_*.deb)
[[ -f ${packages[0]} ]] || {
	cat "$work/log" >&2
	die "the package prometheus cannot be fetched: run 'apt-get update' as root"
}
dpkg-deb --fsys-tarfile "${packages[0]}" | tar -C "$work" -xf - ./usr/bin/promtool
mv "$work/usr/bin/promtool" "$output"
