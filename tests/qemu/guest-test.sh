#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# guest-test.sh - run one test in the guest: guest-test.sh DIRECTORY COMMAND...
#
# On a kernel with kmemleak, what the test leaked is looked for afterwards. The
# kernel's "N new suspected memory leaks" line is then what guest-run fails on.

set -u

kmemleak=/sys/kernel/debug/kmemleak

now() {
	cut -d . -f 1 /proc/uptime
}

cd "$1" || exit 125
shift
status=0
"$@" || status=$?

if [[ -w $kmemleak ]]; then
	# It reports nothing younger than 5 seconds (MSECS_MIN_AGE in
	# mm/kmemleak.c), and only what two scans in a row found unreachable.
	end=$(($(now) + 6))
	while [[ $(now) -lt $end ]]; do
		sleep 0.5
	done
	echo scan >"$kmemleak"
	echo scan >"$kmemleak"
	cat "$kmemleak" >&2
fi
exit "$status"
