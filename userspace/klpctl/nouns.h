/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nouns.h - the field tables of the nouns, which several commands print
 */
#ifndef KLPCTL_NOUNS_H
#define KLPCTL_NOUNS_H

#include "output.h"

/* For const struct klp_patch, klp_object, klp_func and so on. */
extern const struct field patch_fields[];
extern const struct field object_fields[];
extern const struct field func_fields[];
extern const struct field blocker_fields[];
extern const struct field failure_fields[];

/* The first fields of a func say whose it is. */
#define FUNC_OWNER_FIELDS 2

/* A module runs without the patch, as it was loaded from another build. */
bool patch_is_mismatched(const struct klp_patch *patch);

/* A module runs with some of its functions as they were: they are init text. */
bool patch_is_incomplete(const struct klp_patch *patch);

/* A patch with its objects. */
struct json_object *patch_to_json(const struct klp_patch *patch);

/* A mask of registers as an array of names: r4 ... r10, fp, ip, sp, lr, pc. */
struct json_object *json_registers(uint64_t mask);

/* NULL, which JSON prints as null, for NULL. */
struct json_object *transition_to_json(const struct klp_transition *transition);

/* "patching 'x', 58 of 60 tasks switched, 12 ms", newly allocated. */
char *transition_to_text(const struct klp_transition *transition);

/* "transition: " and that text, or none, as a line. */
void print_transition_line(const struct app *app,
			   const struct klp_transition *transition);

/* "82 'cat' (sleeping-on-func vm_show)", newly allocated. */
char *blocker_to_text(const struct klp_blocker *blocker);

/*
 * ": held up by 82 'cat' (sleeping-on-func vm_show) and others", or nothing,
 * newly allocated; of how many tasks that remain is given. Adds the same ones
 * to the details as "blockers".
 */
char *name_blockers(const struct app *app, uint32_t remaining,
		    struct json_object *details);

/* "82 'cat', sleeping-on-func vm_show", newly allocated. */
char *failure_to_text(const struct klp_failure *failure);

/* One failure, with its date, as a line of its own. */
void print_failure_line(const struct app *app,
			const struct klp_failure *failure);

/* klpctl failures --follow */
enum status follow_failures(struct app *app);

/*
 * klp_patch_list_get() of one patch. If there is none, *coming says whether its
 * module was still being loaded, and may enable it yet.
 */
int find_patch(const struct app *app, const char *name,
	       struct klp_patch_list **list, bool *coming);

/*
 * Reads the state of a patch that is to be disabled. With --wait one whose module
 * is still being loaded is waited for. 0 or a negative errno; *coming as above.
 */
int get_patch_to_disable(const struct app *app, const char *name,
			 enum klp_patch_state *state, bool *coming);

/*
 * Tells what these mean. The kernel forgets a patch that is disabled, and keeps its
 * module: who waits for the end, with --wait, has it.
 */
enum status report_not_listed(const struct app *app, const char *schema,
			      const char *name, int err, bool coming);

/* MODULE_NAME_LEN of a 32-bit kernel is 60 with the NUL (linux/module.h). */
#define LONGEST_MODULE_NAME 59

/* KSYM_NAME_LEN is 512 with the NUL (linux/kallsyms.h). */
#define LONGEST_FUNC_NAME 511

/* The errno that asking for a patch of this name has ended with. */
enum status fail_patch(const struct app *app, const char *name, int err);

/* As modprobe: a '-' in a module's name means '_'. Changes and returns it. */
char *module_name(char *name);

/* A patch's or module's name that may become part of a path. */
bool is_module_name(const char *name);

#endif /* KLPCTL_NOUNS_H */
