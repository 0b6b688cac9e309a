/* SPDX-License-Identifier: GPL-2.0 */
/*
 * report_author.h - what the author of a fix says in its sources, in a report
 */
#ifndef KLP_BUILD_REPORT_AUTHOR_H
#define KLP_BUILD_REPORT_AUTHOR_H

#include "report.h"

/**
 * report_author() - what one object says
 * @report: of report_start()
 * @entry: the object, NULL for text
 * @file: name of the object file in its tree
 * @object: "vmlinux", or the name of the module
 * @judgement: what was found
 *
 * A second callback of its kind for @object is refused.
 */
void report_author(struct report *report, struct json_object *entry,
		   const char *file, const char *object,
		   const struct judgement *judgement);

/**
 * report_author_end() - warn of what was said and is about no change
 * @report: of report_start()
 */
void report_author_end(const struct report *report);

/**
 * report_author_free() - forget what was said
 * @report: of report_start()
 */
void report_author_free(struct report *report);

#endif /* KLP_BUILD_REPORT_AUTHOR_H */
