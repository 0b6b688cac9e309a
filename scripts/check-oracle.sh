#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# check-oracle.sh - do the livepatches that klp-build makes for a built kernel do what the
# kernel would do if it was built from the fixed source? tests/host/oracle executes both.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
build=${BUILD:-$top/build}

usage() {
	cat <<'USAGE'
Usage: scripts/check-oracle.sh --kernel=DIR

  --kernel=DIR  object tree of the kernel that livepatches are made for

ORACLE_SEEDS in the environment is how often each function is executed; 64 if it is
not set. Needs 'make userspace-host' and the host's test programs; 'make oracle' does all
of it.

Exit status: 0 all functions are alike, 1 not, 2 usage.
USAGE
}

kernel=''
for arg in "$@"; do
	case $arg in
	--kernel=?*) kernel=$(realpath "${arg#*=}") ;;
	-h|--help)   usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $kernel ]] || { usage >&2; exit 2; }

export ORACLE=$build/tests/host/oracle/klp-arm-oracle
export BIN=$build/userspace/host/klp-build
export ORACLE_SEEDS=${ORACLE_SEEDS:-64}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export ORACLE_LOG=$work/log

# The fix of make demo-fix
demo() {
	cd "$work"
	"$top/scripts/demo-fix.sh" --print >fix.patch
	KLPCTL=true "$BIN/klp-build" --keep kept --linux "$(realpath "$kernel/source")" \
		--output "$kernel" fix.patch >made || { cat made; return 1; }
	"$ORACLE" --vmlinux "$kernel/vmlinux" --livepatch livepatch-fix.ko \
		--seeds "$ORACLE_SEEDS" kept/new/fs/proc/loadavg.o >consulted || {
		cat consulted
		return 1
	}
	cat consulted >>"$ORACLE_LOG"
}

status=0
(demo) || status=1
ALL_FIXES=1 KERNEL=$kernel "$top/userspace/klp-build/tests/test-fixes" || status=1
echo
grep -v ' not compared$' "$ORACLE_LOG" || status=1
awk '/ of [0-9]+ alike, [0-9]+ not compared$/ { alike += $1; all += $3; not_compared += $5 }
	END { printf "%d of %d alike, %d not compared, in %s\n", alike, all, not_compared, kernel }' \
	kernel="$kernel" "$ORACLE_LOG"
exit "$status"
