# SPDX-License-Identifier: GPL-2.0
#
# What relocations write into fields, from kernel/klp_arm.

RELOC := $(TOP)/tests/host/reloc
RELOC_KERNEL := $(TOP)/kernel/klp_arm
RELOC_TESTS := $(O)/reloc/field_test

TESTS += $(RELOC_TESTS)

$(RELOC_TESTS): $(O)/reloc/%: $(RELOC)/%.c $(RELOC_KERNEL)/reloc_field.c \
		$(wildcard $(RELOC_KERNEL)/*.h) $(TOP)/tests/host/ktap.h \
		$(RELOC)/suite.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -I$(RELOC_KERNEL) -o $@ $(filter %.c,$^)
