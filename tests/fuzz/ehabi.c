// SPDX-License-Identifier: GPL-2.0
/*
 * ehabi.c - fuzzes the kernel's interpreter of unwind tables
 *
 * encoding.h says what the bytes are: the first one is added to the registers,
 * so that each can lead into the stack or beside it. The interpreter may read
 * what the callback gives it, and no more often than its comment promises.
 */
#include <stdlib.h>

#include "ehabi.h"
#include "found.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define STACK 0x10000U
#define STACK_SIZE 4096U

/* 1022 bytes of instructions, each of which pops 16 words at most. */
#define MOST_LOADS (1022 * 16)

struct loads {
	unsigned int count;
	bool refused;
};

static int load(void *cookie, u32 address, u32 *value)
{
	struct loads *loads = cookie;

	if (address % 4)
		found("a load from an odd address");
	if (loads->refused)
		found("a load after one that failed");
	if (++loads->count > MOST_LOADS)
		found("more loads than a table can ask for");
	if (address < STACK || address - STACK >= STACK_SIZE) {
		loads->refused = true;
		return -EFAULT;
	}
	/* Popped registers lead into the stack again, now and then. */
	*value = address % 64 ? address ^ 0xa5a5a5a5 : STACK + address % 1024;
	return 0;
}

static void check(const struct klp_arm_ehabi_frame *frame,
		  const struct loads *loads, int err)
{
	if (err && err != -EINVAL && err != -EOPNOTSUPP && err != -EFAULT)
		found("an error of its own making");
	if ((err == -EFAULT) != loads->refused)
		found("a failed load that is not told, or one that was not");
	if (!err && !frame->pc_popped && frame->vrs[15] != frame->vrs[14])
		found("a return address from nowhere");
	if (!err && (frame->lr_popped || frame->pc_popped) && !loads->count)
		found("a register that was popped without a load");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klp_arm_ehabi_frame frame = { 0 };
	struct loads loads = { 0 };
	size_t words;
	u32 *table;
	u32 reg;
	int err;

	if (size == 0)
		return 0;
	words = (size - 1) / 4;
	table = malloc(words ? 4 * words : 1);
	if (!table)
		abort();
	memcpy(table, data + 1, 4 * words);
	for (reg = 0; reg < 16; reg++)
		frame.vrs[reg] = STACK + 16 * reg + data[0];
	if (words && klp_arm_ehabi_words(table[0]) > KLP_ARM_EHABI_MAX_WORDS)
		found("a table longer than any");
	err = klp_arm_ehabi_unwind(table, (u32)words, &frame, load, &loads);
	check(&frame, &loads, err);
	free(table);
	return 0;
}
