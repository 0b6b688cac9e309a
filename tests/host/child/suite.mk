# SPDX-License-Identifier: GPL-2.0
#
# How the selftests end their child processes.

TESTS += $(O)/child/child_test

$(O)/child/child_test: $(TOP)/tests/host/child/child_test.c \
		$(TOP)/tests/selftests/klp_arm/child.h $(TOP)/tests/host/ktap.h
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -D_GNU_SOURCE -Wl,--wrap=kill -o $@ $<
