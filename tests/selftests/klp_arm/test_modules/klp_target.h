/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_target.h - the rest of a target module: a debugfs file, named after the
 * module, that calls the module's function and tells which version answered.
 *
 * A module defines target_call() and includes this last.
 */
#include <linux/debugfs.h>
#include <linux/module.h>
#include <linux/seq_file.h>

#include "klp_target_answer.h"

#define TARGET_CALLS 100

static struct dentry *target_file;

/*
 * Call @call with known values in r4 to r11 and in SP. Returns what it
 * returned, or TARGET_REGISTERS (~1) if it came back with other values.
 * r4 holds SP, so that a wrong SP can be told and set right.
 */
static noinline notrace __naked int target_call_checked(int (*call)(void))
{
	asm volatile(".save	{r4-r11, lr}\n"
		     "push	{r4-r11, lr}\n"
		     ".pad	#4\n"
		     "sub	sp, sp, #4\n"
		     "mov	r4, sp\n"
		     "movw	r5, #0x5555\n"
		     "movw	r6, #0x6666\n"
		     "movw	r7, #0x7777\n"
		     "movw	r8, #0x8888\n"
		     "movw	r9, #0x9999\n"
		     "movw	r10, #0xaaaa\n"
		     "movw	r11, #0xbbbb\n"
		     "blx	r0\n"
		     "movw	r1, #0x5555\n"
		     "movw	r2, #0x6666\n"
		     "movw	r3, #0x7777\n"
		     "movw	ip, #0x8888\n"
		     "cmp	r5, r1\n"
		     "cmpeq	r6, r2\n"
		     "cmpeq	r7, r3\n"
		     "cmpeq	r8, ip\n"
		     "movw	r1, #0x9999\n"
		     "movw	r2, #0xaaaa\n"
		     "movw	r3, #0xbbbb\n"
		     "cmpeq	r9, r1\n"
		     "cmpeq	r10, r2\n"
		     "cmpeq	r11, r3\n"
		     "cmpeq	r4, sp\n"
		     "mvnne	r0, #1\n"
		     "mov	sp, r4\n"
		     "add	sp, sp, #4\n"
		     "pop	{r4-r11, pc}\n");
}

static int target_show(struct seq_file *file, void *unused)
{
	int answer = target_call_checked(target_call);
	int i;

	/* A task does not change versions in the middle of a system call. */
	for (i = 1; i < TARGET_CALLS; i++)
		if (target_call_checked(target_call) != answer)
			answer = TARGET_MIXED;

	/* A call that was interrupted: the system call starts again. */
	if (answer < TARGET_MIXED)
		return answer;

	seq_printf(file, "%s\n", target_answer_name(answer));
	return 0;
}
DEFINE_SHOW_ATTRIBUTE(target);

static int __init target_init(void)
{
	target_file = debugfs_create_file(KBUILD_MODNAME, 0400, NULL, NULL,
					  &target_fops);
	return 0;
}

static void __exit target_exit(void)
{
	debugfs_remove(target_file);
}

module_init(target_init);
module_exit(target_exit);
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
