// SPDX-License-Identifier: GPL-2.0
/*
 * ko.c - what a module's file says of itself, before the kernel sees it
 *
 * The kernel checks all of this again. It is checked here because the kernel
 * says no more than "Exec format error", and because the file's name need not
 * be the module's.
 */
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "bound.h"
#include "ko.h"
#include "lines.h"
#include "unpack.h"

/* No module comes near it; a file that does is something else. */
#define LARGEST_FILE (256L << 20)

struct file {
	const struct app *app;
	const char *path;
	unsigned char *data;
	size_t size;
	bool unpacked; /* the data is what was in the file */
};

static enum status fail_errno(const struct app *app, const char *path)
{
	enum error error = ERROR_BAD_FILE;

	if (errno == ENOENT || errno == ENOTDIR)
		error = ERROR_NOT_FOUND;
	else if (errno == EACCES || errno == EPERM)
		error = ERROR_NOT_PERMITTED;
	else if (is_out_of_descriptors(errno))
		error = ERROR_FAILURE;
	return fail(app, error, "%s: %s", path, strerror(errno));
}

static enum status bad_file(const struct file *file, const char *why)
{
	return fail(file->app, ERROR_BAD_FILE, "%s: %s", file->path, why);
}

static enum status read_all(struct file *file, int fd, size_t size)
{
	file->data = malloc(size + 1);
	if (!file->data)
		out_of_memory();
	while (file->size < size) {
		ssize_t got =
			read(fd, file->data + file->size, size - file->size);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return fail_errno(file->app, file->path);
		if (got == 0)
			break;
		file->size += (size_t)got;
	}
	return STATUS_OK;
}

static enum status read_file(struct file *file)
{
	enum status status;
	struct stat stat;
	/* Not to wait for a writer, should the path be a FIFO. */
	int fd = open(file->path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return fail_errno(file->app, file->path);
	if (fstat(fd, &stat) < 0)
		status = fail_errno(file->app, file->path);
	else if (!S_ISREG(stat.st_mode))
		status = bad_file(file, "not a regular file");
	else if (stat.st_size > LARGEST_FILE)
		status = bad_file(file, "too large for a module");
	else
		status = read_all(file, fd, (size_t)stat.st_size);
	close(fd);
	return status;
}

static enum status check_header(const struct file *file, Elf32_Ehdr *header)
{
	if (file->size < SELFMAG || memcmp(file->data, ELFMAG, SELFMAG) != 0)
		return bad_file(file, "not an ELF file, so no kernel module");
	if (file->size < sizeof(*header))
		return bad_file(file, "cut short within the ELF header");
	memcpy(header, file->data, sizeof(*header));
	if (header->e_ident[EI_CLASS] != ELFCLASS32)
		return bad_file(file, "a 64-bit file, not one for 32-bit ARM");
	if (header->e_ident[EI_DATA] != ELFDATA2LSB)
		return bad_file(file, "a big-endian file: this klpctl and its"
				      " kernels are little-endian");
	if (header->e_machine != EM_ARM)
		return fail(file->app, ERROR_BAD_FILE,
			    "%s: for ELF machine %u, not for 32-bit ARM (%u)",
			    file->path, header->e_machine, EM_ARM);
	if (header->e_type != ET_REL)
		return bad_file(file, "not a kernel module: modules are"
				      " relocatable files");
	if (header->e_shoff == 0 || header->e_shnum == 0 ||
	    header->e_shentsize != sizeof(Elf32_Shdr) ||
	    header->e_shstrndx >= header->e_shnum)
		return bad_file(file, "has no usable section table");
	if (header->e_shoff > file->size ||
	    (file->size - header->e_shoff) / sizeof(Elf32_Shdr) <
		    header->e_shnum)
		return bad_file(file, "cut short: its section table is beyond"
				      " its end");
	return STATUS_OK;
}

static Elf32_Shdr section_at(const struct file *file, const Elf32_Ehdr *header,
			     unsigned int index)
{
	Elf32_Shdr section;

	/* check_header() has seen that the table is inside the file. */
	memcpy(&section, file->data + header->e_shoff + index * sizeof(section),
	       sizeof(section));
	return section;
}

/* A compressed file is that which is in it. */
static enum status unpack_file(struct file *file)
{
	unsigned char *data = NULL;
	const char *error;
	size_t size = 0;

	if (!unpack_is_due(file->data, file->size))
		return STATUS_OK;
	error = unpack(file->data, file->size, &data, &size);
	if (error)
		return bad_file(file, error);
	free(file->data);
	file->data = data;
	file->size = size;
	file->unpacked = true;
	return STATUS_OK;
}

/* Every section must be in the file: the likely damage is a missing end. */
static enum status check_sections(const struct file *file,
				  const Elf32_Ehdr *header)
{
	unsigned int i;

	for (i = 0; i < header->e_shnum; i++) {
		Elf32_Shdr section = section_at(file, header, i);

		if (section.sh_type == SHT_NOBITS ||
		    section.sh_type == SHT_NULL)
			continue;
		if (section.sh_offset > file->size ||
		    section.sh_size > file->size - section.sh_offset)
			return fail(file->app, ERROR_BAD_FILE,
				    "%s: cut short: section %u is beyond its"
				    " end",
				    file->path, i);
	}
	return STATUS_OK;
}

static bool find_section(const struct file *file, const Elf32_Ehdr *header,
			 const char *name, Elf32_Shdr *found)
{
	Elf32_Shdr names = section_at(file, header, header->e_shstrndx);
	size_t len = strlen(name) + 1;
	unsigned int i;

	if (names.sh_type != SHT_STRTAB)
		return false;
	for (i = 0; i < header->e_shnum; i++) {
		*found = section_at(file, header, i);
		/* Of these check_sections() has not seen where they are. */
		if (found->sh_type == SHT_NOBITS ||
		    found->sh_type == SHT_NULL ||
		    found->sh_name > names.sh_size ||
		    len > names.sh_size - found->sh_name)
			continue;
		if (memcmp(file->data + names.sh_offset + found->sh_name, name,
			   len) == 0)
			return true;
	}
	return false;
}

/* If the "key=value" of len bytes has this key, copies its value. */
static void take_value(const char *pair, size_t len, const char *key,
		       char **value)
{
	size_t key_len = strlen(key);

	if (len <= key_len || memcmp(pair, key, key_len) != 0 ||
	    pair[key_len] != '=' || *value)
		return;
	*value = strndup(pair + key_len + 1, len - key_len - 1);
	if (!*value)
		out_of_memory();
}

/* The same for an entry of which there may be several. */
static void take_target_mod(const char *pair, size_t len, struct ko *ko)
{
	char *value = NULL;

	take_value(pair, len, "klp_target_mod", &value);
	if (!value)
		return;
	ko->target_mod = reallocarray(ko->target_mod, ko->target_mods + 1,
				      sizeof(*ko->target_mod));
	if (!ko->target_mod)
		out_of_memory();
	ko->target_mod[ko->target_mods++] = value;
}

/* Of what the kernel compares: BUILD_ID_SIZE_MAX (linux/buildid.h) bytes. */
#define BUILD_ID_DIGITS 40

static bool is_build_id(const char *text)
{
	return strlen(text) == BUILD_ID_DIGITS &&
	       strspn(text, "0123456789abcdefABCDEF") == BUILD_ID_DIGITS;
}

/* What a module says that it is for, when what it says is none. */
static enum status check_targets(const struct file *file, const struct ko *ko)
{
	size_t i;

	if (ko->target && !is_build_id(ko->target))
		return fail(file->app, ERROR_BAD_FILE,
			    "%s: klp_target='%.64s' in its .modinfo is no build"
			    " id of %d hexadecimal digits: build the livepatch"
			    " again",
			    file->path, ko->target, BUILD_ID_DIGITS);
	for (i = 0; i < ko->target_mods; i++) {
		const char *id = strchr(ko->target_mod[i], ':');

		if (!id || !is_build_id(id + 1))
			return fail(file->app, ERROR_BAD_FILE,
				    "%s: klp_target_mod='%.64s' in its .modinfo"
				    " is not a module and its build id: build"
				    " the livepatch again",
				    file->path, ko->target_mod[i]);
	}
	return STATUS_OK;
}

static void read_modinfo(const struct file *file, const Elf32_Shdr *section,
			 struct ko *ko)
{
	const char *pos = (const char *)file->data + section->sh_offset;
	const char *end = pos + section->sh_size;
	char *livepatch = NULL;

	while (pos < end) {
		size_t len = strnlen(pos, (size_t)(end - pos));

		take_value(pos, len, "name", &ko->name);
		take_value(pos, len, "vermagic", &ko->vermagic);
		take_value(pos, len, "version", &ko->version);
		take_value(pos, len, "srcversion", &ko->srcversion);
		take_value(pos, len, "livepatch", &livepatch);
		take_value(pos, len, "klp_target", &ko->target);
		take_target_mod(pos, len, ko);
		pos += len;
		while (pos < end && *pos == '\0')
			pos++;
	}
	ko->livepatch = livepatch && strcmp(livepatch, "Y") == 0;
	free(livepatch);
}

/* The linker writes it into a section of notes, among which there may be others. */
static void read_build_id(const struct file *file, const Elf32_Ehdr *header,
			  struct ko *ko)
{
	unsigned int i;

	for (i = 0; i < header->e_shnum; i++) {
		const Elf32_Shdr section = section_at(file, header, i);

		/* check_sections() has seen that all of it is in the file. */
		if (section.sh_type == SHT_NOTE &&
		    build_id_in_notes(file->data + section.sh_offset,
				      section.sh_size, ko->build_id))
			return;
	}
}

static enum status parse(const struct file *file, struct ko *ko)
{
	Elf32_Ehdr header = { 0 };
	Elf32_Shdr modinfo;
	enum status status;

	status = check_header(file, &header);
	if (status == STATUS_OK)
		status = check_sections(file, &header);
	if (status != STATUS_OK)
		return status;
	if (!find_section(file, &header, ".modinfo", &modinfo))
		return bad_file(file, "not a kernel module: it has no .modinfo"
				      " section");
	read_modinfo(file, &modinfo, ko);
	read_build_id(file, &header, ko);
	if (!ko->name || !ko->vermagic)
		return bad_file(file, "not a kernel module: its .modinfo"
				      " section lacks a name or a vermagic");
	return check_targets(file, ko);
}

enum status ko_read(const struct app *app, const char *path, struct ko *ko)
{
	struct file file = { .app = app, .path = path };
	enum status status;

	memset(ko, 0, sizeof(*ko));
	bound_file(path);
	status = read_file(&file);
	bound_file(NULL);
	/* Without data the error has been printed. */
	if (file.data && status == STATUS_OK)
		status = unpack_file(&file);
	if (file.data && status == STATUS_OK)
		status = parse(&file, ko);
	if (file.unpacked) {
		ko->data = file.data;
		ko->size = file.size;
	} else {
		free(file.data);
	}
	return status;
}

void ko_release(struct ko *ko)
{
	free(ko->name);
	free(ko->vermagic);
	free(ko->version);
	free(ko->srcversion);
	free(ko->data);
	free(ko->target);
	while (ko->target_mods > 0)
		free(ko->target_mod[--ko->target_mods]);
	free(ko->target_mod);
}

bool has_module_suffix(const char *path)
{
	static const char *const suffixes[] = { ".ko", ".ko.gz", ".ko.xz",
						".ko.zst" };
	const size_t len = strlen(path);
	size_t i;

	for (i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		const size_t end = strlen(suffixes[i]);

		if (len >= end && strcmp(path + len - end, suffixes[i]) == 0)
			return true;
	}
	return false;
}
