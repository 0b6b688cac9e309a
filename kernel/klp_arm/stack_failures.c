// SPDX-License-Identifier: GPL-2.0
/*
 * stack_failures.c - count why stacks are refused, and show it in debugfs.
 */

#include <linux/array_size.h>
#include <linux/atomic.h>
#include <linux/build_bug.h>
#include <linux/debugfs.h>
#include <linux/init.h>
#include <linux/seq_file.h>
#include <linux/tracepoint.h>

#include "stack_walk.h"
#include "trace_names.h"

#define STACK_REASON_COUNT (KLP_ARM_STACK_REASON_TOO_DEEP + 1)

static struct {
	atomic_t count;
	unsigned long pc;
} failures[STACK_REASON_COUNT];

/**
 * klp_arm_stack_failure_count() - count a stack that is refused
 * @reason: why
 * @pc: where the walk gave up
 *
 * Context: any; prints nothing.
 * Since: 1.0
 */
void klp_arm_stack_failure_count(enum klp_arm_stack_reason reason,
				 unsigned long pc)
{
	/* Statistics: a lost or mixed update of the PC does no harm. */
	atomic_inc(&failures[reason].count);
	WRITE_ONCE(failures[reason].pc, pc);
}

static const char * const reason_names[] = {
	klp_arm_stack_reason_words
};

/* One line per reason: name, count, and the last PC that was refused. */
static int stack_failures_show(struct seq_file *file, void *unused)
{
	int i;

	BUILD_BUG_ON(ARRAY_SIZE(reason_names) != STACK_REASON_COUNT);
	for (i = 1; i < STACK_REASON_COUNT; i++)
		seq_printf(file, "%s %u %pS\n", reason_names[i],
			   (unsigned int)atomic_read(&failures[i].count),
			   (void *)READ_ONCE(failures[i].pc));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(stack_failures);

static int __init stack_failures_init(void)
{
	struct dentry *dir = debugfs_create_dir("klp_arm", NULL);

	debugfs_create_file("stack_failures", 0400, dir, NULL,
			    &stack_failures_fops);
	return 0;
}
late_initcall(stack_failures_init);
