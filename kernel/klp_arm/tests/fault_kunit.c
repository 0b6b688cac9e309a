// SPDX-License-Identifier: GPL-2.0
/*
 * fault_kunit.c - which page faults of the kernel can be walked through, run at
 * boot: by what the entry code saved, and by where they were taken; and which
 * exceptions can be looked behind.
 */
#include <kunit/test.h>
#include <linux/extable.h>
#include <linux/kallsyms.h>
#include <linux/string.h>

#include <asm/ptrace.h>

#include "../fault_frame.h"
#include "../redirect.h"

#define PSR_GOOD (SVC_MODE | (KLP_ARM_THUMB ? PSR_T_BIT : 0))

/* What the copies save below what their unwind data describes */
#define LOST_IN_COPY 0x760

/* An instruction of two bytes is the shortest. */
#define SHORTEST_INSN 2

/* The first or the last access of a function, or 0 */
static unsigned long access_of(const char *function, bool last)
{
	unsigned long start = kallsyms_lookup_name(function);
	unsigned long size, offset, i, found = 0;

	if (!start || !kallsyms_lookup_size_offset(start, &size, &offset))
		return 0;
	for (i = 0; i < size && (!found || last); i += SHORTEST_INSN)
		if (search_exception_tables(start + i))
			found = start + i;

	return found;
}

/* Accesses: of the assembly, of the compiler, and of assembly without a call */
static const struct access_case {
	const char *function;
	u32 lost;
	bool refused;
} access_cases[] = {
	{ "arm_copy_from_user", LOST_IN_COPY },
	{ "arm_copy_to_user", LOST_IN_COPY },
	{ "arm_clear_user" },
	{ "csum_partial_copy_from_user" },
	{ "__get_user_1" },
	{ "__get_user_2" },
	{ "__get_user_4" },
	{ "__get_user_8" },
	{ "__put_user_1" },
	{ "__put_user_2" },
	{ "__put_user_4" },
	{ "__put_user_8" },
	{ "futex_wake_op" },
	{ "v7_coherent_user_range", .refused = true },
};

static void access_name(const struct access_case *row, char *desc)
{
	strscpy(desc, row->function, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(access, access_cases, access_name);

static void accesses(struct kunit *test)
{
	const struct access_case *row = test->param_value;
	unsigned long address;
	u32 lost = ~0;
	int last;

	for (last = 0; last < 2; last++) {
		address = access_of(row->function, last);
		KUNIT_ASSERT_NE(test, address, 0UL);
		KUNIT_EXPECT_EQ(test, klp_arm_fault_is_proved(address, &lost),
				!row->refused);
		KUNIT_EXPECT_EQ(test, lost, row->lost);
	}
}

/* The same functions, where they access nothing that may fault */
static void no_access(struct kunit *test)
{
	const struct access_case *row = test->param_value;
	unsigned long address = kallsyms_lookup_name(row->function);
	u32 lost;

	KUNIT_ASSERT_NE(test, address, 0UL);
	if (search_exception_tables(address))
		kunit_skip(test, "it begins with an access");
	KUNIT_EXPECT_FALSE(test, klp_arm_fault_is_proved(address, &lost));
}

/* A stack that has what a data abort saved, and room for what it may skip */
struct fake_stack {
	struct svc_pt_regs saved;
	u32 above[4];
};

static const struct saved_case {
	const char *name;
	const char *entry;	/* code that the fault handler returns to */
	unsigned long psr;
	long sp;		/* relative to what it must be */
	long pc;		/* relative to an access */
	bool short_stack;
	bool accepted;		/* for the stack check */
	bool nothing;		/* nor for display */
} saved_cases[] = {
	{ "data abort", "__dabt_svc", PSR_GOOD, .accepted = true },
	{ "SP was aligned", "__dabt_svc", PSR_GOOD, .sp = 4, .accepted = true },
	{ "interrupt", "__irq_svc", PSR_GOOD },
	{ "undefined instruction", "__und_svc", PSR_GOOD },
	{ "prefetch abort", "__pabt_svc", PSR_GOOD },
	{ "data abort of a user", "__dabt_usr", PSR_GOOD },
	{ "interrupts disabled", "__dabt_svc", PSR_GOOD | PSR_I_BIT },
	{ "user mode", "__dabt_svc", PSR_GOOD ^ SVC_MODE ^ USR_MODE,
	  .nothing = true },
	{ "abort mode", "__dabt_svc", PSR_GOOD ^ SVC_MODE ^ ABT_MODE,
	  .nothing = true },
	{ "other instruction set", "__dabt_svc", PSR_GOOD ^ PSR_T_BIT,
	  .nothing = true },
	{ "SP elsewhere", "__dabt_svc", PSR_GOOD, .sp = 8, .nothing = true },
	{ "SP below", "__dabt_svc", PSR_GOOD, .sp = -4, .nothing = true },
	{ "no access", "__dabt_svc", PSR_GOOD, .pc = 1 },
	{ "end of the stack", "__dabt_svc", PSR_GOOD, .short_stack = true,
	  .nothing = true },
};

static void saved_name(const struct saved_case *row, char *desc)
{
	strscpy(desc, row->name, KUNIT_PARAM_DESC_SIZE);
}

KUNIT_ARRAY_PARAM(saved, saved_cases, saved_name);

static struct fake_stack *make_stack(struct kunit *test,
				     const struct saved_case *row)
{
	struct fake_stack *stack;
	struct pt_regs *regs;
	unsigned int i;

	stack = kunit_kzalloc(test, sizeof(*stack), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, stack);
	regs = &stack->saved.regs;
	for (i = 0; i < 15; i++)
		regs->uregs[i] = 0x100 + i;
	regs->ARM_sp = (unsigned long)&stack->above + row->sp;
	regs->ARM_pc = access_of("arm_copy_from_user", false) + row->pc;
	regs->ARM_cpsr = row->psr;

	return stack;
}

static unsigned long end_of_stack(const struct fake_stack *stack,
				  const struct saved_case *row)
{
	return (unsigned long)(row->short_stack ? stack->above :
						  (const u32 *)(stack + 1));
}

static void saved_registers(struct kunit *test)
{
	const struct saved_case *row = test->param_value;
	unsigned long entry = kallsyms_lookup_name(row->entry);
	const struct fake_stack *stack = make_stack(test, row);
	const struct pt_regs *regs = &stack->saved.regs;
	u32 vrs[16] = { };
	unsigned int i;

	KUNIT_ASSERT_NE(test, entry, 0UL);
	KUNIT_EXPECT_EQ(test, row->accepted,
			klp_arm_fault_registers(entry + 4, (unsigned long)stack,
						end_of_stack(stack, row), vrs));
	for (i = 0; i < 16; i++)
		KUNIT_EXPECT_EQ(test, (unsigned long)vrs[i],
				!row->accepted || LOST_IN_COPY >> i & 1 ?
					0UL :
					(unsigned long)regs->uregs[i]);
}

/* For display, it does not matter which exception it was, nor where. */
static void shown_registers(struct kunit *test)
{
	const struct saved_case *row = test->param_value;
	const struct fake_stack *stack = make_stack(test, row);
	const struct pt_regs *regs = &stack->saved.regs;
	u32 vrs[16] = { };
	unsigned int i;

	KUNIT_EXPECT_EQ(test, !row->nothing,
			klp_arm_exception_registers((unsigned long)stack,
						    end_of_stack(stack, row),
						    vrs));
	for (i = 0; i < 15; i++)
		KUNIT_EXPECT_EQ(test, (unsigned long)vrs[i],
				row->nothing ? 0UL :
					       (unsigned long)regs->uregs[i]);
	KUNIT_EXPECT_EQ(test, (unsigned long)vrs[15],
			row->nothing ? 0UL : regs->ARM_pc | KLP_ARM_THUMB);
}

static struct kunit_case fault_cases[] = {
	KUNIT_CASE_PARAM(accesses, access_gen_params),
	KUNIT_CASE_PARAM(no_access, access_gen_params),
	KUNIT_CASE_PARAM(saved_registers, saved_gen_params),
	KUNIT_CASE_PARAM(shown_registers, saved_gen_params),
	{}
};

static struct kunit_suite fault_suite = {
	.name = "klp_arm_fault",
	.test_cases = fault_cases,
};

kunit_test_suite(fault_suite);
