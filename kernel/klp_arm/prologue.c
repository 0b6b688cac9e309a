// SPDX-License-Identifier: GPL-2.0
/*
 * prologue.c - proves how a function's prologue is undone at its -pg call,
 * or says why that cannot be proved.
 *
 * The instructions from the function's entry to the call are run on an
 * abstract machine (prologue_machine.c). What must hold at the call is in
 * prologue_prove(). Where the function has unwind data, that data is then
 * executed on the state the machine has reached, and must lead to the same
 * entry state: two witnesses, one that reads the code and one that the
 * compiler wrote down.
 *
 * A function whose index entry is CANTUNWIND has nobody to confirm it. It is
 * accepted only if it has nothing to undo, as an annotated leaf would.
 */
#include "ehabi.h"
#include "prologue.h"
#include "prologue_machine.h"

/*
 * Compilers need 0 to 6 instructions, and some more when they copy
 * arguments; this only bounds the work on what is not a prologue at all.
 */
#define PROLOGUE_MAX_INSNS 64

/* Values of the second witness; each is a multiple of 4, as an SP must be. */
#define WITNESS_SP 0x40100000U
#define WITNESS_ENTRY 0xe0000000U	/* + register << 8: entry values */
#define WITNESS_POISON 0xd0000000U	/* + register << 8: unknown registers */
#define WITNESS_JUNK 0xc0000000U	/* ^ address: unknown words */

static u32 prologue_half(const struct klp_arm_prologue *in, u32 at)
{
	const u8 *byte = in->code;

	return byte[at] | (u32)byte[at + 1] << 8;
}

/*
 * Decode what is at @at, which is below the site: 4 bytes are readable,
 * because in->size is at least site + 4.
 */
static void prologue_decode(const struct klp_arm_prologue *in, u32 at,
			    struct klp_arm_insn *insn,
			    struct klp_arm_verdict *out)
{
	u32 first = prologue_half(in, at);
	u32 second = prologue_half(in, at + 2);

	if (!in->thumb) {
		out->insn = second << 16 | first;
		klp_arm_decode_arm(insn, out->insn);
	} else if (first >> 11 >= 0x1d) {
		out->insn = first << 16 | second;
		klp_arm_decode_thumb32(insn, out->insn);
	} else {
		out->insn = first;
		klp_arm_decode_thumb16(insn, first);
	}
	out->offset = at;
	out->insn_size = insn->size;
}

static int prologue_refuse(struct klp_arm_verdict *out,
			   enum klp_arm_reason reason)
{
	out->reason = reason;
	return -EOPNOTSUPP;
}

/* Without an instruction to blame: the verdict is on the whole function. */
static int prologue_refuse_whole(struct klp_arm_verdict *out,
				 enum klp_arm_reason reason)
{
	out->offset = 0;
	out->insn = 0;
	out->insn_size = 0;
	return prologue_refuse(out, reason);
}

/* Blame the instruction that took the entry value of @reg away, or saved it. */
static int prologue_refuse_reg(const struct klp_arm_prologue *in,
			       const struct klp_arm_machine *machine, u32 reg,
			       struct klp_arm_verdict *out,
			       enum klp_arm_reason reason)
{
	struct klp_arm_insn insn;

	prologue_decode(in, machine->blame[reg], &insn, out);
	return prologue_refuse(out, reason);
}

static bool is_push_lr(const struct klp_arm_insn *insn)
{
	return insn->op == KLP_ARM_OP_STORE && insn->rn == KLP_ARM_SP &&
	       insn->imm == (u32)-4 && insn->writeback == (u32)-4 &&
	       insn->count == 1 && insn->bytes == 4 &&
	       insn->list[0] == KLP_ARM_LR;
}

/* Run everything that stands before the site's push {lr}. */
static int prologue_run(const struct klp_arm_prologue *in,
			struct klp_arm_machine *machine,
			struct klp_arm_verdict *out)
{
	enum klp_arm_reason reason;
	struct klp_arm_insn insn;
	u32 at = 0;
	u32 count;

	klp_arm_machine_init(machine);
	for (count = 0; count < PROLOGUE_MAX_INSNS; count++) {
		prologue_decode(in, at, &insn, out);
		if (at + insn.size > in->site)
			return prologue_refuse(out,
					       KLP_ARM_REASON_MISALIGNED_SITE);
		if (at + insn.size == in->site) {
			if (is_push_lr(&insn))
				return 0;
			return prologue_refuse(out, KLP_ARM_REASON_NO_PUSH_LR);
		}
		reason = klp_arm_machine_step(machine, &insn, at);
		if (reason)
			return prologue_refuse(out, reason);
		at += insn.size;
	}
	return prologue_refuse(out, KLP_ARM_REASON_PROLOGUE_TOO_LONG);
}

static bool holds_entry(const struct klp_arm_machine *machine, u32 reg)
{
	return machine->reg[reg].kind == KLP_ARM_ENTRY &&
	       machine->reg[reg].number == reg;
}

/*
 * What must hold before the push {lr} (SP is known by the machine's own
 * rules): r0-r3 and LR have their entry values, and so has each of r4-r11
 * or a word of the frame. ip is free at a function's entry (AAPCS) unless
 * GCC passes the frame of an enclosing function in it. d8-d15 cannot have
 * changed: no instruction that writes them is decoded.
 */
static int prologue_prove(const struct klp_arm_prologue *in,
			  const struct klp_arm_machine *machine,
			  struct klp_arm_verdict *out)
{
	struct klp_arm_recipe *recipe = &out->recipe;
	const struct klp_arm_slot *slot;
	u32 reg;

	/* GCC keeps ip for the function only if it is a static chain. */
	slot = klp_arm_machine_slot(machine, KLP_ARM_IP);
	if (slot)
		return prologue_refuse_reg(in, machine, KLP_ARM_IP, out,
					   KLP_ARM_REASON_STATIC_CHAIN);
	recipe->sp_delta = -machine->reg[KLP_ARM_SP].number;
	for (reg = 0; reg < 4; reg++) {
		if (!holds_entry(machine, reg))
			return prologue_refuse_reg(in, machine, reg, out,
					KLP_ARM_REASON_ARGUMENT_CLOBBERED);
	}
	if (!holds_entry(machine, KLP_ARM_LR))
		return prologue_refuse_reg(in, machine, KLP_ARM_LR, out,
					   KLP_ARM_REASON_LR_CHANGED);
	for (reg = 4; reg < 12; reg++) {
		if (holds_entry(machine, reg))
			continue;
		slot = klp_arm_machine_slot(machine, reg);
		if (!slot)
			return prologue_refuse_reg(in, machine, reg, out,
					KLP_ARM_REASON_SAVED_REGISTER_LOST);
		recipe->restore |= BIT(reg);
		recipe->slot[reg] = (u16)((s32)recipe->sp_delta +
					  slot->offset);
	}
	return 0;
}

static u32 witness_entry(u32 reg)
{
	return WITNESS_ENTRY + (reg << 8);
}

/* The stack as the second witness sees it: [SP, entry SP) and no more. */
static int witness_load(void *cookie, u32 address, u32 *value)
{
	const struct klp_arm_machine *machine = cookie;
	s32 offset = (s32)(address - WITNESS_SP);
	u32 number;

	if (offset < (s32)machine->reg[KLP_ARM_SP].number || offset > -4)
		return -EFAULT;
	if (klp_arm_machine_word(machine, offset, &number))
		*value = witness_entry(number);
	else
		*value = WITNESS_JUNK ^ address;
	return 0;
}

static u32 witness_register(const struct klp_arm_machine *machine, u32 reg)
{
	struct klp_arm_value value = machine->reg[reg];

	switch (value.kind) {
	case KLP_ARM_ENTRY:
		return witness_entry(value.number);
	case KLP_ARM_STACK:
		return WITNESS_SP + value.number;
	case KLP_ARM_CONSTANT:
		return value.number;
	default:
		return WITNESS_POISON + (reg << 8);
	}
}

/*
 * Unwind from the state the machine has reached. The site's own push {lr}
 * is not in the table, so SP is the one before it.
 */
static enum klp_arm_reason
witness_unwind(const struct klp_arm_prologue *in,
	       struct klp_arm_machine *machine)
{
	struct klp_arm_ehabi_frame frame = { 0 };
	u32 reg;
	int err;

	for (reg = 0; reg < ARRAY_SIZE(machine->reg); reg++)
		frame.vrs[reg] = witness_register(machine, reg);
	err = klp_arm_ehabi_unwind(in->unwind, in->unwind_words, &frame,
				   witness_load, machine);
	if (err == -EINVAL)
		return KLP_ARM_REASON_UNWIND_CORRUPT;
	if (err == -EOPNOTSUPP)
		return KLP_ARM_REASON_UNWIND_REFUSES;
	if (err || frame.vrs[KLP_ARM_SP] != WITNESS_SP ||
	    frame.vrs[KLP_ARM_PC] != witness_entry(KLP_ARM_LR))
		return KLP_ARM_REASON_UNWIND_DISAGREES;
	for (reg = 4; reg < 12; reg++) {
		if (frame.vrs[reg] != witness_entry(reg))
			return KLP_ARM_REASON_UNWIND_DISAGREES;
	}
	return KLP_ARM_REASON_NONE;
}

static enum klp_arm_reason witness_check(const struct klp_arm_prologue *in,
					 struct klp_arm_machine *machine,
					 const struct klp_arm_recipe *recipe)
{
	switch (in->unwind_kind) {
	case KLP_ARM_UNWIND_UNCHECKED:
		return KLP_ARM_REASON_NONE;
	case KLP_ARM_UNWIND_CANTUNWIND:
		return recipe->sp_delta || recipe->restore ?
		       KLP_ARM_REASON_UNWIND_REFUSES : KLP_ARM_REASON_NONE;
	case KLP_ARM_UNWIND_TABLE:
		if (in->unwind && in->unwind_words)
			return witness_unwind(in, machine);
		break;
	}
	return KLP_ARM_REASON_UNWIND_CORRUPT;
}

/* Nothing is read from the code before this has held. */
static enum klp_arm_reason prologue_check(const struct klp_arm_prologue *in)
{
	if (in->site % (in->thumb ? 2 : 4))
		return KLP_ARM_REASON_MISALIGNED_SITE;
	if (!in->code || in->size < 4 || in->size - 4 < in->site)
		return KLP_ARM_REASON_TRUNCATED;
	if (!in->site)
		return KLP_ARM_REASON_NO_PUSH_LR;
	return KLP_ARM_REASON_NONE;
}

/**
 * klp_arm_prologue_verify() - find out how to undo a prologue
 * @in: the function; borrowed
 * @out: the verdict; all of it is written, the recipe only if accepted
 *
 * Deterministic; reads only @in->code[0 .. @in->size) and the unwind words;
 * takes no lock, never prints, needs less than 1 KiB of stack. The caller
 * keeps the code from changing, and passes what the compiler wrote: a
 * breakpoint in the prologue is an unknown instruction. What stands at the
 * site itself is not looked at, so the call may be on or off.
 *
 * Context: Any.
 * Return: 0 with @out->recipe filled in, or -EOPNOTSUPP with @out->reason
 * and, where one is to blame, the instruction.
 * Since: 0.1
 */
int klp_arm_prologue_verify(const struct klp_arm_prologue *in,
			    struct klp_arm_verdict *out)
{
	struct klp_arm_machine machine;
	enum klp_arm_reason reason;
	int err;

	memset(out, 0, sizeof(*out));
	reason = prologue_check(in);
	if (reason)
		return prologue_refuse(out, reason);

	err = prologue_run(in, &machine, out);
	if (!err)
		err = prologue_prove(in, &machine, out);
	if (!err) {
		reason = witness_check(in, &machine, &out->recipe);
		err = prologue_refuse_whole(out, reason);
		if (!reason)
			return 0;
	}
	memset(&out->recipe, 0, sizeof(out->recipe));
	return err;
}
