/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify_late.h - can the livepatch relocations of a module be written?
 */
#ifndef KLPCTL_VERIFY_LATE_H
#define KLPCTL_VERIFY_LATE_H

#include "image.h"
#include "output.h"

/*
 * Sets the image of an object, NULL if its symbols cannot be looked up. False if
 * they ought to be.
 */
typedef bool (*late_find)(void *cookie, const char *object,
			  struct image **image);

/*
 * Looks each symbol up in the object that has it, as the livepatch core will. The
 * error has been printed if one cannot be found, or if the kernel would not write a
 * relocation.
 */
enum status verify_late(const struct app *app, const struct image *patch,
			late_find find, void *cookie);

#endif /* KLPCTL_VERIFY_LATE_H */
