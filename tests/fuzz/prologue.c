// SPDX-License-Identifier: GPL-2.0
/*
 * prologue.c - fuzzes the kernel's verifier of prologues
 *
 * encoding.h says what the bytes are. Beyond what holds of every verdict: the
 * verifier decides the same each time, does not look at the call site, and a
 * second witness can only ever take a recipe away.
 */
#include <stdlib.h>

#include "../host/verifier/invariant.h"
#include "encoding.h"
#include "found.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A copy that ends where its memory does. */
static void *copy(const uint8_t *data, size_t size)
{
	void *memory = malloc(size ? size : 1);

	if (!memory)
		abort();
	memcpy(memory, data, size);
	return memory;
}

static bool same(const struct klp_arm_verdict *left,
		 const struct klp_arm_verdict *right)
{
	return left->reason == right->reason &&
	       same_recipe(&left->recipe, &right->recipe);
}

static void check_again(const struct klp_arm_prologue *in, uint8_t *code,
			const struct klp_arm_verdict *first)
{
	struct klp_arm_prologue alone = *in;
	struct klp_arm_verdict verdict;
	u32 at;

	klp_arm_prologue_verify(in, &verdict);
	if (!same(first, &verdict))
		found("a second verdict is not the same");

	alone.unwind_kind = KLP_ARM_UNWIND_UNCHECKED;
	klp_arm_prologue_verify(&alone, &verdict);
	if (!first->reason && !same(first, &verdict))
		found("a second witness changed the recipe");

	for (at = in->site; at < in->size; at++)
		code[at] = (uint8_t)~code[at];
	klp_arm_prologue_verify(in, &verdict);
	if (!same(first, &verdict))
		found("the verdict depends on the call");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct klp_arm_verdict verdict;
	struct klp_arm_prologue in;
	struct code_head head;
	uint8_t *code;
	u32 *unwind;
	const char *bad;
	size_t words;
	int err;

	if (size < sizeof(head))
		return 0;
	memcpy(&head, data, sizeof(head));
	data += sizeof(head);
	size -= sizeof(head);
	words = head.words < size / 4 ? head.words : size / 4;
	unwind = copy(data, 4 * words);
	code = copy(data + 4 * words, size - 4 * words);
	in = (struct klp_arm_prologue){
		.code = code,
		.size = (u32)(size - 4 * words),
		.site = head.site,
		.thumb = head.kind & CODE_THUMB,
		.unwind_kind =
			(enum klp_arm_unwind_kind)((head.kind & 0x7f) % 3),
		.unwind = unwind,
		.unwind_words = (u32)words,
	};
	/* All of the verdict must be written. */
	memset(&verdict, 0xa5, sizeof(verdict));
	err = klp_arm_prologue_verify(&in, &verdict);
	bad = bad_verdict(&in, err, &verdict);
	if (bad)
		found(bad);
	check_again(&in, code, &verdict);
	free(unwind);
	free(code);
	return 0;
}
