#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# cases.sh - what differs between two kernel sources, as one patch for each source
# that a kernel was compiled from, and for each header that its sources read.

set -euo pipefail
export LC_ALL=C

usage() {
	cat <<'USAGE'
Usage: tests/corpus/cases.sh --old=SRC --new=SRC --kernel=OBJ --output=DIR

OBJ was built from the old source. DIR gets FILE.patch for each source, with the
slashes of its name as '-', and FILE.headers, the patch with the headers that it
reads and that differ. Headers that differ have a FILE.patch of their own, too.

Exit status: 0 done, 1 failed, 2 usage.
USAGE
}

old='' new='' kernel='' output=''
for arg in "$@"; do
	case $arg in
	--old=?*)    old=$(realpath "${arg#*=}") ;;
	--new=?*)    new=$(realpath "${arg#*=}") ;;
	--kernel=?*) kernel=$(realpath "${arg#*=}") ;;
	--output=?*) output=${arg#*=} ;;
	-h|--help)   usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $old && -n $new && -n $kernel && -n $output ]] || { usage >&2; exit 2; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# What Kbuild noted: a line "OBJECT FILE" for each file that an object was made of.
find "$kernel" -name '.*.o.cmd' -exec awk '
	/^source_/ { object = substr($1, 8); print object, $3 }
	/^  / && !/\$\(/ { print object, $1 }' {} + |
	sed -e "s| $old/| |" -e 's| \.\./linux/| |' | grep ' [^/].*\.[chS]$' |
	sed -E -e ':again' -e 's|/[^/. ]+/\.\./|/|' -e 't again' | sort -u >"$work/read"
cut -d ' ' -f 2 "$work/read" | sort -u >"$work/files"

# Kbuild's own tools are no part of the kernel, nor is what is not in both.
while IFS= read -r file; do
	[[ -f $old/$file && -f $new/$file ]] || continue
	cmp -s "$old/$file" "$new/$file" || echo "$file"
done <"$work/files" | grep -v '^scripts/' >"$work/differ"

# difference FILE - as a patch for -p1.
difference() {
	diff -u --label "a/$1" --label "b/$1" "$old/$1" "$new/$1" || [[ $? -eq 1 ]]
}

# headers_of SOURCE - those that differ, of those that it reads.
headers_of() {
	local object

	object=$(awk -v file="$1" '$2 == file { print $1; exit }' "$work/read")
	awk -v object="$object" '$1 == object { print $2 }' "$work/read" |
		grep '\.h$' | grep -F -x -f "$work/differ" || true
}

mkdir -p "$output"
while IFS= read -r file; do
	name=${file//\//-}
	difference "$file" >"$output/$name.patch"
	[[ $file != *.h ]] || continue
	headers=$(headers_of "$file")
	[[ -n $headers ]] || continue
	{
		cat "$output/$name.patch"
		for header in $headers; do
			difference "$header"
		done
	} >"$output/$name.headers"
done <"$work/differ"
[[ -s $work/differ ]] || { echo 'cases: the sources do not differ' >&2; exit 1; }
echo "cases: $(wc -l <"$work/differ") files differ that this kernel was made of"
