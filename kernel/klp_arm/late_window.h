/* SPDX-License-Identifier: GPL-2.0 */
/*
 * late_window.h - write to a part of a module that may be read-only by now.
 */
#ifndef _KLP_ARM_LATE_WINDOW_H
#define _KLP_ARM_LATE_WINDOW_H

#include <linux/types.h>

/**
 * struct klp_arm_window - a part of a module, and where it can be written
 * @start: address of the part
 * @size: bytes of it
 * @mapping: a second mapping of its pages, or NULL if it is writable itself
 */
struct klp_arm_window {
	unsigned long start;
	size_t size;
	void *mapping;
};

int klp_arm_window_open(struct klp_arm_window *window, unsigned long start,
			size_t size, bool live);
void klp_arm_window_write(const struct klp_arm_window *window,
			  unsigned long addr, const void *from, size_t size);
void klp_arm_window_close(struct klp_arm_window *window);

#endif /* _KLP_ARM_LATE_WINDOW_H */
