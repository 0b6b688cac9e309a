#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# demo-guest.sh - the guest's half of the demo: do each step, and tell the host
# what was seen.
#
# One line for each thing, with the kind first; scripts/demo.sh judges:
#
#   step TEXT            what comes next
#   version TEXT         /proc/version
#   status WHEN JSON     what "klpctl status --json" printed
#   reads WHEN N         reads of /proc/version by the load so far
#   seen ORIGINAL REPLACEMENT OTHER   the load's lines by their kind
#   problem TEXT         something went wrong; the demo ends

set -u

module=/root/klp_arm_demo.ko
patch=klp_arm_demo
load=/tmp/load
readers=4

problem() {
	echo "problem $*"
	exit 1
}

step() {
	echo "step $*"
}

status() {
	local json

	json=$(klpctl status --json) || problem "klpctl status ended with $?: $json"
	echo "status $1 $json"
}

version() {
	echo "version $(cat /proc/version)"
}

# A reader calls the function as often as it can, and says what it got.
reader() {
	local line n=0 original=0 replacement=0 other=0

	while [[ ! -e $load/stop ]]; do
		line=$(</proc/version)
		case $line in
		*' live-patched by '*) replacement=$((replacement + 1)) ;;
		'Linux version '*' ('*) original=$((original + 1)) ;;
		*) other=$((other + 1)) ;;
		esac
		n=$((n + 1))
		echo "$n" >"$load/$1"
	done
	echo "$original $replacement $other" >"$load/result.$1"
}

reads() {
	local i n sum=0

	for ((i = 0; i < readers; i++)); do
		n=$(cat "$load/$i" 2>/dev/null)
		sum=$((sum + ${n:-0}))
	done
	total=$sum
}

# Until every reader has called the function again since now.
more_reads() {
	local i before=() tries=0

	for ((i = 0; i < readers; i++)); do
		before[i]=$(cat "$load/$i" 2>/dev/null)
	done
	for ((i = 0; i < readers; i++)); do
		while [[ $(cat "$load/$i" 2>/dev/null) == "${before[i]}" ]]; do
			tries=$((tries + 1))
			[[ $tries -lt 600 ]] || problem "reader $i does not get on"
			sleep 0.05
		done
	done
	reads
	echo "reads $1 $total"
}

# Starts a klpctl command and shows every change of the status until it has
# ended and no transition is left. Status 3 says that one is still running.
klpctl_and_watch() {
	local when=$1 shown='' json tries=0 ended=0 status=0 pid

	shift
	step "klpctl $*"
	klpctl "$@" >"$load/klpctl" 2>&1 &
	pid=$!
	while :; do
		kill -0 "$pid" 2>/dev/null || ended=1
		json=$(klpctl status --json) || problem "klpctl status ended with $?"
		if [[ $json != "$shown" ]]; then
			echo "status $when $json"
			shown=$json
		fi
		[[ $ended -eq 1 && $json =~ \"transition\":\ *null ]] && break
		tries=$((tries + 1))
		[[ $tries -lt 1200 ]] || problem "the transition does not end"
		sleep 0.02
	done
	wait "$pid" || status=$?
	[[ $status -eq 0 || $status -eq 3 ]] ||
		problem "klpctl $* ended with $status: $(cat "$load/klpctl")"
}

mkdir -p "$load"
step "$readers processes read /proc/version without pause"
for ((i = 0; i < readers; i++)); do
	reader "$i" &
done
more_reads before
version
step 'klpctl status, before'
status before

klpctl_and_watch patching load "$module"
more_reads patched
version
step 'klpctl status, patched'
status patched

klpctl_and_watch unpatching disable "$patch"
klpctl unload "$patch" || problem "klpctl unload ended with $?"
more_reads after
version
step 'klpctl status, after'
status after

touch "$load/stop"
wait
original=0 replacement=0 other=0
for ((i = 0; i < readers; i++)); do
	read -r a b c <"$load/result.$i" || problem "reader $i has no result"
	original=$((original + a)) replacement=$((replacement + b)) other=$((other + c))
done
echo "seen $original $replacement $other"
