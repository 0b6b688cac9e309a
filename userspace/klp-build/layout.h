/* SPDX-License-Identifier: GPL-2.0 */
/*
 * layout.h - which structures have another layout in the new object
 */
#ifndef KLP_BUILD_LAYOUT_H
#define KLP_BUILD_LAYOUT_H

#include "author.h"
#include "refuse.h"
#include "types.h"

/**
 * layout_compare() - refuse structures whose layout differs
 * @old: types of the old object
 * @new: types of the new one
 * @author: what the fix wants to be ignored
 * @refusals: where to note them
 *
 * The running kernel has objects of the old layout. What only one of the
 * objects has is no matter. A structure that differs only by what is inside of
 * one of its members is left out: that one is refused already. If that one is
 * ignored, it is refused itself: the author may not have thought of it.
 */
void layout_compare(const struct types *old, const struct types *new,
		    struct author *author, struct refusals *refusals);

#endif /* KLP_BUILD_LAYOUT_H */
