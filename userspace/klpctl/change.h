/* SPDX-License-Identifier: GPL-2.0 */
/*
 * change.h - changing live patches, as soon as the kernel can
 */
#ifndef KLPCTL_CHANGE_H
#define KLPCTL_CHANGE_H

#include "main.h"

/*
 * Each asks again while the kernel answers -EBUSY and there is time, if the
 * user gave a --timeout. They return what libklp returned last.
 */
int change_patch(const struct app *app, const char *name,
		 enum klp_patch_action action);
int change_counting(const struct app *app, bool enabled);

#endif /* KLPCTL_CHANGE_H */
