# SPDX-License-Identifier: GPL-2.0
#
# The instructions of trampolines, from kernel/klp_arm.

TRAMPOLINE := $(TOP)/tests/host/trampoline
TRAMPOLINE_KERNEL := $(TOP)/kernel/klp_arm
TRAMPOLINE_TESTS := $(addprefix $(O)/trampoline/,trampoline_test insn_test unwind_test)

TESTS += $(TRAMPOLINE_TESTS)

$(TRAMPOLINE_TESTS): $(O)/trampoline/%: $(TRAMPOLINE)/%.c \
		$(TRAMPOLINE_KERNEL)/trampoline_code.c \
		$(TRAMPOLINE_KERNEL)/trampoline_insn.c \
		$(TRAMPOLINE_KERNEL)/ehabi.c \
		$(wildcard $(TRAMPOLINE_KERNEL)/*.h) $(TOP)/tests/host/ktap.h \
		$(TRAMPOLINE)/suite.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -I$(TRAMPOLINE_KERNEL) -o $@ $(filter %.c,$^)
