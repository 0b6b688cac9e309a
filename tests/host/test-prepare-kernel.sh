#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-prepare-kernel.sh - scripts/prepare-kernel.sh on a small tree and series
# made here, where every misfit can be provoked, and on the real ones.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$here/tap.sh"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
tree=$work/linux
pristine=$work/pristine
repo=$work/repo
out=$work/out

# ---------------------------------------------------------------- material

numbered_lines() {
	local i

	for ((i = 1; i <= $1; i++)); do
		echo "line $i of $2"
	done
}

make_pristine() {
	mkdir -p "$pristine"/{arch/arm/kernel,kernel,include/uapi/linux,scripts}
	printf 'VERSION = 6\nPATCHLEVEL = 12\nSUBLEVEL = 117\n' >"$pristine/Makefile"
	echo '# Kbuild' >"$pristine/Kbuild"
	numbered_lines 60 ftrace >"$pristine/arch/arm/kernel/ftrace.c"
	numbered_lines 20 signal >"$pristine/arch/arm/kernel/signal.c"
	numbered_lines 10 makefile >"$pristine/kernel/Makefile"
	echo 'to be deleted' >"$pristine/kernel/old.c"
	echo 'echo run me' >"$pristine/scripts/tool.sh"
	chmod 755 "$pristine/scripts/tool.sh"
}

# record NAME SUBJECT - what changed in $work/next since $work/now as a patch.
record() {
	{
		printf 'From: A <a@example.com>\nSubject: [PATCH] %s\n\nWhy.\n---\n' "$2"
		(cd "$work" && diff -urN now next | sed -e 's,^--- now/,--- a/,' \
			-e 's,^+++ next/,+++ b/,' -e '/^diff /d') || true
	} >"$repo/patches/6.12/$1"
	rm -rf "$work/now"
	cp -a "$work/next" "$work/now"
}

# Two patches change one file, so that none can be tried without the one before.
make_repo() {
	mkdir -p "$repo"/{kernel/klp_arm/tests,kernel/include/linux,uapi/linux,patches/6.12}
	for file in kernel/klp_arm/{core.c,core.h,entry.S,Kconfig,Makefile,tests/a_kunit.c} \
		    kernel/include/linux/klp_arm.h uapi/linux/klp_arm.h; do
		echo "// $file" >"$repo/$file"
	done
	echo 'object' >"$repo/kernel/klp_arm/core.o"
	echo 'version=6.12.117' >"$repo/patches/6.12/BASE"
	printf '# comment\n10-one.patch\n\n20-two.patch\n30-new.patch\n' \
		>"$repo/patches/6.12/series"

	cp -a "$pristine" "$work/now"
	cp -a "$pristine" "$work/next"
	sed -i '10s/$/ first/' "$work/next/arch/arm/kernel/ftrace.c"
	record 10-one.patch 'Change ftrace'
	sed -i '11s/$/ second/; 50s/$/ second/' "$work/next/arch/arm/kernel/ftrace.c"
	sed -i '5s/$/ second/' "$work/next/arch/arm/kernel/signal.c"
	record 20-two.patch 'Change ftrace and signal'
	mkdir "$work/next/kernel/added"
	echo 'a new file' >"$work/next/kernel/added/new.c"
	rm "$work/next/kernel/old.c"
	sed -i '1s/$/ more/' "$work/next/scripts/tool.sh"
	record 30-new.patch 'Add, delete and change a script'
}

prepare() {
	KLP_ARM_ROOT=$repo "$top/scripts/prepare-kernel.sh" --linux="$tree" "$@" >"$out" 2>&1
}

fresh_tree() {
	rm -rf "$tree"
	cp -a "${1:-$pristine}" "$tree"
}

# Names, kinds, modes, link targets and contents; not times.
listing() {
	(cd "$1" && find . -printf '%p %y %m %l\n' | LC_ALL=C sort
	 find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum)
}

same() {
	diff <(listing "$1") <(listing "$2")
}

# ------------------------------------------------------------------- cases

prepares() {
	fresh_tree
	prepare
	says "$out" 'prepared: 3 patches, 8 own files'
	for file in arch/arm/kernel/ftrace.c arch/arm/kernel/signal.c \
		    kernel/added/new.c scripts/tool.sh; do
		cmp "$work/next/$file" "$tree/$file"
	done
	[[ ! -e $tree/kernel/old.c && -x $tree/scripts/tool.sh ]]
	[[ $(readlink "$tree/kernel/klp_arm/core.c") == "$repo/kernel/klp_arm/core.c" ]]
	[[ -d $tree/kernel/klp_arm/tests && ! -L $tree/kernel/klp_arm/tests ]]
	[[ -L $tree/kernel/klp_arm/tests/a_kunit.c ]]
	[[ -L $tree/include/linux/klp_arm.h && -L $tree/include/uapi/linux/klp_arm.h ]]
	[[ ! -e $tree/kernel/klp_arm/core.o ]]
}

copies() {
	fresh_tree
	prepare --copy
	[[ ! -L $tree/kernel/klp_arm/core.c ]]
	cmp "$repo/kernel/klp_arm/core.c" "$tree/kernel/klp_arm/core.c"
	prepare --copy
	says "$out" 'already prepared'
	prepare --undo
	same "$pristine" "$tree"
}

dry_run_changes_nothing() {
	fresh_tree
	prepare --dry-run
	says "$out" 'fits: 3 patches'
	same "$pristine" "$tree"
	prepare
	cp -a "$tree" "$work/prepared"
	prepare --dry-run
	prepare --undo --dry-run
	same "$work/prepared" "$tree"
	rm -rf "$work/prepared"
}

second_run_does_nothing() {
	fresh_tree
	prepare
	touch -d '2001-01-01' "$tree/arch/arm/kernel/ftrace.c"
	prepare
	says "$out" 'already prepared'
	# A file that is right already keeps its time, or builds start over.
	[[ $(stat -c %Y "$tree/arch/arm/kernel/ftrace.c") -lt 1000000000 ]]
}

follows_own_files() {
	fresh_tree
	prepare
	echo '// new' >"$repo/kernel/klp_arm/later.c"
	mv "$repo/kernel/klp_arm/core.h" "$work/core.h"
	prepare
	says "$out" '1 new, 1 removed'
	[[ -L $tree/kernel/klp_arm/later.c && ! -L $tree/kernel/klp_arm/core.h ]]
	rm "$repo/kernel/klp_arm/later.c"
	mv "$work/core.h" "$repo/kernel/klp_arm/core.h"
	prepare --undo
	same "$pristine" "$tree"
}

follows_changed_series() {
	fresh_tree
	prepare
	cp "$repo/patches/6.12/series" "$work/series"
	sed -i '/30-new/d' "$repo/patches/6.12/series"
	touch -d '2001-01-01' "$tree/arch/arm/kernel/signal.c"
	prepare
	mv "$work/series" "$repo/patches/6.12/series"
	says "$out" 'prepared: 2 patches'
	[[ -e $tree/kernel/old.c && ! -e $tree/kernel/added/new.c ]]
	[[ $(stat -c %Y "$tree/arch/arm/kernel/signal.c") -lt 1000000000 ]]
	prepare --undo
	same "$pristine" "$tree"
}

undo_restores() {
	fresh_tree
	prepare
	prepare --undo
	same "$pristine" "$tree"
	prepare --undo
	says "$out" 'nothing to undo'
}

undo_keeps_build_objects() {
	fresh_tree
	prepare
	echo object >"$tree/kernel/klp_arm/core.o"
	prepare --undo
	says "$out" 'left: kernel/klp_arm'
	rm -r "$tree/kernel/klp_arm"
	same "$pristine" "$tree"
}

undo_repairs_interrupted_run() {
	fresh_tree
	prepare
	# As it is when the run is killed between two files.
	sed -i 's/^state complete/state changing/' "$tree/.klp_arm/manifest"
	cp "$pristine/arch/arm/kernel/signal.c" "$tree/arch/arm/kernel/signal.c"
	rm "$tree/kernel/klp_arm/entry.S" "$tree/kernel/added/new.c"
	cp "$pristine/kernel/old.c" "$tree/kernel/old.c"
	cp -a "$tree" "$work/half"
	prepare --undo
	same "$pristine" "$tree"
	fresh_tree "$work/half"
	rm -rf "$work/half"
	prepare
	cmp "$work/next/arch/arm/kernel/signal.c" "$tree/arch/arm/kernel/signal.c"
	prepare --undo
	same "$pristine" "$tree"
}

# refused FRAGMENT - the tree as it is now must be refused and stay as it is.
refused() {
	rm -rf "$work/before"
	cp -a "$tree" "$work/before"
	fails 1 prepare
	cp "$out" "$work/refusal"
	says "$out" "$1"
	fails 1 prepare --dry-run
	fails 1 prepare --outpatch="$work/refused.patch"
	[[ ! -e $work/refused.patch ]]
	same "$work/before" "$tree"
}

refuses_modified_tree() {
	fresh_tree
	# Only the last hunk of the second patch fails: the first must not stay.
	sed -i '50s/.*/somebody was here/' "$tree/arch/arm/kernel/ftrace.c"
	refused 'Hunk #2 FAILED'
	says "$work/refusal" 'patches/6.12/20-two.patch does not fit'
	says "$work/refusal" 'arch/arm/kernel/ftrace.c'
	says "$work/refusal" 'use a pristine'
}

refuses_fuzz() {
	fresh_tree
	sed -i '3s/$/ context/' "$tree/arch/arm/kernel/signal.c"
	refused 'does not fit'
}

reports_offset() {
	fresh_tree
	sed -i '1i one more line' "$tree/arch/arm/kernel/signal.c"
	prepare
	says "$out" 'note: 20-two.patch: Hunk #1 succeeded at 3 (offset 1 line)'
	prepare --undo
	[[ $(wc -l <"$tree/arch/arm/kernel/signal.c") -eq 21 ]]
}

refuses_missing_file() {
	fresh_tree
	rm "$tree/arch/arm/kernel/signal.c"
	refused 'arch/arm/kernel/signal.c is not in the tree'
}

refuses_other_version() {
	fresh_tree
	sed -i 's/PATCHLEVEL = 12/PATCHLEVEL = 99/' "$tree/Makefile"
	refused 'is Linux 6.99; there are patches for: 6.12'
	fails 1 prepare --kver=6.12
	says "$out" 'is Linux 6.99, not 6.12'
}

notes_other_release() {
	fresh_tree
	sed -i 's/SUBLEVEL = 117/SUBLEVEL = 95/' "$tree/Makefile"
	prepare --dry-run
	says "$out" 'made for 6.12.117, this is 6.12.95'
}

refuses_other_directory() {
	rm -rf "$tree"
	mkdir "$tree"
	refused 'is not a kernel source tree'
	rm -rf "$tree"
	fails 1 prepare
	says "$out" 'no such directory'
}

refuses_applied_patch() {
	fresh_tree
	patch --quiet -d "$tree" -p1 <"$repo/patches/6.12/10-one.patch"
	refused '10-one.patch does not fit'
	says "$work/refusal" 'in the tree already'
}

refuses_foreign_files() {
	fresh_tree
	mkdir "$tree/kernel/klp_arm"
	echo 'not ours' >"$tree/kernel/klp_arm/core.c"
	refused 'kernel/klp_arm/core.c exists, and is not from this script'
}

refuses_missing_patch() {
	fresh_tree
	mv "$repo/patches/6.12/20-two.patch" "$work/two"
	fails 1 prepare
	mv "$work/two" "$repo/patches/6.12/20-two.patch"
	says "$out" 'names 20-two.patch, which does not exist'
	same "$pristine" "$tree"
}

keeps_later_edits() {
	local edited

	for edited in arch/arm/kernel/ftrace.c kernel/added/new.c kernel/klp_arm/core.c; do
		fresh_tree
		prepare --copy
		echo 'my own work' >>"$tree/$edited"
		rm -rf "$work/before"
		cp -a "$tree" "$work/before"
		fails 3 prepare --undo
		says "$out" "$tree/$edited"
		fails 3 prepare --copy
		same "$work/before" "$tree"
	done
}

outpatch_equals_prepared() {
	fresh_tree
	prepare --outpatch="$work/all.patch"
	same "$pristine" "$tree"
	prepare --copy
	rm -rf "$tree/.klp_arm" "$work/by-patch" "$work/by-git"
	cp -a "$pristine" "$work/by-patch"
	patch --quiet -d "$work/by-patch" -p1 <"$work/all.patch"
	same "$tree" "$work/by-patch"

	cp -a "$pristine" "$work/by-git"
	git -C "$work/by-git" init -q
	git -C "$work/by-git" add -A
	git_as_test commit -q -m pristine
	git_as_test am -q "$work/all.patch"
	rm -rf "$work/by-git/.git"
	same "$tree" "$work/by-git"
}

git_as_test() {
	git -C "$work/by-git" -c user.name=test -c user.email=test@example.com \
	    -c commit.gpgsign=false "$@"
}

outpatch_of_prepared_tree() {
	fresh_tree
	prepare --outpatch="$work/before.patch"
	prepare
	prepare --outpatch="$work/after.patch"
	diff <(grep -v '^Date:' "$work/before.patch") <(grep -v '^Date:' "$work/after.patch")
}

refuses_usage() {
	fresh_tree
	fails 2 prepare --nonsense
	fails 2 "$top/scripts/prepare-kernel.sh"
	fails 2 prepare --undo --outpatch="$work/x"
	same "$pristine" "$tree"
}

# The real series on the files it touches, from the package they come from.
real_series() {
	local tarball=/usr/src/linux-source-6.12.tar.xz files real=$work/real

	[[ -f $tarball ]] || {
		echo "$tarball is missing: run 'make deps' as root"
		return 1
	}
	mapfile -t files < <(sed -n -E 's,^--- a/([^[:space:]]+).*,\1,p' \
		"$top"/patches/6.12/*.patch | LC_ALL=C sort -u)
	mkdir "$real"
	tar -C "$real" --strip-components=1 --occurrence=1 -xf "$tarball" \
		"${files[@]/#/linux-source-6.12/}" linux-source-6.12/{Makefile,Kbuild}
	fresh_tree "$real"
	"$top/scripts/prepare-kernel.sh" --linux="$tree" >"$out"
	fails 1 grep offset "$out"
	[[ $(readlink "$tree/kernel/klp_arm/Makefile") == "$top/kernel/klp_arm/Makefile" ]]
	"$top/scripts/prepare-kernel.sh" --linux="$tree" >"$out"
	says "$out" 'already prepared'
	"$top/scripts/prepare-kernel.sh" --linux="$tree" --undo
	same "$real" "$tree"
}

make_pristine
make_repo

check 'a pristine tree is prepared' prepares
check 'files can be copied instead of linked' copies
check 'a dry run changes nothing' dry_run_changes_nothing
check 'a second run does nothing' second_run_does_nothing
check 'new own files are linked, stale ones removed' follows_own_files
check 'a changed series is applied anew' follows_changed_series
check 'undo gives back the tree byte for byte' undo_restores
check 'undo leaves objects of a build and says so' undo_keeps_build_objects
check 'undo and prepare repair an interrupted run' undo_repairs_interrupted_run
check 'a modified tree is refused, nothing changed' refuses_modified_tree
check 'fuzz is refused' refuses_fuzz
check 'an offset is reported' reports_offset
check 'a missing file is named' refuses_missing_file
check 'another version is refused' refuses_other_version
check 'another release is noted' notes_other_release
check 'a directory that is no kernel is refused' refuses_other_directory
check 'a tree with a patch of the series is refused' refuses_applied_patch
check 'a tree with files in our place is refused' refuses_foreign_files
check 'a series that names a missing patch is refused' refuses_missing_patch
check 'later edits are never lost' keeps_later_edits
check 'the single patch gives the prepared tree' outpatch_equals_prepared
check 'the single patch of a prepared tree is the same' outpatch_of_prepared_tree
check 'wrong usage is refused' refuses_usage
check 'the real series fits the real files' real_series
tap_end
