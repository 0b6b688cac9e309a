// SPDX-License-Identifier: GPL-2.0
/*
 * image.c - fuzzes klpctl's readers of ELF files
 *
 * The input is a file, and is given to klpctl verify as what it claims to be: a
 * vmlinux, or a module, which is then a livepatch and its target at once. What
 * klpctl prints with is replaced by what only reads.
 *
 * Compiled with klpctl's sources, of which image.c calls the map_exactly() and
 * unmap() below instead of mmap() and munmap().
 */
#include <elf.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bound.h"
#include "build_id.h"
#include "found.h"
#include "memory_file.h"
#include "target.h"
#include "verify.h"
#include "verify_running.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
void *map_exactly(void *address, size_t size, int protection, int flags, int fd,
		  off_t offset);
int unmap(void *address, size_t size);

/*
 * A mapping ends with a page, and what is read behind the file in it goes
 * unseen. Memory that ends with the file does not.
 */
void *map_exactly(void *address, size_t size, int protection, int flags, int fd,
		  off_t offset)
{
	void *memory = malloc(size);

	(void)address;
	(void)protection;
	(void)flags;
	if (!memory || pread(fd, memory, size, offset) != (ssize_t)size)
		abort();
	return memory;
}

int unmap(void *address, size_t size)
{
	(void)size;
	free(address);
	return 0;
}

enum status fail(const struct app *app, enum error error, const char *fmt, ...)
{
	char text[256];
	va_list args;

	(void)app;
	(void)error;
	va_start(args, fmt);
	vsnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	see_text(text);
	return STATUS_FAILURE;
}

/* No time is looked at. */
void bound_file(const char *path)
{
	(void)path;
}

_Noreturn void out_of_memory(void)
{
	found("out of memory");
}

void verify_add(struct verify_report *report, const struct verify_row *row)
{
	report->checked++;
	if (!row->object || !row->name)
		found("a row without a name");
	if (row->redirectable != !row->reason || !row->reason != !row->why)
		found("a refusal without a reason, or the other way round");
	see_text(row->object);
	see_text(row->name);
	see_text(row->reason);
	see_text(row->why);
}

void verify_count(struct verify_report *report)
{
	report->checked++;
}

enum status verify_conclude(struct verify_report *report)
{
	see_text(report->patch);
	return STATUS_OK;
}

/* What is compared is read; nothing that runs is asked. */
enum status target_check_kernel(const struct app *app, const char *ko_path,
				const struct ko *ko, const char *kernel,
				const char *build_id)
{
	(void)app;
	(void)ko_path;
	see_text(kernel);
	see_text(build_id);
	see_text(ko->target);
	return STATUS_OK;
}

enum status target_check_module(const struct app *app, const char *ko_path,
				const struct ko *ko, const char *module,
				const char *build_id)
{
	size_t i;

	for (i = 0; i < ko->target_mods; i++)
		see_text(ko->target_mod[i]);
	return target_check_kernel(app, ko_path, ko, module, build_id);
}

enum status target_check_running_kernel(const struct app *app,
					const char *ko_path,
					const struct ko *ko, bool *known)
{
	*known = false;
	return target_check_kernel(app, ko_path, ko, NULL, NULL);
}

bool build_id_of_loaded_module(const char *name, char *text)
{
	see_text(name);
	*text = '\0';
	return false;
}

bool verify_running(struct verify_report *report,
		    const struct verify_func *func, const struct old_code *code)
{
	(void)report;
	see_text(func->name);
	(void)code;
	return false;
}

bool target_names_modules(const struct ko *ko,
			  const struct livepatch *livepatch)
{
	size_t i;

	for (i = 0; i < livepatch->funcs; i++)
		see_text(livepatch->func[i].object);
	return ko->target_mods > 0;
}

/* All traced functions, or these. */
static void verify(const struct app *app, char **names)
{
	struct verify_report report = { .app = app };

	verify_files(&report, names);
	see_number(report.checked);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static char good[] = "good";
	static char twin[] = "twin";
	char *none[] = { NULL };
	char *names[] = { good, twin, NULL };
	const char *path = memory_file(data, size);
	struct app app = { .given = OPTION_VMLINUX, .vmlinux = path };
	Elf32_Ehdr header = { .e_type = ET_NONE };

	if (size >= sizeof(header))
		memcpy(&header, data, sizeof(header));
	if (header.e_type == ET_REL) {
		app.given = OPTION_TARGET;
		app.targets[app.target_count++] = path;
		app.object = "drv";
	}
	verify(&app, none);
	verify(&app, names);
	if (header.e_type == ET_REL) {
		app.given |= OPTION_MODULE;
		app.module = path;
		verify(&app, none);
	}
	return 0;
}
