# SPDX-License-Identifier: GPL-2.0
#
# What programs that ask the verifier are made of, for all suites that do.

VERIFIER_KERNEL := $(TOP)/kernel/klp_arm

VERIFIER_SOURCES := $(wildcard $(VERIFIER_KERNEL)/prologue*.c)
VERIFIER_SOURCES += $(VERIFIER_KERNEL)/ehabi.c $(VERIFIER_KERNEL)/reason.c
# The reader of images is that of klpctl, without the libraries that unpack them.
VERIFIER_CTL := $(TOP)/userspace/klpctl
VERIFIER_IMAGE := $(addprefix $(VERIFIER_CTL)/image,.c _elf.c _lookup.c _names.c)
VERIFIER_IMAGE += $(VERIFIER_CTL)/unpack.c $(TOP)/tests/host/verifier/oom.c

VERIFIER_HEADERS := $(wildcard $(VERIFIER_KERNEL)/*.h)
VERIFIER_HEADERS += $(wildcard $(VERIFIER_KERNEL)/tests/*.h)
VERIFIER_HEADERS += $(wildcard $(VERIFIER_CTL)/*.h) $(TOP)/tests/host/ktap.h
