// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline_kunit.c - trampolines as the rest of the kernel sees them: their
 * memory, their names, and walks that start in one.
 */
#include <kunit/test.h>
#include <linux/context_tracking.h>
#include <linux/ftrace.h>
#include <linux/irqflags.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/klp_arm.h>
#include <linux/mm.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>

#include <asm/stacktrace.h>

#include "../../livepatch/core.h"
#include "../entry.h"
#include "../prologue.h"
#include "../trampoline.h"
#include "../trampoline_code.h"
#include "../trampoline_pool.h"

/* More than fit into one page */
#define MANY 100

/* push {r4, r5, lr}; sub sp, #4 */
static const struct klp_arm_recipe framed = {
	.sp_delta = 16,
	.restore = BIT(4) | BIT(5),
	.slot = { [4] = 4, [5] = 8 },
};

/* What is at the -pg call: the word it pushed, and the function's frame. */
struct frame {
	unsigned long entry_lr;
	unsigned long local;
	unsigned long r4;
	unsigned long r5;
	unsigned long lr;
	unsigned long callers;
};

static void alloc(struct kunit *test, struct klp_arm_trampoline *trampoline)
{
	int ret;

	mutex_lock(&klp_mutex);
	ret = klp_arm_trampoline_alloc(trampoline,
				       (unsigned long)kernel_text_address,
				       &framed, test);
	mutex_unlock(&klp_mutex);
	KUNIT_ASSERT_EQ(test, ret, 0);
}

static void release(struct klp_arm_trampoline *trampoline)
{
	mutex_lock(&klp_mutex);
	klp_arm_trampoline_free(trampoline);
	mutex_unlock(&klp_mutex);
}

static void trampoline_is_kernel_text(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { };
	unsigned long addr;

	alloc(test, &trampoline);
	addr = (unsigned long)trampoline.code;
	KUNIT_EXPECT_TRUE(test, kernel_text_address(addr));
	/* What describes it follows. */
	KUNIT_EXPECT_FALSE(test, kernel_text_address(addr + PAGE_SIZE));
	release(&trampoline);
}

static void trampoline_has_a_name(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { };
	char name[KSYM_SYMBOL_LEN];

	alloc(test, &trampoline);
	sprint_symbol(name, (unsigned long)(trampoline.code + 1));
	KUNIT_EXPECT_STREQ(test, name, "klp_trampoline+0x4/0x40 [klp_arm]");
	release(&trampoline);
}

static int listed(struct klp_arm_kallsym_cursor *cursor, unsigned int symnum,
		  unsigned long *value)
{
	char name[KSYM_NAME_LEN], module[MODULE_NAME_LEN], type;

	return klp_arm_trampoline_get_kallsym(cursor, symnum, value, &type, name,
					      module);
}

static unsigned int count_listed(void)
{
	struct klp_arm_kallsym_cursor cursor = { };
	unsigned int count = 0;
	unsigned long value;

	while (!listed(&cursor, count, &value))
		count++;

	return count;
}

static void trampoline_is_listed(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { };
	unsigned int before = count_listed();

	alloc(test, &trampoline);
	KUNIT_EXPECT_EQ(test, count_listed(), before + 1);
	release(&trampoline);
}

/* Whoever reads on takes up where he was, whoever reads again starts over. */
static void listing_goes_on_or_back(struct kunit *test)
{
	struct klp_arm_trampoline *all;
	struct klp_arm_kallsym_cursor forward = { }, fresh;
	unsigned long value, again;
	unsigned int i, count;

	all = kunit_kcalloc(test, MANY, sizeof(*all), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, all);
	for (i = 0; i < MANY; i++)
		alloc(test, &all[i]);
	count = count_listed();
	for (i = 0; i < count; i++) {
		fresh = (struct klp_arm_kallsym_cursor) { };
		KUNIT_EXPECT_EQ(test, listed(&forward, i, &value), 0);
		KUNIT_EXPECT_EQ(test, listed(&fresh, i, &again), 0);
		KUNIT_EXPECT_EQ(test, value, again);
		KUNIT_EXPECT_EQ(test, forward.symnum, i);
	}
	KUNIT_EXPECT_EQ(test, listed(&forward, count, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, listed(&forward, count - 1, &value), 0);
	KUNIT_EXPECT_EQ(test, value, again);
	KUNIT_EXPECT_EQ(test, listed(&forward, 0, &value), 0);
	KUNIT_EXPECT_NE(test, value, again);
	for (i = 0; i < MANY; i++)
		release(&all[i]);
}

/* Where RCU does not watch, lockdep complains of whoever relies on it. */
static void names_need_no_rcu(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { };
	unsigned long addr, offset = 0;
	char name[KSYM_NAME_LEN];
	bool watching, found;
	int length;

	alloc(test, &trampoline);
	addr = (unsigned long)(trampoline.code + 1);

	local_irq_disable();
	ct_idle_enter();
	watching = rcu_is_watching();
	found = klp_arm_is_trampoline(addr);
	length = klp_arm_trampoline_lookup(addr, NULL, &offset, NULL, name);
	ct_idle_exit();
	local_irq_enable();

	KUNIT_EXPECT_FALSE(test, watching);
	KUNIT_EXPECT_TRUE(test, found);
	KUNIT_EXPECT_EQ(test, length, (int)strlen("klp_trampoline"));
	KUNIT_EXPECT_EQ(test, offset, sizeof(u32));
	release(&trampoline);
}

static void unused_trampolines_trap(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { };
	unsigned int i;
	u32 *code;

	/* One more, so that the page stays. */
	struct klp_arm_trampoline other = { };

	alloc(test, &other);
	alloc(test, &trampoline);
	code = trampoline.code;
	release(&trampoline);
	for (i = 0; i < KLP_ARM_TRAMPOLINE_WORDS; i++)
		KUNIT_EXPECT_EQ(test, code[i], KLP_ARM_POOL_UDF);
	release(&other);
}

static void many_trampolines_are_apart(struct kunit *test)
{
	struct klp_arm_trampoline *all;
	unsigned int i, j, same = 0;

	all = kunit_kcalloc(test, MANY, sizeof(*all), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, all);
	for (i = 0; i < MANY; i++)
		alloc(test, &all[i]);
	for (i = 0; i < MANY; i++)
		for (j = 0; j < i; j++)
			same += abs(all[i].code - all[j].code) <
				KLP_ARM_TRAMPOLINE_WORDS;
	KUNIT_EXPECT_EQ(test, same, 0);
	for (i = 0; i < MANY; i++)
		release(&all[i]);
}

/* Walk out of a word of a trampoline, as a stack trace of an interrupt does. */
static void walk_from(struct kunit *test, struct klp_arm_trampoline *trampoline,
		      unsigned int word, void *sp, unsigned long lr,
		      unsigned long *sp_after)
{
	struct stackframe frame = {
		.sp = (unsigned long)sp,
		.lr = lr,
		.pc = (unsigned long)(trampoline->code + word),
	};

	KUNIT_EXPECT_EQ(test, unwind_frame(&frame), 0);
	KUNIT_EXPECT_EQ(test, frame.pc, (unsigned long)kernel_text_address);
	*sp_after = frame.sp;
}

static void walks_leave_a_trampoline(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { };
	unsigned long returns = (unsigned long)kernel_text_address;
	struct frame frame = { .entry_lr = returns };
	unsigned long sp;

	alloc(test, &trampoline);

	/* Both forms begin with the frame, and the last word has none. */
	walk_from(test, &trampoline, 0, &frame, 0, &sp);
	KUNIT_EXPECT_EQ(test, sp, (unsigned long)&frame.callers);
	walk_from(test, &trampoline, trampoline.leave - 1, &frame, 0, &sp);
	KUNIT_EXPECT_EQ(test, sp, (unsigned long)&frame.callers);
	walk_from(test, &trampoline, KLP_ARM_TRAMPOLINE_HANDLER, &frame, 0, &sp);
	KUNIT_EXPECT_EQ(test, sp, (unsigned long)&frame.callers);
	walk_from(test, &trampoline, KLP_ARM_TRAMPOLINE_HANDLER + 1, &frame, 0,
		  &sp);
	KUNIT_EXPECT_EQ(test, sp, (unsigned long)&frame.callers);
	walk_from(test, &trampoline, trampoline.leave, &frame.callers, returns,
		  &sp);
	KUNIT_EXPECT_EQ(test, sp, (unsigned long)&frame.callers);

	release(&trampoline);
}

/* As if a handler was called by the code that saved the registers */
static void walk_from_saved(struct kunit *test, void (*caller)(void),
			    struct pt_regs *regs)
{
	struct stackframe frame = {
		.sp = (unsigned long)regs,
		.pc = (unsigned long)caller + sizeof(u32),
	};

	KUNIT_EXPECT_EQ(test, unwind_frame(&frame), 0);
	KUNIT_EXPECT_EQ(test, frame.pc, (unsigned long)regs->ARM_pc);
	KUNIT_EXPECT_EQ(test, frame.lr, (unsigned long)regs->ARM_lr);
	KUNIT_EXPECT_EQ(test, frame.sp, (unsigned long)regs->ARM_sp);
	KUNIT_EXPECT_EQ(test, frame.fp, KLP_ARM_THUMB ? 7 : 11);
}

/* To the unwinder it is a call from the site; after a redirect SP is E. */
static void walks_leave_the_callers(struct kunit *test)
{
	struct {
		struct pt_regs regs;
		u32 frame[4];
		u32 entry_sp;
	} stack = {
		.regs = { .ARM_pc = (unsigned long)kernel_text_address,
			  .ARM_lr = (unsigned long)__kernel_text_address,
			  .ARM_r4 = 4, .ARM_r7 = 7, .ARM_fp = 11 },
	};

	stack.regs.ARM_sp = (unsigned long)stack.frame;
	walk_from_saved(test, klp_arm_handler_caller, &stack.regs);
	walk_from_saved(test, ftrace_regs_caller, &stack.regs);
	stack.regs.ARM_sp = (unsigned long)&stack.entry_sp;
	walk_from_saved(test, klp_arm_handler_caller, &stack.regs);
	walk_from_saved(test, ftrace_regs_caller, &stack.regs);
}

static void retired_trampolines_stay(struct kunit *test)
{
	struct klp_arm_trampoline trampoline = { }, next = { };
	u32 *code;

	alloc(test, &trampoline);
	code = trampoline.code;
	mutex_lock(&klp_mutex);
	klp_arm_trampoline_retire(&trampoline);
	mutex_unlock(&klp_mutex);
	KUNIT_EXPECT_NULL(test, trampoline.page);
	KUNIT_EXPECT_EQ(test, code[KLP_ARM_TRAMPOLINE_ENTRY],
			(u32)__gnu_mcount_nc);
	alloc(test, &next);
	KUNIT_EXPECT_PTR_NE(test, next.code, code);
	release(&next);
}

static struct kunit_case trampoline_cases[] = {
	KUNIT_CASE(trampoline_is_kernel_text),
	KUNIT_CASE(trampoline_has_a_name),
	KUNIT_CASE(trampoline_is_listed),
	KUNIT_CASE(listing_goes_on_or_back),
	KUNIT_CASE(names_need_no_rcu),
	KUNIT_CASE(unused_trampolines_trap),
	KUNIT_CASE(many_trampolines_are_apart),
	KUNIT_CASE(walks_leave_a_trampoline),
	KUNIT_CASE(walks_leave_the_callers),
	KUNIT_CASE(retired_trampolines_stay),
	{}
};

static struct kunit_suite trampoline_suite = {
	.name = "klp_arm_trampoline",
	.test_cases = trampoline_cases,
};

kunit_test_suite(trampoline_suite);
