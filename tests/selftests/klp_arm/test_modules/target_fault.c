// SPDX-License-Identifier: GPL-2.0
/*
 * target_fault.c - a file to be mapped, whose pages are there only after the
 * release, and functions that access user memory.
 */
#include <linux/atomic.h>
#include <linux/debugfs.h>
#include <linux/fs.h>
#include <linux/minmax.h>
#include <linux/mm.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sysfs.h>
#include <linux/uaccess.h>
#include <linux/wait.h>

#include "klp_release.h"
#include "klp_test.h"
#include "target_fault.h"

static struct page *target_page;
static atomic_t target_waiting;

static int waiting_get(char *buffer, const struct kernel_param *param)
{
	return sysfs_emit(buffer, "%d\n", atomic_read(&target_waiting));
}

static const struct kernel_param_ops waiting_ops = { .get = waiting_get };

module_param_cb(waiting, &waiting_ops, NULL, 0400);
MODULE_PARM_DESC(waiting, "how many tasks wait for a page");

/* What takes the page fault is two calls away. */
static __patchable ssize_t target_copy(const char __user *from, size_t size)
{
	char bytes[16];

	return copy_from_user(bytes, from, min(size, sizeof(bytes))) ?
		       -EFAULT : size;
}

static __patchable ssize_t target_take(const char __user *from, size_t size)
{
	ssize_t ret = target_copy(from, size);

	test_need_frame();
	return ret;
}

/* The compiler's own code takes it, in a function that has no frame. */
static __patchable ssize_t target_give(char __user *to)
{
	unsigned int saved = uaccess_save_and_enable();
	int err = 0;

	__put_user_asm_byte('x', to, err, TUSER());
	uaccess_restore(saved);
	return err ? err : 1;
}

/* The same in a function that nothing is proved of: it has no tracing call. */
static notrace __patchable long target_bare(char __user *to)
{
	unsigned int saved = uaccess_save_and_enable();
	int err = 0;

	__put_user_asm_byte('x', to, err, TUSER());
	uaccess_restore(saved);
	return err ? err : 1;
}

/* Assembly that has neither a frame nor unwind data; returns 1, or -EFAULT. */
asmlinkage long target_store(char __user *to);

/* GCC begins a file in ARM state, also where all its functions are Thumb code. */
#ifdef CONFIG_THUMB2_KERNEL
#define TARGET_STATE "	.thumb\n"
#else
#define TARGET_STATE "	.arm\n"
#endif

asm(".pushsection .text, \"ax\"\n"
	"	.syntax unified\n"
	TARGET_STATE
	"	.balign 4\n"
	"	.type target_store, %function\n"
	"target_store:\n"
	"	.fnstart\n"
	"	.cantunwind\n"
	"	mov r1, #1\n"
	"1:	strbt r1, [r0]\n"
	"	mov r0, #1\n"
	"	bx lr\n"
	"2:	mvn r0, #13\n"
	"	bx lr\n"
	"	.fnend\n"
	"	.size target_store, . - target_store\n"
	"	.pushsection __ex_table, \"a\"\n"
	"	.balign 8\n"
	"	.long 1b, 2b\n"
	"	.popsection\n"
	"	.popsection\n");

static __patchable long target_call_store(char __user *to)
{
	unsigned int saved = uaccess_save_and_enable();
	long ret = target_store(to);

	uaccess_restore(saved);
	test_need_frame();
	return ret;
}

static long target_ioctl(struct file *file, unsigned int cmd,
			 unsigned long arg)
{
	char __user *to = (char __user *)arg;
	long ret = -ENOTTY;

	if (cmd == TARGET_FAULT_BARE)
		ret = target_bare(to);
	else if (cmd == TARGET_FAULT_STORE)
		ret = target_call_store(to);
	test_need_frame();
	return ret;
}

static ssize_t target_write(struct file *file, const char __user *from,
			    size_t size, loff_t *pos)
{
	return target_take(from, size);
}

static ssize_t target_read(struct file *file, char __user *to, size_t size,
			   loff_t *pos)
{
	return target_give(to);
}

static vm_fault_t target_fault(struct vm_fault *vmf)
{
	int ret;

	atomic_inc(&target_waiting);
	ret = wait_event_killable(release_queue, released);
	atomic_dec(&target_waiting);
	if (ret)
		return VM_FAULT_SIGBUS;

	get_page(target_page);
	vmf->page = target_page;
	return 0;
}

static const struct vm_operations_struct target_vm_ops = {
	.fault = target_fault,
};

static int target_mmap(struct file *file, struct vm_area_struct *vma)
{
	vma->vm_ops = &target_vm_ops;
	return 0;
}

/* Mapping needs the file's own operations: debugfs has none that passes it on. */
static const struct file_operations target_fops = {
	.owner = THIS_MODULE,
	.open = nonseekable_open,
	.read = target_read,
	.write = target_write,
	.unlocked_ioctl = target_ioctl,
	.mmap = target_mmap,
};

static struct dentry *target_file;

static int __init target_init(void)
{
	target_page = alloc_page(GFP_KERNEL | __GFP_ZERO);
	if (!target_page)
		return -ENOMEM;
	target_file = debugfs_create_file_unsafe("target_fault", 0600, NULL,
						 NULL, &target_fops);
	return 0;
}

static void __exit target_exit(void)
{
	debugfs_remove(target_file);
	put_page(target_page);
}

module_init(target_init);
module_exit(target_exit);
MODULE_DESCRIPTION("Target of klp_arm tests: page faults that wait");
MODULE_LICENSE("GPL");
MODULE_INFO(test, "Y");
