// SPDX-License-Identifier: GPL-2.0
/*
 * refusal_kunit.c - a reason why a stack was refused gets to the right task.
 */
#include <kunit/test.h>
#include <linux/klp_arm.h>
#include <linux/preempt.h>
#include <linux/smp.h>

#include "../stacktrace.h"

/* Tasks that are told apart by their address alone. */
static struct task_struct *one = (void *)0x1000;
static struct task_struct *other = (void *)0x2000;

static void refuse_other(void *unused)
{
	klp_arm_stack_refused(other, KLP_ARM_STACK_REASON_NO_FRAME, 2);
}

/* What another CPU finds in between is not about this task. */
static void another_cpu_takes_nothing_away(struct kunit *test)
{
	struct klp_arm_stack_refusal refusal;
	unsigned int cpu;

	preempt_disable();
	cpu = cpumask_any_but(cpu_online_mask, smp_processor_id());
	klp_arm_stack_refused(one, KLP_ARM_STACK_REASON_TRAMPOLINE, 1);
	if (cpu < nr_cpu_ids)
		smp_call_function_single(cpu, refuse_other, NULL, 1);
	klp_arm_take_refusal(one, &refusal);
	preempt_enable();

	if (cpu >= nr_cpu_ids)
		kunit_skip(test, "there is one CPU only");
	KUNIT_EXPECT_EQ(test, (int)refusal.reason,
			(int)KLP_ARM_STACK_REASON_TRAMPOLINE);
	KUNIT_EXPECT_EQ(test, refusal.pc, 1);
}

static void a_refusal_is_taken_once(struct kunit *test)
{
	struct klp_arm_stack_refusal first, second, third;

	preempt_disable();
	klp_arm_stack_refused(one, KLP_ARM_STACK_REASON_NOT_TEXT, 3);
	klp_arm_take_refusal(other, &first);
	klp_arm_take_refusal(one, &second);
	klp_arm_take_refusal(one, &third);
	preempt_enable();

	KUNIT_EXPECT_EQ(test, (int)first.reason,
			(int)KLP_ARM_STACK_REASON_RELIABLE);
	KUNIT_EXPECT_EQ(test, (int)second.reason,
			(int)KLP_ARM_STACK_REASON_NOT_TEXT);
	KUNIT_EXPECT_EQ(test, (int)third.reason,
			(int)KLP_ARM_STACK_REASON_RELIABLE);
}

static struct kunit_case refusal_cases[] = {
	KUNIT_CASE(another_cpu_takes_nothing_away),
	KUNIT_CASE(a_refusal_is_taken_once),
	{}
};

static struct kunit_suite refusal_suite = {
	.name = "klp_arm_refusal",
	.test_cases = refusal_cases,
};

kunit_test_suite(refusal_suite);
