# SPDX-License-Identifier: GPL-2.0
#
# Makefile - the front door: build, boot and check klp_arm
#
# Everything is made under $(BUILD). Rules that others decide about (Kbuild, the
# userspace Makefiles) are phony here and run every time; they rebuild only what
# changed.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c

BUILD ?= build
override BUILD := $(abspath $(BUILD))
KVER ?= 6.12
JOBS ?= $(shell nproc)
PREFIX ?= /usr/local
export BUILD KVER DAMAGE_STRIDE ALL_FIXES

# ------------------------------------------------------------- the compilers

triplet := arm-linux-gnueabihf
SYSROOT := $(BUILD)/sysroot
ARM_CC := $(triplet)-gcc --sysroot=$(SYSROOT)
arm := CROSS_COMPILE=$(triplet)- SYSROOT=$(SYSROOT)

# ccache helps where it is installed and is never needed.
ccache := $(if $(shell command -v ccache),ccache )

# ----------------------------------------------------------------- the kernel

TARBALL := /usr/src/linux-source-$(KVER).tar.xz
LINUX := $(BUILD)/$(KVER)/linux
OBJ := $(BUILD)/$(KVER)/obj
OBJ_DEBUG := $(BUILD)/$(KVER)-debug/obj
OBJ_THUMB2 := $(BUILD)/$(KVER)-thumb2/obj
FRAGMENTS := tests/qemu/kernel.config
FRAGMENTS_DEBUG := $(FRAGMENTS) tests/qemu/debug.config
FRAGMENTS_THUMB2 := $(FRAGMENTS) tests/qemu/thumb2.config

# The same sources give the same image, whoever builds it and when.
kbuild := ARCH=arm CROSS_COMPILE=$(triplet)- \
	KBUILD_BUILD_TIMESTAMP=2024-01-01 KBUILD_BUILD_USER=klp_arm \
	KBUILD_BUILD_HOST=build KBUILD_BUILD_VERSION=1

# $(call make_kernel,FRAGMENTS,OBJ): configure if a fragment or a Kconfig is
# newer, then let Kbuild decide.
define make_kernel
	@$(kbuild) scripts/kernel-config.sh --linux=$(LINUX) --output=$(2) $(1)
	@echo "  KERNEL  $(2) (5 to 15 minutes the first time)"
	+@$(MAKE) -C $(LINUX) O=$(2) $(kbuild) CC="$(ccache)$(triplet)-gcc" \
		--no-print-directory -j$(JOBS) vmlinux zImage modules; \
		echo "  KERNEL  $(2) took $$SECONDS s"
endef

# ---------------------------------------------------------------- the targets

help:
	@sed -n 's/^#: //p' Makefile

#: make deps        install the Debian packages that everything else needs (as root)
#: make demo        boot, replace a function that is being called, show it, revert
#: make demo-fix    make a livepatch from the diff of a fix, load it, see it in effect
#: make check       all that CI runs; ends with "N passed, N failed, N skipped"
#:   check-style      checkpatch, formatters, static checks, generated files
#:   check-host       unit tests on the host
#:   check-selftests  our tests in the guest
#:   check-upstream   the kernel tree's own livepatch selftests in the guest
#:   check-thumb2     some of our tests on a second kernel, of Thumb-2 code and not
#:                    preemptible; THUMB2_TESTS=all for all of them
#: make coverage    every tracing call of VMLINUX (ours) through the verifier
#: make proof       execute the redirect of every function of VMLINUX (ours)
#: make oracle      execute what klp-build makes of fixes, and the fixed functions
#: make null-test   compare every object of the kernel with itself, compiled again with
#:                  other lines: klp-diff must find no change
#: make check-text  compare every function with those of the pristine kernel
#: make check-all   make check with all Thumb-2 tests, and every other check: hours
#: make check-debug the guest tests on a kernel with KASAN, lockdep and more
#: make bench       what things cost: a table, and $(BUILD)/bench.json
#: make check-valgrind libklp's and klpctl's tests on the host, under valgrind
#: make fuzz        FUZZ_SECONDS (600) of inputs that nobody thought of, and as
#:                  many of prologues that are executed, from FUZZ_SEED (1) on
#: make corpus      the fixes between two Debian kernels, OLD and NEW, through klp-build
#:                  and in a guest: builds one more kernel. FLAVOR=thumb2: of Thumb-2
#:                  code; PATCHES=DIR, EXPECTED=FILE: these patches instead
#: make shell       a guest to play in
#:
#: make sysroot     headers and libraries for the ARM userspace
#: make kernel      prepared kernel source, configured and built
#: make kernel-thumb2  the second kernel, in $(BUILD)/$(KVER)-thumb2/obj
#: make userspace   libklp and klpctl for the guest and for this machine, klp-build
#:                  for this machine
#: make image       the guest's base files
#: make install     userspace, with DESTDIR and PREFIX (CROSS_COMPILE and SYSROOT,
#:                  which 'make sysroot' fills, for another machine, then without
#:                  klp-build; STATIC=1 for a klpctl that needs no library there)
#: make clean       remove $(BUILD)
#:
#: Variables: BUILD (build), KVER (6.12), JOBS (processors), DESTDIR, PREFIX,
#: VMLINUX, FUZZ_SECONDS, FUZZ_SEED, THUMB2_TESTS, STATIC, ORACLE_SEEDS, OLD, NEW,
#: FLAVOR, PATCHES, EXPECTED; CYCLES: see docs/testing.md

deps:
	@scripts/deps.sh $(if $(filter $@,$(MAKECMDGOALS)),--verbose)

$(TARBALL): | deps
	@test -f $@ || { echo "$@ is missing: KVER=$(KVER) needs the package" \
		"linux-source-$(KVER), and patches/$(KVER)" >&2; exit 1; }

# Unpacked beside and renamed: an interrupted run leaves no half tree.
$(LINUX)/.unpacked: | $(TARBALL)
	@echo "  UNPACK  $(LINUX)"
	@rm -rf $(LINUX) $(LINUX).new
	@mkdir -p $(LINUX).new
	@tar -C $(LINUX).new --strip-components=1 -xf $(TARBALL)
	@touch $(LINUX).new/.unpacked
	@mv $(LINUX).new $(LINUX)

prepare: $(LINUX)/.unpacked
	@scripts/prepare-kernel.sh --linux=$(LINUX) --kver=$(KVER)

kernel: prepare
	$(call make_kernel,$(FRAGMENTS),$(OBJ))

kernel-debug: prepare
	$(call make_kernel,$(FRAGMENTS_DEBUG),$(OBJ_DEBUG))

kernel-thumb2: prepare
	$(call make_kernel,$(FRAGMENTS_THUMB2),$(OBJ_THUMB2))

modules: kernel

sysroot_packages := libc6-dev linux-libc-dev libnl-3-dev libnl-genl-3-dev \
	libjson-c-dev libmnl-dev liblzma-dev zlib1g-dev libzstd-dev libmd-dev

# A sysroot of other packages is made again: its name would not tell.
ifneq ($(file <$(SYSROOT)/.made),$(sysroot_packages))
.PHONY: $(SYSROOT)/.made
endif

$(SYSROOT)/.made: scripts/armhf-root.sh | deps
	@echo "  SYSROOT $(SYSROOT)"
	@scripts/armhf-root.sh --output=$(SYSROOT) $(sysroot_packages)
	@echo "$(sysroot_packages)" >$@

sysroot: $(SYSROOT)/.made

# $(call userspace,GOALS,FOR,VARIABLES)
define userspace
	+@$(MAKE) --no-print-directory -C userspace/lib $(1) $(3) \
		O=$(BUILD)/userspace/$(2)/lib PREFIX=$(PREFIX)
	+@$(MAKE) --no-print-directory -C userspace/klpctl $(1) $(3) \
		O=$(BUILD)/userspace/$(2)/klpctl \
		LIBKLP=$(BUILD)/userspace/$(2)/lib PREFIX=$(PREFIX)
endef

# It makes livepatches where kernels are built, not where they run.
klp_build = +@$(MAKE) --no-print-directory -C userspace/klp-build $(1) \
	O=$(BUILD)/userspace/host/klp-build PREFIX=$(PREFIX)

userspace-arm: sysroot
	$(call userspace,all,$(triplet),$(arm))

userspace-host: deps
	$(call userspace,all,host,)
	$(call klp_build,all)

userspace: userspace-arm userspace-host

image: deps
	@scripts/guest-image.sh --output=$(BUILD)/guest/base.cpio

# O in the environment: on the command line it would reach Kbuild.
samples: kernel
	+@O=$(BUILD)/demo $(MAKE) --no-print-directory -C samples/klp_arm \
		KDIR=$(OBJ) ARCH=arm CROSS_COMPILE=$(triplet)-

demo: samples userspace-arm image
	@scripts/demo.sh

demo-fix: kernel userspace image
	@scripts/demo-fix.sh

shell: samples userspace-arm image
	@scripts/guest-shell.sh

# ------------------------------------------------------------------- checking
#
# Each part leaves its counts and its time in $(BUILD)/results; a part that did
# not get that far has failed.

parts := check-style check-host check-selftests check-upstream check-thumb2

check:
	@rm -rf $(BUILD)/results
	+@$(MAKE) --no-print-directory -k $(parts) || true
	@scripts/check-part.sh --sum $(parts)

check-style: deps prepare
	@scripts/check-part.sh $@ scripts/check-style.sh --linux=$(LINUX)

check-host: kernel kernel-thumb2 userspace-host
	@scripts/check-part.sh $@ scripts/check-host.sh --kernel=$(OBJ) \
		--thumb2=$(OBJ_THUMB2)

check-selftests: kernel userspace-arm image
	@scripts/check-part.sh $@ scripts/check-selftests.sh --kernel=$(OBJ)

check-upstream: kernel sysroot image
	@scripts/check-part.sh $@ tests/upstream/run.sh --linux=$(LINUX) --kernel=$(OBJ)

# The second kernel is not preemptible, and has jump labels: see its fragment. What
# depends on that most, and on the instruction set; more of it is in check-all.
THUMB2_TESTS ?= kunit test-jump-label test-trampoline

check-thumb2: kernel-thumb2 userspace-arm image
	@scripts/check-part.sh $@ scripts/check-selftests.sh \
		--kernel=$(OBJ_THUMB2) $(filter-out all,$(THUMB2_TESTS))

debug_parts := debug-selftests debug-upstream

check-debug:
	@rm -f $(debug_parts:%=$(BUILD)/results/%)
	+@$(MAKE) --no-print-directory -k $(debug_parts) || true
	@scripts/check-part.sh --sum $(debug_parts)

debug-selftests: kernel-debug userspace-arm image
	@scripts/check-part.sh $@ scripts/check-selftests.sh \
		--kernel=$(OBJ_DEBUG) --debug

debug-upstream: kernel-debug sysroot image
	@scripts/check-part.sh $@ tests/upstream/run.sh --linux=$(LINUX) \
		--kernel=$(OBJ_DEBUG) --debug

# Everything that fits no hour, too. A target without tests of its own counts as
# one, by its exit status.
single_parts := check-text proof oracle bench fuzz null-test
all_parts := $(parts) check-valgrind $(debug_parts) $(single_parts:%=all-%)

check-all:
	@rm -rf $(BUILD)/results
	+@$(MAKE) --no-print-directory -k $(all_parts) THUMB2_TESTS=all \
		DAMAGE_STRIDE=1 ALL_FIXES=1 || true
	@scripts/check-part.sh --sum $(all_parts)

$(single_parts:%=all-%): all-%:
	+@scripts/check-part.sh --one $@ $(MAKE) --no-print-directory $*

# Not part of check: these take long, build two more kernels, or take one from
# elsewhere.

check-valgrind: userspace-host
	@scripts/check-part.sh $@ scripts/check-valgrind.sh

# First what reads what it did not write, then what the verifier accepts.
fuzz: deps
	+@$(MAKE) --no-print-directory -C tests/fuzz fuzz O=$(BUILD)/fuzz \
		LIBKLP=$(BUILD)/userspace/host/lib JOBS=$(JOBS)
	$(host_tools)
	@mkdir -p $(BUILD)/fuzz/recipes
	@$(BUILD)/tests/host/proof/klp-arm-proof-fuzz \
		--seed=$(or $(FUZZ_SEED),1) --seconds=$(or $(FUZZ_SECONDS),600) \
		--save=$(BUILD)/fuzz/recipes $(wildcard $(OBJ)/vmlinux)

VMLINUX ?= $(OBJ)/vmlinux
host_tools = +@$(MAKE) -s -C tests/host all O=$(BUILD)/tests/host

bench: kernel userspace image
	@tests/bench/run --kernel $(OBJ) --output $(BUILD)/bench.json

coverage: $(if $(filter $(OBJ)/%,$(VMLINUX)),kernel,deps)
	$(host_tools)
	@$(BUILD)/tests/host/verifier/klp-arm-coverage $(VMLINUX)

# The other part of the redirect comes from our kernel for one that has none.
proof: $(if $(filter $(OBJ)/%,$(VMLINUX)),kernel,deps)
	$(host_tools)
	@$(BUILD)/tests/host/proof/klp-arm-proof --allow-refused \
		$(addprefix --discard=,$(wildcard $(OBJ)/kernel/klp_arm/entry.o)) \
		$(VMLINUX)

$(BUILD)/$(KVER)-text/linux/.unpacked: | $(TARBALL)
	@mkdir -p $(@D)
	@tar -C $(@D) --strip-components=1 -xf $(TARBALL)
	@touch $@

# On both kernels: what their code is like differs most.
oracle: kernel kernel-thumb2 userspace-host
	$(host_tools)
	@status=0; \
	for kernel in $(OBJ) $(OBJ_THUMB2); do \
		scripts/check-oracle.sh --kernel=$$kernel || status=1; \
	done; \
	exit $$status

check-text: kernel $(BUILD)/$(KVER)-text/linux/.unpacked
	$(host_tools)
	@KBUILD='$(kbuild) CC=$(triplet)-gcc' scripts/check-text.sh \
		--pristine=$(BUILD)/$(KVER)-text/linux --linux=$(LINUX) \
		--kernel=$(OBJ) --output=$(BUILD)/$(KVER)-text \
		--compare=$(BUILD)/tests/host/text/compare-text \
		--series=patches/$(KVER)

null-test: kernel userspace-host
	@scripts/null-test.sh --kernel=$(OBJ) --jobs=$(JOBS) \
		--klp-diff=$(BUILD)/userspace/host/klp-build/klp-diff

# ----------------------------------------------------------------- the corpus

OLD ?= 6.12.115-2~deb12u1
NEW ?= 6.12.117-1~deb12u1
FLAVOR ?=
CORPUS := $(BUILD)/corpus/$(OLD)
CORPUS_CASES := $(CORPUS)/cases-$(NEW)
PATCHES ?= $(CORPUS_CASES)
EXPECTED ?= tests/corpus/$(OLD)_$(NEW).expected
corpus_kernel := $(CORPUS)/$(KVER)$(FLAVOR:%=-%)/obj

$(BUILD)/corpus/%.tar.xz: | deps
	@tests/corpus/fetch.sh --output=$@ $*

$(CORPUS)/new-$(NEW)/.unpacked: | $(BUILD)/corpus/$(NEW).tar.xz
	@mkdir -p $(@D)
	@tar -C $(@D) --strip-components=1 -xf $(BUILD)/corpus/$(NEW).tar.xz
	@touch $@

corpus-kernel: $(BUILD)/corpus/$(OLD).tar.xz
	+@$(MAKE) --no-print-directory kernel$(FLAVOR:%=-%) BUILD=$(CORPUS) \
		TARBALL=$(BUILD)/corpus/$(OLD).tar.xz

# Both with the series, so that it is in no patch.
$(CORPUS_CASES): corpus-kernel $(CORPUS)/new-$(NEW)/.unpacked
	@scripts/prepare-kernel.sh --linux=$(CORPUS)/new-$(NEW) --kver=$(KVER)
	@rm -rf $@
	@tests/corpus/cases.sh --old=$(CORPUS)/$(KVER)/linux --new=$(CORPUS)/new-$(NEW) \
		--kernel=$(corpus_kernel) --output=$@

corpus: userspace image corpus-kernel $(PATCHES)
	@tests/corpus/run.sh --linux=$(CORPUS)/$(KVER)/linux --kernel=$(corpus_kernel) \
		--patches=$(PATCHES) --expected=$(EXPECTED) \
		--output=$(CORPUS)/results$(FLAVOR:%=-%) $(CORPUS_OPTIONS)

# ------------------------------------------------------------------ the rest

# Only what is compiled and linked is needed, on whatever system. The makes below
# run in other directories, so places are given as absolute paths.
install:
	$(call userspace,install,$(or $(CROSS_COMPILE:%-=%),host),\
		$(if $(DESTDIR),DESTDIR=$(abspath $(DESTDIR)))\
		$(if $(CROSS_COMPILE),CROSS_COMPILE=$(CROSS_COMPILE)\
			SYSROOT=$(abspath $(SYSROOT))))
	$(if $(CROSS_COMPILE),,$(call klp_build,install $(if $(DESTDIR),DESTDIR=$(abspath $(DESTDIR)))))

clean:
	rm -rf $(BUILD)

.PHONY: check-all check-thumb2 $(debug_parts) $(single_parts:%=all-%) help deps prepare kernel kernel-debug kernel-thumb2 modules sysroot userspace \
	userspace-arm userspace-host image samples demo demo-fix shell check $(parts) \
	bench coverage proof oracle check-text check-valgrind fuzz null-test \
	check-debug install clean
	bench coverage proof check-text check-valgrind fuzz \
	check-debug corpus corpus-kernel install clean
.NOTPARALLEL:
.DELETE_ON_ERROR:
