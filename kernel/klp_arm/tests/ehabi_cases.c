// SPDX-License-Identifier: GPL-2.0
/*
 * ehabi_cases.c - unwind tables, and the judge of what they did.
 */
#include "ehabi_cases.h"

static const struct klp_arm_ehabi_case rows[] = {
	{ .name = "finish at once", .table = { 0x80b0b0b0 }, .words = 1 },
	{ .name = "padding after finish is not executed",
	  .table = { 0x80b00084 }, .words = 1 },
	{ .name = "vsp += 4", .table = { 0x8000b0b0 }, .words = 1, .rise = 4 },
	{ .name = "vsp += 256", .table = { 0x803fb0b0 }, .words = 1,
	  .rise = 256 },
	{ .name = "vsp -= 4", .table = { 0x8040b0b0 }, .words = 1, .rise = -4 },
	{ .name = "vsp -= 256", .table = { 0x807fb0b0 }, .words = 1,
	  .rise = -256 },
	{ .name = "pop {r4}", .table = { 0x808001b0 }, .words = 1, .rise = 4,
	  .popped = { [4] = KLP_ARM_FROM(0) } },
	{ .name = "pop {r4, r11, lr}", .table = { 0x808481b0 }, .words = 1,
	  .rise = 12, .popped = { [4] = KLP_ARM_FROM(0), [11] = KLP_ARM_FROM(1),
	  [14] = KLP_ARM_FROM(2) } },
	{ .name = "pop {r4-r15} skips nothing", .table = { 0x808fffb0 },
	  .words = 1, .rise = (s32)(0x509 - KLP_ARM_CASE_SP),
	  .popped = { [4] = KLP_ARM_FROM(0), [5] = KLP_ARM_FROM(1),
	  [6] = KLP_ARM_FROM(2), [7] = KLP_ARM_FROM(3), [8] = KLP_ARM_FROM(4),
	  [9] = KLP_ARM_FROM(5), [10] = KLP_ARM_FROM(6), [11] = KLP_ARM_FROM(7),
	  [12] = KLP_ARM_FROM(8), [14] = KLP_ARM_FROM(10),
	  [15] = KLP_ARM_FROM(11) } },
	{ .name = "pop {pc}", .table = { 0x808800b0 }, .words = 1, .rise = 4,
	  .popped = { [15] = KLP_ARM_FROM(0) } },
	{ .name = "pop {fp, sp, lr} sets sp last", .table = { 0x808680b0 },
	  .words = 1, .rise = (s32)(0x501 - KLP_ARM_CASE_SP),
	  .popped = { [11] = KLP_ARM_FROM(0), [14] = KLP_ARM_FROM(2) } },
	{ .name = "refuse to unwind", .table = { 0x808000b0 }, .words = 1,
	  .err = -EOPNOTSUPP },
	{ .name = "refuse after a pop", .table = { 0x80a88000 }, .words = 1,
	  .err = -EOPNOTSUPP },
	{ .name = "vsp = r7", .table = { 0x8097b0b0 }, .words = 1, .base = 16,
	  .rise = 16 },
	{ .name = "vsp = r11", .table = { 0x809bb0b0 }, .words = 1, .base = -32,
	  .rise = -32 },
	{ .name = "vsp = r11, vsp -= 8, pop {r4, r10, fp, lr}",
	  .table = { 0x81019b41, 0x84c1b0b0 }, .words = 2, .base = 8,
	  .rise = 16, .popped = { [4] = KLP_ARM_FROM(0), [10] = KLP_ARM_FROM(1),
	  [11] = KLP_ARM_FROM(2), [14] = KLP_ARM_FROM(3) } },
	{ .name = "vsp = r13 is reserved", .table = { 0x809db0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "vsp = r15 is reserved", .table = { 0x809fb0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "pop {r4} by range", .table = { 0x80a0b0b0 }, .words = 1,
	  .rise = 4, .popped = { [4] = KLP_ARM_FROM(0) } },
	{ .name = "pop {r4-r11} by range", .table = { 0x80a7b0b0 }, .words = 1,
	  .rise = 32, .popped = { [4] = KLP_ARM_FROM(0), [5] = KLP_ARM_FROM(1),
	  [6] = KLP_ARM_FROM(2), [7] = KLP_ARM_FROM(3), [8] = KLP_ARM_FROM(4),
	  [9] = KLP_ARM_FROM(5), [10] = KLP_ARM_FROM(6),
	  [11] = KLP_ARM_FROM(7) } },
	{ .name = "pop {r4, lr} by range", .table = { 0x80a8b0b0 }, .words = 1,
	  .rise = 8, .popped = { [4] = KLP_ARM_FROM(0),
	  [14] = KLP_ARM_FROM(1) } },
	{ .name = "pop {r4-r11, lr} by range", .table = { 0x80afb0b0 },
	  .words = 1, .rise = 36, .popped = { [4] = KLP_ARM_FROM(0),
	  [5] = KLP_ARM_FROM(1), [6] = KLP_ARM_FROM(2), [7] = KLP_ARM_FROM(3),
	  [8] = KLP_ARM_FROM(4), [9] = KLP_ARM_FROM(5), [10] = KLP_ARM_FROM(6),
	  [11] = KLP_ARM_FROM(7), [14] = KLP_ARM_FROM(8) } },
	{ .name = "pop {r0-r3}", .table = { 0x80b10fb0 }, .words = 1,
	  .rise = 16, .popped = { [0] = KLP_ARM_FROM(0), [1] = KLP_ARM_FROM(1),
	  [2] = KLP_ARM_FROM(2), [3] = KLP_ARM_FROM(3) } },
	{ .name = "pop {r3}", .table = { 0x80b108b0 }, .words = 1, .rise = 4,
	  .popped = { [3] = KLP_ARM_FROM(0) } },
	{ .name = "pop of no register is spare", .table = { 0x80b100b0 },
	  .words = 1, .err = -EINVAL },
	{ .name = "pop beyond r3 is spare", .table = { 0x80b110b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "uleb128 of one byte", .table = { 0x80b200b0 }, .words = 1,
	  .rise = 516 },
	{ .name = "uleb128 of two bytes", .table = { 0x80b28101 }, .words = 1,
	  .rise = 1032 },
	{ .name = "uleb128 of four bytes", .table = { 0x8101b280, 0x808001b0 },
	  .words = 2, .rise = 8389124 },
	{ .name = "uleb128 too long", .table = { 0x8101b280, 0x80808001 },
	  .words = 2, .err = -EINVAL },
	{ .name = "uleb128 cut by the end", .table = { 0x80b28080 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "fstmdfx {d8}", .table = { 0x80b8b0b0 }, .words = 1,
	  .rise = 12 },
	{ .name = "fstmdfx {d8-d15}", .table = { 0x80bfb0b0 }, .words = 1,
	  .rise = 68 },
	{ .name = "fstmdfx {d0-d15}", .table = { 0x80b30fb0 }, .words = 1,
	  .rise = 132 },
	{ .name = "fstmdfx beyond d15", .table = { 0x80b31fb0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "vpush {d8}", .table = { 0x80d0b0b0 }, .words = 1,
	  .rise = 8 },
	{ .name = "vpush {d8-d15}", .table = { 0x80d7b0b0 }, .words = 1,
	  .rise = 64 },
	{ .name = "vpush {d0-d15}", .table = { 0x80c90fb0 }, .words = 1,
	  .rise = 128 },
	{ .name = "vpush {d16-d31}", .table = { 0x80c80fb0 }, .words = 1,
	  .rise = 128 },
	{ .name = "vpush beyond d31", .table = { 0x80c88fb0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "vpush beyond d15", .table = { 0x80c98fb0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xb4 is spare or WMMX", .table = { 0x80b4b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xb5 is spare or WMMX", .table = { 0x80b5b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xb7 is spare or WMMX", .table = { 0x80b7b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xc0 is spare or WMMX", .table = { 0x80c0b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xc6 is spare or WMMX", .table = { 0x80c6b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xc7 is spare or WMMX", .table = { 0x80c7b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xca is spare or WMMX", .table = { 0x80cab0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xd8 is spare or WMMX", .table = { 0x80d8b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xe0 is spare or WMMX", .table = { 0x80e0b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0xff is spare or WMMX", .table = { 0x80ffb0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "0x84 at the end lacks its second byte",
	  .table = { 0x80000084 }, .words = 1, .err = -EINVAL },
	{ .name = "0xb1 at the end lacks its second byte",
	  .table = { 0x800000b1 }, .words = 1, .err = -EINVAL },
	{ .name = "0xb3 at the end lacks its second byte",
	  .table = { 0x800000b3 }, .words = 1, .err = -EINVAL },
	{ .name = "0xc9 at the end lacks its second byte",
	  .table = { 0x800000c9 }, .words = 1, .err = -EINVAL },
	{ .name = "three instructions and an implied finish",
	  .table = { 0x8001a800 }, .words = 1, .rise = 20,
	  .popped = { [4] = KLP_ARM_FROM(2), [14] = KLP_ARM_FROM(3) } },
	{ .name = "personality 1 without more words", .table = { 0x810001a8 },
	  .words = 1, .rise = 16, .popped = { [4] = KLP_ARM_FROM(2),
	  [14] = KLP_ARM_FROM(3) } },
	{ .name = "personality 1 with one more word", .table = { 0x81010284,
	  0x00b10fb0 }, .words = 2, .rise = 32,
	  .popped = { [0] = KLP_ARM_FROM(4), [1] = KLP_ARM_FROM(5),
	  [2] = KLP_ARM_FROM(6), [3] = KLP_ARM_FROM(7),
	  [14] = KLP_ARM_FROM(3) } },
	{ .name = "personality 2", .table = { 0x82010284, 0x00b10fb0 },
	  .words = 2, .rise = 32, .popped = { [0] = KLP_ARM_FROM(4),
	  [1] = KLP_ARM_FROM(5), [2] = KLP_ARM_FROM(6), [3] = KLP_ARM_FROM(7),
	  [14] = KLP_ARM_FROM(3) } },
	{ .name = "a register popped twice keeps the last",
	  .table = { 0x80a0a0a8 }, .words = 1, .rise = 16,
	  .popped = { [4] = KLP_ARM_FROM(2), [14] = KLP_ARM_FROM(3) } },
	{ .name = "vsp through a register just popped", .table = { 0x80800897 },
	  .words = 1, .rise = (s32)(0x500 - KLP_ARM_CASE_SP),
	  .popped = { [7] = KLP_ARM_FROM(0) } },
	{ .name = "personality 1 with a word missing", .table = { 0x81010284,
	  0x00b10fb0 }, .words = 1, .err = -EINVAL },
	{ .name = "no table", .table = { 0x00000000 }, .err = -EINVAL },
	{ .name = "personality 3", .table = { 0x83b0b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "generic model", .table = { 0x00001000 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "bits 30-28 set", .table = { 0x90b0b0b0 }, .words = 1,
	  .err = -EINVAL },
	{ .name = "pop at the end of the stack", .table = { 0x803fa0b0 },
	  .words = 1, .err = -EFAULT },
	{ .name = "pop below the stack", .table = { 0x8040a0b0 }, .words = 1,
	  .err = -EFAULT },
	{ .name = "pop that runs out of the stack", .table = { 0x803dafb0 },
	  .words = 1, .err = -EFAULT },
	{ .name = "pop from a misaligned vsp", .table = { 0x8097a0b0 },
	  .words = 1, .base = 2, .err = -EINVAL },
};

/* Row @number, or NULL behind the last. */
const struct klp_arm_ehabi_case *klp_arm_ehabi_case(u32 number)
{
	return number < ARRAY_SIZE(rows) ? &rows[number] : NULL;
}

static int case_load(void *cookie, u32 address, u32 *value)
{
	u32 word = (address - KLP_ARM_CASE_SP) / 4;

	(void)cookie;
	if (address < KLP_ARM_CASE_SP || word >= KLP_ARM_CASE_DEPTH)
		return -EFAULT;
	*value = 0x500 + word;
	return 0;
}

/* What register @reg must hold afterwards; LR goes to PC if PC is not popped. */
static u32 expected(const struct klp_arm_ehabi_case *row,
		    const struct klp_arm_ehabi_frame *before, u32 reg)
{
	if (reg == 13)
		return KLP_ARM_CASE_SP + (u32)row->rise;
	if (row->popped[reg])
		return 0x500U + row->popped[reg] - 1;
	return reg == 15 ? expected(row, before, 14) : before->vrs[reg];
}

/*
 * Execute @table, a copy of the row's. Return: NULL if it did what @row
 * says, else what differs first.
 */
const char *klp_arm_ehabi_case_differs(const struct klp_arm_ehabi_case *row,
				       const u32 *table)
{
	struct klp_arm_ehabi_frame before = { 0 }, frame;
	u32 reg;
	int err;

	for (reg = 0; reg < 15; reg++)
		before.vrs[reg] = 0xa0 + reg;
	before.vrs[13] = KLP_ARM_CASE_SP;
	before.vrs[7] = KLP_ARM_CASE_SP + (u32)row->base;
	before.vrs[11] = before.vrs[7];
	frame = before;
	err = klp_arm_ehabi_unwind(table, row->words, &frame, case_load, NULL);
	if (err != row->err)
		return "return value";
	if (err)
		return NULL;
	for (reg = 0; reg < 16; reg++) {
		if (frame.vrs[reg] != expected(row, &before, reg))
			return reg == 13 ? "sp" : reg == 15 ? "pc" : "register";
	}
	if (frame.lr_popped != !!row->popped[14])
		return "lr_popped";
	if (frame.pc_popped != !!row->popped[15])
		return "pc_popped";
	return NULL;
}
