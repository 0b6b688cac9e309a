/* SPDX-License-Identifier: GPL-2.0 */
/*
 * masks.h - what of a function's code is not the same once it is loaded
 */
#ifndef KLP_BUILD_MASKS_H
#define KLP_BUILD_MASKS_H

#include "linked.h"
#include "old_code.h"

/**
 * struct masks - parts of one function
 * @mask: in order, apart from each other
 * @count: how many
 */
struct masks {
	struct old_code_mask *mask;
	size_t count;
};

/**
 * masks_find() - find what the kernel writes to when it loads code, or later
 * @masks: set; masks_free() it in either case
 * @linked: the vmlinux or the module
 * @start: where the function begins
 * @size: its bytes
 * @fault: why not
 *
 * These are tracing calls, branches on static keys, instructions that depend on the
 * number of processors or on physical addresses, and what relocates a module.
 */
bool masks_find(struct masks *masks, struct linked *linked,
		struct image_place start, uint32_t size, struct fault *fault);

/**
 * masks_free() - forget them
 * @masks: of masks_find()
 */
void masks_free(struct masks *masks);

#endif /* KLP_BUILD_MASKS_H */
