#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-target.sh - a livepatch is for one build of the kernel and of each module:
# another one is refused before anything of it runs, by the kernel and by klpctl;
# a module of another build does without it.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"

ZEROS=0000000000000000000000000000000000000000
PLACEHOLDER=0123456789012345678901234567890123456789
REQUIRE=/sys/module/klp_arm/parameters/require_target

# The build id in a file of notes: it is the last note, and its last 20 bytes.
build_id_of() {
	tail -c 20 "$1" | od -An -v -tx1 | tr -d ' \n'
}

# The kernel's notes are several, of which the build id may be any.
kernel_id() {
	klpctl info | sed -n 's/^build_id: //p'
}

# variant MODULE SED: a copy in the case's directory, of the same length; $file
variant() {
	file=$case_dir/$1.ko
	sed "$2" "$MODULES/$1.ko" > "$file"
	! cmp -s "$file" "$MODULES/$1.ko" || fail "$1.ko has nothing to change"
}

# The build id of target_leaf as it is in $MODULES
leaf_id() {
	load target_leaf
	build_id_of /sys/module/target_leaf/notes/.note.gnu.build-id
	unload target_leaf
}

# for_leaf ID: $file is patch_target for that build of target_leaf
for_leaf() {
	variant patch_target \
		"s/klp_target_mod=target_leaf:$PLACEHOLDER/klp_target_mod=target_leaf:$1/"
}

# other_leaf: $file is target_leaf with another build id
other_leaf() {
	local at

	file=$case_dir/target_leaf.ko
	cp "$MODULES/target_leaf.ko" "$file"
	# The notes are its first sections: the name before the build id is "GNU".
	at=$(grep -obUa GNU "$file" | head -n 1 | cut -d : -f 1)
	printf 'klp_arm' | dd of="$file" bs=1 seek=$((at + 4)) conv=notrunc \
		status=none
}

# not_inserted MODULE: insmod refuses $file, and nothing of it ran
not_inserted() {
	local said

	! said=$(insmod "$file" 2>&1) || fail "$file was loaded"
	grep -q 'Invalid module format' <<< "$said" || fail "insmod says: $said"
	! loaded "$1" || fail "module $1 is there"
	gone "$1" || fail "patch $1 is there"
	! case_log | grep -q "livepatch: enabling patch '$1'" ||
		fail "the patch was being enabled"
}

# said REGEX COMMAND...: it says a line like that
said() {
	local regex=$1 out

	shift
	out=$("$@" 2>&1) || fail "'$*' failed: $out"
	grep -Eq "$regex" <<< "$out" || fail "'$*' says no line like '$regex': $out"
}

other_kernel() {
	local id

	id=$(kernel_id)
	[[ ${#id} = 40 ]] || fail "the kernel's build id is '$id'"
	load target_leaf
	variant patch_leaf "s/klp_target=$id/klp_target=$ZEROS/"
	not_inserted patch_leaf
	expect_log "klp_arm: patch_leaf: made for build id $ZEROS, but this kernel has build id $id"
	answers target_leaf old
	unload target_leaf
}

malformed() {
	variant patch_leaf 's/klp_target=..../klp_target=..../'
	not_inserted patch_leaf
	expect_log "klp_arm: patch_leaf: '\.\.\.\..*' in its .modinfo is not a build id"
	variant patch_target 's/klp_target_mod=target_leaf:/klp_target_mod=target_leaf_/'
	not_inserted patch_target
	expect_log "klp_arm: patch_target: klp_target_mod='target_leaf_.*' in its .modinfo is not"
}

# klpctl says the same, and does not ask the kernel.
other_kernel_klpctl() {
	local status=0 out

	variant patch_leaf "s/klp_target=$(kernel_id)/klp_target=$ZEROS/"
	out=$(klpctl load "$file" --wait --json) || status=$?
	[[ $status = 1 ]] || fail "status $status: $out"
	for word in '"code":"wrong-kernel"' "$ZEROS" "$(kernel_id)"; do
		grep -q "$word" <<< "${out//[$' \n\t']/}" ||
			fail "no $word in: $out"
	done
	! case_log | grep -q 'patch_leaf' || fail "the kernel was asked"
	! out=$(klpctl verify --module "$file" 2>&1) || fail "verify: $out"
	grep -q "$ZEROS" <<< "$out" || fail "verify says: $out"
}

loaded_module() {
	local id status=0 out

	id=$(leaf_id)
	for_leaf "$ZEROS"
	load target_leaf
	not_inserted patch_target
	expect_log "klp_arm: patch_target: made for build id $ZEROS, but module 'target_leaf' has build id $id"
	out=$(klpctl load "$file" 2>&1) || status=$?
	[[ $status = 1 ]] || fail "klpctl: status $status: $out"
	grep -q "$id" <<< "$out" || fail "klpctl says: $out"
	answers target_leaf old
	unload target_leaf
}

right_module() {
	for_leaf "$(leaf_id)"
	load target_leaf
	insmod "$file" || fail "cannot load $file"
	wait_settled patch_target
	answers target_leaf new
	said '^target: matched$' klpctl patch show patch_target
	unload target_leaf
	load target_leaf
	answers target_leaf new
	said '^target: matched$' klpctl patch show patch_target
	unpatch patch_target
	unload target_leaf
}

# It is loaded, works as it always did, and can be removed; so can the patch.
coming_module() {
	local id line status=0

	id=$(leaf_id)
	for_leaf "$ZEROS"
	insmod "$file" || fail "cannot load $file"
	wait_settled patch_target
	load target_leaf
	expect_log "klp_arm: patch_target: made for build id $ZEROS, but module 'target_leaf' has build id $id"
	answers target_leaf old
	said '^target: mismatched$' klpctl patch show patch_target
	said '"left_out":true' klpctl status --json
	said 'target_leaf: loaded from another build, not patched' klpctl status
	said 'target_leaf +no +yes' klpctl patch show patch_target
	said 'target_leaf +target_twice .*unpatched' klpctl func list patch_target
	line=$(klpctl check) || status=$?
	[[ $status = 1 && $line = *"'target_leaf' is from another build"* ]] ||
		fail "check ends with $status: $line"
	unload target_leaf
	said 'KLP OK' klpctl check
	load target_leaf
	answers target_leaf old
	unpatch patch_target
	unload target_leaf
}

# A patch that replaces it finds nothing to take back, and one for all builds of
# the module goes on top of nothing.
left_out_replaced() {
	for_leaf "$ZEROS"
	insmod "$file" || fail "cannot load $file"
	wait_settled patch_target
	load target_registers
	load target_leaf
	expect_log "klp_arm: patch_target: made for build id $ZEROS"
	patch patch_leaf
	answers target_leaf new
	patch patch_replace
	answers target_leaf old
	gone patch_target || fail "patch_target was not replaced"
	unload patch_target
	unload patch_leaf
	unload target_leaf
	load target_leaf
	answers target_leaf old
	unpatch patch_replace
	unload target_leaf
	unload target_registers
}

# While another patch is taking its place, it is not applied to a module that
# comes, unless that patch has nops for it.
replaced_while_coming() {
	load target_sleep
	start_reader target_sleep
	for_leaf "$(leaf_id)"
	insmod "$file" || fail "cannot load $file"
	wait_settled patch_target
	other_leaf
	insmod "$file" || fail "cannot load $file"
	expect_log "klp_arm: patch_target: made for build id"
	patch_nowait patch_sleep_replace
	unload target_leaf
	load target_leaf
	expect_log "klp_arm: patch_target: not applied to module 'target_leaf', since 'patch_sleep_replace' is replacing it"
	answers target_leaf old
	release target_sleep
	wait_settled patch_sleep_replace
	gone patch_target || fail "patch_target was not replaced"
	unload patch_target
	answers target_leaf old
	unpatch patch_sleep_replace
	unload target_leaf
	unload target_sleep
}

unstamped() {
	load target_leaf
	variant patch_leaf 's/klp_target=/not_target=/'
	insmod "$file" || fail "cannot load $file"
	expect_log 'klp_arm: insmod \(pid [0-9]+\) loads a livepatch that does not say which kernel it is for'
	wait_settled patch_leaf
	answers target_leaf new
	said '^target: unknown$' klpctl patch show patch_leaf
	said '"target":"unknown"' klpctl status --json
	unpatch patch_leaf
	unload target_leaf
}

# What is reported is cut, and says so; what is compared is not.
long_version() {
	local version status=0

	version=1.$(printf '0123456789%.0s' {1..14})
	for_leaf "$(leaf_id)"
	insmod "$file" || fail "cannot load $file"
	wait_settled patch_target
	expect "$version" cat /sys/module/patch_target/version
	said '"version_cut":true' klpctl patch show patch_target --json
	said '^version: 1.012345.*[.]{3} \(cut\)$' klpctl patch show patch_target
	echo "patch_target $version" > "$case_dir/desired"
	said ' ' klpctl check --desired "$case_dir/desired"
	echo "patch_target ${version::127}" > "$case_dir/desired"
	klpctl check --desired "$case_dir/desired" > /dev/null || status=$?
	[[ $status = 2 ]] || fail "a part of the version is the version: $status"
	unpatch patch_target
}

# The last case: this cannot be taken back.
required() {
	local status=0

	expect N cat "$REQUIRE"
	echo 1 > "$REQUIRE"
	! echo 0 > "$REQUIRE" || fail "require_target was taken back"
	expect Y cat "$REQUIRE"
	said '^require_target: true$' klpctl info
	variant patch_leaf 's/klp_target=/not_target=/'
	not_inserted patch_leaf
	expect_log 'klp_arm: patch_leaf: refused, its .modinfo has no klp_target'
	klpctl load "$file" 2> /dev/null || status=$?
	[[ $status = 1 ]] || fail "klpctl: status $status"
	# The kernel's is there, the module's is not.
	refuse 'Invalid module format' patch_leaf
	expect_log "klp_arm: patch_leaf: patches module 'target_leaf' and has no klp_target_mod"
	for_leaf "$(leaf_id)"
	insmod "$file" || fail "cannot load $file"
	wait_settled patch_target
	unpatch patch_target
}

command -v klpctl > /dev/null || ktap_skip_all "klpctl is not installed"
[[ -e $REQUIRE ]] || {
	echo "# this kernel does not compare build ids"
	ktap_print_header
	ktap_set_plan 1
	ktap_test_fail "livepatches are for one build"
	ktap_finished
}

add_case "livepatch for another build of the kernel" other_kernel
add_case "build id that is none" malformed
add_case "klpctl refuses it without asking the kernel" other_kernel_klpctl
add_case "livepatch for another build of a module that is loaded" loaded_module
add_case "livepatch for this kernel and this module" right_module
add_case "module of another build comes" coming_module
add_case "patch that a module does without is replaced" left_out_replaced
add_case "module comes while the patch is replaced" replaced_while_coming
add_case "livepatch that does not say what it is for" unstamped
add_case "version that is longer than what is reported" long_version
add_case "build ids are required" required

run_cases
