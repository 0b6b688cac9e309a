#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-style.sh - what can be said about the sources without running them. One
# TAP line for each tool and set of files.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}
# shellcheck source=tests/host/tap.sh
. "$top/tests/host/tap.sh"

usage() {
	cat <<'USAGE'
Usage: scripts/check-style.sh --linux=DIR [CHECK]...

  --linux=DIR  prepared kernel source tree
  CHECK        only these; --list names them

Exit status: 0 all passed, 1 not, 2 usage.
USAGE
}

checks=(checkpatch_files checkpatch_patches kernel_doc kernel_warnings
	generated_files clang_format clang_tidy cppcheck_c shellcheck_scripts
	stray_kills spdx_lines run_bits machine_paths unfinished_work spelling)

linux=''
only=()
for arg in "$@"; do
	case $arg in
	--linux=?*) linux=$(realpath "${arg#*=}") ;;
	--list)     printf '%s\n' "${checks[@]}"; exit 0 ;;
	-h|--help)  usage; exit 0 ;;
	-*) usage >&2; exit 2 ;;
	*) only+=("$arg") ;;
	esac
done
[[ -n $linux ]] || { usage >&2; exit 2; }
cd "$top"

# The files of the repository: those git knows, or all if it is not a clone.
sources() {
	if git rev-parse --git-dir >/dev/null 2>&1; then
		git ls-files -- "$@"
	else
		find . -path ./build -prune -o -type f -printf '%P\n' |
			while read -r file; do
				for glob in "$@"; do
					# shellcheck disable=SC2053	# a pattern
					[[ $file == $glob ]] && echo "$file"
				done
			done
	fi | while read -r file; do
		[[ ! -f $file ]] || echo "$file"
	done
}

# C for user space: not the kernel's, and not test modules.
user_c() {
	sources '*.c' '*.h' | grep -v -E '^(kernel|uapi|samples)/' |
		grep -v -E '(^|/)(test_)?modules/'
}

module_c() {
	sources '*.c' '*.h' | grep -E '^samples/|(^|/)(test_)?modules/'
}

# first_lines COUNT PATTERN - of the files whose names are read, those that have the
# pattern in so many of their first lines, in the order of their names. "./" keeps
# awk from taking a name with a "=" in it for an assignment.
first_lines() {
	# shellcheck disable=SC2016	# awk's own
	sed 's,^,./,' | LC_ALL=C xargs -r -d '\n' awk -v count="$1" -v pattern="$2" '
		FNR > count { nextfile }
		$0 ~ pattern { print FILENAME; nextfile }' |
		sed 's,^\./,,' | LC_ALL=C sort
}

scripts() {
	{
		sources '*.sh'
		sources '*' | first_lines 1 '^#!.*[/ ](ba)?sh'
	} | LC_ALL=C sort -u
}

# nothing COMMAND... - COMMAND must print nothing.
nothing() {
	local out

	out=$("$@" 2>&1) || true
	[[ -z $out ]] || {
		echo "$out"
		return 1
	}
}

# --------------------------------------------------------------- the kernel

# With GIT_DIR set to nothing it does not check licence tags against a git tree,
# for which it needs two more Python packages; spdx_lines does that here. New
# files need no MAINTAINERS entry in a tree that is not theirs, which has no
# history to look up the commits that patches fix. It leaves a cache in the
# directory it is run from. One file at a time: its state leaks from one patch
# into the next.
checkpatch() {
	local options=()

	while [[ $1 == -* ]]; do
		options+=("$1")
		shift
	done
	mkdir -p "$build/style"
	printf '%s\n' "${@/#/$top/}" | (cd "$build/style" && GIT_DIR=/nonexistent xargs -d '\n' \
		-n 1 -P "$(nproc)" perl "$linux/scripts/checkpatch.pl" --strict --terse --no-summary \
		--quiet --ignore FILE_PATH_CHANGES,UNKNOWN_COMMIT_ID \
		--root="$linux" "${options[@]}") |
		sed "s,^$top/,,"
}

checkpatch_files() {
	local files

	mapfile -t files < <(sources 'kernel/*.[chS]'; module_c)
	nothing checkpatch --file "${files[@]}"
}

checkpatch_patches() {
	nothing checkpatch patches/*/*.patch
}

kernel_doc() {
	local files

	mapfile -t files < <(sources 'kernel/*.[ch]' 'userspace/lib/*.[ch]' \
		'userspace/klp-build/*.[ch]')
	nothing perl "$linux/scripts/kernel-doc" -none -Werror "${files[@]}"
}

# W=1 and sparse, in an object tree of its own: they change the flags of every
# object, and the kernel that is tested would be built anew.
kernel_warnings() {
	local obj=$build/style/obj log=$build/style/log
	local kbuild=(make -s -j "$(nproc)" -C "$linux" O="$obj" ARCH=arm
		      CROSS_COMPILE=arm-linux-gnueabihf-)

	mkdir -p "$obj"
	ARCH=arm CROSS_COMPILE=arm-linux-gnueabihf- scripts/kernel-config.sh \
		--linux="$linux" --output="$obj" tests/qemu/kernel.config
	"${kbuild[@]}" prepare >"$log" 2>&1 || { cat "$log"; return 1; }
	rm -rf "$obj/kernel/klp_arm"
	"${kbuild[@]}" W=1 C=2 kernel/klp_arm/ >"$log" 2>&1 || { cat "$log"; return 1; }
	[[ -s $obj/kernel/klp_arm/built-in.a ]]
	nothing grep -A 4 -E 'klp_arm.*(warning|error):' "$log"
}

# ------------------------------------------------------------------ the rest

generated_files() {
	scripts/ynl.sh --linux="$linux" --check
}

clang_format() {
	local files

	mapfile -t files < <(user_c)
	clang-format --dry-run -Werror "${files[@]}"
}

includes=(-Iuapi -Iuserspace/lib/include -Iuserspace/lib -Iuserspace/lib/tests
	  -Iuserspace/klpctl -Iuserspace/klp-build -Itests/host -Ikernel/klp_arm -Ikernel/include
	  -I/usr/include/libnl3 -I/usr/include/json-c)

clang_tidy() {
	local files log=$build/style/clang-tidy.log status=0

	mapfile -t files < <(user_c | grep '\.c$')
	mkdir -p "$build/style"
	# One at a time: clang-tidy 14 sees va_lists of other files.
	printf '%s\0' "${files[@]}" | xargs -0 -P "$(nproc)" -I '{}' \
		clang-tidy --quiet '{}' -- -std=c11 -D_GNU_SOURCE \
		-DKLPCTL_VERSION='"0"' "${includes[@]}" >"$log" 2>&1 || status=$?
	# Without the notes on how it got there, which are in the log.
	grep -E ' (warning|error): ' "$log" || true
	return "$status"
}

cppcheck_c() {
	local files

	mapfile -t files < <(user_c | grep '\.c$')
	cppcheck --quiet -j "$(nproc)" --std=c11 --enable=warning,performance,portability \
		--library=scripts/cppcheck.cfg --inline-suppr --error-exitcode=1 --suppress=missingIncludeSystem \
		-D_GNU_SOURCE "${includes[@]}" "${files[@]}"
}

shellcheck_scripts() {
	local files

	mapfile -t files < <(scripts)
	shellcheck -x "${files[@]}"
}

# kill() of what a failed fork() has returned is for every process. end_child()
# looks at that; only the guest's process 1 means all others.
stray_kills() {
	local files

	mapfile -t files < <(user_c | grep -v -x -F \
		-e tests/selftests/klp_arm/child.h -e tests/qemu/init.c \
		-e tests/host/child/child_test.c)
	nothing grep -n -E '\<kill(pg)?\(' -- "${files[@]}"
}

# Texts and data have no place for the line, or are the licence itself.
without_spdx() {
	local files

	files=$(sources '*' | LC_ALL=C sort |
		grep -v -E '^LICENSES/|\.(md|json|patch|bin|txt)$|^patches/.*/BASE$|^MAINTAINERS$')
	LC_ALL=C comm -23 <(echo "$files") \
		<(first_lines 3 'SPDX-License-Identifier:' <<<"$files") |
		sed 's,$, has no SPDX line,'
}

spdx_lines() {
	nothing without_spdx
}

# A file without "#!" is to be sourced.
without_run_bit() {
	scripts | first_lines 1 '^#!' | while read -r file; do
		[[ -x $file ]] || echo "$file is a script without run bit"
	done
}

run_bits() {
	nothing without_run_bit
}

machine_paths() {
	local pattern='/(work''|root/\.|home/[a-z])/'

	local files

	mapfile -t files < <(sources '*')
	nothing grep -n -I -E "$pattern" -- "${files[@]}"
}

unfinished_work() {
	local pattern='\b(TO''DO|FIX''ME|X''XX|HA''CK)\b'

	local files

	mapfile -t files < <(sources '*')
	nothing grep -n -I -w -E "$pattern" -- "${files[@]}"
}

spelling() {
	local files

	mapfile -t files < <(sources '*' | grep -v '^LICENSES/')
	codespell --quiet-level=3 --ignore-words-list=nd "${files[@]}"
}

for name in "${only[@]:-${checks[@]}}"; do
	check "${name//_/ }" "$name"
done
tap_end
