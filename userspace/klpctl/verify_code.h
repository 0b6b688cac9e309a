/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify_code.h - is a function the one that a livepatch was made to replace?
 */
#ifndef KLPCTL_VERIFY_CODE_H
#define KLPCTL_VERIFY_CODE_H

#include "livepatch.h"
#include "old_code.h"
#include "verify.h"

/*
 * Reads the code of all functions that the livepatch replaces, and of no others;
 * of none, if it does not tell. The error has been printed. Release them in either
 * case.
 */
enum status verify_read_codes(const struct app *app, const struct image *patch,
			      const struct livepatch *livepatch,
			      struct old_codes *codes);

/* Notes in the row whether a function has the code that it should have. */
void verify_code(const struct old_code *code, const u8 *bytes, u32 size,
		 struct verify_row *row);

/* The same of a function of an image. */
void verify_image_code(const struct image *image, const struct image_func *func,
		       const struct old_code *code, struct verify_row *row);

#endif /* KLPCTL_VERIFY_CODE_H */
