# SPDX-License-Identifier: GPL-2.0
#
# What programs that ask the verifier are made of, for all suites that do.

VERIFIER_KERNEL := $(TOP)/kernel/klp_arm

VERIFIER_SOURCES := $(wildcard $(VERIFIER_KERNEL)/prologue*.c)
VERIFIER_SOURCES += $(VERIFIER_KERNEL)/ehabi.c $(VERIFIER_KERNEL)/reason.c
# The reader of images is that of klpctl.
VERIFIER_IMAGE := $(TOP)/userspace/klpctl/image.c
VERIFIER_IMAGE += $(TOP)/userspace/klpctl/image_elf.c

VERIFIER_HEADERS := $(wildcard $(VERIFIER_KERNEL)/*.h)
VERIFIER_HEADERS += $(wildcard $(VERIFIER_KERNEL)/tests/*.h)
VERIFIER_HEADERS += $(wildcard $(TOP)/userspace/klpctl/image*.h) $(TOP)/tests/host/ktap.h
