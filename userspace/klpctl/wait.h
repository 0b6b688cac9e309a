/* SPDX-License-Identifier: GPL-2.0 */
/*
 * wait.h - where a patch that was loaded or changed has got to
 */
#ifndef KLPCTL_WAIT_H
#define KLPCTL_WAIT_H

#include "output.h"

/*
 * report_transition() - wait if the user asked for it, then print the result
 * @app: the run
 * @schema: of the result
 * @name: the patch
 * @goal: KLP_PATCH_ENABLED, or KLP_PATCH_DISABLED
 *
 * Returns STATUS_OK at the goal, STATUS_RUNNING if it was not asked to wait,
 * STATUS_BLOCKED when the time is up, and STATUS_FAILURE if the patch has been
 * sent the other way meanwhile.
 */
enum status report_transition(const struct app *app, const char *schema,
			      const char *name, enum klp_patch_state goal);

/* The same where nothing had to be done, which is said. */
enum status report_already(const struct app *app, const char *schema,
			   const char *name, enum klp_patch_state goal);

/*
 * For a patch whose transition may not have begun when the time is up. With
 * --on-timeout reverse, adds to the details that it was not reversed, and returns
 * what to say of it; otherwise an empty text. Newly allocated.
 */
char *tell_not_reversed(const struct app *app, const char *name,
			struct json_object *details);

#endif /* KLPCTL_WAIT_H */
