/* SPDX-License-Identifier: GPL-2.0 */
/*
 * verify.h - whether functions can be replaced: rows, and where they come from
 */
#ifndef KLPCTL_VERIFY_H
#define KLPCTL_VERIFY_H

#include "output.h"

/* One function that was asked about. Strings belong to the maker of the row. */
struct verify_row {
	const char *object;
	const char *name;
	uint32_t sympos; /* 0: not known */
	bool redirectable;
	bool found;
	bool has_offset;
	bool patched;
	const char *reason; /* NULL if redirectable */
	const char *why; /* the same in words */
	uint32_t offset;
	bool has_recipe;
	uint32_t sp_delta;
	uint32_t restored;
	const char *code; /* NULL: not compared; else same, differs or gone */
	const char *digest; /* of the code that it should have */
	bool has_code_offset;
	uint32_t code_offset; /* of the first byte that differs */
	const char *const *clones; /* what is there instead */
	size_t clone_count;
};

struct verify_report {
	const struct app *app;
	const char *patch; /* NULL: functions were named */
	enum klp_target target; /* is the patch for these files */
	struct json_object *rows;
	uint64_t checked;
	uint64_t refused;
	uint64_t missing;
	uint64_t init_text; /* functions that were not looked at */
	uint64_t compared; /* code of functions, with what it should be */
	uint64_t differing; /* of these */
};

void verify_add(struct verify_report *report, const struct verify_row *row);

/* Counts a function that can be replaced and is not to be listed. */
void verify_count(struct verify_report *report);

/* Prints, and empties the rows. Returns the exit status: 0, 1 refused, 6 not found. */
enum status verify_conclude(struct verify_report *report);

/* More clones of one function are not told. */
#define VERIFY_MOST_CLONES 32

/*
 * Adds the row of a name that is not there, while clones that the compiler made
 * of the function may be: found are their names.
 */
void verify_add_missing(struct verify_report *report, struct verify_row *row,
			const char *const *found, size_t count);

/* Position 0 is not enough for a name that several symbols have. */
void verify_refuse_ambiguous(struct verify_row *row);

/* Prints what the files of the options say of these functions, or of all. */
enum status verify_files(struct verify_report *report, char **names);

#endif /* KLPCTL_VERIFY_H */
