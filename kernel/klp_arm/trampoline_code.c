// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_code.c - the instructions of a function's own trampoline.
 *
 * A trampoline is what the -pg call of one patched function calls. It has two
 * forms, and its first word says which one a call takes:
 *
 *   direct    undoes the prologue by the function's recipe and jumps to the
 *             replacement: no C code, nothing that depends on other functions
 *   handler   saves the registers and asks the livepatch core, which decides by
 *             the task whether the old code or which replacement is to run
 *
 *	word  0 ...	ldr	rN, [sp, #(4 + slot)]	for each r4-r11 to restore
 *	      leave - 1	ldr	lr, [sp], #(4 + delta)
 *	      leave	ldr	pc, word 15	(or a branch, where that gets there)
 *	      ...	udf, one at least
 *	      11	ldr	ip, word 13	the handler form
 *	      12	ldr	pc, word 14
 *	      13	cookie of the handler
 *	      14	address of the handler's entry code
 *	      15	address of the replacement
 *
 * In the handler form, word 0 is a branch to word 11 instead.
 *
 * In Thumb code, all instructions are of 32 bits, and two things differ. A load
 * moves SP by 255 at most, so that for a larger frame there is
 *
 *	      leave - 2	ldr	lr, [sp]
 *	      leave - 1	addw	sp, sp, #(4 + delta)
 *
 * and the cookie is part of the code, as its words are written one by one as
 * instructions, and one whose lower half is 0 looks like one of 16 bits:
 *
 *	      11	movw	ip, #cookie's lower half
 *	      12	movt	ip, #cookie's upper half
 *	      13	ldr	pc, word 14
 *
 * How we got here: the function's "push {lr}; bl trampoline". The stack, with
 * offsets from SP, rising; E is SP at the function's entry, delta and slot are
 * the recipe's:
 *
 *	0          4                                  4 + delta
 *	| entry LR | the frame that is to be given up | E: the caller's
 *
 * All loads are at or above SP, so no interrupt overwrites what they read, and
 * SP rises over the frame in the instruction that reads the last of it, or after.
 * LR needs no proof of its own: what was pushed for the call is the entry LR
 * (prologue.c). ip, which the handler form uses, is free wherever a branch
 * may be reached through a veneer, as that call is (AAPCS32, 6.1.1).
 *
 * Plain C: the kernel and the host tests build the same file.
 */

#include "trampoline_code.h"
#include "trampoline_insn.h"

#define HANDLER_WORD KLP_ARM_TRAMPOLINE_HANDLER
#define COOKIE_WORD 13
#define ENTRY_WORD KLP_ARM_TRAMPOLINE_ENTRY

#define REG_IP 12
#define REG_PC 15

/**
 * klp_arm_trampoline_leave() - encode the last instruction of the direct form
 * @thumb: for a Thumb-2 kernel
 * @from: address of the trampoline
 * @leave: number of the word that the instruction is for
 * @target: where it goes
 *
 * Return: a branch, or where that does not get there, the load of the target
 * word into PC.
 * Since: 1.0
 */
u32 klp_arm_trampoline_leave(bool thumb, u32 from, u32 leave, u32 target)
{
	u32 branch = klp_arm_insn_branch(thumb, from + leave * 4, target);

	return branch ? branch :
			klp_arm_insn_load_literal(thumb, REG_PC, leave,
						  KLP_ARM_TRAMPOLINE_TARGET);
}

/*
 * Undo the prologue. Return the number of words, or 0 if a word of the frame is
 * too far away for one load, or if there are too many to be loaded for the room
 * before the handler form: such a function keeps the handler form.
 */
static u32 generate_direct(bool thumb, const struct klp_arm_recipe *recipe,
			   u32 *word)
{
	u32 leave[2], count, reg, at = 0;

	count = klp_arm_insn_leave_frame(thumb, recipe->sp_delta + 4, leave);
	if (!count)
		return 0;

	for (reg = 4; reg <= 11; reg++) {
		if (!(recipe->restore & BIT(reg)))
			continue;
		/* A slot is below sp_delta, so it is in range, too. */
		word[at++] = klp_arm_insn_load_frame(thumb, reg,
						     recipe->slot[reg] + 4U);
	}
	memcpy(word + at, leave, count * sizeof(*leave));
	at += count;

	/* The last instruction, and one that traps, are still to come. */
	return at + 2 <= HANDLER_WORD ? at : 0;
}

static void generate_handler(bool thumb, u32 cookie, u32 handler, u32 *word)
{
	if (thumb) {
		klp_arm_insn_move_thumb(REG_IP, cookie, word + HANDLER_WORD);
		word[HANDLER_WORD + 2] =
			klp_arm_insn_load_literal(thumb, REG_PC,
						  HANDLER_WORD + 2, ENTRY_WORD);
	} else {
		word[HANDLER_WORD] =
			klp_arm_insn_load_literal(thumb, REG_IP, HANDLER_WORD,
						  COOKIE_WORD);
		word[HANDLER_WORD + 1] =
			klp_arm_insn_load_literal(thumb, REG_PC,
						  HANDLER_WORD + 1, ENTRY_WORD);
		word[COOKIE_WORD] = cookie;
	}
	word[ENTRY_WORD] = handler;
}

/**
 * klp_arm_trampoline_generate() - make the trampoline of a function
 * @thumb: for a Thumb-2 kernel
 * @recipe: how the function's prologue is undone
 * @cookie: what the handler form passes on in ip
 * @handler: where it goes
 * @code: filled; its first word is that of the handler form, its target is none
 *
 * Since: 1.0
 */
void klp_arm_trampoline_generate(bool thumb,
				 const struct klp_arm_recipe *recipe,
				 u32 cookie, u32 handler,
				 struct klp_arm_trampoline_code *code)
{
	u32 udf = thumb ? KLP_ARM_INSN_UDF_THUMB : KLP_ARM_INSN_UDF;
	u32 *word = code->word;
	u32 i;

	code->direct = 0;
	code->leave = generate_direct(thumb, recipe, word);
	if (code->leave)
		code->direct = word[KLP_ARM_TRAMPOLINE_SWITCH];
	for (i = code->leave; i < KLP_ARM_TRAMPOLINE_WORDS; i++)
		word[i] = udf;

	generate_handler(thumb, cookie, handler, word);
	code->handler = klp_arm_insn_branch(thumb, 0, HANDLER_WORD * 4 | thumb);
	word[KLP_ARM_TRAMPOLINE_SWITCH] = code->handler;
}

/* Opcodes of the compact model, as they are put into its words (EHABI, 6.3). */
struct opcodes {
	u32 *table;
	u32 count;
};

/* EHABI, 6.3 and 10.3 */
#define PERSONALITY_1 0x81000000U	/* a count of words, then opcodes */
#define OPCODE_VSP_MAX 0x3fU		/* vsp += 4 to 256 */
#define OPCODE_POP 0x8000U		/* r4 is bit 0, LR is bit 10 */
#define OPCODE_FINISH 0xb0U
#define POP_LR BIT(14 - 4)

/* The first word has room for two opcodes, the others for four. */
static void put_opcode(struct opcodes *opcodes, u32 opcode)
{
	u32 byte = opcodes->count++ + 2;
	u32 shift = 24 - byte % 4 * 8;

	opcodes->table[byte / 4] &= ~(0xffU << shift);
	opcodes->table[byte / 4] |= opcode << shift;
}

static void put_skip(struct opcodes *opcodes, u32 bytes)
{
	u32 step;

	for (; bytes; bytes -= step) {
		step = bytes < (OPCODE_VSP_MAX + 1) * 4 ?
		       bytes : (OPCODE_VSP_MAX + 1) * 4;
		put_opcode(opcodes, step / 4 - 1);
	}
}

static void put_pop(struct opcodes *opcodes, u32 mask)
{
	put_opcode(opcodes, (OPCODE_POP | mask) >> 8);
	put_opcode(opcodes, mask & 0xff);
}

/* Which register, if any, is to be reloaded from a word of the frame? */
static u32 register_at(const struct klp_arm_recipe *recipe, u32 slot)
{
	u32 reg;

	for (reg = 4; reg <= 11; reg++)
		if (recipe->restore & BIT(reg) && recipe->slot[reg] == slot)
			return BIT(reg - 4);

	return 0;
}

/**
 * klp_arm_trampoline_unwind() - make the EHABI table of a trampoline
 * @recipe: how the function's prologue is undone
 * @table: gets the table: what a walk has to do from any word but the one that
 *         leaves, where the state is that of a function's entry. Bit 31 of its
 *         first word is clear if the frame is too large to be described
 *
 * Since: 1.0
 */
void klp_arm_trampoline_unwind(const struct klp_arm_recipe *recipe,
			       u32 table[KLP_ARM_TRAMPOLINE_WORDS])
{
	struct opcodes opcodes = { .table = table };
	u32 slot, mask, seen = 0;

	/* Whatever is not written says "finish". */
	for (slot = 0; slot < KLP_ARM_TRAMPOLINE_WORDS; slot++)
		table[slot] = OPCODE_FINISH * 0x01010101U;

	/* A skip per 256 bytes and three opcodes per register: 60 fit. */
	if (recipe->sp_delta > 8192) {
		table[0] = 0;
		return;
	}

	put_pop(&opcodes, POP_LR);
	for (slot = 0; slot < recipe->sp_delta; slot += 4) {
		mask = register_at(recipe, slot);
		if (!mask)
			continue;
		put_skip(&opcodes, slot - seen);
		put_pop(&opcodes, mask);
		seen = slot + 4;
	}
	put_skip(&opcodes, recipe->sp_delta - seen);

	table[0] &= 0xffffU;
	table[0] |= PERSONALITY_1 | (KLP_ARM_TRAMPOLINE_WORDS - 1) << 16;
}
