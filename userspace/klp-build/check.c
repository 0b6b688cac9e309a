// SPDX-License-Identifier: GPL-2.0
/*
 * check.c - klp-diff check and same: compare objects
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "build_id.h"
#include "callers.h"
#include "commands.h"
#include "image.h"
#include "report.h"
#include "same.h"

/* Where callers are looked for, opened when that is wanted. */
struct callers_in {
	const char *path;
	struct image image;
	bool opened;
};

static bool is_untraceable(const struct refusals *refusals)
{
	size_t i;

	for (i = 0; i < refusals->count; i++) {
		if (strcmp(refusals->refusal[i].kind, "untraceable") == 0)
			return true;
	}
	return false;
}

static bool name_callers(struct judgement *judgement, struct callers_in *in,
			 struct fault *fault)
{
	if (!in->path || !is_untraceable(&judgement->refusals))
		return true;
	if (!in->opened) {
		in->opened = true;
		if (!callers_open(&in->image, in->path, fault))
			return false;
	}
	callers_name(&judgement->refusals, judgement->comparison.old,
		     &in->image);
	return true;
}

static bool check_pair(struct report *report, char **argv,
		       struct callers_in *in, struct fault *fault)
{
	const char *file = argv[0];
	const char *object = argv[1];
	struct judgement judgement = { 0 };
	struct atoms old;
	struct atoms new = { .elf.fd = -1 };
	bool done;

	done = atoms_read(&old, argv[2], fault) &&
	       atoms_read(&new, argv[3], fault) &&
	       judge(&old, &new, strcmp(object, "vmlinux") != 0, &judgement,
		     fault) &&
	       name_callers(&judgement, in, fault);
	if (done)
		report_pair(report, file, object, &judgement);
	judgement_free(&judgement);
	atoms_free(&new);
	atoms_free(&old);
	return done;
}

int command_check(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct callers_in in = { 0 };
	struct report report;
	bool json = argc > 0 && strcmp(argv[0], "--json") == 0;

	argc -= json;
	argv += json;
	report_start(&report, json);
	if (argc >= 2 && strcmp(argv[0], "--left") == 0) {
		report.left = strtoul(argv[1], NULL, 10);
		argc -= 2;
		argv += 2;
	}
	if (argc >= 2 && strcmp(argv[0], "--livepatch") == 0) {
		report.livepatch = argv[1];
		argc -= 2;
		argv += 2;
	}
	if (argc >= 2 && strcmp(argv[0], "--vmlinux") == 0) {
		in.path = argv[1];
		argc -= 2;
		argv += 2;
	}
	for (; argc >= 4 && strcmp(argv[0], "--refused") == 0; argc -= 4) {
		report_refusal(&report, argv[1], argv[2], argv[3]);
		argv += 4;
	}
	for (; argc >= 3 && strcmp(argv[0], "--unbuilt") == 0; argc -= 3) {
		report_unbuilt(&report, argv[1], argv[2]);
		argv += 3;
	}
	for (; argc >= 4 && !fault.text[0]; argc -= 4) {
		check_pair(&report, argv, &in, &fault);
		argv += 4;
	}
	if (in.opened)
		image_close(&in.image);
	if (!fault.text[0] && argc == 0)
		return (int)report_end(&report);
	report_free(&report);
	return fault.text[0] ? command_fail(&fault) : OUTCOME_USAGE;
}

int command_vmlinux(int argc, char **argv)
{
	struct fault fault = { 0 };
	char build_id[BUILD_ID_TEXT];
	struct image image;

	if (argc != 1)
		return OUTCOME_USAGE;
	if (image_open(&image, argv[0]) != 0)
		fault_set(&fault, "%s: %s", argv[0],
			  image.error ? image.error : strerror(image.err));
	else if (!image_build_id(&image, build_id))
		fault_set(&fault,
			  "%s: it has no build id, which a livepatch would name"
			  " its kernel by",
			  argv[0]);
	image_close(&image);
	if (fault.text[0])
		return command_fail(&fault);
	printf("%s\n", build_id);
	return OUTCOME_DONE;
}

int command_same(int argc, char **argv)
{
	struct fault fault = { 0 };
	struct elf32 again;
	struct elf32 kept = { .fd = -1 };
	bool read;
	bool equal;

	if (argc != 2)
		return OUTCOME_USAGE;
	read = elf32_open(&again, argv[0], &fault) &&
	       elf32_open(&kept, argv[1], &fault);
	equal = read && same(&again, &kept, &fault);
	if (read && !equal)
		printf("%s\n", fault.text);
	elf32_close(&kept);
	elf32_close(&again);
	if (!read)
		return command_fail(&fault);
	return equal ? OUTCOME_DONE : OUTCOME_REFUSED;
}
