// SPDX-License-Identifier: GPL-2.0
/*
 * verify_files.c - klpctl verify without a running kernel, from its files
 *
 * The rules are the kernel's own: its verifier and its interpreter of unwind
 * tables are compiled into klpctl, and symbols are counted as kallsyms does.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_id.h"
#include "bound.h"
#include "image.h"
#include "ko.h"
#include "livepatch.h"
#include "self_switch.h"
#include "target.h"
#include "verify.h"
#include "verify_code.h"
#include "verify_late.h"
#include "verify_running.h"

/* More functions of one name than any kernel has. */
#define MOST_TWINS 256

/* An object that functions may be in. */
struct target {
	char *name;
	struct image image;
};

struct targets {
	const struct app *app;
	struct target target[MOST_TARGETS + 1];
	size_t count;
	struct old_codes codes; /* that a livepatch was made to replace */
	bool running; /* the kernel is asked where there is no file */
};

static enum status open_image(const struct app *app, const char *path,
			      struct image *image)
{
	enum error error = ERROR_BAD_FILE;
	int err;

	bound_file(path);
	err = image_open(image, path);
	bound_file(NULL);
	if (err == 0)
		return STATUS_OK;
	if (image->err == ENOENT || image->err == ENOTDIR)
		error = ERROR_NOT_FOUND;
	else if (image->err == EACCES || image->err == EPERM)
		error = ERROR_NOT_PERMITTED;
	return fail(app, error, "%s: %s", path, image->error);
}

static enum status add_vmlinux(struct targets *targets)
{
	struct target *target = &targets->target[targets->count];
	enum status status;

	target->name = strdup("vmlinux");
	if (!target->name)
		out_of_memory();
	targets->count++;
	status =
		open_image(targets->app, targets->app->vmlinux, &target->image);
	if (status == STATUS_OK && target->image.relocatable)
		return fail(targets->app, ERROR_BAD_FILE,
			    "%s: a module, not a vmlinux: give it as --target",
			    targets->app->vmlinux);
	return status;
}

static enum status add_module(struct targets *targets, const char *path)
{
	struct target *target = &targets->target[targets->count];
	enum status status;
	struct ko ko;

	status = ko_read(targets->app, path, &ko);
	if (status == STATUS_OK) {
		target->name = ko.name;
		ko.name = NULL;
		targets->count++;
		status = open_image(targets->app, path, &target->image);
	}
	ko_release(&ko);
	return status;
}

static enum status open_targets(struct targets *targets)
{
	const struct app *app = targets->app;
	enum status status = STATUS_OK;
	size_t i;

	if (app->given & OPTION_VMLINUX)
		status = add_vmlinux(targets);
	for (i = 0; status == STATUS_OK && i < app->target_count; i++)
		status = add_module(targets, app->targets[i]);
	return status;
}

static void close_targets(struct targets *targets)
{
	size_t i;

	for (i = 0; i < targets->count; i++) {
		image_close(&targets->target[i].image);
		free(targets->target[i].name);
	}
	old_codes_release(&targets->codes);
}

static struct image *find_target(struct targets *targets, const char *object)
{
	size_t i;

	for (i = 0; i < targets->count; i++) {
		if (strcmp(targets->target[i].name, object) == 0)
			return &targets->target[i].image;
	}
	return NULL;
}

/* The same, as verify_late() asks. */
static bool find_late_target(void *cookie, const char *object,
			     struct image **image)
{
	struct targets *targets = cookie;

	*image = find_target(targets, object);
	/* What has no file is looked up when the kernel loads the livepatch. */
	return *image || targets->running;
}

static void refuse(struct verify_row *row, enum klp_arm_reason reason)
{
	row->reason = klp_arm_reason_name(reason);
	row->why = klp_arm_reason_text(reason);
}

static void judge(const struct image *image, const struct image_func *func,
		  struct verify_row *row)
{
	const struct image_func *sized =
		func->size ? NULL : image_func_at(image, func->start);
	const struct image_place *site;
	struct klp_arm_prologue prologue;
	struct klp_arm_verdict verdict;

	/* A label has the address, and so the verdict, of a whole function. */
	if (sized && sized->start.offset == func->start.offset)
		func = sized;
	site = image_site_in(image, func);
	row->found = true;
	if (image_is_init_text(image, func->start)) {
		refuse(row, KLP_ARM_REASON_INIT_TEXT);
		return;
	}
	if (!site) {
		refuse(row, KLP_ARM_REASON_NOT_TRACED);
		return;
	}
	/* All of the functions are vmlinux's. */
	if (!image->relocatable && klp_arm_switches_task(func->name)) {
		refuse(row, KLP_ARM_REASON_SWITCHES_TASK);
		return;
	}
	image_describe(image, func, *site, &prologue);
	if (klp_arm_prologue_verify(&prologue, &verdict)) {
		refuse(row, verdict.reason);
		row->has_offset = verdict.insn_size != 0;
		row->offset = verdict.offset;
		return;
	}
	row->redirectable = true;
	row->has_recipe = true;
	row->sp_delta = verdict.recipe.sp_delta;
	row->restored = verdict.recipe.restore;
}

/* A kernel that does not answer is not asked again. */
static bool ask_running(struct verify_report *report, struct targets *targets,
			const struct verify_row *row,
			const struct old_code *code)
{
	const struct verify_func func = { row->object, row->name, row->sympos };

	targets->running = targets->running &&
			   verify_running(report, &func, code);
	return targets->running;
}

/* With position 0 a name must be unique, as for the livepatch core. */
static void look_up(struct verify_report *report, struct targets *targets,
		    const char *object, const char *name, u32 sympos)
{
	struct verify_row row = { .object = object,
				  .name = name,
				  .sympos = sympos };
	const struct old_code *code =
		old_codes_find(&targets->codes, object, name, sympos);
	struct image *image = find_target(targets, object);
	const char *clones[VERIFY_MOST_CLONES];
	struct image_func *found;
	size_t count;

	row.digest = code ? code->digest : NULL;
	if (!image && ask_running(report, targets, &row, code))
		return;
	if (!image) {
		row.reason = "object-not-given";
		row.why = strcmp(object, "vmlinux") == 0 ?
				  "no file was given for the kernel: add"
				  " --vmlinux; without files, 'klpctl verify"
				  " FUNC' asks the running kernel" :
				  "no file was given for the object: add"
				  " --target";
		verify_add(report, &row);
		return;
	}
	found = calloc(MOST_TWINS, sizeof(*found));
	if (!found)
		out_of_memory();
	count = image_find(image, name, found, MOST_TWINS);
	if (code && (count == 0 || sympos > count))
		row.code = "gone";
	if (count == 0) {
		verify_add_missing(report, &row, clones,
				   image_clones(image, name, clones,
						VERIFY_MOST_CLONES));
		free(found);
		return;
	}
	if (sympos > count) {
		row.reason = "not-found";
		row.why = "the object has fewer symbols of this name";
	} else if (sympos == 0 && count > 1) {
		verify_refuse_ambiguous(&row);
	} else {
		row.sympos = sympos ? sympos : 1;
		judge(image, &found[row.sympos - 1], &row);
		if (code)
			verify_image_code(image, &found[row.sympos - 1], code,
					  &row);
	}
	verify_add(report, &row);
	free(found);
}

/* A function that was named stands for all of its name. */
static void look_up_all(struct verify_report *report, struct targets *targets,
			const char *object, const char *name)
{
	struct image *image = find_target(targets, object);
	struct image_func *found = NULL;
	size_t count = 0;
	size_t i;

	if (image) {
		found = calloc(MOST_TWINS, sizeof(*found));
		if (!found)
			out_of_memory();
		count = image_find(image, name, found, MOST_TWINS);
	}
	for (i = 0; i < count; i++) {
		struct verify_row row = { .object = object,
					  .name = name,
					  .sympos = (u32)i + 1 };

		judge(image, &found[i], &row);
		verify_add(report, &row);
	}
	if (count == 0)
		look_up(report, targets, object, name, 0);
	free(found);
}

/*
 * Without names: every function with a traced call; the refused are listed.
 * Those of init text are only counted: no kernel could replace them.
 */
static void survey(struct verify_report *report, const struct target *target)
{
	const struct image *image = &target->image;
	size_t i;

	for (i = 0; i < image->sites; i++) {
		const struct image_func *func =
			image_func_at(image, image->site[i]);
		struct verify_row row = { .object = target->name };

		if (!func)
			continue;
		if (image_is_init_text(image, image->site[i])) {
			report->init_text++;
			continue;
		}
		row.name = func->name;
		judge(image, func, &row);
		if (row.redirectable)
			verify_count(report);
		else
			verify_add(report, &row);
	}
}

/* All that is compiled of one kernel is of the same instruction set. */
static const char *instruction_set(const struct image *image)
{
	const struct image_func *func = NULL;

	if (image->sites)
		func = image_func_at(image, *image->site);
	else if (image->funcs)
		func = image->func;
	if (!func)
		return NULL;
	return func->thumb ? "Thumb" : "ARM";
}

/* The kernel would not load one of the two. */
static enum status same_instruction_set(const struct targets *targets,
					const struct image *patch)
{
	const char *path = targets->app->module;
	const char *own = instruction_set(patch);
	size_t i;

	for (i = 0; own && i < targets->count; i++) {
		const struct target *target = &targets->target[i];
		const char *other = instruction_set(&target->image);

		if (other && strcmp(own, other) != 0)
			return fail(targets->app, ERROR_REFUSED,
				    "%s: %s code, and '%s' is %s code: build"
				    " the patch against the kernel that it is"
				    " for",
				    path, own, target->name, other);
	}
	return STATUS_OK;
}

/*
 * Compares the build ids that a livepatch carries with those of the files, or
 * of the running kernel if no vmlinux was given and it can be asked.
 */
static enum status same_build(const struct targets *targets,
			      const struct ko *ko, bool *known)
{
	const struct app *app = targets->app;
	enum status status = STATUS_OK;
	char build_id[BUILD_ID_TEXT];
	size_t i;

	*known = app->given & OPTION_VMLINUX;
	for (i = 0; status == STATUS_OK && i < targets->count; i++) {
		const struct target *target = &targets->target[i];

		image_build_id(&target->image, build_id);
		if (target->image.relocatable)
			status = target_check_module(app, app->module, ko,
						     target->name, build_id);
		else
			status = target_check_kernel(app, app->module, ko,
						     target->name, build_id);
	}
	if (status == STATUS_OK && !*known)
		status = target_check_running_kernel(app, app->module, ko,
						     known);
	return status;
}

/*
 * Has the build id of each module been compared? Those without a file are compared
 * here, if the running kernel is asked and they are loaded.
 */
static enum status same_modules(struct targets *targets, const struct ko *ko,
				const struct livepatch *livepatch, bool *all)
{
	const struct app *app = targets->app;
	enum status status = STATUS_OK;
	char build_id[BUILD_ID_TEXT];
	size_t i;

	*all = true;
	for (i = 0; status == STATUS_OK && i < livepatch->funcs; i++) {
		const char *object = livepatch->func[i].object;

		if (strcmp(object, "vmlinux") == 0 ||
		    find_target(targets, object))
			continue;
		if (targets->running &&
		    build_id_of_loaded_module(object, build_id))
			status = target_check_module(app, app->module, ko,
						     object, build_id);
		else
			*all = false;
	}
	return status;
}

static enum status look_up_patch(struct verify_report *report,
				 struct targets *targets, const struct ko *ko)
{
	const char *path = report->app->module;
	struct livepatch livepatch = { 0 };
	bool known = false;
	bool all = false;
	enum status status;
	struct image image;
	size_t i;

	status = open_image(report->app, path, &image);
	if (status == STATUS_OK)
		status = same_instruction_set(targets, &image);
	if (status == STATUS_OK)
		status = same_build(targets, ko, &known);
	targets->running = known && !(report->app->given & OPTION_VMLINUX);
	if (status == STATUS_OK)
		status = verify_late(report->app, &image, find_late_target,
				     targets);
	if (status == STATUS_OK && livepatch_read(&image, &livepatch))
		status = fail(report->app, ERROR_BAD_FILE, "%s: %s", path,
			      livepatch.error);
	if (status == STATUS_OK)
		status = same_modules(targets, ko, &livepatch, &all);
	if (status == STATUS_OK)
		status = verify_read_codes(report->app, &image, &livepatch,
					   &targets->codes);
	for (i = 0; status == STATUS_OK && i < livepatch.funcs; i++)
		look_up(report, targets, livepatch.func[i].object,
			livepatch.func[i].name, livepatch.func[i].sympos);
	if (status == STATUS_OK) {
		report->patch = ko->name;
		if (known && all && ko->target &&
		    target_names_modules(ko, &livepatch))
			report->target = KLP_TARGET_MATCHED;
		status = verify_conclude(report);
	}
	livepatch_release(&livepatch);
	image_close(&image);
	return status;
}

/* Release the module in either case. */
static enum status read_patch(const struct app *app, struct ko *ko)
{
	enum status status = ko_read(app, app->module, ko);

	if (status == STATUS_OK && !ko->livepatch)
		status = fail(app, ERROR_NOT_LIVEPATCH,
			      "%s: module '%s' is not a livepatch: it lacks"
			      " MODULE_INFO(livepatch, \"Y\")",
			      app->module, ko->name);
	return status;
}

enum status verify_files(struct verify_report *report, char **names)
{
	const struct app *app = report->app;
	const char *object = app->object ? app->object : "vmlinux";
	struct targets targets = { .app = app };
	enum status status = STATUS_OK;
	struct ko ko = { 0 };
	size_t i;

	/* What is to be judged goes before what it is judged by. */
	if (app->given & OPTION_MODULE)
		status = read_patch(app, &ko);
	if (status == STATUS_OK)
		status = open_targets(&targets);
	if (status != STATUS_OK) {
		ko_release(&ko);
		close_targets(&targets);
		return status;
	}
	if (app->given & OPTION_MODULE) {
		status = look_up_patch(report, &targets, &ko);
	} else if (!*names && app->object && !find_target(&targets, object)) {
		status = fail(app, ERROR_NOT_FOUND,
			      "no file was given for object '%s'", object);
	} else {
		for (i = 0; !*names && i < targets.count; i++)
			if (!app->object ||
			    strcmp(targets.target[i].name, object) == 0)
				survey(report, &targets.target[i]);
		for (; *names; names++)
			look_up_all(report, &targets, object, *names);
		status = verify_conclude(report);
	}
	ko_release(&ko);
	close_targets(&targets);
	return status;
}
