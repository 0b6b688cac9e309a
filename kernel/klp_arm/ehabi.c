// SPDX-License-Identifier: GPL-2.0
/*
 * ehabi.c - executes one frame's unwinding instructions, silently and in
 * bounded work.
 *
 * "EHABI" is the Exception Handling ABI for the Arm Architecture (Arm
 * IHI 0038). Only its "Arm-defined compact model" is understood: personality
 * routines 0 (Su16), 1 (Lu16) and 2 (Lu32), whose instructions are in its
 * table "Arm-defined frame-unwinding instructions". What that table calls
 * spare or reserved, and the WMMX pops, are refused.
 *
 * Work is bounded: at most 1022 instruction bytes, each of which pops at
 * most 16 words.
 */
#include "ehabi.h"

#define VSP 13
#define VLR 14
#define VPC 15

/* The byte that ends the instructions; also read past their end. */
#define OP_FINISH 0xb0

struct ehabi_reader {
	const u32 *table;
	u32 next;	/* byte number, most significant byte of a word first */
	u32 end;
};

struct ehabi_stack {
	klp_arm_ehabi_load_t load;
	void *cookie;
};

/**
 * klp_arm_ehabi_words() - length of compact model data
 * @first: its first word
 *
 * Context: Any.
 * Return: the number of 32-bit words that carry unwinding instructions,
 * @first included; 0 if @first does not start compact data that
 * klp_arm_ehabi_unwind() understands.
 * Since: 0.1
 */
u32 klp_arm_ehabi_words(u32 first)
{
	switch (first >> 24) {
	case 0x80:
		return 1;
	case 0x81:
	case 0x82:
		return 1 + (first >> 16 & 0xff);
	default:
		return 0;
	}
}

static bool ehabi_more(const struct ehabi_reader *reader)
{
	return reader->next < reader->end;
}

/* Caller has checked ehabi_more(). */
static u32 ehabi_byte(struct ehabi_reader *reader)
{
	u32 at = reader->next++;

	return reader->table[at / 4] >> (24 - at % 4 * 8) & 0xff;
}

/* The second byte of an instruction that has one: missing is corrupt. */
static int ehabi_operand(struct ehabi_reader *reader, u32 *byte)
{
	if (!ehabi_more(reader))
		return -EINVAL;
	*byte = ehabi_byte(reader);
	return 0;
}

/*
 * Pop the registers of @mask in numerical order. A popped SP takes effect
 * only after the whole instruction (remark to that table).
 */
static int ehabi_pop(struct klp_arm_ehabi_frame *frame, u32 mask,
		     const struct ehabi_stack *stack)
{
	u32 vsp = frame->vrs[VSP];
	unsigned int reg;
	int err;

	if (vsp % 4)
		return -EINVAL;
	for (reg = 0; reg < 16; reg++) {
		if (!(mask >> reg & 1))
			continue;
		err = stack->load(stack->cookie, vsp, &frame->vrs[reg]);
		if (err)
			return err;
		vsp += 4;
	}
	if (!(mask >> VSP & 1))
		frame->vrs[VSP] = vsp;
	frame->lr_popped |= mask >> VLR & 1;
	frame->pc_popped |= mask >> VPC & 1;
	return 0;
}

/* 10110010 uleb128: vsp += 0x204 + (uleb128 << 2). */
static int ehabi_add_uleb(struct ehabi_reader *reader,
			  struct klp_arm_ehabi_frame *frame)
{
	u32 value = 0;
	unsigned int shift = 0;
	u32 byte;

	do {
		/* 28 bits of words are more than any 32-bit stack. */
		if (shift > 21 || ehabi_operand(reader, &byte))
			return -EINVAL;
		value |= (byte & 0x7f) << shift;
		shift += 7;
	} while (byte & 0x80);

	frame->vrs[VSP] += 0x204 + (value << 2);
	return 0;
}

/* 1000iiii iiiiiiii: pop under mask {r15-r12}, {r11-r4}; no bit: refuse. */
static int ehabi_pop_mask(struct ehabi_reader *reader,
			  struct klp_arm_ehabi_frame *frame, u32 op,
			  const struct ehabi_stack *stack)
{
	u32 low;

	if (ehabi_operand(reader, &low))
		return -EINVAL;
	if (!(op & 0xf) && !low)
		return -EOPNOTSUPP;
	return ehabi_pop(frame, (op & 0xf) << 12 | low << 4, stack);
}

/*
 * 10110001 0000iiii: pop r0-r3; 10110010: large vsp increment;
 * 10110011 and 10111nnn: VFP registers as if saved by FSTMFDX, which leaves
 * a format word above them. 10110000 is the caller's.
 */
static int ehabi_execute_b(struct ehabi_reader *reader,
			   struct klp_arm_ehabi_frame *frame, u32 op,
			   const struct ehabi_stack *stack)
{
	u32 operand;

	if (op >= 0xb8) {
		frame->vrs[VSP] += 8 * ((op & 7) + 1) + 4;
		return 0;
	}
	if (op == 0xb2)
		return ehabi_add_uleb(reader, frame);
	if (op != 0xb1 && op != 0xb3)
		return -EINVAL;
	if (ehabi_operand(reader, &operand))
		return -EINVAL;
	if (op == 0xb1) {
		if (!operand || operand & 0xf0)
			return -EINVAL;
		return ehabi_pop(frame, operand, stack);
	}
	if ((operand >> 4) + (operand & 0xf) > 15)
		return -EINVAL;
	frame->vrs[VSP] += 8 * ((operand & 0xf) + 1) + 4;
	return 0;
}

/* 1100100x and 11010nnn: VFP registers as if saved by VPUSH. */
static int ehabi_execute_vfp(struct ehabi_reader *reader,
			     struct klp_arm_ehabi_frame *frame, u32 op)
{
	u32 operand;

	if (op >= 0xd0 && op <= 0xd7) {
		frame->vrs[VSP] += 8 * ((op & 7) + 1);
		return 0;
	}
	if (op != 0xc8 && op != 0xc9)
		return -EINVAL;
	if (ehabi_operand(reader, &operand))
		return -EINVAL;
	if ((operand >> 4) + (operand & 0xf) > 15)
		return -EINVAL;
	frame->vrs[VSP] += 8 * ((operand & 0xf) + 1);
	return 0;
}

static int ehabi_execute(struct ehabi_reader *reader,
			 struct klp_arm_ehabi_frame *frame, u32 op,
			 const struct ehabi_stack *stack)
{
	u32 mask;

	switch (op >> 4) {
	case 0x0: case 0x1: case 0x2: case 0x3:
		frame->vrs[VSP] += ((op & 0x3f) << 2) + 4;
		return 0;
	case 0x4: case 0x5: case 0x6: case 0x7:
		frame->vrs[VSP] -= ((op & 0x3f) << 2) + 4;
		return 0;
	case 0x8:
		return ehabi_pop_mask(reader, frame, op, stack);
	case 0x9:
		/* vsp = r[nnnn]; 13 and 15 are reserved. */
		if (op == 0x9d || op == 0x9f)
			return -EINVAL;
		frame->vrs[VSP] = frame->vrs[op & 0xf];
		return 0;
	case 0xa:
		/* 1010Lnnn: r4-r[4+nnn], and LR if L. */
		mask = ((2U << (op & 7)) - 1) << 4;
		if (op & 8)
			mask |= BIT(VLR);
		return ehabi_pop(frame, mask, stack);
	case 0xb:
		return ehabi_execute_b(reader, frame, op, stack);
	default:
		return ehabi_execute_vfp(reader, frame, op);
	}
}

/**
 * klp_arm_ehabi_unwind() - leave one frame
 * @table: compact model data: an index entry's second word when it is
 *         inline, or an .ARM.extab entry, in host byte order; borrowed
 * @words: words readable at @table
 * @frame: registers, see &struct klp_arm_ehabi_frame; undefined after an
 *         error
 * @load: reads a word of the stack being unwound
 * @cookie: given to @load
 *
 * Context: Any, if @load may be called there. Takes no lock, never prints.
 * Return: 0; -EINVAL if the table is corrupt or of an unsupported kind;
 * -EOPNOTSUPP if it refuses to unwind; else what @load returned. That SP has
 * risen and stayed within a stack is for the caller to check.
 * Since: 0.1
 */
int klp_arm_ehabi_unwind(const u32 *table, u32 words,
			 struct klp_arm_ehabi_frame *frame,
			 klp_arm_ehabi_load_t load, void *cookie)
{
	const struct ehabi_stack stack = { .load = load, .cookie = cookie };
	struct ehabi_reader reader = { .table = table };
	u32 have, op;
	int err;

	have = words ? klp_arm_ehabi_words(table[0]) : 0;
	if (!have || have > words)
		return -EINVAL;
	reader.next = table[0] >> 24 == 0x80 ? 1 : 2;
	reader.end = have * 4;
	frame->lr_popped = false;
	frame->pc_popped = false;

	while (ehabi_more(&reader)) {
		op = ehabi_byte(&reader);
		if (op == OP_FINISH)
			break;
		err = ehabi_execute(&reader, frame, op, &stack);
		if (err)
			return err;
	}
	if (!frame->pc_popped)
		frame->vrs[VPC] = frame->vrs[VLR];
	return 0;
}
