// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_machine.c - runs prologue instructions on abstract values.
 *
 * Each register is the entry value of some register, entry SP plus a known
 * number, a known constant, or unknown. Of the stack only the words that
 * hold entry values are remembered. Whatever cannot be followed exactly is
 * refused, so a state that is reached is true of every execution.
 */
#include "prologue_machine.h"

static const struct klp_arm_value unknown = { .kind = KLP_ARM_UNKNOWN };

static s32 machine_sp(const struct klp_arm_machine *machine)
{
	return (s32)machine->reg[KLP_ARM_SP].number;
}

/* The state at a function's first instruction. */
void klp_arm_machine_init(struct klp_arm_machine *machine)
{
	u32 reg;

	memset(machine, 0, sizeof(*machine));
	for (reg = 0; reg < ARRAY_SIZE(machine->reg); reg++) {
		machine->reg[reg].kind = KLP_ARM_ENTRY;
		machine->reg[reg].number = reg;
	}
	machine->reg[KLP_ARM_SP].kind = KLP_ARM_STACK;
	machine->reg[KLP_ARM_SP].number = 0;
}

/*
 * The slot that holds the entry value of r@number, the one nearest to entry
 * SP if there are several. Return: borrowed from @machine, or NULL.
 */
const struct klp_arm_slot *
klp_arm_machine_slot(const struct klp_arm_machine *machine, u32 number)
{
	const struct klp_arm_slot *best = NULL;
	u32 i;

	for (i = 0; i < machine->slots; i++) {
		const struct klp_arm_slot *slot = &machine->slot[i];

		if (slot->number == number &&
		    (!best || slot->offset > best->offset))
			best = slot;
	}
	return best;
}

/*
 * Whose entry value is the word at entry SP + @offset?
 * Return: false if it is not known to be any; else *@number is set.
 */
bool klp_arm_machine_word(const struct klp_arm_machine *machine, s32 offset,
			  u32 *number)
{
	u32 i;

	for (i = 0; i < machine->slots; i++) {
		if (machine->slot[i].offset == offset) {
			*number = machine->slot[i].number;
			return true;
		}
	}
	return false;
}

/* Forget the slots that overlap [@from, @to). */
static void machine_forget(struct klp_arm_machine *machine, s32 from, s32 to,
			   u32 at)
{
	u32 i, kept = 0;

	for (i = 0; i < machine->slots; i++) {
		struct klp_arm_slot slot = machine->slot[i];

		if (slot.offset + 4 > from && slot.offset < to)
			machine->blame[slot.number] = (u16)at;
		else
			machine->slot[kept++] = slot;
	}
	machine->slots = kept;
}

/*
 * SP moves. Words that end up below it may be overwritten by an interrupt at
 * any time; words above entry SP belong to the caller, and stop being safe
 * as soon as SP has been above them.
 */
static enum klp_arm_reason machine_move_sp(struct klp_arm_machine *machine,
					   struct klp_arm_value value, u32 at)
{
	s32 sp = (s32)value.number;

	if (value.kind != KLP_ARM_STACK)
		return KLP_ARM_REASON_SP_UNKNOWN;
	if (sp % 4)
		return KLP_ARM_REASON_SP_MISALIGNED;
	if (sp > 0)
		return KLP_ARM_REASON_SP_ABOVE_ENTRY;
	if (sp < -KLP_ARM_FRAME_MAX)
		return KLP_ARM_REASON_FRAME_TOO_LARGE;
	machine_forget(machine, -KLP_ARM_FRAME_MAX, sp, at);
	machine->reg[KLP_ARM_SP] = value;
	return KLP_ARM_REASON_NONE;
}

static enum klp_arm_reason machine_set(struct klp_arm_machine *machine, u32 reg,
				       struct klp_arm_value value, u32 at)
{
	if (reg == KLP_ARM_SP)
		return machine_move_sp(machine, value, at);
	machine->reg[reg] = value;
	machine->blame[reg] = (u16)at;
	return KLP_ARM_REASON_NONE;
}

/* @left + @right, or @left - @right. Numbers wrap as the hardware's do. */
static struct klp_arm_value value_add(struct klp_arm_value left,
				      struct klp_arm_value right, bool subtract)
{
	struct klp_arm_value sum = { .kind = left.kind };

	if (right.kind == KLP_ARM_STACK && left.kind == KLP_ARM_CONSTANT &&
	    !subtract)
		return value_add(right, left, false);
	if (right.kind != KLP_ARM_CONSTANT)
		return unknown;
	if (left.kind != KLP_ARM_STACK && left.kind != KLP_ARM_CONSTANT) {
		/* An entry value plus 0 is still the entry value. */
		return right.number ? unknown : left;
	}
	sum.number = subtract ? left.number - right.number :
				left.number + right.number;
	return sum;
}

static struct klp_arm_value value_shift(struct klp_arm_value value, u32 left)
{
	if (left && value.kind != KLP_ARM_CONSTANT)
		return unknown;
	value.number <<= left;
	return value;
}

/* What a register-to-register instruction leaves in rd. */
static struct klp_arm_value
machine_compute(const struct klp_arm_machine *machine,
		const struct klp_arm_insn *insn)
{
	struct klp_arm_value imm = { KLP_ARM_CONSTANT, insn->imm };
	struct klp_arm_value value;

	switch (insn->op) {
	case KLP_ARM_OP_SET:
		return imm;
	case KLP_ARM_OP_SET_TOP:
		value = machine->reg[insn->rd];
		if (value.kind != KLP_ARM_CONSTANT)
			return unknown;
		value.number = (value.number & 0xffff) | insn->imm << 16;
		return value;
	case KLP_ARM_OP_COPY:
		return machine->reg[insn->rm];
	case KLP_ARM_OP_ADD_IMM:
		return value_add(machine->reg[insn->rn], imm, false);
	case KLP_ARM_OP_OR_IMM:
		value = machine->reg[insn->rn];
		if (value.kind != KLP_ARM_CONSTANT)
			return unknown;
		value.number |= insn->imm;
		return value;
	case KLP_ARM_OP_ADD_REG:
	case KLP_ARM_OP_SUB_REG:
		return value_add(machine->reg[insn->rn],
				 value_shift(machine->reg[insn->rm], insn->imm),
				 insn->op == KLP_ARM_OP_SUB_REG);
	default:
		return unknown;
	}
}

/* The word of the stack at entry SP + @offset, as a value. */
static struct klp_arm_value machine_read(const struct klp_arm_machine *machine,
					 s32 offset)
{
	struct klp_arm_value value = { .kind = KLP_ARM_ENTRY };

	if (!klp_arm_machine_word(machine, offset, &value.number))
		return unknown;
	return value;
}

/* A load from the stack, or from the arguments right above the frame. */
static enum klp_arm_reason machine_load_stack(struct klp_arm_machine *machine,
					      const struct klp_arm_insn *insn,
					      u32 at,
					      struct klp_arm_value *value)
{
	struct klp_arm_value base = machine->reg[insn->rn];
	s32 from = (s32)(base.number + insn->imm);
	u32 i;

	if (base.kind != KLP_ARM_STACK || from < machine_sp(machine) ||
	    from > KLP_ARM_STACK_ARGUMENTS - (s32)insn->bytes)
		return KLP_ARM_REASON_LOAD_UNPROVEN;
	if (insn->bytes == 4U * insn->count) {
		for (i = 0; i < insn->count; i++)
			value[i] = machine_read(machine, from + 4 * (s32)i);
	}
	if (!insn->writeback)
		return KLP_ARM_REASON_NONE;
	base.number += insn->writeback;
	return machine_set(machine, insn->rn, base, at);
}

/*
 * A load relative to the PC reads text, and has no side effect. What it reads
 * stays unknown: the tracer and kprobes rewrite text, and not all of it need
 * be at hand.
 */
static enum klp_arm_reason machine_load(struct klp_arm_machine *machine,
					const struct klp_arm_insn *insn, u32 at)
{
	struct klp_arm_value value[16] = { 0 };
	enum klp_arm_reason reason = KLP_ARM_REASON_NONE;
	u32 i;

	if (insn->rn != KLP_ARM_PC)
		reason = machine_load_stack(machine, insn, at, value);
	for (i = 0; !reason && i < insn->count; i++)
		reason = machine_set(machine, insn->list[i], value[i], at);
	return reason;
}

/* Remember the entry values among the words stored at entry SP + @offset. */
static void machine_remember(struct klp_arm_machine *machine,
			     const struct klp_arm_insn *insn,
			     const struct klp_arm_value *value, s32 offset,
			     u32 at)
{
	u32 i;

	if (offset % 4 || insn->bytes != 4U * insn->count)
		return;
	for (i = 0; i < insn->count; i++) {
		struct klp_arm_slot slot = {
			.offset = offset + 4 * (s32)i,
			.number = value[i].number,
		};

		if (machine->slots == KLP_ARM_SLOTS)
			return;
		if (value[i].kind != KLP_ARM_ENTRY)
			continue;
		machine->slot[machine->slots++] = slot;
		if (slot.number == KLP_ARM_IP)
			machine->blame[KLP_ARM_IP] = (u16)at;
	}
}

static enum klp_arm_reason machine_store(struct klp_arm_machine *machine,
					 const struct klp_arm_insn *insn,
					 u32 at)
{
	struct klp_arm_value value[16] = { 0 };
	enum klp_arm_reason reason;
	struct klp_arm_value base;
	s32 from, lowest;
	u32 i;

	if (insn->rn == KLP_ARM_PC)
		return KLP_ARM_REASON_STORE_UNPROVEN;
	base = machine->reg[insn->rn];
	if (base.kind != KLP_ARM_STACK)
		return KLP_ARM_REASON_STORE_UNPROVEN;
	for (i = 0; i < insn->count; i++) {
		if (insn->list[i] != KLP_ARM_PC)
			value[i] = machine->reg[insn->list[i]];
	}

	/* A push moves SP with the store: the lower of old and new counts. */
	from = (s32)(base.number + insn->imm);
	lowest = machine_sp(machine);
	base.number += insn->writeback;
	if (insn->writeback) {
		reason = machine_set(machine, insn->rn, base, at);
		if (reason)
			return reason;
	}
	if (machine_sp(machine) < lowest)
		lowest = machine_sp(machine);
	if (from < lowest || from > 0 || -from < (s32)insn->bytes)
		return KLP_ARM_REASON_STORE_OUTSIDE_FRAME;

	machine_forget(machine, from, from + (s32)insn->bytes, at);
	machine_remember(machine, insn, value, from, at);
	machine_forget(machine, -KLP_ARM_FRAME_MAX, machine_sp(machine), at);
	return KLP_ARM_REASON_NONE;
}

/*
 * Run @insn, which is @at bytes into the function. Return: KLP_ARM_REASON_NONE, or
 * why the machine cannot go on; its state is then of no more use.
 */
enum klp_arm_reason klp_arm_machine_step(struct klp_arm_machine *machine,
					 const struct klp_arm_insn *insn,
					 u32 at)
{
	switch (insn->op) {
	case KLP_ARM_OP_NOP:
		return KLP_ARM_REASON_NONE;
	case KLP_ARM_OP_LOAD:
		return machine_load(machine, insn, at);
	case KLP_ARM_OP_STORE:
		return machine_store(machine, insn, at);
	case KLP_ARM_OP_REFUSE:
		return insn->reason;
	default:
		return machine_set(machine, insn->rd,
				   machine_compute(machine, insn), at);
	}
}
