/* SPDX-License-Identifier: GPL-2.0 */
/*
 * target_parts.h - what the sources of target_parts know of each other, and of
 * another module.
 */
#ifndef _TARGET_PARTS_H
#define _TARGET_PARTS_H

#include <linux/types.h>

/* Of labels_key.c: stays 0 in these tests */
extern unsigned int labels_generation;

u32 target_more(u32 a);

#endif /* _TARGET_PARTS_H */
