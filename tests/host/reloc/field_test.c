// SPDX-License-Identifier: GPL-2.0
/*
 * field_test.c - what relocations write into fields.
 *
 * The fields of the table are what arm-linux-gnueabihf-ld (2.40) has written for
 * the same relocations against functions at the addresses below, with .text at
 * 0xbf000000. The first half of a Thumb instruction is the upper one.
 */
#include "reloc_field.h"
#include "../ktap.h"

#define TEXT 0xbf000000U
#define NEAR 0xbf7ffffcU
#define FAR_ARM 0xc0123458U
#define FAR_THUMB 0xc0123457U
#define BACK 0xbe800100U
#define CLOSE 0xbf008000U
#define CLOSE_BACK 0xbeff8000U
#define NEGATIVE 0xffff7ff0U

/* The addends of branches: PC is ahead. */
#define ARM_BRANCH(symbol) ((symbol)-8)
#define THUMB_BRANCH(symbol) (((symbol) | 1) - 4)

struct row {
	const char *name;
	u32 type;
	u32 value; /* symbol and addend */
	u32 offset; /* of the place */
	u32 before;
	int err;
	u32 after; /* the field, if there is no error */
};

#define ARM(type) KLP_ARM_RELOC_##type

static const struct row rows[] = {
	{ "bl", ARM(CALL), ARM_BRANCH(NEAR), 0, 0xebfffffe, 0, 0xeb1ffffd },
	{ "b", ARM(JUMP24), ARM_BRANCH(NEAR), 4, 0xeafffffe, 0, 0xea1ffffc },
	{ "blne", ARM(JUMP24), ARM_BRANCH(NEAR), 8, 0x1bfffffe, 0, 0x1b1ffffb },
	{ "old bl", ARM(PC24), ARM_BRANCH(NEAR), 8, 0x1bfffffe, 0, 0x1b1ffffb },
	{ "movw", ARM(MOVW_ABS_NC), FAR_ARM, 12, 0xe3003000, 0, 0xe3033458 },
	{ "movt", ARM(MOVT_ABS), FAR_ARM, 16, 0xe3403000, 0, 0xe34c3012 },
	{ "movw of a distance", ARM(MOVW_PREL_NC), FAR_ARM, 20, 0xe3004000, 0,
	  0xe3034444 },
	{ "movt of a distance", ARM(MOVT_PREL), FAR_ARM, 24, 0xe3404000, 0,
	  0xe3404112 },
	{ "address", ARM(ABS32), FAR_ARM, 28, 0, 0, 0xc0123458 },
	{ "distance", ARM(REL32), FAR_ARM, 32, 0, 0, 0x01123438 },
	{ "31 bits ahead", ARM(PREL31), NEAR, 36, 0, 0, 0x007fffd8 },
	{ "bl back", ARM(CALL), ARM_BRANCH(BACK), 40, 0xebfffffe, 0,
	  0xebe00034 },
	{ "b back", ARM(JUMP24), ARM_BRANCH(BACK), 44, 0xeafffffe, 0,
	  0xeae00033 },
	{ "bleq back", ARM(JUMP24), ARM_BRANCH(BACK), 48, 0x0bfffffe, 0,
	  0x0be00032 },
	{ "movw of a high address", ARM(MOVW_ABS_NC), NEGATIVE, 52, 0xe300c000,
	  0, 0xe307cff0 },
	{ "movt of a high address", ARM(MOVT_ABS), NEGATIVE, 56, 0xe340c000, 0,
	  0xe34fcfff },
	{ "31 bits back, bit 31 kept", ARM(PREL31), BACK, 60, 0x80000000, 0,
	  0xff8000c4 },
	{ "address of a constructor", ARM(TARGET1), NEGATIVE, 64, 0, 0,
	  0xffff7ff0 },
	{ "nothing", ARM(NONE), NEGATIVE, 64, 0x12345678, 0, 0x12345678 },

	{ "Thumb bl", ARM(THM_CALL), THUMB_BRANCH(NEAR), 0, 0xf7fffffe, 0,
	  0xf3fff7fc },
	{ "Thumb b.w", ARM(THM_JUMP24), THUMB_BRANCH(NEAR), 4, 0xf7ffbffe, 0,
	  0xf3ffb7fa },
	{ "Thumb bne.w", ARM(THM_JUMP19), THUMB_BRANCH(CLOSE), 8, 0xf47faffe, 0,
	  0xf04787fa },
	{ "Thumb movw", ARM(THM_MOVW_ABS_NC), FAR_THUMB, 12, 0xf2400300, 0,
	  0xf2434357 },
	{ "Thumb movt", ARM(THM_MOVT_ABS), FAR_THUMB, 16, 0xf2c00300, 0,
	  0xf2cc0312 },
	{ "Thumb movw of a distance", ARM(THM_MOVW_PREL_NC), FAR_THUMB, 20,
	  0xf2400400, 0, 0xf2434443 },
	{ "Thumb movt of a distance", ARM(THM_MOVT_PREL), FAR_THUMB, 24,
	  0xf2c00400, 0, 0xf2c01412 },
	{ "Thumb bl back", ARM(THM_CALL), THUMB_BRANCH(BACK), 40, 0xf7fffffe, 0,
	  0xf400f06a },
	{ "Thumb b.w back", ARM(THM_JUMP24), THUMB_BRANCH(BACK), 44, 0xf7ffbffe,
	  0, 0xf400b068 },
	{ "Thumb beq.w back", ARM(THM_JUMP19), THUMB_BRANCH(CLOSE_BACK), 48,
	  0xf43faffe, 0, 0xf437afe6 },
	{ "Thumb movw of a high address", ARM(THM_MOVW_ABS_NC), NEGATIVE | 1,
	  52, 0xf2400c00, 0, 0xf6477cf1 },
	{ "Thumb movt of a high address", ARM(THM_MOVT_ABS), NEGATIVE | 1, 56,
	  0xf2c00c00, 0, 0xf6cf7cff },

	/* How far they reach: 32 MiB, 16 MiB, 1 MiB, 1 GiB */
	{ "the last bl ahead", ARM(CALL), TEXT + 0x1fffffc, 0, 0xeb000000, 0,
	  0xeb7fffff },
	{ "the first bl back", ARM(CALL), TEXT - 0x2000000, 0, 0xeb000000, 0,
	  0xeb800000 },
	{ "bl too far ahead", ARM(CALL), TEXT + 0x2000000, 0, 0xeb000000,
	  -ERANGE, 0 },
	{ "bl too far back", ARM(CALL), TEXT - 0x2000004, 0, 0xeb000000,
	  -ERANGE, 0 },
	{ "the last Thumb bl ahead", ARM(THM_CALL), TEXT + 0xffffff, 0,
	  0xf000d000, 0, 0xf3ffd7ff },
	{ "the first Thumb bl back", ARM(THM_CALL), TEXT - 0xffffff, 0,
	  0xf000d000, 0, 0xf400d000 },
	{ "Thumb bl too far ahead", ARM(THM_CALL), TEXT + 0x1000001, 0,
	  0xf000d000, -ERANGE, 0 },
	{ "Thumb bl too far back", ARM(THM_CALL), TEXT - 0x1000001, 0,
	  0xf000d000, -ERANGE, 0 },
	{ "Thumb beq.w over 256 KiB", ARM(THM_JUMP19), TEXT + 0x40001, 0,
	  0xf0008000, 0, 0xf000a000 },
	{ "Thumb beq.w over 512 KiB", ARM(THM_JUMP19), TEXT + 0x80001, 0,
	  0xf0008000, 0, 0xf0008800 },
	{ "the last Thumb bne.w ahead", ARM(THM_JUMP19), TEXT + 0xfffff, 0,
	  0xf0408000, 0, 0xf07fafff },
	{ "the first Thumb bne.w back", ARM(THM_JUMP19), TEXT - 0xfffff, 0,
	  0xf0408000, 0, 0xf4408000 },
	{ "Thumb bne.w too far ahead", ARM(THM_JUMP19), TEXT + 0x100001, 0,
	  0xf0408000, -ERANGE, 0 },
	{ "Thumb bne.w too far back", ARM(THM_JUMP19), TEXT - 0x100001, 0,
	  0xf0408000, -ERANGE, 0 },
	{ "the last of 31 bits ahead", ARM(PREL31), TEXT + 0x3fffffff, 0, 0, 0,
	  0x3fffffff },
	{ "the first of 31 bits back", ARM(PREL31), TEXT - 0x40000000, 0, 0, 0,
	  0x40000000 },
	{ "31 bits too far ahead", ARM(PREL31), TEXT + 0x40000000, 0, 0,
	  -ERANGE, 0 },
	{ "31 bits too far back", ARM(PREL31), TEXT - 0x40000001, 0, 0, -ERANGE,
	  0 },

	{ "bl of Thumb code", ARM(CALL), ARM_BRANCH(NEAR | 1), 0, 0xeb000000,
	  -EINVAL, 0 },
	{ "bl into an instruction", ARM(CALL), ARM_BRANCH(NEAR) + 2, 0,
	  0xeb000000, -EINVAL, 0 },
	{ "Thumb bl of ARM code", ARM(THM_CALL), NEAR - 4, 0, 0xf000d000,
	  -EINVAL, 0 },
	{ "Thumb bne.w of ARM code", ARM(THM_JUMP19), CLOSE - 4, 0, 0xf0408000,
	  -EINVAL, 0 },

	/* Data, another instruction, or a trap in place of the instruction */
	{ "bl where there is data", ARM(CALL), ARM_BRANCH(NEAR), 0, 0, -ENOEXEC,
	  0 },
	{ "bl where there is blx", ARM(CALL), ARM_BRANCH(NEAR), 0, 0xfa000000,
	  -ENOEXEC, 0 },
	{ "b where there is a kprobe", ARM(JUMP24), ARM_BRANCH(NEAR), 0,
	  0xe7f001f8, -ENOEXEC, 0 },
	{ "movw where there is mov", ARM(MOVW_ABS_NC), FAR_ARM, 0, 0xe3a03000,
	  -ENOEXEC, 0 },
	{ "movt where there is msr", ARM(MOVT_ABS), FAR_ARM, 0, 0xe320f000,
	  -ENOEXEC, 0 },
	{ "Thumb bl where there is blx", ARM(THM_CALL), THUMB_BRANCH(NEAR), 0,
	  0xf000c000, -ENOEXEC, 0 },
	{ "Thumb b.w where there is bne.w", ARM(THM_JUMP24), THUMB_BRANCH(NEAR),
	  0, 0xf0408000, -ENOEXEC, 0 },
	{ "Thumb bne.w where there is b.w", ARM(THM_JUMP19),
	  THUMB_BRANCH(CLOSE), 0, 0xf0009000, -ENOEXEC, 0 },
	{ "Thumb bne.w where there is udf.w", ARM(THM_JUMP19),
	  THUMB_BRANCH(CLOSE), 0, 0xf7f0a000, -ENOEXEC, 0 },
	{ "Thumb movw where there is mov.w", ARM(THM_MOVW_ABS_NC), FAR_THUMB, 0,
	  0xf04f0300, -ENOEXEC, 0 },
	{ "Thumb movt where there is sub.w", ARM(THM_MOVT_ABS), FAR_THUMB, 0,
	  0xf2a00300, -ENOEXEC, 0 },

	{ "V4BX", 40, 0, 0, 0, -ENOEXEC, 0 },
	{ "a type between two known ones", 41, 0, 0, 0, -ENOEXEC, 0 },
	{ "a type behind all known ones", 255, 0, 0, 0, -ENOEXEC, 0 },
};

/* What is told of a type; none of it is known of the others. */
struct trait {
	u32 type;
	bool thumb;
	u32 ahead; /* of a branch */
};

static const struct trait traits[] = {
	{ ARM(NONE), false, 0 },
	{ ARM(PC24), false, 8 },
	{ ARM(ABS32), false, 0 },
	{ ARM(REL32), false, 0 },
	{ ARM(THM_CALL), true, 4 },
	{ ARM(CALL), false, 8 },
	{ ARM(JUMP24), false, 8 },
	{ ARM(THM_JUMP24), true, 4 },
	{ ARM(TARGET1), false, 0 },
	{ ARM(PREL31), false, 0 },
	{ ARM(MOVW_ABS_NC), false, 0 },
	{ ARM(MOVT_ABS), false, 0 },
	{ ARM(MOVW_PREL_NC), false, 0 },
	{ ARM(MOVT_PREL), false, 0 },
	{ ARM(THM_MOVW_ABS_NC), true, 0 },
	{ ARM(THM_MOVT_ABS), true, 0 },
	{ ARM(THM_MOVW_PREL_NC), true, 0 },
	{ ARM(THM_MOVT_PREL), true, 0 },
	{ ARM(THM_JUMP19), true, 4 },
};

static void test_traits(struct ktap *ktap)
{
	const struct trait *trait = traits;
	u32 type, wrong = 0;

	for (type = 0; type < 256; type++) {
		bool known = trait < traits + ARRAY_SIZE(traits) &&
			     trait->type == type;

		if (klp_arm_reloc_is_known(type) != known ||
		    klp_arm_reloc_is_thumb(type) != (known && trait->thumb) ||
		    klp_arm_reloc_is_branch(type) != (known && trait->ahead))
			wrong++;
		if (known && trait->ahead &&
		    klp_arm_reloc_pc_ahead(type) != trait->ahead)
			wrong++;
		trait += known;
	}
	ktap_result(ktap, !wrong, "what each type is", "%u types are not",
		    wrong);
}

static void test_row(struct ktap *ktap, const struct row *row)
{
	u32 field = row->before;
	int err = klp_arm_reloc_encode(row->type, row->value,
				       TEXT + row->offset, &field);
	u32 expected = row->err ? row->before : row->after;

	ktap_result(ktap, err == row->err && field == expected, row->name,
		    "error %d, field 0x%08x instead of %d, 0x%08x", err, field,
		    row->err, expected);
}

/* What was written the last time does not matter: a target may come again. */
static void test_rewritten(struct ktap *ktap, const struct row *row)
{
	u32 field = row->after;
	u32 once;
	int err;

	/* Anything near, and back again */
	err = klp_arm_reloc_encode(row->type, TEXT + 0x1000 + (row->value & 3),
				   TEXT, &field);
	once = field;
	err |= klp_arm_reloc_encode(row->type, row->value, TEXT + row->offset,
				    &field);
	ktap_result(ktap, !err && field == row->after, row->name,
		    "error %d, 0x%08x after 0x%08x instead of 0x%08x", err,
		    field, once, row->after);
}

int main(void)
{
	struct ktap ktap = { 0 };
	size_t i;

	ktap_start();
	test_traits(&ktap);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		test_row(&ktap, &rows[i]);
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		if (!rows[i].err)
			test_rewritten(&ktap, &rows[i]);
	return ktap_end(&ktap);
}
