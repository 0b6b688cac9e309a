// SPDX-License-Identifier: GPL-2.0
/*
 * klp_nl_many.c - a patch with more objects and funcs than one message holds.
 *
 * Its objects are modules that are never loaded, so that no function by these
 * names is needed. The numbers are known to the test.
 */

#include <linux/livepatch.h>
#include <linux/module.h>

#define OBJECTS 40
#define FUNCS 8 /* in each object */

static char object_names[OBJECTS][MODULE_NAME_LEN];
static char func_names[FUNCS][32];
static struct klp_func funcs[OBJECTS][FUNCS + 1];
static struct klp_object objs[OBJECTS + 1];

static int klp_nl_many_func(void)
{
	return 0;
}

static struct klp_patch patch = {
	.mod = THIS_MODULE,
	.objs = objs,
};

static int __init klp_nl_many_init(void)
{
	int i, j;

	for (j = 0; j < FUNCS; j++)
		snprintf(func_names[j], sizeof(func_names[j]), "func_%d", j);

	for (i = 0; i < OBJECTS; i++) {
		/* As long as a name can be: this is what has to fit. */
		snprintf(object_names[i], sizeof(object_names[i]),
			 "absent_%02d_%0*d", i, MODULE_NAME_LEN - 11, 0);
		objs[i].name = object_names[i];
		objs[i].funcs = funcs[i];
		for (j = 0; j < FUNCS; j++) {
			funcs[i][j].old_name = func_names[j];
			funcs[i][j].new_func = klp_nl_many_func;
		}
	}

	return klp_enable_patch(&patch);
}

static void __exit klp_nl_many_exit(void)
{
}

module_init(klp_nl_many_init);
module_exit(klp_nl_many_exit);
MODULE_DESCRIPTION("netlink test: patch with many objects and funcs");
MODULE_LICENSE("GPL");
MODULE_INFO(livepatch, "Y");

/* More than a small buffer holds, in an order that the test knows. */
static const char fixes[] __used __aligned(1)
	__section(".modinfo") = "fixes=CVE-2026-100\0"
				"fixes=CVE-2026-101\0"
				"fixes=CVE-2026-102\0"
				"fixes=CVE-2026-103\0"
				"fixes=CVE-2026-104\0"
				"fixes=CVE-2026-105\0"
				"fixes=CVE-2026-106\0"
				"fixes=CVE-2026-107\0"
				"fixes=CVE-2026-108\0"
				"fixes=CVE-2026-109\0"
				"fixes=CVE-2026-110\0"
				"fixes=CVE-2026-111\0"
				"fixes=CVE-2026-112\0"
				"fixes=CVE-2026-113\0"
				"fixes=CVE-2026-114\0"
				"fixes=CVE-2026-115\0"
				"fixes=CVE-2026-116\0"
				"fixes=CVE-2026-117\0"
				"fixes=CVE-2026-118\0"
				"fixes=CVE-2026-119\0"
				"fixes=CVE-2026-120\0"
				"fixes=CVE-2026-121\0"
				"fixes=CVE-2026-122\0"
				"fixes=CVE-2026-123\0"
				"fixes=CVE-2026-124\0"
				"fixes=CVE-2026-125\0"
				"fixes=CVE-2026-126\0"
				"fixes=CVE-2026-127\0"
				"fixes=CVE-2026-128\0"
				"fixes=CVE-2026-129\0"
				"fixes=CVE-2026-130\0"
				"fixes=CVE-2026-131\0"
				"fixes=CVE-2026-132\0"
				"fixes=CVE-2026-133\0"
				"fixes=CVE-2026-134\0"
				"fixes=CVE-2026-135\0"
				"fixes=CVE-2026-136\0"
				"fixes=CVE-2026-137\0"
				"fixes=CVE-2026-138\0"
				"fixes=CVE-2026-139\0"
				"fixes=CVE-2026-140\0"
				"fixes=CVE-2026-141\0"
				"fixes=CVE-2026-142\0"
				"fixes=CVE-2026-143\0"
				"fixes=CVE-2026-144\0"
				"fixes=CVE-2026-145\0"
				"fixes=CVE-2026-146\0"
				"fixes=CVE-2026-147\0"
				"fixes=CVE-2026-148\0"
				"fixes=CVE-2026-149\0"
				"fixes=CVE-2026-150\0"
				"fixes=CVE-2026-151\0"
				"fixes=CVE-2026-152\0"
				"fixes=CVE-2026-153\0"
				"fixes=CVE-2026-154\0"
				"fixes=CVE-2026-155\0"
				"fixes=CVE-2026-156\0"
				"fixes=CVE-2026-157\0"
				"fixes=CVE-2026-158\0"
				"fixes=CVE-2026-159\0";
