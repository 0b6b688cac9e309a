# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# modules.sh - load and unload test modules, and put away what a case has left.
# To be sourced by functions.sh.

load() {
	insmod "$MODULES/$1.ko" "${@:2}" || fail "cannot load $1"
}

loaded() {
	[[ -d /sys/module/$1 ]]
}

# A reader may still be on its way out of the module.
unload() {
	poll 60 rmmod_quietly "$1" || rmmod "$1" || fail "cannot unload $1"
}

rmmod_quietly() {
	rmmod "$1" 2>/dev/null
}

# refuse REGEX MODULE [PARAMETER]...: loading fails, insmod says so
refuse() {
	local regex=$1 module=$2 said

	if said=$(insmod "$MODULES/$module.ko" "${@:3}" 2>&1); then
		fail "$module was loaded"
	fi
	grep -Eq "$regex" <<< "$said" || fail "insmod says: $said"
	! loaded "$module" || fail "/sys/module/$module is there"
	[[ ! -d $KLP/$module ]] || fail "$KLP/$module is there"
}

test_modules_loaded() {
	local file module

	for file in "$MODULES"/*.ko; do
		module=${file##*/}
		module=${module%.ko}
		! loaded "$module" || echo "$module"
	done
}

# What a case has not put away
leftovers() {
	local left patch

	left=$(test_modules_loaded)
	for patch in "$KLP"/*/; do
		[[ ! -d $patch ]] || left+=" $patch"
	done
	[[ $(< "$TRACE/current_tracer") = nop ]] || left+=" tracer"
	[[ -z $(< "$TRACE/set_event") ]] || left+=" events"
	[[ -z $(< "$TRACE/kprobe_events") ]] || left+=" kprobes"
	xargs <<< "$left"
}

# After a case that failed: patches first, then what they hold
clean_up() {
	local module pass

	reset_tracing
	for module in "$KLP"/*/; do
		[[ ! -e $module/enabled ]] || echo 0 > "$module/enabled" || :
	done 2>/dev/null
	for module in /sys/module/target_*/parameters/released; do
		[[ ! -e $module ]] || echo 1 > "$module"
	done
	for pass in 1 2 3 4 5 6; do
		for module in $(test_modules_loaded); do
			poll 1 rmmod_quietly "$module" || :
		done
	done
	[[ -z $(test_modules_loaded) ]] ||
		echo "# pass $pass: cannot unload $(test_modules_loaded | xargs)"
}

# Tracing as it is after boot
reset_tracing() {
	echo nop > "$TRACE/current_tracer"
	: > "$TRACE/set_event"
	: > "$TRACE/kprobe_events"
	: > "$TRACE/set_ftrace_filter"
	: > "$TRACE/set_graph_function"
	: > "$TRACE/trace"
}
