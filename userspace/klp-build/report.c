// SPDX-License-Identifier: GPL-2.0
/*
 * report.c - what was found, for people and as JSON
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "report.h"
#include "report_author.h"

/* Where results of one kind go: lines of a file, or an array. */
struct sink {
	const char *file;
	const char *what;
	struct json_object *array;
};

static void put_name(const struct sink *sink, const char *name)
{
	if (sink->array)
		json_object_array_add(sink->array,
				      json_must(json_object_new_string(name)));
	else
		printf("%s: %s %s\n", sink->file, sink->what, name);
}

/* Atoms of one kind that one thing happened to. */
struct query {
	const struct atoms *atoms;
	const unsigned char *changes;
	enum change change;
	enum atom_kind kind;
};

static void put_atoms(const struct judgement *judgement,
		      const struct sink *sink, const struct query *query)
{
	size_t i;

	for (i = 0; i < query->atoms->count; i++) {
		const struct atom *atom = &query->atoms->atom[i];

		if (query->changes[i] == query->change &&
		    atom->kind == query->kind &&
		    judge_counts(judgement, query->atoms, atom))
			put_name(sink, atom->name);
	}
}

/* Tables that have entries for functions that changed. */
static void put_tables(const struct judgement *judgement,
		       const struct sink *sink)
{
	const struct comparison *comparison = &judgement->comparison;
	const struct atoms *new = comparison->new;
	size_t section;
	size_t i;

	for (section = 1; section < new->elf.sections; section++) {
		for (i = 0; i < new->entries; i++) {
			if (new->entry[i].section == section &&
			    comparison->new_change[new->entry[i].owner] !=
				    CHANGE_NONE)
				break;
		}
		if (i < new->entries)
			put_name(sink, new->elf.section[section].name);
	}
}

static void put_guesses(const struct judgement *judgement,
			const struct sink *sink)
{
	const struct comparison *comparison = &judgement->comparison;
	size_t i;

	/* Without a change it has no consequence. */
	for (i = 0; judgement->changed && i < comparison->old->count; i++) {
		if (comparison->pairs.guessed[i])
			put_name(sink, comparison->old->atom[i].name);
	}
}

static void put_caller(struct json_object *array, const struct caller *caller)
{
	struct json_object *entry = json_append(array);

	json_put_text(entry, "func", caller->name);
	if (caller->through)
		json_put_text(entry, "through", caller->through);
	json_object_object_add(
		entry, "replaceable",
		json_must(json_object_new_boolean(caller->replaceable)));
}

static void put_refusal(const struct report *report, const char *file,
			const char *object, const struct refusal *refusal)
{
	struct json_object *array = NULL;
	struct json_object *entry;
	size_t i;

	if (!report->json) {
		printf("%s: refused: %s\n", file, refusal->text);
		return;
	}
	json_object_object_get_ex(report->json, "refused", &array);
	entry = json_append(array);
	json_put_text(entry, "class", refusal->kind);
	json_put_text(entry, "file", file);
	if (object)
		json_put_text(entry, "object", object);
	if (refusal->symbol && *refusal->symbol)
		json_put_text(entry, "symbol", refusal->symbol);
	if (refusal->section) {
		json_put_text(entry, "section", refusal->section);
		json_put_number(entry, "offset", refusal->offset);
	}
	if (refusal->source) {
		json_put_text(entry, "source", refusal->source);
		json_put_number(entry, "line", refusal->line);
	}
	for (i = 0; i < refusal->callers; i++) {
		if (i == 0)
			array = json_put_array(entry, "callers");
		put_caller(array, &refusal->caller[i]);
	}
	json_put_text(entry, "text", refusal->text);
}

/* All objects that a header is part of have the same structure. */
static bool is_repeated(struct report *report, const struct refusal *refusal)
{
	size_t i;

	if (strcmp(refusal->kind, "struct") != 0)
		return false;
	for (i = 0; i < report->type_count; i++) {
		if (strcmp(report->types[i], refusal->text) == 0)
			return true;
	}
	report->types = array_more(report->types, report->type_count,
				   sizeof(*report->types));
	report->types[report->type_count++] = text_copy(refusal->text);
	return false;
}

static void put_refusals(struct report *report, const char *file,
			 const char *object, const struct judgement *judgement)
{
	size_t i;

	for (i = 0; i < judgement->refusals.count; i++) {
		const struct refusal *refusal = &judgement->refusals.refusal[i];

		if (is_repeated(report, refusal))
			continue;
		put_refusal(report, file, object, refusal);
		report->refused++;
	}
}

void report_refusal(struct report *report, const char *kind, const char *file,
		    const char *text)
{
	char *copied = text_copy(text);
	const struct refusal refusal = { .kind = kind, .text = copied };

	put_refusal(report, file, NULL, &refusal);
	report->refused++;
	free(copied);
}

void report_unbuilt(struct report *report, const char *file, const char *config)
{
	struct json_object *array = NULL;
	struct json_object *entry;
	char *text;

	if (*config)
		text = text_make("%s is not set", config);
	else
		text = text_copy("no object of this kernel is made of it");
	report->unbuilt++;
	if (report->json) {
		json_object_object_get_ex(report->json, "not_built", &array);
		entry = json_append(array);
		json_put_text(entry, "file", file);
		if (*config)
			json_put_text(entry, "config", config);
		json_put_text(entry, "text", text);
	} else {
		printf("%s: not compiled in this configuration: %s\n", file,
		       text);
	}
	free(text);
}

void report_start(struct report *report, bool json)
{
	memset(report, 0, sizeof(*report));
	if (!json)
		return;
	report->json = json_must(json_object_new_object());
	json_put_text(report->json, "schema", "klp-build-check/1");
	json_put_array(report->json, "files");
	json_put_array(report->json, "refused");
	json_put_array(report->json, "not_built");
}

static struct json_object *start_file(const struct report *report,
				      const char *file, const char *object)
{
	struct json_object *files = NULL;
	struct json_object *entry;

	if (!report->json)
		return NULL;
	json_object_object_get_ex(report->json, "files", &files);
	entry = json_append(files);
	json_put_text(entry, "file", file);
	json_put_text(entry, "object", object);
	return entry;
}

void report_pair(struct report *report, const char *file, const char *object,
		 const struct judgement *judgement)
{
	const struct comparison *comparison = &judgement->comparison;
	const struct query queries[] = {
		{ comparison->old, comparison->old_change, CHANGE_CHANGED,
		  ATOM_FUNC },
		{ comparison->new, comparison->new_change, CHANGE_NEW,
		  ATOM_FUNC },
		{ comparison->old, comparison->old_change, CHANGE_GONE,
		  ATOM_FUNC },
		{ comparison->old, comparison->old_change, CHANGE_CHANGED,
		  ATOM_OBJECT },
		{ comparison->new, comparison->new_change, CHANGE_NEW,
		  ATOM_OBJECT },
		{ comparison->old, comparison->old_change, CHANGE_GONE,
		  ATOM_OBJECT },
	};
	static const char *const keys[][2] = {
		{ "changed_funcs", "changed function" },
		{ "new_funcs", "new function" },
		{ "gone_funcs", "gone function" },
		{ "changed_data", "changed data" },
		{ "new_data", "new data" },
		{ "gone_data", "gone data" },
	};
	struct json_object *entry = start_file(report, file, object);
	struct sink sink = { .file = file };
	size_t i;

	for (i = 0; i < sizeof(queries) / sizeof(queries[0]); i++) {
		sink.what = keys[i][1];
		sink.array = json_put_array(entry, keys[i][0]);
		put_atoms(judgement, &sink, &queries[i]);
	}
	sink.what = "with entries in";
	sink.array = json_put_array(entry, "tables");
	put_tables(judgement, &sink);
	sink.what = "warning: only its position tells which one is";
	sink.array = json_put_array(entry, "paired_by_position");
	put_guesses(judgement, &sink);
	report_author(report, entry, file, object, judgement);
	put_refusals(report, file, object, judgement);
	report->changed += judgement->changed;
	report->files++;
}

void report_free(struct report *report)
{
	json_object_put(report->json);
	while (report->type_count > 0)
		free(report->types[--report->type_count]);
	free(report->types);
	report_author_free(report);
	memset(report, 0, sizeof(*report));
}

enum report_result report_end(struct report *report)
{
	static const char *const words[] = {
		[REPORT_BUILDS] = "builds",
		[REPORT_REFUSED] = "refused",
		[REPORT_NO_CHANGE] = "no-change",
	};
	enum report_result result = REPORT_BUILDS;

	if (report->refused)
		result = REPORT_REFUSED;
	else if (!report->changed && !report->callbacks)
		result = REPORT_NO_CHANGE;
	report_author_end(report);
	if (report->json) {
		json_put_text(report->json, "result", words[result]);
		if (report->livepatch)
			json_put_text(report->json, "livepatch",
				      report->livepatch);
		json_put_number(report->json, "not_compiled",
				(int64_t)report->left);
		printf("%s\n", json_object_to_json_string_ext(
				       report->json, JSON_C_TO_STRING_PLAIN));
	} else if (result == REPORT_BUILDS) {
		printf("can be live-patched: functions to replace: %zu\n",
		       report->changed);
		if (report->livepatch)
			printf("made %s\n", report->livepatch);
	} else if (result == REPORT_REFUSED) {
		if (report->left)
			printf("not compiled, as it is refused already: objects"
			       " that read a changed header: %zu\n",
			       report->left);
		printf("cannot be live-patched: reasons: %zu\n",
		       report->refused);
	} else if (report->unbuilt && !report->files) {
		printf("no functional change: nothing that this kernel is made"
		       " of is changed\n");
	} else {
		printf("no functional change in this configuration\n");
	}
	report_free(report);
	return result;
}
