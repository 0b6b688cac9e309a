// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_test.c - the words of trampolines.
 */
#include "trampoline_code.h"
#include "../ktap.h"

#define COOKIE 0x11223344U
#define HANDLER 0x55667788U

static const struct klp_arm_recipe leaf;

/* push {r4, r5, r6, lr}; sub sp, #8 */
static const struct klp_arm_recipe framed = {
	.sp_delta = 24,
	.restore = BIT(4) | BIT(5) | BIT(6),
	.slot = { [4] = 8, [5] = 12, [6] = 16 },
};

/* push {r4-r11, lr} */
static const struct klp_arm_recipe all_registers = {
	.sp_delta = 36,
	.restore = 0x0ff0,
	.slot = { [4] = 0,
		  [5] = 4,
		  [6] = 8,
		  [7] = 12,
		  [8] = 16,
		  [9] = 20,
		  [10] = 24,
		  [11] = 28 },
};

/* The same with an array of so many bytes below */
static const struct klp_arm_recipe all_and_212 = {
	.sp_delta = 248,
	.restore = 0x0ff0,
	.slot = { [4] = 212,
		  [5] = 216,
		  [6] = 220,
		  [7] = 224,
		  [8] = 228,
		  [9] = 232,
		  [10] = 236,
		  [11] = 240 },
};

static const struct klp_arm_recipe all_and_216 = {
	.sp_delta = 252,
	.restore = 0x0ff0,
	.slot = { [4] = 216,
		  [5] = 220,
		  [6] = 224,
		  [7] = 228,
		  [8] = 232,
		  [9] = 236,
		  [10] = 240,
		  [11] = 244 },
};

static const struct klp_arm_recipe seven_and_4056 = {
	.sp_delta = 4088,
	.restore = 0x07f0,
	.slot = { [4] = 4056,
		  [5] = 4060,
		  [6] = 4064,
		  [7] = 4068,
		  [8] = 4072,
		  [9] = 4076,
		  [10] = 4080 },
};

static const struct klp_arm_recipe delta_248 = { .sp_delta = 248 };
static const struct klp_arm_recipe delta_252 = { .sp_delta = 252 };
static const struct klp_arm_recipe delta_4088 = { .sp_delta = 4088 };
static const struct klp_arm_recipe delta_4092 = { .sp_delta = 4092 };

/* No frame is like that, but the limits of the instructions are. */
static const struct klp_arm_recipe delta_251 = { .sp_delta = 251 };
static const struct klp_arm_recipe delta_4091 = { .sp_delta = 4091 };

/*
 * The words of direct forms, with their last instructions as they are for a
 * target that no branch gets to. They are what arm-linux-gnueabihf-as makes of
 * the comments, with -mthumb -march=armv7-a for Thumb code; of a Thumb
 * instruction, the first half is the lower one.
 */
static const struct {
	const char *name;
	const struct klp_arm_recipe *recipe;
	bool thumb;
	u32 leave; /* 0: there is no direct form */
	u32 at; /* the words from here to @leave are ... */
	u32 word[5];
} direct[] = {
	{ "ARM: a leaf is left in two instructions",
	  &leaf,
	  false,
	  1,
	  0,
	  { 0xe49de004, /* ldr lr, [sp], #4 */
	    0xe59ff030 } }, /* ldr pc, [pc, #48] */
	{ "ARM: a frame costs a load for each register",
	  &framed,
	  false,
	  4,
	  0,
	  { 0xe59d400c, /* ldr r4, [sp, #12] */
	    0xe59d5010, /* ldr r5, [sp, #16] */
	    0xe59d6014, /* ldr r6, [sp, #20] */
	    0xe49de01c, /* ldr lr, [sp], #28 */
	    0xe59ff024 } }, /* ldr pc, [pc, #36] */
	{ "ARM: there is room for all registers",
	  &all_registers,
	  false,
	  9,
	  7,
	  { 0xe59db020, /* ldr r11, [sp, #32] */
	    0xe49de028, /* ldr lr, [sp], #40 */
	    0xe59ff010 } }, /* ldr pc, [pc, #16] */
	{ "ARM: in larger frames, too",
	  &all_and_216,
	  false,
	  9,
	  7,
	  { 0xe59db0f8, /* ldr r11, [sp, #248] */
	    0xe49de100, /* ldr lr, [sp], #256 */
	    0xe59ff010 } }, /* ldr pc, [pc, #16] */
	{ "ARM: the largest frame of a load",
	  &delta_4091,
	  false,
	  1,
	  0,
	  { 0xe49defff, 0xe59ff030 } },
	{ "ARM: the largest frame",
	  &delta_4088,
	  false,
	  1,
	  0,
	  { 0xe49deffc, 0xe59ff030 } },
	{ "ARM: a larger frame keeps the handler form",
	  &delta_4092,
	  false,
	  0,
	  0,
	  { 0 } },

	{ "Thumb: a leaf is left in two instructions",
	  &leaf,
	  true,
	  1,
	  0,
	  { 0xeb04f85d, /* ldr lr, [sp], #4 */
	    0xf034f8df } }, /* ldr.w pc, [pc, #52] */
	{ "Thumb: a frame costs a load for each register",
	  &framed,
	  true,
	  4,
	  0,
	  { 0x400cf8dd, /* ldr.w r4, [sp, #12] */
	    0x5010f8dd, /* ldr.w r5, [sp, #16] */
	    0x6014f8dd, /* ldr.w r6, [sp, #20] */
	    0xeb1cf85d, /* ldr lr, [sp], #28 */
	    0xf028f8df } }, /* ldr.w pc, [pc, #40] */
	{ "Thumb: there is room for all registers",
	  &all_registers,
	  true,
	  9,
	  7,
	  { 0xb020f8dd, /* ldr.w r11, [sp, #32] */
	    0xeb28f85d, /* ldr lr, [sp], #40 */
	    0xf014f8df } }, /* ldr.w pc, [pc, #20] */
	{ "Thumb: in the largest frame of one instruction, too",
	  &all_and_212,
	  true,
	  9,
	  7,
	  { 0xb0f4f8dd, /* ldr.w r11, [sp, #244] */
	    0xebfcf85d, /* ldr lr, [sp], #252 */
	    0xf014f8df } }, /* ldr.w pc, [pc, #20] */
	{ "Thumb: in a larger one there is none",
	  &all_and_216,
	  true,
	  0,
	  0,
	  { 0 } },
	{ "Thumb: there is room for seven in the largest frame",
	  &seven_and_4056,
	  true,
	  9,
	  6,
	  { 0xaff4f8dd, /* ldr.w r10, [sp, #4084] */
	    0xe000f8dd, /* ldr.w lr, [sp] */
	    0x7dfcf60d, /* addw sp, sp, #4092 */
	    0xf014f8df } }, /* ldr.w pc, [pc, #20] */
	{ "Thumb: the largest frame that a load leaves",
	  &delta_248,
	  true,
	  1,
	  0,
	  { 0xebfcf85d, /* ldr lr, [sp], #252 */
	    0xf034f8df } }, /* ldr.w pc, [pc, #52] */
	{ "Thumb: the largest immediate of a load",
	  &delta_251,
	  true,
	  1,
	  0,
	  { 0xebfff85d, /* ldr lr, [sp], #255 */
	    0xf034f8df } },
	{ "Thumb: a larger frame costs an addition",
	  &delta_252,
	  true,
	  2,
	  0,
	  { 0xe000f8dd, /* ldr.w lr, [sp] */
	    0x1d00f20d, /* addw sp, sp, #256 */
	    0xf030f8df } }, /* ldr.w pc, [pc, #48] */
	{ "Thumb: the largest immediate of an addition",
	  &delta_4091,
	  true,
	  2,
	  0,
	  { 0xe000f8dd, /* ldr.w lr, [sp] */
	    0x7dfff60d, /* addw sp, sp, #4095 */
	    0xf030f8df } },
	{ "Thumb: a larger frame keeps the handler form",
	  &delta_4092,
	  true,
	  0,
	  0,
	  { 0 } },
};

static struct klp_arm_trampoline_code
generate(bool thumb, const struct klp_arm_recipe *recipe)
{
	struct klp_arm_trampoline_code code;

	klp_arm_trampoline_generate(thumb, recipe, COOKIE, HANDLER, &code);
	return code;
}

/* All between the direct form, with room for its end, and the handler's. */
static bool gap_traps(bool thumb, const struct klp_arm_trampoline_code *code)
{
	u32 udf = thumb ? 0xa000f7f0 : 0xe7f000f0; /* udf.w #0, udf #0 */
	u32 i, first = code->leave ? code->leave : 1;

	for (i = first; i < KLP_ARM_TRAMPOLINE_HANDLER; i++)
		if (code->word[i] != udf)
			return false;
	return first + 2 <= KLP_ARM_TRAMPOLINE_HANDLER &&
	       code->word[KLP_ARM_TRAMPOLINE_TARGET] == udf;
}

/* Is it the direct form of a row? Its target is one that no branch gets to. */
static bool is_direct(struct klp_arm_trampoline_code code, size_t row)
{
	u32 i;

	if (code.leave != direct[row].leave)
		return false;
	if (!code.leave)
		return !code.direct;
	code.word[KLP_ARM_TRAMPOLINE_SWITCH] = code.direct;
	code.word[code.leave] = klp_arm_trampoline_leave(
		direct[row].thumb, 0x80000000, code.leave, 0x40000001);
	for (i = direct[row].at; i <= code.leave; i++)
		if (code.word[i] != direct[row].word[i - direct[row].at])
			return false;
	return true;
}

static void test_direct(struct ktap *ktap)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(direct); i++) {
		bool thumb = direct[i].thumb;
		struct klp_arm_trampoline_code code =
			generate(thumb, direct[i].recipe);

		ktap_result(ktap,
			    is_direct(code, i) && gap_traps(thumb, &code) &&
				    code.word[KLP_ARM_TRAMPOLINE_SWITCH] ==
					    code.handler,
			    direct[i].name,
			    "0x%08x 0x%08x 0x%08x 0x%08x 0x%08x leaves at %u",
			    code.direct, code.word[1], code.word[2],
			    code.word[3], code.word[4], code.leave);
	}
}

/* What the words of the handler form are for a cookie. */
static const struct {
	const char *name;
	bool thumb;
	u32 cookie;
	u32 handler;
	u32 first; /* in place of the direct form's first word */
	u32 word[4];
} handlers[] = {
	{ "ARM: a new trampoline asks the handler",
	  false,
	  0x11223344,
	  0x55667788,
	  0xea000009, /* b .+44 */
	  { 0xe59fc000, /* ldr ip, [pc] */
	    0xe59ff000, /* ldr pc, [pc] */
	    0x11223344, 0x55667788 } },
	{ "Thumb: a new trampoline asks the handler",
	  true,
	  0x11223344,
	  0x55667789,
	  0xb814f000, /* b.w .+44 */
	  { 0x3c44f243, /* movw ip, #0x3344 */
	    0x1c22f2c1, /* movt ip, #0x1122 */
	    0xf000f8df, /* ldr.w pc, [pc, #0] */
	    0x55667789 } },
	{ "Thumb: the cookie's lower half is 0",
	  true,
	  0xc1230000,
	  0xc0008001,
	  0xb814f000, /* b.w .+44 */
	  { 0x0c00f240, /* movw ip, #0 */
	    0x1c23f2cc, /* movt ip, #0xc123 */
	    0xf000f8df, /* ldr.w pc, [pc, #0] */
	    0xc0008001 } },
	{ "Thumb: the cookie's upper half is 0",
	  true,
	  0x0000ffff,
	  0xc0008001,
	  0xb814f000, /* b.w .+44 */
	  { 0x7cfff64f, /* movw ip, #0xffff */
	    0x0c00f2c0, /* movt ip, #0 */
	    0xf000f8df, /* ldr.w pc, [pc, #0] */
	    0xc0008001 } },
};

static void test_handler(struct ktap *ktap)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(handlers); i++) {
		struct klp_arm_trampoline_code code;
		const u32 *word = code.word + KLP_ARM_TRAMPOLINE_HANDLER;

		klp_arm_trampoline_generate(handlers[i].thumb, &framed,
					    handlers[i].cookie,
					    handlers[i].handler, &code);
		ktap_result(ktap,
			    code.handler == handlers[i].first &&
				    *code.word == handlers[i].first &&
				    !memcmp(word, handlers[i].word,
					    sizeof(handlers[i].word)),
			    handlers[i].name, "0x%x 0x%x 0x%x 0x%x 0x%x",
			    *code.word, word[0], word[1], word[2], word[3]);
	}
}

/*
 * Words are written one at a time, as instructions, and one whose lower half is
 * 0 would be taken for one of 16 bits (trampoline.c, write_word()). Addresses of
 * Thumb code are not: bit 0 is set.
 */
static void test_thumb_words(struct ktap *ktap)
{
	static const u32 values[] = { 0, 0xc1230000, 0x0000ffff, 0xffffffff };
	struct klp_arm_trampoline_code code;
	u32 i, k, narrow = 0;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		klp_arm_trampoline_generate(true, &all_registers, values[i],
					    values[i] | 1, &code);
		narrow += (code.direct & 0xffff) < 0xe800;
		for (k = 0; k < KLP_ARM_TRAMPOLINE_ENTRY; k++)
			narrow += (code.word[k] & 0xffff) < 0xe800;
		for (; k < KLP_ARM_TRAMPOLINE_WORDS; k++)
			narrow += !(code.word[k] & 0xffff);
	}
	ktap_result(ktap, !narrow, "Thumb: no word looks like one of 16 bits",
		    "%u do", narrow);
}

int main(void)
{
	struct ktap ktap = { 0 };

	ktap_start();
	test_direct(&ktap);
	test_handler(&ktap);
	test_thumb_words(&ktap);
	return ktap_end(&ktap);
}
