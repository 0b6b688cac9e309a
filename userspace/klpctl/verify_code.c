// SPDX-License-Identifier: GPL-2.0
/*
 * verify_code.c - is a function the one that a livepatch was made to replace?
 *
 * Its name and its position do not tell: klp-build notes the code, too.
 */
#include "verify_code.h"

enum status verify_read_codes(const struct app *app, const struct image *patch,
			      const struct livepatch *livepatch,
			      struct old_codes *codes)
{
	size_t i;

	if (old_codes_read(patch, codes))
		return fail(app, ERROR_BAD_FILE, "%s: %s", app->module,
			    codes->error);
	for (i = 0; codes->count && i < livepatch->funcs; i++) {
		const struct livepatch_func *func = &livepatch->func[i];

		if (!old_codes_find(codes, func->object, func->name,
				    func->sympos))
			return fail(app, ERROR_BAD_FILE,
				    "%s: its section " OLD_CODE_SECTION
				    " lacks '%s' of '%s', which the livepatch"
				    " replaces",
				    app->module, func->name, func->object);
	}
	if (codes->count > livepatch->funcs)
		return fail(app, ERROR_BAD_FILE,
			    "%s: its section " OLD_CODE_SECTION " has %zu"
			    " functions, and the livepatch replaces %zu",
			    app->module, codes->count, livepatch->funcs);
	return STATUS_OK;
}

void verify_code(const struct old_code *code, const u8 *bytes, u32 size,
		 struct verify_row *row)
{
	row->has_code_offset =
		old_code_differs(code, bytes, size, &row->code_offset);
	row->code = row->has_code_offset ? "differs" : "same";
}

void verify_image_code(const struct image *image, const struct image_func *func,
		       const struct old_code *code, struct verify_row *row)
{
	const struct image_section *section =
		&image->section[func->start.section];
	const u8 *bytes = NULL;
	u32 size = 0;

	if (section->data && func->start.offset < section->size) {
		bytes = section->data + func->start.offset;
		size = section->size - func->start.offset;
	}
	if (func->size < size)
		size = func->size;
	verify_code(code, bytes, size, row);
}
