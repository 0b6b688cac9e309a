#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# one-patch.sh - what klp-build makes of one patch of the corpus.

set -euo pipefail

usage() {
	cat <<'USAGE'
Usage: tests/corpus/one-patch.sh --klp-build=DIR --linux=SRC --kernel=OBJ
                                 --output=DIR [--wide] PATCH

Leaves in the output directory, for NAME.patch: NAME.json, the report; NAME.log;
NAME.result, one line "NAME RESULT" with "builds", "no-change", the classes of a
refusal or "failed"; if it builds, NAME.ko and NAME.funcs, the functions that it
replaces. A patch that does not compile is tried with NAME.headers, if that is there.
NAME.patch is what was tried last. Without --wide, the result of a patch for which more
objects have to be compiled than klp-build compiles unasked is "wide".

Exit status: 0 there is a result, 2 usage.
USAGE
}

tools='' linux='' kernel='' output='' patch='' wide=''
for arg in "$@"; do
	case $arg in
	--klp-build=?*) tools=${arg#*=} ;;
	--linux=?*)  linux=${arg#*=} ;;
	--kernel=?*) kernel=${arg#*=} ;;
	--output=?*) output=${arg#*=} ;;
	--wide)      wide=--wide ;;
	-h|--help)   usage; exit 0 ;;
	-*) usage >&2; exit 2 ;;
	*) patch=$arg ;;
	esac
done
[[ -n $tools && -n $linux && -n $kernel && -n $output && -n $patch ]] || {
	usage >&2
	exit 2
}
name=$(basename "$patch" .patch)

# The names of modules are short, and each has one of its own.
build() {
	KLPCTL=$tools/klpctl/klpctl "$tools/klp-build/klp-build" --json --no-replace ${wide:+--wide} \
		--linux "$linux" --output "$kernel" --cache "$output/../cache" \
		--name "c$(cksum <<<"$name" | cut -d ' ' -f 1)" \
		--ko "$output/$name.ko" "$output/$name.patch" \
		>"$output/$name.json" 2>"$output/$name.log"
}

status=0
cp "$patch" "$output/$name.patch"
build || status=$?
if [[ $status -eq 1 && -s ${patch%.patch}.headers ]]; then
	cp "${patch%.patch}.headers" "$output/$name.patch"
	status=0
	build || status=$?
fi

case $status in
0)
	result=builds
	jq -r '.files[].changed_funcs[]' "$output/$name.json" >"$output/$name.funcs"
	;;
3) result=$(jq -r '[.refused[].class] | unique | join(",")' "$output/$name.json") ;;
4) result=no-change ;;
*)
	result=failed
	! grep -q -e '--wide' "$output/$name.log" || result=wide
	;;
esac
echo "$name $result" >"$output/$name.result"
