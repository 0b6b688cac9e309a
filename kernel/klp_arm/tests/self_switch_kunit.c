// SPDX-License-Identifier: GPL-2.0
/*
 * self_switch_kunit.c - in which functions a task is switched unseen.
 */
#include <kunit/test.h>

#include "../self_switch.h"

static void clones_are_the_function(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("do_work_pending"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("do_idle"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("do_idle.constprop.0"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("do_idle.part.1"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("do_idle.isra.2"));
}

static void every_platform_is_known(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("arch_cpu_idle_dead"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("psci_cpu_die"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("meson8_smp_cpu_die"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("imx_cpu_die.isra.0"));
	KUNIT_EXPECT_TRUE(test, klp_arm_switches_task("platform_do_lowpower"));
}

static void others_are_not(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task(""));
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task("do_idl"));
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task("do_idles"));
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task("cpu_die_early"));
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task(".cpu_die"));
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task("schedule"));
	KUNIT_EXPECT_FALSE(test, klp_arm_switches_task("klp_try_switch_task"));
}

static struct kunit_case self_switch_cases[] = {
	KUNIT_CASE(clones_are_the_function),
	KUNIT_CASE(every_platform_is_known),
	KUNIT_CASE(others_are_not),
	{}
};

static struct kunit_suite self_switch_suite = {
	.name = "klp_arm_self_switch",
	.test_cases = self_switch_cases,
};

kunit_test_suite(self_switch_suite);
