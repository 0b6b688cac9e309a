#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# null-test.sh - compare every object of a built kernel with itself. klp-diff must
# find no change.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: scripts/null-test.sh --kernel=DIR --klp-diff=FILE [OPTION]...

Compiles each object of the built kernel DIR as klp-build does, and again from a
copy of its source that says the same:

  anew    the source as it is
  lines   a blank line behind each function, and a #line directive behind that,
          as klp-build writes them
  blank   40 blank lines at the top, and a #line directive
  noise   both of these at once, for whoever has less time: not by default

klp-diff has to find no change between the first object and each of the others.
Assembly and the vDSO, which klp-build does not compare function by function, only
have to be what the kernel has. The last line is "N of N".

  --kernel=DIR     object tree of the kernel, which is only read
  --klp-diff=FILE  the klp-diff to try
  --jobs=N         compile N objects at the same time (2)
  --only=REGEX     only objects whose names match
  --variants=LIST  only these, with commas
  --keep=DIR       leave what failed in the new directory DIR

Exit status: 0 no change was found, 1 one was, 2 usage.
USAGE
}

variants=anew,lines,blank
kernel='' tool='' jobs=2 only=. keep='' object=()
while [[ $# -gt 0 ]]; do
	case $1 in
	--kernel=?*)   kernel=$(realpath "${1#*=}") ;;
	--klp-diff=?*) tool=$(realpath "${1#*=}") ;;
	--jobs=?*)     jobs=${1#*=} ;;
	--only=?*)     only=${1#*=} ;;
	--variants=?*) variants=${1#*=} ;;
	--keep=?*)     keep=$(realpath -m "${1#*=}") ;;
	# For its own use: one line of klp-diff inventory
	--object)      object=("${@:2}"); break ;;
	-h|--help)     usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
	shift
done
[[ ,$variants, =~ ^(,(anew|lines|blank|noise))+,$ ]] || { usage >&2; exit 2; }
[[ -n $kernel && -n $tool ]] || { usage >&2; exit 2; }
linux=$(realpath "$kernel/source")
[[ -f $kernel/vmlinux && -d $linux ]] || {
	echo "null-test: $kernel is not the object tree of a built kernel" >&2
	exit 2
}

# ------------------------------------------------------------------ one object

# Those of klp-build's compile_object() and map_names()
flags='-ffunction-sections -fdata-sections -fno-section-anchors -g'
flags+=' -gno-split-dwarf -fno-var-tracking -fno-var-tracking-assignments'
mapped="-fdebug-prefix-map='$kernel=.' -fdebug-prefix-map='$linux/='"

# run_command VARIANT OPTION... - the saved command, for an object of its own
run_command() {
	local into=$work/$1

	mkdir -p "$into"
	"$tool" command "$kernel" "$name" "$into/object.o" "$into/object.d" "${@:2}" \
		>"$into/command.sh" &&
		(cd "$kernel" && sh "$into/command.sh") >"$into/log" 2>&1 && return
	echo "$name: $1: does not compile: $(head -n 5 "$into/log")"
	return 1
}

blank_lines() {
	printf '%040d' 0 | tr 0 '\n'
}

break_lines() {
	sed 's/^}$/&\n/' "$1"
}

# write_variant VARIANT FROM TO
write_variant() {
	case $1 in
	anew)  cp "$2" "$3" ;;
	lines) break_lines "$2" >"$3" ;;
	blank) { blank_lines; cat "$2"; } >"$3" ;;
	noise) { blank_lines; break_lines "$2"; } >"$3" ;;
	esac
	diff -U0 "$2" "$3" >"$3.diff" || [[ $? -eq 1 ]]
	"$tool" lines "$3" "$3.diff" >"$3.lines" && cat "$3.lines" >"$3"
}

# The copy is elsewhere, and calls itself what the source is called.
compile_variant() {
	local from copy=$work/$1/${source##*/} called=${source#"$linux/"}

	mkdir -p "$work/$1"
	case $source in
	/*) from=$source ;;
	*)  from=$kernel/$source ;;
	esac
	write_variant "$1" "$from" "$copy"
	run_command "$1" --from "$source" --to "$copy" --flags \
		"$flags $mapped -iquote '${source%/*}' -fmacro-prefix-map='$copy=$called' \
		-fdebug-prefix-map='$copy=$called'"
}

compare_variants() {
	local variant pairs=()

	run_command old --flags "$flags $mapped" || return
	for variant in ${variants//,/ }; do
		compile_variant "$variant" || return
		pairs+=("$name:$variant" "$kind" "$work/old/object.o"
			"$work/$variant/object.o")
	done
	# 0 would be a change that can be live-patched.
	"$tool" check "${pairs[@]}" >"$work/report" 2>&1 || [[ $? -ne 4 ]] || return 0
	cat "$work/report"
	return 1
}

# What assembly defines by "->" has no object.
compare_whole() {
	run_command old --flags '' || return
	[[ $kind != offsets ]] || return 0
	"$tool" same "$work/old/object.o" "$kernel/$name" && return
	echo "$name: compiled anew, it is not what the kernel has"
	return 1
}

one_object() {
	local kind=$2 name=$3 source=$4 status=0 work

	work=$(mktemp -d "$dir/XXXXXX")
	case $kind in
	asm|vdso|offsets) compare_whole ;;
	*)                compare_variants ;;
	esac >"$work.out" 2>&1 || status=$?
	if [[ $status -eq 0 ]]; then
		echo "ok $name" >>"$dir/done"
	else
		{ echo "not ok $name"; cat "$work.out"; } >>"$dir/done"
		[[ -z $keep ]] || mv "$work" "$keep/${name//\//_}"
	fi
	rm -rf "$work" "$work.out"
}

if [[ ${#object[@]} -gt 0 ]]; then
	dir=$NULL_TEST_DIR
	one_object "${object[@]}"
	exit
fi

# ----------------------------------------------------------------- all of them

dir=$(mktemp -d)
trap 'exit 130' INT
trap 'exit 143' TERM
running=''
trap '[[ -z $running ]] || kill "$running" || true; rm -rf "$dir"' EXIT
export NULL_TEST_DIR=$dir
[[ -z $keep ]] || mkdir "$keep"
: >"$dir/done"
"$tool" inventory "$kernel" "$linux" | grep '^object' |
	awk -F '\t' -v only="$only" '$3 ~ only' >"$dir/objects"
total=$(wc -l <"$dir/objects")
[[ $total -gt 0 ]] || { echo "null-test: there is no object like that" >&2; exit 2; }

progress() {
	local count

	count=$(grep -c -E '^(not )?ok ' "$dir/done") || true
	if [[ -t 1 ]]; then
		printf '\r\033[K%d of %d, %s' "$count" "$total" "$(tail -n 1 "$dir/done")"
	elif ((count >= shown + 50)); then
		echo "$count of $total"
		shown=$count
	fi
}

shown=0
tr '\t\n' '\0\0' <"$dir/objects" | xargs -0 -n 4 -P "$jobs" \
	"$0" --kernel="$kernel" --klp-diff="$tool" --variants="$variants" ${keep:+--keep="$keep"} --object &
running=$!
while kill -0 "$running" 2>/dev/null; do
	progress
	sleep 1
done
stopped=0
wait "$running" || stopped=1
running=''
[[ $stopped -eq 0 ]] || { echo "null-test: it was stopped" >&2; exit 1; }
[[ ! -t 1 ]] || printf '\r\033[K'
awk '/^ok /{ shown = 0; next } /^not ok /{ shown = 1 } shown' "$dir/done"
awk '/^object/ { if ($2 ~ /^(asm|vdso|offsets)$/) whole++; else compared++ }
	END { printf "%d compared by function, %d as a whole\n", compared, whole }' "$dir/objects"
good=$(grep -c '^ok ' "$dir/done") || true
echo "no change: $good of $total"
[[ $good -eq $total ]]
