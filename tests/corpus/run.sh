#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# run.sh - the corpus: real fixes through klp-build, and in the guest what it made.

set -euo pipefail
export LC_ALL=C

top=$(cd "$(dirname "$0")/../.." && pwd)
build=${BUILD:-$top/build}
here=$top/tests/corpus

usage() {
	cat <<'USAGE'
Usage: tests/corpus/run.sh --linux=SRC --kernel=OBJ --patches=DIR --expected=FILE
                           --output=DIR [--wide] [--record] [--no-guest]

  --linux, --kernel  the kernel that the patches are for: source and objects
  --patches   NAME.patch for each case, and NAME.headers: see one-patch.sh
  --expected  what klp-build says of each: lines "NAME RESULT"
  --output    all that is made, and results
  --wide      compile as many objects as a header needs, for each patch
  --record    write what was seen to the expected table instead of comparing
  --no-guest  only build

Prints TAP, a table by class and "N of N as expected".

Exit status: 0 all as expected, 1 not, 2 usage.
USAGE
}

linux='' kernel='' patches='' expected='' output='' wide='' record='' guest=yes
for arg in "$@"; do
	case $arg in
	--linux=?*)    linux=$(realpath "${arg#*=}") ;;
	--kernel=?*)   kernel=$(realpath "${arg#*=}") ;;
	--patches=?*)  patches=$(realpath "${arg#*=}") ;;
	--expected=?*) expected=${arg#*=} ;;
	--output=?*)   output=$(realpath -m "${arg#*=}") ;;
	--wide)        wide=--wide ;;
	--record)      record=yes ;;
	--no-guest)    guest='' ;;
	-h|--help)     usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $linux && -n $kernel && -n $patches && -n $expected && -n $output ]] || {
	usage >&2
	exit 2
}

count=0 failed=0
result() {
	count=$((count + 1))
	[[ $1 == ok ]] || failed=$((failed + 1))
	echo "$1 $count - $2"
}

# make_all - each patch alone, one on each processor.
make_all() {
	rm -rf "$output/made"
	mkdir -p "$output/made" "$output/cache"
	find "$patches" -name '*.patch' -print0 | sort -z |
		xargs -0 -n 1 -P "$(nproc)" "$here/one-patch.sh" \
			--klp-build="$build/userspace/host" --linux="$linux" \
			--kernel="$kernel" --output="$output/made" ${wide:+--wide}
	cat "$output"/made/*.result >"$output/results"
}

compare() {
	local name wanted seen

	while read -r name wanted; do
		seen=$(awk -v name="$name" '$1 == name { print $2 }' "$output/results")
		if [[ $seen == "$wanted" ]]; then
			result ok "$name: $wanted"
		else
			result 'not ok' "$name: ${seen:-nothing}, not $wanted"
			tail -n 5 "$output/made/$name.log" | sed 's/^/#   /'
		fi
	done < <(grep -v '^#' "$expected")
	awk 'NR == FNR { known[$1] = 1; next } !($1 in known) { print $1 }' \
		"$expected" "$output/results" | while read -r name; do
		echo "not ok - $name: not in $expected"
	done
	echo "# $((count - failed)) of $count as expected"
	awk '{ seen[$2]++ } END { for (class in seen) print "#", class, seen[class] }' \
		"$output/results" | sort
}

record() {
	{
		echo '# SPDX-License-Identifier: GPL-2.0'
		cat "$output/results"
	} >"$expected"
}

# together - one livepatch of all patches that build.
together() {
	local name all=() log=$output/together.log

	while read -r name; do
		all+=("$output/made/$name.patch")
	done < <(awk '$2 == "builds" { print $1 }' "$output/results")
	KLPCTL=$build/userspace/host/klpctl/klpctl \
		"$build/userspace/host/klp-build/klp-build" --wide --linux "$linux" \
		--output "$kernel" --cache "$output/cache" --name corpus_together \
		--ko "$output/guest/together.ko" "${all[@]}" >"$log" 2>&1
}

in_guest() {
	local files=() line library userspace=$build/userspace/arm-linux-gnueabihf status=0

	for library in "$userspace"/lib/libklp.so*; do
		files+=(--file "$library:/usr/lib/")
	done
	cp "$output"/made/*.ko "$output"/made/*.funcs "$here/guest-corpus.sh" \
		"$top/tests/selftests/klp_arm/ktap.sh" "$output/exercise" "$output/guest/"
	"$top/scripts/guest-run" --kernel "$kernel" --timeout 3600 --mem 1G \
		--file "$userspace/klpctl/klpctl:/usr/bin/klpctl" "${files[@]}" \
		--file "$output/guest:/corpus" --dmesg "$output/dmesg" \
		-- bash /corpus/guest-corpus.sh >"$output/guest.out" || status=$?
	while IFS= read -r line; do
		case $line in
		'ok '*|'not ok '*) result "${line%%ok*}ok" "in the guest: ${line#*ok * }" ;;
		'#'*) echo "$line" ;;
		esac
	done <"$output/guest.out"
	[[ $status -eq 0 ]] || result 'not ok' "in the guest: status $status"
}

make_all
[[ -z $record ]] || record
compare
if [[ -n $guest ]]; then
	rm -rf "$output/guest"
	mkdir -p "$output/guest"
	arm-linux-gnueabihf-gcc -static -std=c11 -O2 -Wall -Wextra -Werror -D_GNU_SOURCE \
		--sysroot="$build/sysroot" -o "$output/exercise" "$here"/exercise*.c -lpthread
	if together; then
		result ok "one livepatch of all that build"
	else
		result 'not ok' "one livepatch of all that build"
		tail -n 10 "$output/together.log" | sed 's/^/#   /'
	fi
	in_guest
fi
echo "1..$count"
[[ $failed -eq 0 ]]
