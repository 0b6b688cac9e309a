/* SPDX-License-Identifier: GPL-2.0 */
/*
 * origin.h - the lines of the source that reasons are about
 */
#ifndef KLP_BUILD_ORIGIN_H
#define KLP_BUILD_ORIGIN_H

#include "refuse.h"

/**
 * origin_note() - tell in which line functions and variables are defined
 * @refusals: of one pair of objects; those that have a line already keep it
 * @old: the old object
 * @new: the new one, for what the old one does not have
 *
 * What the debug information does not have, or has at several places, has none.
 */
void origin_note(struct refusals *refusals, const struct elf32 *old,
		 const struct elf32 *new);

#endif /* KLP_BUILD_ORIGIN_H */
