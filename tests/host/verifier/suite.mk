# SPDX-License-Identifier: GPL-2.0
#
# The prologue verifier and the EHABI interpreter, from kernel/klp_arm.

include $(TOP)/tests/host/verifier/sources.mk

VERIFIER := $(TOP)/tests/host/verifier
VERIFIER_OUT := $(O)/verifier

VERIFIER_HEADERS += $(VERIFIER)/invariant.h

VERIFIER_PROGRAMS := $(VERIFIER_OUT)/prologue_test
VERIFIER_PROGRAMS += $(VERIFIER_OUT)/ehabi_test
VERIFIER_PROGRAMS += $(VERIFIER_OUT)/sweep_test

TESTS += $(VERIFIER_PROGRAMS)
TOOLS += $(VERIFIER_OUT)/klp-arm-coverage
ifneq ($(VMLINUX),)
TESTS += $(VERIFIER)/coverage.sh
endif

$(VERIFIER_OUT)/prologue_test: $(VERIFIER)/prologue_test.c \
	$(wildcard $(VERIFIER_KERNEL)/tests/prologue_cases*.c)
$(VERIFIER_OUT)/ehabi_test: $(VERIFIER)/ehabi_test.c \
	$(VERIFIER_KERNEL)/tests/ehabi_cases.c
$(VERIFIER_OUT)/sweep_test: $(VERIFIER)/sweep_test.c $(VERIFIER)/invariant.c
$(VERIFIER_OUT)/klp-arm-coverage: $(VERIFIER)/coverage.c $(VERIFIER_IMAGE)

$(VERIFIER_PROGRAMS) $(VERIFIER_OUT)/klp-arm-coverage: $(VERIFIER_SOURCES) \
		$(VERIFIER_HEADERS) $(VERIFIER)/suite.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -I$(VERIFIER_KERNEL) \
		-I$(VERIFIER_CTL) -D_GNU_SOURCE -o $@ $(filter %.c,$^)
