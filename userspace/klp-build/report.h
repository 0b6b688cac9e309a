/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report.h - what was found, for people and as JSON
 */
#ifndef KLP_BUILD_REPORT_H
#define KLP_BUILD_REPORT_H

#include <json-c/json.h>

#include "judge.h"

/**
 * struct report_ignored - something that the fix wants to be ignored
 * @kind: as in struct author_ignored
 * @name: of it
 * @file: the first object that says so
 * @used: one of the objects had a change that is ignored
 */
struct report_ignored {
	const char *kind;
	char *name;
	char *file;
	bool used;
};

/**
 * struct report - of all pairs of objects
 * @json: what is printed at the end, NULL for text
 * @changed: functions that would be replaced
 * @refused: reasons against it
 * @files: pairs of objects
 * @unbuilt: files of the patch that no object is made of
 * @left: objects that were not compiled, as the others were refused already
 * @livepatch: the file that was made, NULL if there is none
 * @callbacks: that would be called
 * @callback: object and kind of each, as text
 * @ignored: what the fix wants to be ignored, of all objects
 * @ignores: how many
 * @types: reasons that are of structures; those of a header would be repeated
 *	for each object
 * @type_count: how many
 */
struct report {
	struct json_object *json;
	size_t changed;
	size_t refused;
	size_t files;
	size_t unbuilt;
	size_t left;
	const char *livepatch;
	char **callback;
	size_t callbacks;
	struct report_ignored *ignored;
	size_t ignores;
	char **types;
	size_t type_count;
};

/**
 * enum report_result - what comes of all pairs; exit statuses
 * @REPORT_BUILDS: a livepatch could be made
 * @REPORT_REFUSED: it cannot be live-patched
 * @REPORT_NO_CHANGE: no code that runs changes
 */
enum report_result {
	REPORT_BUILDS = 0,
	REPORT_REFUSED = 3,
	REPORT_NO_CHANGE = 4,
};

/**
 * report_start() - begin a report
 * @report: set
 * @json: one object, instead of lines
 */
void report_start(struct report *report, bool json);

/**
 * report_pair() - one pair of objects
 * @report: of report_start()
 * @file: name of the object file in its tree
 * @object: "vmlinux", or the name of the module
 * @judgement: what was found
 */
void report_pair(struct report *report, const char *file, const char *object,
		 const struct judgement *judgement);

/**
 * report_refusal() - a reason that was found elsewhere
 * @report: of report_start()
 * @kind: class of the reason, a word
 * @file: that it is about
 * @text: for people
 */
void report_refusal(struct report *report, const char *kind, const char *file,
		    const char *text);

/**
 * report_unbuilt() - a file of the patch that is not compiled for this kernel
 * @report: of report_start()
 * @file: name of it
 * @config: the option that it would be compiled with; "" if that is not known
 */
void report_unbuilt(struct report *report, const char *file,
		    const char *config);

/**
 * report_free() - forget a report without an end
 * @report: of report_start()
 */
void report_free(struct report *report);

/**
 * report_end() - print what is left, and the result
 * @report: of report_start(), which is forgotten
 *
 * Return: the result.
 */
enum report_result report_end(struct report *report);

#endif /* KLP_BUILD_REPORT_H */
