// SPDX-License-Identifier: GPL-2.0
/*
 * report_author.c - what the author of a fix says in its sources, in a report
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "json.h"
#include "report_author.h"

/* Is it the first callback of its kind for an object? */
static bool take_callback(struct report *report, const char *object,
			  const char *kind)
{
	char *key = text_make("%s %s", object, kind);
	size_t i;

	for (i = 0; i < report->callbacks; i++) {
		if (strcmp(report->callback[i], key) == 0) {
			free(key);
			return false;
		}
	}
	report->callback = array_more(report->callback, report->callbacks,
				      sizeof(*report->callback));
	report->callback[report->callbacks++] = key;
	return true;
}

static void put_callback(struct report *report, struct json_object *array,
			 const char *file, const char *object,
			 const struct author_callback *callback,
			 const char *function)
{
	char *reason;

	if (array) {
		struct json_object *entry = json_append(array);

		json_put_text(entry, "kind", callback->kind);
		json_put_text(entry, "func", function);
	} else {
		printf("%s: %s callback %s\n", file, callback->kind, function);
	}
	if (take_callback(report, object, callback->kind))
		return;
	reason = text_make(
		"function '%s' is a second %s callback of %s, which can"
		" have one: call it from the first one",
		function, callback->kind, object);
	report_refusal(report, "callback", file, reason);
	free(reason);
}

static void note_ignored(struct report *report, const char *file,
			 const struct author_ignored *ignored)
{
	struct report_ignored *noted;
	size_t i;

	for (i = 0; i < report->ignores; i++) {
		noted = &report->ignored[i];
		if (strcmp(noted->kind, ignored->kind) == 0 &&
		    strcmp(noted->name, ignored->name) == 0) {
			noted->used |= ignored->used;
			return;
		}
	}
	report->ignored = array_more(report->ignored, report->ignores,
				     sizeof(*report->ignored));
	noted = &report->ignored[report->ignores++];
	noted->kind = ignored->kind;
	noted->name = text_copy(ignored->name);
	noted->file = text_copy(file);
	noted->used = ignored->used;
}

static void put_ignored(struct json_object *array, const char *file,
			const struct author_ignored *ignored)
{
	if (array) {
		struct json_object *entry = json_append(array);

		json_put_text(entry, "kind", ignored->kind);
		json_put_text(entry, "name", ignored->name);
	} else {
		printf("%s: ignored %s '%s', by %s\n", file, ignored->kind,
		       ignored->name, author_macro(ignored->kind));
	}
}

void report_author(struct report *report, struct json_object *entry,
		   const char *file, const char *object,
		   const struct judgement *judgement)
{
	const struct author *author = &judgement->author;
	const struct atoms *new = judgement->comparison.new;
	struct json_object *array = json_put_array(entry, "callbacks");
	size_t i;

	for (i = 0; i < author->callbacks; i++)
		put_callback(report, array, file, object, &author->callback[i],
			     new->atom[author->callback[i].atom].name);
	array = json_put_array(entry, "ignored");
	for (i = 0; i < author->ignores; i++) {
		if (author->ignored[i].used)
			put_ignored(array, file, &author->ignored[i]);
		note_ignored(report, file, &author->ignored[i]);
	}
}

void report_author_end(const struct report *report)
{
	struct json_object *array = json_put_array(report->json, "warnings");
	size_t i;

	/* What was not compiled may be what it is about. */
	for (i = 0; !report->left && i < report->ignores; i++) {
		const struct report_ignored *ignored = &report->ignored[i];
		char *warning;

		if (ignored->used)
			continue;
		warning = text_make("%s: %s(%s) is about nothing that changed",
				    ignored->file, author_macro(ignored->kind),
				    ignored->name);
		if (array)
			json_object_array_add(
				array,
				json_must(json_object_new_string(warning)));
		else
			printf("warning: %s\n", warning);
		free(warning);
	}
}

void report_author_free(struct report *report)
{
	while (report->callbacks > 0)
		free(report->callback[--report->callbacks]);
	free(report->callback);
	while (report->ignores > 0) {
		free(report->ignored[--report->ignores].name);
		free(report->ignored[report->ignores].file);
	}
	free(report->ignored);
}
