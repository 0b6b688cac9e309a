# SPDX-License-Identifier: GPL-2.0
#
# The comparison of two kernel builds, for scripts/check-text.sh.

TOOLS += $(O)/text/compare-text

$(O)/text/compare-text: $(TOP)/tests/host/text/compare-text.c
	@mkdir -p $(@D)
	$(HOSTCC) $(TEST_CFLAGS) -D_GNU_SOURCE -o $@ $< -lelf
