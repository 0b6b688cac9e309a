#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-selftests.sh - our own tests in the guest. Each executable test-* that a
# directory builds has a guest of its own and prints KTAP.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}

usage() {
	cat <<'USAGE'
Usage: scripts/check-selftests.sh --kernel=DIR [--debug] [TEST]...

  --kernel=DIR  kernel object tree, with zImage
  --debug       the kernel is a slow one: more memory and time, two processors, and
                the longest loops shortened
  TEST          only these, for instance test-stack

CYCLES in the environment is how often tests enable and disable a patch under load,
instead of a few times; two seconds each are added to the time that they have.
RELOADS is how often test-built loads a module again, and adds as much.
GUEST_SMP is how many processors the guests have: see scripts/guest-run.
GUESTS is how many run at once, 2 unless it is given.
FUZZ_REQUESTS is how many random requests test-netlink sends.

Exit status: 0 all passed, 1 not, 2 usage.
USAGE
}

kernel='' debug=0
only=()
for arg in "$@"; do
	case $arg in
	--kernel=?*) kernel=$(realpath "${arg#*=}") ;;
	--debug)     debug=1 ;;
	-h|--help)   usage; exit 0 ;;
	-*) usage >&2; exit 2 ;;
	*) only+=("${arg%.sh}") ;;
	esac
done
[[ -n $kernel ]] || { usage >&2; exit 2; }

flavor=$(basename "$(dirname "$kernel")")
userspace=$build/userspace/arm-linux-gnueabihf
guest=("$top/scripts/guest-run" --kernel "$kernel"
       --file "$top/tests/qemu/guest-test.sh:/guest-test.sh"
       --file "$userspace/klpctl/klpctl:/usr/bin/klpctl")
if ((debug)); then
	guest+=(--mem 1G --smp 2)
	CYCLES=${CYCLES:-5} FUZZ_REQUESTS=${FUZZ_REQUESTS:-2000} RELOADS=${RELOADS:-20}
fi
for variable in CYCLES FUZZ_REQUESTS RELOADS; do
	[[ -z ${!variable:-} ]] || guest+=(--env "$variable=${!variable}")
done
for library in "$userspace"/lib/libklp.so*; do
	guest+=(--file "$library:/usr/lib/")
done

count=0
failed=0
outputs=()
# A guest waits for its own clock half of the time.
guests=${GUESTS:-2}

wanted() {
	[[ ${#only[@]} -eq 0 || " ${only[*]} " == *" $1 "* ]]
}

# result KIND TEXT - one line, numbered over all tests.
result() {
	count=$((count + 1))
	[[ $1 == ok ]] || failed=$((failed + 1))
	echo "$1 $count - $2"
}

# run_test OUT NAME SECONDS - in a guest. A test may ask for kernel parameters. What
# became of it stands in files for report_test.
run_test() {
	local out=$1 name=$2 seconds=$3
	local logs=$1.logs/${2%.sh} status=0 start=$SECONDS parameters

	parameters=$(grep -a -m 1 '^# kernel parameters: ' "$out/$name" || true)
	"${guest[@]}" --timeout "$seconds" --file "$out:/selftests" \
		--append "${parameters#*: }" \
		--dmesg "$logs.dmesg" -- /guest-test.sh /selftests "./$name" \
		>"$logs.out" 2>"$logs.err" || status=$?
	echo "$status $((SECONDS - start))" >"$logs.status"
}

# report_test OUT NAME - the guest's output is KTAP already, but its numbers and plan
# are those of one test.
report_test() {
	local label=${2%.sh} logs=$1.logs/${2%.sh} status seconds line plan lines=0

	read -r status seconds <"$logs.status"
	while IFS= read -r line; do
		lines=$((lines + 1))
		result "${line%%ok*}ok" "$label: $(sed -E 's/^(not )?ok( +[0-9]+)?( -)? *//' <<<"$line")"
	done < <(grep -a -E '^(not )?ok\b' "$logs.out")

	echo "# $label took $seconds s"
	plan=$(sed -n 's/^1\.\.//p' "$logs.out" | head -n 1)
	! grep -a -q '^# json ' "$logs.out" || outputs+=("$logs.out")
	if [[ $status -eq 4 && $plan == '0 # SKIP'* ]]; then
		result ok "$label # SKIP ${plan#0 # SKIP }"
	elif [[ $status -eq 0 && $plan == "$lines" ]]; then
		return
	else
		result 'not ok' "$label: status $status, ${plan:-no} cases planned, $lines seen"
		tail -n 100 "$logs.out" "$logs.err" | sed 's/^/# /'
	fi
}

# What runs now: the arguments of report_test, by process
declare -A running=()

# wait_test - for whichever ends first.
wait_test() {
	local pid test

	wait -n -p pid "${!running[@]}"
	read -ra test <<<"${running[$pid]}"
	unset "running[$pid]"
	report_test "${test[@]}"
}

# start_test OUT NAME SECONDS - as soon as a guest more may run.
start_test() {
	while [[ ${#running[@]} -ge $guests ]]; do
		wait_test
	done
	run_test "$@" &
	running[$!]="$1 $2"
}

# validate OUTPUT... - the JSON of the tests, against its schemas.
validate() {
	local line

	while IFS= read -r line; do
		case $line in
		'ok - '*|'not ok - '*) result "${line%%ok*}ok" "${line#* - }" ;;
		*) echo "$line" ;;
		esac
	done < <("$top/userspace/klpctl/tests/guest/validate.py" \
		"$top/docs/schema" "$@" || echo "not ok - schema: status $?")
}

# run_kunit - the unit tests in the kernel: each row of their tables is a test.
run_kunit() {
	local log=$build/selftests/$flavor/kunit.dmesg line suites=0

	mkdir -p "$(dirname "$log")"
	"${guest[@]}" --append kunit.enable=1 --timeout 600 --dmesg "$log" \
		-- /bin/true || result 'not ok' 'kunit: the guest failed'
	while IFS= read -r line; do
		suites=$((suites + 1))
		result "${line%%ok*}ok" "kunit: ${line##* }$(
			sed -n "s/.* # Totals:/,/p" "$log" | sed -n "${suites}p")"
	done < <(sed -n -E 's/^\[[ 0-9.]+\] ((not )?ok [0-9]+ klp_arm_)/\1/p' "$log")
	((suites)) || result 'not ok' 'kunit: no suite ran'
}

# run_instructions - counts, which are those of a kernel without debug options.
run_instructions() {
	local line cases=0

	while IFS= read -r line; do
		cases=$((cases + 1))
		result "${line%%ok*}ok" "${line#* - }"
	done < <("$top/tests/bench/test-instructions" --kernel="$kernel" |
		grep -E '^(not )?ok ')
	((cases)) || result 'not ok' 'instructions: nothing was counted'
}

if wanted kunit; then
	run_kunit
fi

if [[ ${#only[@]} -eq 0 ]] && ((!debug)); then
	# The runner first: nothing that it says later is worth more than this.
	"$top/tests/qemu/test-guest-run.sh" --kernel="$kernel" || failed=1
fi

if ((!debug)) && wanted test-instructions; then
	run_instructions
fi

for dir in "$top"/tests/selftests/klp_arm{,/nl} "$top/userspace/klpctl/tests/guest"; do
	out=$build/selftests/$flavor/$(basename "$dir")
	# O in the environment: on the command line it would reach Kbuild too,
	# where it means something else.
	O=$out KLP_BUILD=$build/userspace/host/klp-build \
		make -s -j "$(nproc)" -C "$dir" ARCH=arm KDIR="$kernel" \
		CROSS_COMPILE=arm-linux-gnueabihf- SYSROOT="$build/sysroot" guest
	seconds=$(sed -n 's/^timeout=//p' "$dir/settings" 2>/dev/null || true)
	seconds=$(((${seconds:-600} + 2 * (${CYCLES:-0} + ${RELOADS:-0})) * (debug ? 4 : 1)))
	mkdir -p "$out.logs"
	for test in "$out"/test-*; do
		[[ -f $test && -x $test ]] || continue
		name=$(basename "$test")
		wanted "${name%.sh}" || continue
		start_test "$out" "$name" "$seconds"
	done
done
while [[ ${#running[@]} -gt 0 ]]; do
	wait_test
done

if [[ ${#outputs[@]} -gt 0 ]]; then
	validate "${outputs[@]}"
fi

echo "1..$count"
[[ $failed -eq 0 && $count -gt 0 ]]
