// SPDX-License-Identifier: GPL-2.0
/*
 * main.c - a module that counts the instructions of calls of its own functions,
 * for a guest that runs with -icount; files in /sys/kernel/debug/klp_bench.
 *
 * Reading measures. The kernel must have no driver for the counters.
 */
#include <linux/debugfs.h>
#include <linux/ftrace.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "klp_bench.h"

static struct dentry *directory;

static int calls_show(struct seq_file *file, void *unused)
{
	bench_calls_measure();
	bench_calls_show(file);

	return 0;
}
DEFINE_SHOW_ATTRIBUTE(calls);

/* Another tracer, of the functions that are measured. */
static void notrace trace_nothing(unsigned long ip, unsigned long parent_ip,
				  struct ftrace_ops *ops,
				  struct ftrace_regs *fregs)
{
}

static struct ftrace_ops tracer = { .func = trace_nothing };
static bool traced;

static int trace_function(const char *kind, u32 number)
{
	char name[32];
	int len = scnprintf(name, sizeof(name), "bench_%s_%03u", kind, number);

	return ftrace_set_filter(&tracer, name, len, 0);
}

static int start_tracer(void)
{
	u32 last = bench_patched - 1;
	unsigned int i;
	int ret = 0;

	if (bench_patched < 1 || bench_patched > BENCH_FUNCTIONS)
		return -EINVAL;
	for (i = 0; i < bench_kind_count; i++) {
		ret = ret ?: trace_function(bench_kinds[i].name, 0);
		ret = ret ?: trace_function(bench_kinds[i].name, last / 2);
		ret = ret ?: trace_function(bench_kinds[i].name, last);
	}

	return ret ?: register_ftrace_function(&tracer);
}

static int trace_set(void *unused, u64 value)
{
	int ret;

	if (!value == !traced)
		return 0;
	if (value) {
		ret = start_tracer();
	} else {
		ret = unregister_ftrace_function(&tracer);
		ftrace_set_filter(&tracer, NULL, 0, 1);
	}
	if (!ret)
		traced = value;

	return ret;
}
DEFINE_DEBUGFS_ATTRIBUTE(trace_fops, NULL, trace_set, "%llu\n");

static int __init klp_bench_init(void)
{
	int ret;

	bench_counter_init();
	directory = debugfs_create_dir("klp_bench", NULL);
	debugfs_create_u32("functions", 0600, directory, &bench_patched);
	debugfs_create_file("calls", 0400, directory, NULL, &calls_fops);
	debugfs_create_file("trace", 0200, directory, NULL, &trace_fops);
	bench_held_init(directory);
	ret = bench_span_init(directory);
	if (ret)
		goto no_span;
	ret = bench_stack_init(directory);
	if (ret)
		goto no_stack;

	return 0;

no_stack:
	bench_span_exit();
no_span:
	debugfs_remove(directory);
	bench_counter_exit();

	return ret;
}

static void __exit klp_bench_exit(void)
{
	debugfs_remove(directory);
	bench_stack_exit();
	bench_span_exit();
	bench_held_exit();
	trace_set(NULL, 0);
	bench_counter_exit();
}

module_init(klp_bench_init);
module_exit(klp_bench_exit);
MODULE_DESCRIPTION("klp_arm: functions to be patched, and their cost");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
