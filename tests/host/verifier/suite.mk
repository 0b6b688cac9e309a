# SPDX-License-Identifier: GPL-2.0
#
# The prologue verifier and the EHABI interpreter, from kernel/klp_arm.

VERIFIER := $(TOP)/tests/host/verifier
VERIFIER_KERNEL := $(TOP)/kernel/klp_arm
VERIFIER_OUT := $(O)/verifier

VERIFIER_SOURCES := $(wildcard $(VERIFIER_KERNEL)/prologue*.c)
VERIFIER_SOURCES += $(VERIFIER_KERNEL)/ehabi.c $(VERIFIER_KERNEL)/reason.c
# The reader of images is that of klpctl.
VERIFIER_IMAGE := $(TOP)/userspace/klpctl/image.c
VERIFIER_IMAGE += $(TOP)/userspace/klpctl/image_elf.c

VERIFIER_HEADERS := $(wildcard $(VERIFIER_KERNEL)/*.h)
VERIFIER_HEADERS += $(wildcard $(VERIFIER_KERNEL)/tests/*.h)
VERIFIER_HEADERS += $(wildcard $(TOP)/userspace/klpctl/image*.h) $(TOP)/tests/host/ktap.h
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
		-I$(TOP)/userspace/klpctl -o $@ $(filter %.c,$^)
