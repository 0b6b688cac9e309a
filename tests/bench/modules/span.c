// SPDX-License-Identifier: GPL-2.0
/*
 * span.c - what happens from when a patch is enabled or disabled until its
 * transition has ended: instructions, and how often the machine is stopped.
 *
 * The stops are counted by a probe, which adds some thousand instructions to
 * each; a stop that changes code goes over all of the kernel's -pg calls.
 */
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "klp_bench.h"

static struct bench_moment {
	u64 instructions;
	u32 stops;
} begin, ended;

static u32 stops;

static int count_stop(struct kprobe *probe, struct pt_regs *regs)
{
	stops++;

	return 0;
}

/* A probe with such a handler is not made a jump, which takes a stop, too. */
static void stay_a_trap(struct kprobe *probe, struct pt_regs *regs,
			unsigned long flags)
{
}

static struct kprobe stop_probe = {
	.symbol_name = "stop_machine_cpuslocked",
	.pre_handler = count_stop,
	.post_handler = stay_a_trap,
};

static void take(struct bench_moment *moment)
{
	moment->stops = stops;
	moment->instructions = bench_instructions();
}

/**
 * bench_span_begin() - from now on
 */
void bench_span_begin(void)
{
	take(&begin);
}
EXPORT_SYMBOL_GPL(bench_span_begin);

/**
 * bench_span_end() - until now, unless it is called again
 */
void bench_span_end(void)
{
	take(&ended);
}
EXPORT_SYMBOL_GPL(bench_span_end);

static int span_show(struct seq_file *file, void *unused)
{
	seq_printf(file, "%llu %u\n", ended.instructions - begin.instructions,
		   ended.stops - begin.stops);

	return 0;
}
DEFINE_SHOW_ATTRIBUTE(span);

/* From here, so that nothing of the writing task is counted. */
static int disable_set(void *unused, u64 value)
{
	struct file *file;
	loff_t position = 0;
	ssize_t ret;

	file = filp_open("/sys/kernel/livepatch/klp_bench_patch/enabled",
			 O_WRONLY, 0);
	if (IS_ERR(file))
		return PTR_ERR(file);
	bench_span_begin();
	ret = kernel_write(file, "0", 1, &position);
	filp_close(file, NULL);

	return ret < 0 ? ret : 0;
}
DEFINE_DEBUGFS_ATTRIBUTE(disable_fops, NULL, disable_set, "%llu\n");

/**
 * bench_span_init() - offer the files "span" and "disable"
 * @directory: where
 *
 * Return: 0, or why not.
 */
int bench_span_init(struct dentry *directory)
{
	debugfs_create_file("span", 0400, directory, NULL, &span_fops);
	debugfs_create_file("disable", 0200, directory, NULL, &disable_fops);

	return register_kprobe(&stop_probe);
}

/**
 * bench_span_exit() - count no more
 */
void bench_span_exit(void)
{
	unregister_kprobe(&stop_probe);
}
