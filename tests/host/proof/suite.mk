# SPDX-License-Identifier: GPL-2.0
#
# Recipes and trampolines, executed in an emulator. Needs libunicorn.

include $(TOP)/tests/host/verifier/sources.mk

PROOF := $(TOP)/tests/host/proof
PROOF_OUT := $(O)/proof

PROOF_SOURCES := $(addprefix $(PROOF)/,core.c paths.c place.c compare.c)
PROOF_SOURCES += $(PROOF)/mutation.c
PROOF_SOURCES += $(VERIFIER_KERNEL)/trampoline_code.c
PROOF_SOURCES += $(VERIFIER_KERNEL)/trampoline_insn.c

PROOF_PROGRAMS := $(PROOF_OUT)/proof_test $(PROOF_OUT)/klp-arm-proof
PROOF_PROGRAMS += $(PROOF_OUT)/klp-arm-proof-fuzz
TESTS += $(PROOF_OUT)/proof_test
TESTS += $(PROOF)/fuzz.sh $(PROOF)/compiled.sh
TOOLS += $(PROOF_OUT)/klp-arm-proof $(PROOF_OUT)/klp-arm-proof-fuzz
ifneq ($(VMLINUX),)
TESTS += $(PROOF)/proof.sh
endif

$(PROOF_OUT)/proof_test: $(PROOF)/proof_test.c $(PROOF)/snippet.c \
	$(wildcard $(VERIFIER_KERNEL)/tests/prologue_cases*.c)
$(PROOF_OUT)/klp-arm-proof: $(PROOF)/main.c $(PROOF)/program.c $(VERIFIER_IMAGE)
$(PROOF_OUT)/klp-arm-proof-fuzz: $(addprefix $(PROOF)/,fuzz.c seeds.c snippet.c) \
	$(wildcard $(VERIFIER_KERNEL)/tests/prologue_cases*.c) $(VERIFIER_IMAGE)

# The emulator would take a function of its own name from the program instead.
$(PROOF_PROGRAMS): $(PROOF_SOURCES) \
		$(VERIFIER_SOURCES) $(VERIFIER_HEADERS) \
		$(wildcard $(PROOF)/*.h) $(PROOF)/suite.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -O2 -fvisibility=hidden -I$(VERIFIER_KERNEL) \
		-I$(VERIFIER_CTL) -D_GNU_SOURCE -o $@ $(filter %.c,$^) -lunicorn
