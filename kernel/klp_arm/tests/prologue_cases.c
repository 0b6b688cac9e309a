// SPDX-License-Identifier: GPL-2.0
/*
 * prologue_cases.c - walks the tables of prologues and judges verdicts.
 */
#include "prologue_cases.h"

static const struct klp_arm_prologue_table *const tables[] = {
	&klp_arm_cases_compiled_arm,
	&klp_arm_cases_compiled_thumb,
	&klp_arm_cases_accepted,
	&klp_arm_cases_insn,
	&klp_arm_cases_memory,
	&klp_arm_cases_state,
	&klp_arm_cases_thumb_insn,
	&klp_arm_cases_thumb_state,
};

/* Row @number of all tables together, or NULL behind the last. */
const struct klp_arm_prologue_case *klp_arm_case(u32 number)
{
	u32 i;

	for (i = 0; i < ARRAY_SIZE(tables); i++) {
		if (number < tables[i]->rows)
			return &tables[i]->row[number];
		number -= tables[i]->rows;
	}
	return NULL;
}

/* Bytes of code that the verifier may read. */
u32 klp_arm_case_size(const struct klp_arm_prologue_case *row)
{
	return row->size ? row->size : row->site + 4;
}

/* Write klp_arm_case_size() bytes, as they stand in the memory of an ARM. */
void klp_arm_case_code(const struct klp_arm_prologue_case *row, u8 *code)
{
	u32 size = klp_arm_case_size(row);
	u32 i;

	for (i = 0; i < size; i++) {
		if (row->thumb)
			code[i] = (u8)(row->thumb_code[i / 2] >> i % 2 * 8);
		else
			code[i] = (u8)(row->arm_code[i / 4] >> i % 4 * 8);
	}
}

/* Fill in @in; it borrows from @row and @code. */
void klp_arm_case_input(const struct klp_arm_prologue_case *row, const u8 *code,
			struct klp_arm_prologue *in)
{
	memset(in, 0, sizeof(*in));
	in->code = code;
	in->size = klp_arm_case_size(row);
	in->site = row->site;
	in->thumb = row->thumb;
	in->unwind_kind = row->unwind_kind;
	in->unwind = row->unwind;
	in->unwind_words = row->unwind_words;
}

static u32 blamed(const struct klp_arm_prologue_case *row)
{
	const u16 *half;

	if (!row->insn_size)
		return 0;
	if (!row->thumb)
		return row->arm_code[row->offset / 4];
	half = &row->thumb_code[row->offset / 2];
	return row->insn_size == 2 ? half[0] : (u32)half[0] << 16 | half[1];
}

/* Return: NULL if @verdict is the expected one, else what differs first. */
const char *klp_arm_case_differs(const struct klp_arm_prologue_case *row,
				 int err, const struct klp_arm_verdict *verdict)
{
	const struct klp_arm_recipe *recipe = &verdict->recipe;

	if (verdict->reason != row->reason)
		return "reason";
	if (err != (row->reason ? -EOPNOTSUPP : 0))
		return "return value";
	if (verdict->offset != row->offset)
		return "offset";
	if (verdict->insn_size != row->insn_size)
		return "insn_size";
	if (verdict->insn != blamed(row))
		return "insn";
	if (recipe->sp_delta != row->sp_delta)
		return "sp_delta";
	if (recipe->restore != row->restore)
		return "restore";
	if (memcmp(recipe->slot, row->slot, sizeof(row->slot)))
		return "slot";
	return NULL;
}
