// SPDX-License-Identifier: GPL-2.0
/*
 * change.c - changing live patches, as soon as the kernel can
 *
 * The kernel does not make a request wait for long, so that no other one waits
 * behind it. It says -EBUSY while a callback of a patch runs, and where another
 * patch is in transition; nothing has been changed then.
 */
#include <errno.h>

#include "bound.h"
#include "change.h"

int change_patch(const struct app *app, const char *name,
		 enum klp_patch_action action)
{
	const bool confirm = app->given & OPTION_CONFIRM;
	const uint64_t answer_ms = action == KLP_PATCH_ACTION_DISABLE ?
					   BOUND_DISABLE_MS :
					   BOUND_CHANGE_MS;
	int err;

	do {
		err = klp_patch_set(app->ctx, name, action, confirm);
	} while (err == -EBUSY && bound_retry(app, answer_ms));
	return err;
}

int change_counting(const struct app *app, bool enabled)
{
	int err;

	do {
		err = klp_counter_set(app->ctx, enabled);
	} while (err == -EBUSY && bound_retry(app, BOUND_CHANGE_MS));
	return err;
}
