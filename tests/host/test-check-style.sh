#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-check-style.sh - check-style.sh names each file without SPDX line and each
# script without run bit, and no other. It looks at a tree of its own.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=tests/host/tap.sh
. "$here/tap.sh"

tree=$(mktemp -d)
trap 'rm -rf "$tree"' EXIT
mkdir -p "$tree/scripts" "$tree/tests/host" "$tree/build"
cp "$here/../../scripts/check-style.sh" "$tree/scripts/"
cp "$here/tap.sh" "$tree/tests/host/"

tag='SPDX-License-Identifier: GPL-2.0'

# style STATUS CHECK
style() {
	fails "$1" "$tree/scripts/check-style.sh" --linux="$tree" "$2" >"$tree/build/out"
}

# found CHECK LINE... - exactly these files are found; their order does not matter.
found() {
	local check=$1 status=1

	shift
	[[ $# -gt 0 ]] || status=0
	style "$status" "$check"
	diff <(sed -n 's/^# //p' "$tree/build/out" | grep -v '^failed:' | LC_ALL=C sort) \
		<([[ $# -eq 0 ]] || printf '%s\n' "$@" | LC_ALL=C sort)
}

good_tree() {
	printf '#!/bin/sh\n# %s\n' "$tag" >"$tree/run"
	printf '#!/usr/bin/python3\n#\n# %s\n' "$tag" >"$tree/run.py"
	printf '# %s\n' "$tag" >"$tree/sourced.sh"
	printf 'no tag is needed\n' >"$tree/text.md"
	chmod +x "$tree/run"
	found spdx_lines
	found run_bits
}

bad_tag() {
	printf 'int a;\n' >"$tree/a=b.c"
	printf '\n\n\n// %s\n' "$tag" >"$tree/fourth.c"
	: >"$tree/empty.c"
	printf '\0\1\n' >"$tree/with space"
	found spdx_lines 'a=b.c has no SPDX line' 'fourth.c has no SPDX line' \
		'empty.c has no SPDX line' 'with space has no SPDX line'
}

bad_bit() {
	local name

	for name in 'x=y' script.sh 'two words'; do
		printf '#!/usr/bin/env bash\n# %s\n' "$tag" >"$tree/$name"
	done
	found run_bits 'x=y is a script without run bit' \
		'script.sh is a script without run bit' \
		'two words is a script without run bit'
}

check 'check-style: a tree without faults passes' good_tree
check 'check-style: each file without SPDX line is named' bad_tag
check 'check-style: each script without run bit is named' bad_bit
tap_end
