#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# ynl.sh - generate the netlink interface from docs/netlink/specs/klp_arm.yaml
#
# usage: scripts/ynl.sh --linux=DIR [--check]
#
# Writes uapi/linux/klp_arm.h and kernel/klp_arm/nl_gen.[ch] with the generator
# of the kernel tree DIR, and docs/netlink/registry.md and
# kernel/klp_arm/trace_names.h with programs of our own. With --check nothing is
# written: the files in the repository are compared with what the generator
# gives, and a difference is an error.

set -euo pipefail

root=$(cd "$(dirname "$0")/.." && pwd)
family=klp_arm
spec=docs/netlink/specs/$family.yaml
linux=
check=

die()
{
	echo "ynl.sh: $*" >&2
	exit 1
}

usage()
{
	sed -n '/^# usage:/s/^# //p' "$0" >&2
	exit 2
}

for arg in "$@"; do
	case $arg in
	--linux=?*) linux=${arg#--linux=} ;;
	--check) check=1 ;;
	*) usage ;;
	esac
done
[ -n "$linux" ] || usage

gen=$linux/tools/net/ynl/ynl-gen-c.py
schema=$linux/Documentation/netlink/genetlink-legacy.yaml
[ -f "$gen" ] || die "'$gen' is missing: --linux must name a kernel tree of 6.12"
[ -f "$schema" ] || die "'$schema' is missing: --linux must name a kernel tree of 6.12"
python3 -c 'import yaml, jsonschema' 2>/dev/null ||
	die "python3 lacks yaml or jsonschema: install python3-yaml and python3-jsonschema"

# The generator reads the schema from the directory above the spec, and walks
# up from the spec until it finds a file called MAINTAINERS, without stopping
# at the root directory. The banner of its output shows the path from there.
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
touch "$tmp/MAINTAINERS"
mkdir -p "$tmp/docs/netlink/specs"
cp "$schema" "$tmp/docs/netlink/"
cp "$root/$spec" "$tmp/$spec"

# Nothing may be written to the kernel tree, compiled Python included.
export PYTHONDONTWRITEBYTECODE=1

# generate MODE KIND FILE - make FILE below $tmp
generate()
{
	mkdir -p "$tmp/$(dirname "$3")"
	timeout 120 python3 "$gen" --mode "$1" "--$2" \
		--spec "$tmp/$spec" -o "$tmp/$3" ||
		die "the generator failed on '$spec'"
}

generate uapi header uapi/linux/klp_arm.h
generate kernel header kernel/klp_arm/nl_gen.h
generate kernel source kernel/klp_arm/nl_gen.c
python3 "$root/scripts/registry.py" "$tmp/$spec" >"$tmp/docs/netlink/registry.md" ||
	die "the registry cannot be made from '$spec'"
python3 "$root/scripts/trace_names.py" "$tmp/$spec" >"$tmp/kernel/klp_arm/trace_names.h" ||
	die "the names of the trace events cannot be made from '$spec'"

status=0
for file in uapi/linux/klp_arm.h kernel/klp_arm/nl_gen.h kernel/klp_arm/nl_gen.c \
	    kernel/klp_arm/trace_names.h docs/netlink/registry.md; do
	if [ -n "$check" ]; then
		diff -u "$root/$file" "$tmp/$file" || status=1
	elif ! cmp -s "$root/$file" "$tmp/$file"; then
		# Keep the time stamp of a file that did not change.
		mkdir -p "$root/$(dirname "$file")"
		cp "$tmp/$file" "$root/$file"
		echo "$file"
	fi
done
[ "$status" -eq 0 ] || die "generated files differ: run scripts/ynl.sh --linux=DIR and commit them"
