#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# armhf-root.sh - unpack Debian armhf packages, with all they depend on, into a
# directory: the guest's files and the sysroot for cross-building come from here.
#
# Nothing is installed or run, so neither emulation nor root is needed. Release
# and mirrors are those of the host's own apt configuration.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/armhf-root.sh --output=DIR [--slim] PACKAGE...

  --output=DIR  directory to create; it is replaced if it exists
  --slim        leave out what a test guest never reads: documentation,
                translations, perl, character set converters, package lists

Exit status: 0 done, 1 failed (DIR is as it was), 2 usage.
USAGE
}

die() {
	echo "armhf-root.sh: $1" >&2
	exit "${2:-1}"
}

# One "deb" line for each Debian suite that the host's apt uses.
host_suites() {
	# shellcheck disable=SC2016	# apt expands these, not the shell
	apt-get indextargets \
		--format 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' 'Origin: Debian' | sort -u
}

# fetch TAR SUITES PACKAGES - SUITES is a list of "deb" lines. The leading empty
# argument says that the release comes from those lines.
fetch() {
	local tar=$1 suites=$2 packages=$3
	local lines=()

	mapfile -t lines <<<"$suites"
	mmdebstrap --quiet --mode=chrootless --variant=extract --architectures=armhf \
		--include="$packages" '' "$tar" "${lines[@]}" >"$tar.log" 2>&1
}

# Absolute links would leave the directory when it is used as a sysroot.
relative_links() {
	local root=$1 link target

	find "$root" -type l -lname '/*' -print0 |
	while IFS= read -r -d '' link; do
		target=$(readlink "$link")
		ln -sfnr "$root$target" "$link"
	done
}

output=
slim=0
packages=()
for arg in "$@"; do
	case $arg in
	--output=*) output=${arg#*=} ;;
	--slim) slim=1 ;;
	-h|--help) usage; exit 0 ;;
	-*) usage >&2; die "unknown option '$arg'" 2 ;;
	*) packages+=("$arg") ;;
	esac
done
[[ -n $output && ${#packages[@]} -gt 0 ]] || { usage >&2; exit 2; }
command -v mmdebstrap >/dev/null ||
	die "mmdebstrap is missing: run 'make deps' as root"

suites=$(host_suites)
[[ -n $suites ]] ||
	die "apt knows no Debian suite: check its sources and run 'apt-get update'"

mkdir -p "$(dirname "$output")"
work=$(mktemp -d "$output.XXXXXX")
trap 'chmod -R u+w "$work" && rm -rf "$work"' EXIT

list=$(IFS=,; echo "${packages[*]}")
if ! fetch "$work/root.tar" "$suites" "$list"; then
	# Security and update suites are rebuilt all the time, and a mirror that
	# is in the middle of it serves an index that does not match. What is
	# built here runs in a throw-away guest without network, so the release
	# itself will do.
	release=$(awk '$3 !~ /-/' <<<"$suites")
	[[ -n $release && $release != "$suites" ]] || {
		cat "$work/root.tar.log" >&2
		die "mmdebstrap failed: see above"
	}
	echo "armhf-root.sh: an update suite of Debian cannot be fetched for" \
	     "armhf just now: packages of the release alone are used, which" \
	     "the tests do not mind" >&2
	fetch "$work/root.tar" "$release" "$list" || {
		cat "$work/root.tar.log" >&2
		die "mmdebstrap failed: see above"
	}
fi

omit=(--exclude='./dev/*')
if ((slim)); then
	omit+=(--exclude='./usr/share/doc/*' --exclude='./usr/share/man/*'
	       --exclude='./usr/share/locale/*' --exclude='./usr/share/info/*'
	       --exclude='./usr/share/perl*' --exclude='./usr/share/bash-completion'
	       --exclude='./usr/share/lintian' --exclude='./usr/share/zoneinfo'
	       --exclude='*/arm-linux-gnueabihf/perl*'
	       --exclude='*/arm-linux-gnueabihf/gconv' --exclude='./usr/bin/perl*'
	       --exclude='./var/lib/apt/*' --exclude='./var/lib/dpkg/*'
	       --exclude='./var/cache/*')
fi
mkdir "$work/root"
tar -C "$work/root" --no-same-owner "${omit[@]}" -xf "$work/root.tar"
relative_links "$work/root"

rm -rf "$output"
mv "$work/root" "$output"
