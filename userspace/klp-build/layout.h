/* SPDX-License-Identifier: GPL-2.0 */
/*
 * layout.h - which structures and variables have another layout in the new object
 */
#ifndef KLP_BUILD_LAYOUT_H
#define KLP_BUILD_LAYOUT_H

#include "author.h"
#include "refuse.h"
#include "types.h"

/**
 * layout_compare() - refuse structures, variables and constants that differ
 * @old: types of the old object
 * @new: types of the new one
 * @atoms: the old object
 * @author: what the fix wants to be ignored
 * @refusals: where to note them
 *
 * The running kernel has objects of the old layout, and its variables are used as
 * they are. What only one of the
 * objects has is no matter. A structure that differs only by what is inside of
 * one of its members is left out: that one is refused already. If that one is
 * ignored, it is refused itself: the author may not have thought of it.
 */
void layout_compare(const struct types *old, const struct types *new,
		    const struct atoms *atoms, struct author *author,
		    struct refusals *refusals);

#endif /* KLP_BUILD_LAYOUT_H */
