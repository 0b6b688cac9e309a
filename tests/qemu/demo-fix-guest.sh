#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# demo-fix-guest.sh - the guest's half of demo-fix: each command, and what it prints.

set -e

run() {
	echo "# $*"
	"$@"
}

cd /root
run cat /proc/loadavg
run klpctl load --wait livepatch-fix.ko
run cat /proc/loadavg
run klpctl patch show livepatch_fix
echo '# klpctl metrics | grep klp_fix'
klpctl metrics | grep '^klp_fix'
run klpctl disable --wait livepatch_fix
run klpctl unload livepatch_fix
run cat /proc/loadavg
