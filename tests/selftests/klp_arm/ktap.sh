# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# ktap.sh - print test results as KTAP, version 1. To be sourced.

KSFT_PASS=0
KSFT_FAIL=1
KSFT_SKIP=4

ktap_passed=0
ktap_failed=0
ktap_skipped=0

ktap_print_header() {
	echo "KTAP version 1"
}

ktap_set_plan() {
	echo "1..$1"
}

ktap_skip_all() {
	echo "1..0 # SKIP $1"
	exit "$KSFT_SKIP"
}

ktap_next() {
	echo $((ktap_passed + ktap_failed + ktap_skipped + 1))
}

ktap_test_pass() {
	echo "ok $(ktap_next) $1"
	ktap_passed=$((ktap_passed + 1))
}

ktap_test_fail() {
	echo "not ok $(ktap_next) $1"
	ktap_failed=$((ktap_failed + 1))
}

ktap_test_skip() {
	echo "ok $(ktap_next) $1 # SKIP $2"
	ktap_skipped=$((ktap_skipped + 1))
}

# Prints the totals and ends the script with the status that says so.
ktap_finished() {
	echo "# Totals: pass:$ktap_passed fail:$ktap_failed" \
	     "skip:$ktap_skipped"
	((ktap_failed)) && exit "$KSFT_FAIL"
	((ktap_passed)) || exit "$KSFT_SKIP"
	exit "$KSFT_PASS"
}
