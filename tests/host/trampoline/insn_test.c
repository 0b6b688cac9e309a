// SPDX-License-Identifier: GPL-2.0
/*
 * insn_test.c - the instructions that trampolines are made of, one by one.
 *
 * The encodings are what arm-linux-gnueabihf-as makes of the comments, with
 * -mthumb -march=armv7-a for Thumb code. Of a Thumb instruction the first half
 * is the lower one of the word: objdump's "f85d eb04" is 0xeb04f85d.
 */
#include "trampoline_code.h"
#include "trampoline_insn.h"
#include "../ktap.h"

#define FROM 0xbf000000U
#define STEP 314U

#define MIB 0x100000U

struct branch {
	bool thumb;
	u32 distance; /* from where the branch is, with the target's bit 0 */
	u32 word;
};

/* In Thumb code, bits 22 and 23 of the distance are J2 and J1 (A8.8.18). */
static const struct branch branches[] = {
	/* ARM: PC is two instructions ahead, 32 MiB either way */
	{ false, 8, 0xea000000 }, /* b .+8 */
	{ false, 44, 0xea000009 }, /* b .+44 */
	{ false, 8 + 0x1fffffc, 0xea7fffff },
	{ false, 8 - 0x2000000, 0xea800000 },
	{ false, 8 + 0x2000000, 0 },
	{ false, 8 - 0x2000004, 0 },
	{ false, 8 + 1, 0 }, /* Thumb code */
	{ false, 8 + 2, 0 },
	{ false, 8 + 3, 0 },

	/* Thumb: PC is four bytes ahead, 16 MiB either way */
	{ true, 4 + 1, 0xb800f000 }, /* b.w .+4 */
	{ true, 44 + 1, 0xb814f000 }, /* b.w .+44 */
	{ true, 0 + 1, 0xbffef7ff }, /* b.w . */
	{ true, 4 + 0xfffffe + 1, 0x97fff3ff },
	{ true, 4 - 0x1000000 + 1, 0x9000f400 },
	{ true, 4 + 0x1000000 + 1, 0 },
	{ true, 4 - 0x1000002 + 1, 0 },
	{ true, 4, 0 }, /* ARM code */
	{ true, 4 + 0x1000, 0 },

	/* Each quarter of the range, ahead and back */
	{ true, 4 + 0x3ffffe + 1, 0xbffff3ff },
	{ true, 4 + 0x400000 + 1, 0xb000f000 },
	{ true, 4 + 0x800000 + 1, 0x9800f000 },
	{ true, 4 + 0xc00000 + 1, 0x9000f000 },
	{ true, 4 - 0x400000 + 1, 0xb800f400 },
	{ true, 4 - 0x400002 + 1, 0xb7fff7ff },
	{ true, 4 - 0x800000 + 1, 0xb000f400 },
	{ true, 4 - 0xc00000 + 1, 0x9800f400 },

	/* The same with all fields in use */
	{ true, 4 + 0x654320 + 1, 0xb190f254 },
	{ true, 4 - 0x654320 + 1, 0xb670f5ab },
	{ true, 4 + 0xa54320 + 1, 0x9990f254 },
	{ true, 4 - 0xa54320 + 1, 0x9e70f5ab },
};

static void test_branches(struct ktap *ktap)
{
	const struct branch *branch;
	u32 i, word;

	for (i = 0; i < ARRAY_SIZE(branches); i++) {
		char name[64];

		branch = &branches[i];
		word = klp_arm_insn_branch(branch->thumb, FROM,
					   FROM + branch->distance);
		snprintf(name, sizeof(name), "%s branch by 0x%08x%s",
			 branch->thumb ? "Thumb" : "ARM", branch->distance,
			 branch->word ? "" : " is refused");
		ktap_result(ktap, word == branch->word, name,
			    "0x%08x instead of 0x%08x", word, branch->word);
	}
}

/* Where a b.w at @from goes to, as the processor reads it (A8.8.18, T4). */
static u32 thumb_target(u32 from, u32 word)
{
	u32 first = word & 0xffff, second = word >> 16;
	u32 s = first >> 10 & 1, j1 = second >> 13 & 1, j2 = second >> 11 & 1;
	u32 offset = (first & 0x3ff) << 12 | (second & 0x7ff) << 1;

	offset |= !(j1 ^ s) << 23 | !(j2 ^ s) << 22;
	if (s)
		offset |= 0xff000000U;
	return from + 4 + offset;
}

/* Distances all over the range, in steps that change all bits. */
static void test_thumb_targets(struct ktap *ktap)
{
	u32 distance, from, to, word, wrong = 0;

	for (distance = 0; distance < 32 * MIB; distance += STEP) {
		/* A call need not be at a multiple of four. */
		from = FROM + distance % 4;
		to = from + 4 - 16 * MIB + distance;
		word = klp_arm_insn_branch(true, from, to | 1);
		wrong += (word & 0xd000f800) != 0x9000f000 ||
			 thumb_target(from, word) != to;
	}
	ktap_result(ktap, !wrong, "each Thumb branch goes where it has to",
		    "%u do not", wrong);
}

/* A trampoline's last instruction, the fourth word of one at FROM. */
static void test_leave(struct ktap *ktap)
{
	const u32 arm = 0xe59ff028; /* ldr pc, [pc, #40] */
	const u32 thumb = 0xf02cf8df; /* ldr.w pc, [pc, #44] */
	u32 at = FROM + 12;

	ktap_result(ktap,
		    klp_arm_trampoline_leave(false, FROM, 3, at + 8) ==
				    0xea000000 &&
			    klp_arm_trampoline_leave(true, FROM, 3, at + 5) ==
				    0xb800f000,
		    "a trampoline is left by a branch", "no");
	ktap_result(ktap,
		    klp_arm_trampoline_leave(false, FROM, 3, at + 64 * MIB) ==
				    arm &&
			    klp_arm_trampoline_leave(
				    true, FROM, 3, at + 20 * MIB + 1) == thumb,
		    "out of a branch's range, by a load", "no");
	ktap_result(ktap,
		    klp_arm_trampoline_leave(false, FROM, 3, at + 9) == arm &&
			    klp_arm_trampoline_leave(true, FROM, 3, at + 8) ==
				    thumb,
		    "to the other instruction set, by a load", "no");
}

static void test_loads(struct ktap *ktap)
{
	ktap_result(
		ktap,
		klp_arm_insn_load_frame(false, 11, 4092) == 0xe59dbffc &&
			/* ldr.w r4, [sp, #4092]; ldr.w r11, [sp, #252] */
			klp_arm_insn_load_frame(true, 4, 4092) == 0x4ffcf8dd &&
			klp_arm_insn_load_frame(true, 11, 252) == 0xb0fcf8dd,
		"registers are loaded from anywhere in a frame", "no");
	ktap_result(ktap,
		    klp_arm_insn_load_literal(false, 12, 11, 13) ==
				    0xe59fc000 &&
			    /* ldr.w pc, [pc, #0]; ldr.w pc, [pc, #52] */
			    klp_arm_insn_load_literal(true, 15, 13, 14) ==
				    0xf000f8df &&
			    klp_arm_insn_load_literal(true, 15, 1, 15) ==
				    0xf034f8df,
		    "literals are loaded relative to the PC", "no");
}

/* How a frame of so many bytes, the pushed LR among them, is left. */
static const struct {
	bool thumb;
	u32 bytes;
	u32 count;
	u32 word[2];
} frames[] = {
	{ false, 4, 1, { 0xe49de004 } }, /* ldr lr, [sp], #4 */
	{ false, 4095, 1, { 0xe49defff } },
	{ false, 4096, 0, { 0 } },
	{ true, 4, 1, { 0xeb04f85d } }, /* ldr lr, [sp], #4 */
	{ true, 252, 1, { 0xebfcf85d } }, /* ldr lr, [sp], #252 */
	{ true, 255, 1, { 0xebfff85d } },
	/* ldr.w lr, [sp]; addw sp, sp, #... */
	{ true, 256, 2, { 0xe000f8dd, 0x1d00f20d } },
	{ true, 2048, 2, { 0xe000f8dd, 0x0d00f60d } },
	{ true, 4092, 2, { 0xe000f8dd, 0x7dfcf60d } },
	{ true, 4095, 2, { 0xe000f8dd, 0x7dfff60d } },
	{ true, 4096, 0, { 0 } },
};

static void test_frames(struct ktap *ktap)
{
	u32 i, count;

	for (i = 0; i < ARRAY_SIZE(frames); i++) {
		u32 word[2] = { 0 };
		char name[64];

		count = klp_arm_insn_leave_frame(frames[i].thumb,
						 frames[i].bytes, word);
		snprintf(name, sizeof(name), "%s frame of %u bytes is%s left",
			 frames[i].thumb ? "Thumb" : "ARM", frames[i].bytes,
			 frames[i].count ? "" : " not");
		ktap_result(ktap,
			    count == frames[i].count &&
				    !memcmp(word, frames[i].word, 8),
			    name, "%u: 0x%08x 0x%08x", count, word[0], word[1]);
	}
}

/* movw ip, #the lower half; movt ip, #the upper half */
static const struct {
	u32 value;
	u32 word[2];
} moves[] = {
	{ 0x11223344, { 0x3c44f243, 0x1c22f2c1 } },
	{ 0xc1230000, { 0x0c00f240, 0x1c23f2cc } },
	{ 0x0000ffff, { 0x7cfff64f, 0x0c00f2c0 } },
	{ 0xc8708f0f, { 0x7c0ff648, 0x0c70f6cc } },
};

static void test_moves(struct ktap *ktap)
{
	u32 i, word[2];

	for (i = 0; i < ARRAY_SIZE(moves); i++) {
		char name[64];

		klp_arm_insn_move_thumb(12, moves[i].value, word);
		snprintf(name, sizeof(name), "Thumb move of 0x%08x",
			 moves[i].value);
		ktap_result(ktap, !memcmp(word, moves[i].word, sizeof(word)),
			    name, "0x%08x 0x%08x", word[0], word[1]);
	}
}

int main(void)
{
	struct ktap ktap = { 0 };

	ktap_start();
	test_branches(&ktap);
	test_thumb_targets(&ktap);
	test_leave(&ktap);
	test_loads(&ktap);
	test_frames(&ktap);
	test_moves(&ktap);
	return ktap_end(&ktap);
}
