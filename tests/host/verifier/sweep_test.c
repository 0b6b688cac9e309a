// SPDX-License-Identifier: GPL-2.0
/*
 * sweep_test.c - feeds the verifier what no compiler emits, and checks what
 * must hold of every verdict.
 *
 * Deterministic: a fixed generator, so that a failure can be repeated.
 */
#include <stdlib.h>

#include "../ktap.h"
#include "invariant.h"

#define ROUNDS 2000000
#define MAX_CODE 32

struct sweep {
	u32 state;
	size_t accepted;
	size_t reasons[KLP_ARM_REASON_COUNT];
	char failure[160];
};

/* xorshift32 (Marsaglia, "Xorshift RNGs", 2003). */
static u32 next(struct sweep *sweep)
{
	sweep->state ^= sweep->state << 13;
	sweep->state ^= sweep->state >> 17;
	sweep->state ^= sweep->state << 5;
	return sweep->state;
}

static void verify(struct sweep *sweep, struct klp_arm_prologue *in)
{
	struct klp_arm_verdict verdict, again;
	const char *bad;
	int err;

	err = klp_arm_prologue_verify(in, &verdict);
	bad = bad_verdict(in, err, &verdict);
	if (!bad && (klp_arm_prologue_verify(in, &again) != err ||
		     !same_recipe(&again.recipe, &verdict.recipe) ||
		     again.reason != verdict.reason))
		bad = "a second verdict is not the same";
	if (bad && !sweep->failure[0])
		snprintf(sweep->failure, sizeof(sweep->failure),
			 "%s: thumb %d site %u offset %u insn 0x%x", bad,
			 in->thumb, in->site, verdict.offset, verdict.insn);
	sweep->accepted += !err;
	if ((u32)verdict.reason < KLP_ARM_REASON_COUNT)
		sweep->reasons[verdict.reason]++;
}

/* Every 16-bit value, as a Thumb instruction before push {lr}. */
static void sweep_halves(struct sweep *sweep)
{
	u32 half;

	for (half = 0; half < 0xe800; half++) {
		const u8 code[8] = { (u8)half, (u8)(half >> 8), 0x00, 0xb5 };
		struct klp_arm_prologue in = {
			.code = code, .size = 8, .site = 4, .thumb = true
		};

		verify(sweep, &in);
	}
}

/*
 * Random words, most of them unconditional so that they get past the first
 * test, with a push {lr} where it belongs, and random unwind data.
 */
static void sweep_random(struct sweep *sweep, bool thumb)
{
	u8 *code = malloc(MAX_CODE + 4);
	u32 round, i;

	if (!code)
		abort();
	for (round = 0; round < ROUNDS; round++) {
		u32 words = next(sweep) % 4;
		u32 unwind[2] = { 0x80000000 | (next(sweep) & 0x1ffffff),
				  next(sweep) };
		struct klp_arm_prologue in = { .code = code, .thumb = thumb };

		for (i = 0; i < words; i++) {
			u32 word = next(sweep);

			if (!thumb && next(sweep) % 16)
				word = 0xe0000000 | (word & 0x0fffffff);
			if (thumb && next(sweep) % 2) /* first half is low */
				word |= 0xe800;
			if (!thumb && next(sweep) % 2) /* rn, rd near SP */
				word = (word & ~0xc0000U) | 0xd0000;
			memcpy(&code[4 * i], &word, 4);
		}
		in.site = 4 * words + (thumb ? 2 : 4);
		in.size = in.site + 4;
		memcpy(&code[4 * words],
		       thumb ? "\x00\xb5" : "\x04\xe0\x2d\xe5", thumb ? 2 : 4);
		in.unwind_kind = next(sweep) % 3;
		in.unwind = unwind;
		in.unwind_words = next(sweep) % 3;
		verify(sweep, &in);
	}
	free(code);
}

static void report(struct ktap *ktap, struct sweep *sweep, const char *name)
{
	ktap_result(ktap, !sweep->failure[0] && sweep->accepted, name,
		    "%zu accepted; %s", sweep->accepted, sweep->failure);
	printf("# %s: %zu accepted\n", name, sweep->accepted);
	memset(sweep, 0, sizeof(*sweep));
	sweep->state = 0x6b6c7061;
}

int main(void)
{
	struct sweep sweep = { .state = 0x6b6c7061 };
	struct ktap ktap = { 0 };

	ktap_start();
	sweep_halves(&sweep);
	report(&ktap, &sweep, "every 16-bit Thumb instruction");
	sweep_random(&sweep, false);
	report(&ktap, &sweep, "random ARM words");
	sweep_random(&sweep, true);
	report(&ktap, &sweep, "random Thumb-2 words");
	return ktap_end(&ktap);
}
