/* SPDX-License-Identifier: GPL-2.0 */
/*
 * loaded.h - a module whose name is taken
 */
#ifndef KLPCTL_LOADED_H
#define KLPCTL_LOADED_H

#include "ko.h"

/*
 * For load, of a module whose name is that of a loaded one: the end of the
 * command. That is success if the same patch is enabled, or about to be, and
 * the user waits for that.
 */
enum status report_loaded(const struct app *app, const char *schema,
			  const struct ko *ko);

#endif /* KLPCTL_LOADED_H */
