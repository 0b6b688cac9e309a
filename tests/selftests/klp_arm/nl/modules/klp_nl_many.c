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
