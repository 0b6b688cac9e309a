#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# prepare-kernel.sh - put klp_arm into a kernel source tree, or take it out.
#
# Own files are linked one by one into real directories, so that objects of a
# build inside the tree do not land here. The patches of patches/VERSION/series
# are applied to copies of the files they touch, with zero fuzz; only when the
# whole series fits is the tree changed. What is needed to undo that is kept in
# the tree, in .klp_arm/:
#
#   manifest   what was done; "state changing" while it is being done, so that
#              --undo also repairs a run that was interrupted
#   orig/      every patched file as it was

set -euo pipefail

readonly EXIT_UNFIT=1 EXIT_USAGE=2 EXIT_CHANGED=3

top=${KLP_ARM_ROOT:-$(cd "$(dirname "$0")/.." && pwd)}

usage() {
	cat <<'USAGE'
Usage: scripts/prepare-kernel.sh --linux=DIR [OPTION]...

Puts klp_arm into the kernel source tree DIR. A prepared tree is brought up to
date: new files are linked, stale links removed, a changed series applied anew.

  --linux=DIR      kernel source tree
  --kver=VERSION   the version it must be, for instance 6.12
                   (default: what DIR's Makefile says)
  --copy           copy files into the tree instead of linking them
  --dry-run        check everything, change nothing
  --undo           give back the tree as it was, byte for byte
  --outpatch=FILE  write one patch for 'git am' with everything; DIR is only read
  --verbose        name every file

Exit status:
  0  done, or nothing to do
  1  the tree does not fit: not a kernel, another version, or modified
     where a patch applies. It was not changed
  2  wrong usage
  3  a file that this script put in place was changed since. The tree was
     not changed
USAGE
}

say() {
	echo "prepare-kernel: $*"
}

die() {
	local status=$1

	shift
	printf 'prepare-kernel: %s\n' "$@" >&2
	exit "$status"
}

linux='' kver='' outpatch='' undo=0
mode=link dry_run=0 verbose=0

for arg in "$@"; do
	case $arg in
	--linux=?*)    linux=${arg#*=} ;;
	--kver=?*)     kver=${arg#*=} ;;
	--outpatch=?*) outpatch=${arg#*=} ;;
	--copy)        mode=copy ;;
	--dry-run)     dry_run=1 ;;
	--undo)        undo=1 ;;
	--verbose)     verbose=1 ;;
	-h|--help)     usage; exit 0 ;;
	*) usage >&2; die "$EXIT_USAGE" "wrong argument '$arg'" ;;
	esac
done
[[ -n $linux ]] || { usage >&2; die "$EXIT_USAGE" "--linux=DIR is missing"; }
[[ -z $outpatch || $undo -eq 0 ]] ||
	die "$EXIT_USAGE" "--undo and --outpatch exclude each other"

state_dir=$linux/.klp_arm
manifest=$state_dir/manifest

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# ---------------------------------------------------------------- the tree

makefile_value() {
	sed -n "s/^$1 *= *//p" "$linux/Makefile" | head -n 1
}

check_tree() {
	local supported version dir

	[[ -d $linux ]] || die "$EXIT_UNFIT" "$linux: no such directory"
	[[ -f $linux/Makefile && -f $linux/Kbuild && -d $linux/arch/arm ]] ||
		die "$EXIT_UNFIT" "$linux is not a kernel source tree" \
		    "give the directory that has the kernel's Makefile and arch/arm"
	linux=$(cd "$linux" && pwd)
	state_dir=$linux/.klp_arm
	manifest=$state_dir/manifest

	version=$(makefile_value VERSION).$(makefile_value PATCHLEVEL)
	supported=$(cd "$top/patches" && for dir in */; do echo -n "${dir%/} "; done)
	[[ -z $kver || $kver == "$version" ]] ||
		die "$EXIT_UNFIT" "$linux is Linux $version, not $kver"
	kver=$version
	[[ -f $top/patches/$kver/series ]] ||
		die "$EXIT_UNFIT" "$linux is Linux $kver; there are patches for: $supported" \
		    "use such a tree, or port the series: see docs/porting.md"
}

# A stable release other than the one the series was made for is fine as long
# as every hunk fits, but whoever reads a failure wants to know.
check_base() {
	local base release

	[[ -f $top/patches/$kver/BASE ]] || return 0
	base=$(grep -o -m 1 -E "\\b${kver//./\\.}\\.[0-9]+\\b" "$top/patches/$kver/BASE" || true)
	release=$kver.$(makefile_value SUBLEVEL)
	[[ -z $base || $base == "$release" ]] ||
		say "note: the series was made for $base, this is $release"
}

# ------------------------------------------------------------ the manifest

# For each path the forms that it may have, separated by commas: the sum of its
# content, "absent" or "link". It is more than one only while changing.
declare -A was_patched=()
declare -A was_placed=()
made_dirs=()
state=pristine old_series=

file_form() {
	if [[ -L $1 ]]; then
		echo link
	elif [[ -e $1 ]]; then
		sha256sum <"$1" | cut -d ' ' -f 1
	else
		echo absent
	fi
}

read_manifest() {
	local key value path

	[[ -d $state_dir ]] || return 0
	[[ -f $manifest ]] || die "$EXIT_UNFIT" "$state_dir has no manifest" \
		"unpack the tree again: it cannot be told what was done to it"
	while read -r key value path; do
		case $key in
		state)   state=$value ;;
		series)  old_series=$value ;;
		patched) was_patched[$path]=$value ;;
		placed)  was_placed[$path]=$value ;;
		dir)     made_dirs+=("$path") ;;
		esac
	done <"$manifest"
}

original_of() {
	if [[ -n ${was_patched[$1]:-} ]]; then
		echo "$state_dir/orig/$1"
	else
		echo "$linux/$1"
	fi
}

# Nothing that somebody has edited after us is ever overwritten or removed.
check_unchanged() {
	local path now changed=()

	for path in "${!was_patched[@]}"; do
		now=$(file_form "$linux/$path")
		[[ ",${was_patched[$path]}," == *",$now,"* ||
		   ( $state == changing &&
		     $now == "$(file_form "$state_dir/orig/$path")" ) ]] ||
			changed+=("$path")
	done
	for path in "${!was_placed[@]}"; do
		now=$(file_form "$linux/$path")
		[[ ",absent,${was_placed[$path]}," == *",$now,"* ]] ||
			changed+=("$path")
	done
	[[ ${#changed[@]} -eq 0 ]] && return 0
	die "$EXIT_CHANGED" "changed since the tree was prepared:" \
	    "${changed[@]/#/  $linux/}" \
	    "nothing was done: save these changes and unpack the tree again"
}

# -------------------------------------------------- what the tree shall get

# One "SOURCE<tab>PATH" line for each own file.
overlay_files() {
	local from to

	while read -r from to; do
		[[ -d $top/$from ]] || continue
		find "$top/$from" -type f \( -name '*.[chS]' -o -name 'Makefile*' \
			-o -name Kconfig -o -name .kunitconfig \) \
			-not -name '.*.cmd' -not -name '*.mod.c' \
			-printf "%p\\t$to/%P\\n"
	done <<-'MAP' | LC_ALL=C sort
		kernel/klp_arm kernel/klp_arm
		kernel/include include
		kernel/scripts scripts
		uapi           include/uapi
	MAP
}

series_patches() {
	sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$top/patches/$kver/series"
}

series_sum() {
	local patch

	for patch in $(series_patches); do
		cat "$top/patches/$kver/$patch"
	done | sha256sum | cut -d ' ' -f 1
}

# The files that a patch names, without the a/ and b/.
touched_by() {
	sed -n -E -e 's,^(---|\+\+\+) [ab]/([^[:space:]]+).*,\2,p' \
	    -e 's,^rename (from|to) (.*),\2,p' "$1" | LC_ALL=C sort -u
}

# Fills $work/a with the original of every file that the series touches and
# $work/b with the result; touched lists them. Ends here if a patch does not fit.
touched=()
stage() {
	local patch path file out

	mkdir -p "$work/a" "$work/b"
	for patch in $(series_patches); do
		file=$top/patches/$kver/$patch
		[[ -f $file ]] || die "$EXIT_UNFIT" \
			"patches/$kver/series names $patch, which does not exist"
		while read -r path; do
			[[ ! -e $work/a/$path && -e $(original_of "$path") ]] || continue
			mkdir -p "$work/a/${path%/*}" "$work/b/${path%/*}"
			cp -L --preserve=mode "$(original_of "$path")" "$work/a/$path"
			cp -L --preserve=mode "$work/a/$path" "$work/b/$path"
		done < <(touched_by "$file")
		if ! out=$(apply "$file"); then
			explain_misfit "$patch" "$out"
		fi
		grep -E 'offset' <<<"$out" | sed "s/^/prepare-kernel: note: $patch: /" || true
	done
	mapfile -t touched < <(for patch in $(series_patches); do
		touched_by "$top/patches/$kver/$patch"
	done | LC_ALL=C sort -u)
}

# --posix would lose file creation; --force answers no questions.
apply() {
	patch --directory="$work/b" --strip=1 --fuzz=0 --force --no-backup-if-mismatch \
	      --reject-file=- --input="$1" "${@:2}" 2>&1
}

explain_misfit() {
	local patch=$1 out=$2 path missing=() hunks=() why

	while read -r path; do
		[[ -e $work/a/$path || -e $work/b/$path ]] ||
			missing+=("  $path is not in the tree")
	done < <(sed -n -E 's,^--- a/([^[:space:]]+).*,\1,p' "$top/patches/$kver/$patch")
	why='the tree was modified there, or is another one than the series is for'
	if apply "$top/patches/$kver/$patch" --dry-run --reverse >/dev/null; then
		why='this patch is in the tree already, but was not put there by this script'
	fi
	mapfile -t hunks < <(grep -E '^(patching|Hunk|can.t find)' <<<"$out" |
		grep -B 1 -E '^(Hunk .*FAILED|can.t find)' | sed 's/^/  /')
	die "$EXIT_UNFIT" "patches/$kver/$patch does not fit $linux:" \
	    "${hunks[@]}" "${missing[@]}" "$why" \
	    "nothing was changed: use a pristine linux-source-$kver, or see docs/porting.md"
}

# Own files must not stand where the tree has something else.
check_places() {
	local source path

	while IFS=$'\t' read -r source path; do
		[[ -n ${was_placed[$path]:-} ]] && continue
		[[ ! -e $linux/$path && ! -L $linux/$path ]] ||
			die "$EXIT_UNFIT" "$linux/$path exists, and is not from this script" \
			    "nothing was changed: use a pristine tree"
	done <"$work/overlay"
}

# ------------------------------------------------------------ changing it

# Notes the directories that PATH needs and the tree has not, parents first.
plan_dirs() {
	local dir=${1%/*}

	[[ -d $linux/$dir || " ${made_dirs[*]} " == *" $dir "* ]] && return 0
	[[ $dir == */* ]] && plan_dirs "$dir"
	made_dirs+=("$dir")
}

# place SOURCE PATH - true if the tree changed.
place() {
	local source=$1 path=$2

	if [[ $mode == link ]]; then
		[[ $(readlink "$linux/$path" || true) == "$source" ]] && return 1
		rm -f "$linux/$path"
		ln -s "$source" "$linux/$path"
	else
		[[ -L $linux/$path ]] && rm "$linux/$path"
		cmp -s "$source" "$linux/$path" && return 1
		cp --preserve=mode "$source" "$linux/$path"
	fi
	((!verbose)) || say "  $mode $path"
}

# put FILE PATH - like FILE, absent if FILE is; untouched if equal, so that a
# build does not start over.
put() {
	if [[ ! -e $1 ]]; then
		rm -f "$linux/$2"
	elif ! cmp -s "$1" "$linux/$2"; then
		mkdir -p "$linux/$(dirname "$2")"
		cp --preserve=mode "$1" "$linux/$2"
		((!verbose)) || say "  patch $2"
	fi
}

write_manifest() {
	local path

	{
		echo "state $1 -"
		echo "version $kver -"
		echo "series $2 -"
		for path in "${!was_patched[@]}"; do
			echo "patched ${was_patched[$path]} $path"
		done
		for path in "${!was_placed[@]}"; do
			echo "placed ${was_placed[$path]} $path"
		done
		for path in "${made_dirs[@]}"; do
			echo "dir - $path"
		done
	} >"$manifest.new"
	mv "$manifest.new" "$manifest"
}

remove_dirs() {
	local i

	for ((i = ${#made_dirs[@]} - 1; i >= 0; i--)); do
		[[ -d $linux/${made_dirs[i]} ]] || continue
		rmdir "$linux/${made_dirs[i]}" 2>/dev/null ||
			say "left: ${made_dirs[i]} (it has files of a build: 'make mrproper' there)"
	done
}

prepare() {
	local series path sum source form count=0 stale=0
	local -A wanted=() wanted_form=() final=()

	check_unchanged
	check_base
	overlay_files >"$work/overlay"
	[[ -s $work/overlay ]] ||
		die "$EXIT_UNFIT" "no files in $top/kernel/klp_arm: is the checkout complete?"
	check_places
	stage
	series=$(series_sum)
	if ((dry_run)); then
		say "fits: $(series_patches | wc -l) patches," \
		    "$(wc -l <"$work/overlay") own files (dry run, nothing changed)"
		return 0
	fi

	# Before the first change everything is stored that --undo needs to
	# repair an interrupted run: originals, forms, directories.
	mkdir -p "$state_dir/orig"
	for path in "${touched[@]}"; do
		sum=$(file_form "$work/b/$path")
		final[$path]=$sum
		if [[ -z ${was_patched[$path]:-} && -e $linux/$path ]]; then
			mkdir -p "$state_dir/orig/$(dirname "$path")"
			cp --preserve=mode "$linux/$path" "$state_dir/orig/$path"
		fi
		was_patched[$path]+=${was_patched[$path]:+,}$sum
		plan_dirs "$path"
	done
	while IFS=$'\t' read -r source path; do
		wanted[$path]=$source
		form='link'
		[[ $mode == link ]] || form=$(file_form "$source")
		wanted_form[$path]=$form
		was_placed[$path]+=${was_placed[$path]:+,}$form
		plan_dirs "$path"
	done <"$work/overlay"
	write_manifest changing "$series"

	for path in "${!was_patched[@]}"; do
		if [[ -n ${final[$path]:-} ]]; then
			put "$work/b/$path" "$path"
			was_patched[$path]=${final[$path]}
		else
			# The series touched it before and does not any more.
			put "$state_dir/orig/$path" "$path"
			unset "was_patched[$path]"
			rm -f "$state_dir/orig/$path"
		fi
	done
	for path in "${!was_placed[@]}"; do
		if [[ -z ${wanted[$path]:-} ]]; then
			rm -f "$linux/$path"
			unset "was_placed[$path]"
			stale=$((stale + 1))
			continue
		fi
		mkdir -p "$linux/$(dirname "$path")"
		place "${wanted[$path]}" "$path" && count=$((count + 1))
		was_placed[$path]=${wanted_form[$path]}
	done
	write_manifest complete "$series"

	if [[ $state == complete && $old_series == "$series" && $count -eq 0 && $stale -eq 0 ]]; then
		say "already prepared"
	else
		say "prepared: $(series_patches | wc -l) patches," \
		    "${#was_placed[@]} own files ($count new, $stale removed)"
	fi
}

undo() {
	local path

	[[ $state != pristine ]] || {
		say "nothing to undo"
		return 0
	}
	check_unchanged
	if ((dry_run)); then
		say "would restore ${#was_patched[@]} files and remove" \
		    "${#was_placed[@]} (dry run, nothing changed)"
		return 0
	fi
	for path in "${!was_patched[@]}"; do
		put "$state_dir/orig/$path" "$path"
	done
	for path in "${!was_placed[@]}"; do
		rm -f "$linux/$path"
	done
	remove_dirs
	rm -rf "$state_dir"
	say "undone"
}

outpatch() {
	local source path repo=$work/repo
	local git=(git -C "$repo" -c core.autocrlf=false -c commit.gpgsign=false)

	command -v git >/dev/null || die "$EXIT_USAGE" "--outpatch needs git"
	[[ -n $(git config user.email) ]] ||
		git+=(-c user.name=klp_arm -c user.email=klp_arm@localhost)
	check_base
	stage
	overlay_files >"$work/overlay"
	check_places
	if ((dry_run)); then
		say "fits (dry run, nothing written)"
		return 0
	fi
	mkdir "$repo"
	"${git[@]}" init -q
	cp -a "$work/a/." "$repo/"
	"${git[@]}" add -A -f
	"${git[@]}" commit -q --allow-empty --no-verify -m "Linux $kver"
	find "$repo" -mindepth 1 -maxdepth 1 -not -name .git -exec rm -rf {} +
	cp -a "$work/b/." "$repo/"
	while IFS=$'\t' read -r source path; do
		mkdir -p "$repo/$(dirname "$path")"
		cp --preserve=mode "$source" "$repo/$path"
	done <"$work/overlay"
	"${git[@]}" add -A -f
	"${git[@]}" commit -q --no-verify -F - <<-MESSAGE
		ARM: live patching with state over generic netlink

		The port of kernel/livepatch to 32-bit ARM and the klp_arm reporter,
		as one patch. It is made of:

		$(series_patches | sed 's/^/  /')

		and of the directory kernel/klp_arm with its headers.
	MESSAGE
	"${git[@]}" format-patch -q -1 --stdout --zero-commit --no-signature >"$work/outpatch"
	cp "$work/outpatch" "$outpatch"
	say "wrote $outpatch"
}

check_tree
read_manifest
if ((undo)); then
	undo
elif [[ -n $outpatch ]]; then
	outpatch
else
	prepare
fi
