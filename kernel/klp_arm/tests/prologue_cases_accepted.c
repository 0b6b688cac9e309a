// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_cases_accepted.c - unusual prologues that are right.
 */
#include "prologue_cases.h"

static const struct klp_arm_prologue_case rows[] = {
	{
		.name = "cannot unwind, at the true entry",
		.arm_code = { 0xe52de004 },
		.site = 4,
		.unwind_kind = KLP_ARM_UNWIND_CANTUNWIND,
	},
	{
		.name = "no unwind data, with a frame",
		.arm_code = { 0xe92d4010, 0xe52de004 },
		.site = 8,
		.sp_delta = 8,
	},
	{
		.name = "pushed and popped again",
		.arm_code = { 0xe92d401f, 0xe8bd401f, 0xe52de004 },
		.site = 12,
	},
	{
		.name = "pushes a word twice",
		.arm_code = { 0xe52d4004, 0xe92d4010, 0xe1a04000, 0xe52de004 },
		.site = 16,
		.sp_delta = 12,
		.restore = BIT(4),
		.slot = { [4] = 8 },
	},
	{
		.name = "r4 used and put back",
		.arm_code = { 0xe92d4010, 0xe3a04000, 0xe59d4000, 0xe52de004 },
		.site = 16,
		.sp_delta = 8,
	},
	{
		.name = "r0 stashed in ip and put back",
		.arm_code = { 0xe1a0c000, 0xe3a00000, 0xe1a0000c, 0xe52de004 },
		.site = 16,
	},
	{
		.name = "sp moved by movw",
		.arm_code = { 0xe92d4010, 0xe301c388, 0xe04dd00c, 0xe52de004 },
		.site = 16,
		.unwind_kind = KLP_ARM_UNWIND_TABLE,
		.unwind = { 0x8101b2e1, 0x08a8b0b0 },
		.unwind_words = 2,
		.sp_delta = 5008,
	},
	{
		.name = "sp moved by mov and orr",
		.arm_code = {
			0xe92d4010, 0xe3a0ca01, 0xe38cc038, 0xe04dd00c,
			0xe52de004,
		},
		.site = 20,
		.sp_delta = 4160,
	},
	{
		.name = "sp moved by mvn",
		.arm_code = { 0xe92d4010, 0xe3e0c07f, 0xe08dd00c, 0xe52de004 },
		.site = 16,
		.sp_delta = 136,
	},
	{
		.name = "sp moved by a shifted constant",
		.arm_code = { 0xe92d4010, 0xe3a0cc01, 0xe04dd20c, 0xe52de004 },
		.site = 16,
		.sp_delta = 4104,
	},
	{
		.name = "sp moved by movw and movt",
		.arm_code = { 0xe30fcff8, 0xe34fcfff, 0xe08dd00c, 0xe52de004 },
		.site = 16,
		.sp_delta = 8,
	},
	{
		.name = "the largest frame",
		.arm_code = { 0xe24dd901, 0xe52de004 },
		.site = 8,
		.sp_delta = 16384,
	},
	{
		.name = "nop and a comparison",
		.arm_code = {
			0xe320f000, 0xe3500000, 0xe1110002, 0xe1510312,
			0xe52de004,
		},
		.site = 20,
	},
	{
		.name = "stack argument read through fp",
		.arm_code = {
			0xe92d4910, 0xe28db008, 0xe59b800c, 0xe5dd4010,
			0xe52de004,
		},
		.site = 20,
		.sp_delta = 16,
		.restore = BIT(4) | BIT(8) | BIT(11),
		.slot = { [4] = 0, [8] = 4, [11] = 8 },
	},
	{
		.name = "varargs stored one by one",
		.arm_code = {
			0xe24dd010, 0xe58d0000, 0xe58d1004, 0xe1cd20f8,
			0xe52de004,
		},
		.site = 20,
		.sp_delta = 16,
	},
	{
		.name = "halfword spilled",
		.arm_code = {
			0xe92d4010, 0xe24dd008, 0xe1cd00b6, 0xe5cd1000,
			0xe52de004,
		},
		.site = 20,
		.sp_delta = 16,
	},
	{
		.name = "slot of r4 moved",
		.arm_code = {
			0xe92d4010, 0xe24dd008, 0xe58d4004, 0xe1a04001,
			0xe58d0008, 0xe52de004,
		},
		.site = 24,
		.sp_delta = 16,
		.restore = BIT(4),
		.slot = { [4] = 4 },
	},
	{
		.name = "sp back through fp",
		.arm_code = {
			0xe92d4810, 0xe28db008, 0xe24dd040, 0xe24bd008,
			0xe52de004,
		},
		.site = 20,
		.sp_delta = 12,
		.restore = BIT(11),
		.slot = { [11] = 4 },
	},
	{
		.name = "sp back through ip",
		.arm_code = { 0xe1a0c00d, 0xe24dd040, 0xe1a0d00c, 0xe52de004 },
		.site = 16,
	},
	{
		.name = "vpush of all callee-saved",
		.arm_code = { 0xe92d4010, 0xed2d8b10, 0xe52de004 },
		.site = 12,
		.unwind_kind = KLP_ARM_UNWIND_TABLE,
		.unwind = { 0x80d7a8b0 },
		.unwind_words = 1,
		.sp_delta = 72,
	},
	{
		.name = "vpush of single registers",
		.arm_code = { 0xe92d4010, 0xed2d8a04, 0xe52de004 },
		.site = 12,
		.unwind_kind = KLP_ARM_UNWIND_TABLE,
		.unwind = { 0x80d1a8b0 },
		.unwind_words = 1,
		.sp_delta = 24,
	},
	{
		.name = "fstmdbx",
		.arm_code = { 0xe92d4010, 0xed2d8b05, 0xe52de004 },
		.site = 12,
		.unwind_kind = KLP_ARM_UNWIND_TABLE,
		.unwind = { 0x80b9a8b0 },
		.unwind_words = 1,
		.sp_delta = 28,
	},
	{
		.name = "vstr into the frame",
		.arm_code = { 0xe92d4010, 0xe24dd008, 0xed8d8b00, 0xe52de004 },
		.site = 16,
		.sp_delta = 16,
	},
	{
		.name = "vstmia into the frame",
		.arm_code = { 0xe92d4010, 0xe24dd010, 0xec8d8b04, 0xe52de004 },
		.site = 16,
		.sp_delta = 24,
	},
	{
		.name = "stm downwards after",
		.arm_code = { 0xe24dd010, 0xe28dc00c, 0xe80c000f, 0xe52de004 },
		.site = 16,
		.sp_delta = 16,
	},
	{
		.name = "stm upwards before",
		.arm_code = { 0xe24dd014, 0xe98d000f, 0xe52de004 },
		.site = 12,
		.sp_delta = 20,
	},
	{
		.name = "sp moved down by a post-indexed store",
		.arm_code = { 0xe92d4010, 0xe40d0008, 0xe52de004 },
		.site = 12,
		.sp_delta = 16,
	},
	{
		.name = "unwind through fp",
		.arm_code = {
			0xe92d4810, 0xe28db008, 0xe24dd040, 0xe1a04000,
			0xe52de004,
		},
		.site = 20,
		.sp_delta = 76,
		.restore = BIT(4) | BIT(11),
		.slot = { [4] = 64, [11] = 68 },
	},
	{
		.name = "the slots of r4 and r5 swapped",
		.arm_code = { 0xe92d4030, 0xe59d4004, 0xe59d5000, 0xe52de004 },
		.site = 16,
		.sp_delta = 12,
		.restore = BIT(4) | BIT(5),
		.slot = { [4] = 0, [5] = 4 },
	},
};

const struct klp_arm_prologue_table klp_arm_cases_accepted = {
	.row = rows,
	.rows = ARRAY_SIZE(rows),
};
