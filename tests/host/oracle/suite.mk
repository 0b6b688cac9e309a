# SPDX-License-Identifier: GPL-2.0
#
# Does a livepatch of klp-build do what the patched kernel would? Functions are
# executed in an emulator. Needs libunicorn and libelf. Its tests are klp-build's,
# test-oracle.

ORACLE := $(TOP)/tests/host/oracle
ORACLE_KERNEL := $(TOP)/kernel/klp_arm
ORACLE_OUT := $(O)/oracle

ORACLE_SOURCES := $(sort $(wildcard $(ORACLE)/*.c)) $(ORACLE_KERNEL)/reloc_field.c

TOOLS += $(ORACLE_OUT)/klp-arm-oracle

# The emulator would take a function of its own name from the program instead.
$(ORACLE_OUT)/klp-arm-oracle: $(ORACLE_SOURCES) $(wildcard $(ORACLE)/*.h) \
		$(TOP)/tests/host/proof/random.h \
		$(wildcard $(ORACLE_KERNEL)/reloc_field.h) $(ORACLE)/suite.mk
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -O2 -fvisibility=hidden -I$(ORACLE_KERNEL) \
		-D_GNU_SOURCE -o $@ $(filter %.c,$^) -lunicorn -lelf
