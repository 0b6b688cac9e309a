#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# demo.sh - replace a kernel function in a guest while it is being called.
#
# The guest does and reports (tests/qemu/demo-guest.sh); this side shows it and
# checks it. Exit status 0 only if every step was seen to happen.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}
kernel=$build/${KVER:-6.12}/obj
userspace=$build/userspace/arm-linux-gnueabihf

if [[ ${1-} == -h || ${1-} == --help ]]; then
	echo "Usage: scripts/demo.sh, after 'make kernel userspace image samples';" \
	     "'make demo' does all of it"
	exit 0
fi
[[ $# -eq 0 ]] || { echo "demo: takes no arguments, see --help" >&2; exit 2; }

command -v jq >/dev/null || {
	echo "demo: jq is missing: run 'make deps' as root" >&2
	exit 1
}

files=(--file "$top/tests/qemu/demo-guest.sh:/root/demo-guest.sh"
       --file "$build/demo/klp_arm_demo.ko:/root/klp_arm_demo.ko"
       --file "$userspace/klpctl/klpctl:/usr/bin/klpctl")
for library in "$userspace"/lib/libklp.so*; do
	files+=(--file "$library:/usr/lib/")
done

declare -A seen=()
versions=()
missing=()

# expect WHAT JSON FILTER - notes WHAT as seen if jq finds FILTER true.
expect() {
	if jq -e "$3" <<<"$2" >/dev/null; then
		seen[$1]=1
	fi
}

on_status() {
	local when=$1 json=$2
	local ours='.patches[] | select(.name == "klp_arm_demo")'

	case $when in
	before|patched|after) jq . <<<"$json" ;;
	*) jq -c '{transition, patches: [.patches[] | {name, state}]}' <<<"$json" ;;
	esac
	case $when in
	before)
		expect 'no patch before' "$json" '.patches == [] and .transition == null'
		expect 'an ARM kernel' "$json" '.kernel.arch == "arm"' ;;
	patching)
		expect 'the patching transition ends' "$json" \
			".transition == null and ($ours | .state == \"enabled\")" ;;
	patched)
		expect 'the function is patched' "$json" "$ours | .state == \"enabled\" and
			(.objects[] | select(.name == \"vmlinux\") | .patched and
			 (.funcs[] | select(.name == \"version_proc_show\") |
			  .state == \"patched\" and .active))" ;;
	unpatching)
		expect 'the unpatching transition ends' "$json" '.transition == null' ;;
	after)
		expect 'no patch after' "$json" '.patches == [] and .transition == null' ;;
	esac
}

on_line() {
	local kind=$1 rest=$2

	case $kind in
	step)    printf '\n== %s\n' "$rest" ;;
	version) printf '/proc/version: %s\n' "$rest"
		 versions+=("$rest") ;;
	status)  on_status "${rest%% *}" "${rest#* }" ;;
	reads)   echo "reads of /proc/version so far: ${rest#* }" ;;
	seen)    read -r original replacement other <<<"$rest"
		 printf '\n== The readers saw\n'
		 echo "$original times the original, $replacement times the" \
		      "replacement, $other times anything else"
		 if [[ $original -gt 0 && $replacement -gt 0 && $other -eq 0 ]]; then
			seen['both versions under load, nothing else']=1
		 fi ;;
	problem) echo "demo: in the guest: $rest" >&2 ;;
	*)       echo "$kind $rest" ;;
	esac
}

echo "== Booting $(basename "$(dirname "$kernel")") on qemu-system-arm"
work=$(mktemp -d)
guest=''
stop() {
	[[ -z $guest ]] || kill "$guest" 2>/dev/null || true
	rm -rf "$work"
}
trap stop EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

mkfifo "$work/lines"
"$top/scripts/guest-run" --kernel "$kernel" "${files[@]}" --timeout 300 \
	-- bash /root/demo-guest.sh >"$work/lines" &
guest=$!
while read -r kind rest; do
	on_line "$kind" "$rest"
done <"$work/lines"
status=0
wait "$guest" || status=$?
guest=''

[[ ${#versions[@]} -eq 3 && ${versions[0]} != "${versions[1]}" &&
   ${versions[1]} == *' live-patched by klp_arm_demo' ]] &&
	seen['/proc/version changes']=1
[[ ${#versions[@]} -eq 3 && ${versions[0]} == "${versions[2]}" ]] &&
	seen['/proc/version is the original again']=1
[[ $status -eq 0 ]] && seen['the guest ends well, no kernel fault']=1

printf '\n== Seen\n'
for what in 'an ARM kernel' 'no patch before' 'the patching transition ends' \
	    'the function is patched' '/proc/version changes' \
	    'both versions under load, nothing else' 'the unpatching transition ends' \
	    '/proc/version is the original again' 'no patch after' \
	    'the guest ends well, no kernel fault'; do
	if [[ -n ${seen[$what]:-} ]]; then
		echo "  yes  $what"
	else
		echo "  NO   $what"
		missing+=("$what")
	fi
done
[[ ${#missing[@]} -eq 0 ]] || {
	echo "demo: ${#missing[@]} steps were not seen to happen" >&2
	exit 1
}
