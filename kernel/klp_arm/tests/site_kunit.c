// SPDX-License-Identifier: GPL-2.0
/*
 * site_kunit.c - when calls can find the site of a patched function.
 */
#include <kunit/test.h>
#include <linux/kernel.h>

#include "../../livepatch/core.h"
#include "../prologue.h"
#include "../site_table.h"

/* A function of the kernel, and where its call may be */
static unsigned long func_addr(void)
{
	return (unsigned long)kernel_text_address & ~1UL;
}

static unsigned long site_addr(void)
{
	return func_addr() + 2 * sizeof(u32);
}

static void join(struct kunit *test, struct klp_arm_site *site)
{
	const struct klp_arm_recipe recipe = { };

	KUNIT_EXPECT_EQ(test, klp_arm_site_join(site, func_addr(), site_addr(),
						&recipe, test), 0);
}

static void cancel(struct kunit *test, struct klp_arm_site *site)
{
	KUNIT_EXPECT_TRUE(test, klp_arm_site_leave(site));
	klp_arm_sites_detach();
	klp_arm_site_release(site);
}

/* What the handler reads beside the site is filled in after it has joined. */
static void a_joining_site_is_not_found(struct kunit *test)
{
	struct klp_arm_site site = { };

	mutex_lock(&klp_mutex);
	join(test, &site);
	KUNIT_EXPECT_NULL(test, klp_arm_site_find(site_addr()));
	KUNIT_EXPECT_PTR_EQ(test, klp_arm_site_of(func_addr()), &site);
	cancel(test, &site);
	mutex_unlock(&klp_mutex);
}

static void a_cancelled_site_leaves_nothing(struct kunit *test)
{
	struct klp_arm_site site = { };

	mutex_lock(&klp_mutex);
	join(test, &site);
	cancel(test, &site);
	KUNIT_EXPECT_NULL(test, klp_arm_site_find(site_addr()));
	KUNIT_EXPECT_NULL(test, klp_arm_site_of(func_addr()));
	KUNIT_EXPECT_EQ(test, (int)site.state, (int)KLP_ARM_SITE_NONE);
	mutex_unlock(&klp_mutex);
}

static struct kunit_case site_cases[] = {
	KUNIT_CASE(a_joining_site_is_not_found),
	KUNIT_CASE(a_cancelled_site_leaves_nothing),
	{}
};

static struct kunit_suite site_suite = {
	.name = "klp_arm_site",
	.test_cases = site_cases,
};

kunit_test_suite(site_suite);
