#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# test-trace-names.sh - the trace events print the words and numbers that the
# netlink protocol has, and no others.

set -euo pipefail

here=$(cd "$(dirname "$0")" && pwd)
top=$(cd "$here/../.." && pwd)
# shellcheck source=tests/host/tap.sh
. "$here/tap.sh"

source=$top/kernel/klp_arm
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# spec ENUM - "NUMBER NAME" of each value, from the protocol's specification
spec() {
	python3 - "$top/docs/netlink/specs/klp_arm.yaml" "$1" <<-'PYTHON'
		import sys, yaml
		with open(sys.argv[1], encoding="utf-8") as file:
		    definitions = yaml.safe_load(file)["definitions"]
		entries, = (each["entries"] for each in definitions
		            if each["name"] == sys.argv[2])
		for number, entry in enumerate(entries):
		    print(number, entry["name"])
	PYTHON
}

# compiled ENUM BODY - what a program prints with the kernel's words: it can use the
# macro show(), and has what the kernel's <linux/tracepoint.h> would define
compiled() {
	cat >"$work/main.c" <<-PROGRAM
		#include <stdio.h>
		#include <linux/klp_arm.h>
		struct word { long number; const char *name; };
		#define TRACE_DEFINE_ENUM(name) \\
			enum { defined_##name = name }
		#define __print_symbolic(value, ...) \\
			for (const struct word *word = (struct word[]) \\
			     { __VA_ARGS__, { -1, NULL } }; word->name; word++) \\
				value
		#include "trace_names.h"
		#define show(statement) klp_arm_show_$1(statement)
		int main(void) { $2 return 0; }
	PROGRAM
	gcc -std=gnu11 -Wall -Werror -I"$top/uapi" -I"$source" \
		-o "$work/main" "$work/main.c"
	"$work/main"
}

# same ENUM - in the same order, with the same numbers
same() {
	local enum=${1//-/_}

	spec "$1" >"$work/spec"
	[[ $(wc -l <"$work/spec") -gt 1 ]]
	compiled "$enum" 'show(printf("%ld %s\n", word->number, word->name);)' \
		>"$work/kernel"
	diff -u "$work/spec" "$work/kernel"
}

# Each number is also handed to the tools outside of the kernel.
defined() {
	local enum=${1//-/_} body='' name

	while read -r _ name; do
		name=KLP_ARM_${enum}_${name//-/_}
		body+="(void)defined_${name^^}; "
	done < <(spec "$1")
	[[ -n $body ]]
	compiled "$enum" "$body"
}

# A string in the trace events is a format, or empty: no word is written there.
no_words_elsewhere() {
	sed '/^#include/d' "$source/trace.h" | grep -o '"[^"]*"' >"$work/strings"
	says "$work/strings" 'kind=%s'
	fails 1 grep -v -E '^"([a-z_]+=%[a-zS]+ ?)*"$' "$work/strings"
}

# printed FIELD MACRO - each time the field is printed by the macro
printed() {
	local times

	times=$(grep -c "\\b$1=%s" "$source/trace.h")
	[[ $times -gt 0 ]]
	[[ $(grep -c "$2(__entry->$1)" "$source/trace.h") -eq $times ]]
}

for enum in event-kind blocker-reason stack-reason; do
	check "the words for $enum are the protocol's" same "$enum"
	check "perf is told the numbers of $enum" defined "$enum"
done
check "kinds of events are printed as words" printed kind klp_arm_show_event_kind
check "reasons of blockers are printed as words" \
	printed reason klp_arm_show_blocker_reason
check "reasons of stack walks are printed as words" \
	printed stack_reason klp_arm_show_stack_reason
check "no words beside those" no_words_elsewhere
tap_end
