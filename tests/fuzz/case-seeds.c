// SPDX-License-Identifier: GPL-2.0
/*
 * case-seeds.c - writes the tables of the verifier's unit tests as seeds
 *
 *	case-seeds DIR	writes DIR/prologue/N and DIR/ehabi/N
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "encoding.h"
#include "tests/ehabi_cases.h"
#include "tests/prologue_cases.h"

static uint8_t buffer[4096];

static void write_seed(const char *directory, const char *kind, u32 number,
		       size_t size)
{
	char path[4096];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s/%u", directory, kind, number);
	file = fopen(path, "wbe");
	if (!file || fwrite(buffer, 1, size, file) != size ||
	    fclose(file) != 0) {
		perror(path);
		exit(EXIT_FAILURE);
	}
}

static size_t encode_prologue(const struct klp_arm_prologue_case *row)
{
	const struct code_head head = {
		.kind = (uint8_t)(row->unwind_kind |
				  (row->thumb ? CODE_THUMB : 0)),
		.words = (uint8_t)row->unwind_words,
		.site = (uint16_t)row->site,
	};
	size_t at = sizeof(head);

	memcpy(buffer, &head, sizeof(head));
	memcpy(buffer + at, row->unwind, 4 * row->unwind_words);
	at += 4 * row->unwind_words;
	klp_arm_case_code(row, buffer + at);
	return at + klp_arm_case_size(row);
}

static size_t encode_ehabi(const struct klp_arm_ehabi_case *row)
{
	buffer[0] = 0;
	memcpy(buffer + 1, row->table, 4 * row->words);
	return 1 + 4 * row->words;
}

int main(int argc, char **argv)
{
	const struct klp_arm_prologue_case *prologue;
	const struct klp_arm_ehabi_case *ehabi;
	u32 i;

	if (argc != 2) {
		fprintf(stderr, "usage: %s DIR\n", argv[0]);
		return 2;
	}
	for (i = 0; (prologue = klp_arm_case(i)); i++)
		write_seed(argv[1], "prologue", i, encode_prologue(prologue));
	for (i = 0; (ehabi = klp_arm_ehabi_case(i)); i++)
		write_seed(argv[1], "ehabi", i, encode_ehabi(ehabi));
	return 0;
}
