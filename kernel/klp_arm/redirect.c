// SPDX-License-Identifier: GPL-2.0
/*
 * redirect.c - send a call of an old function to its replacement.
 *
 * The -pg call of an ARM function comes after its prologue. Its handler
 * therefore may not just change PC: the replacement would run a second
 * prologue on top of the first, and its one epilogue would leave the caller
 * with a wrong SP. What the prologue did is undone first, by a recipe that
 * was proved when the patch was enabled (prologue.c). Nothing stays between
 * the caller and the replacement, so stack arguments, varargs and hidden
 * result pointers arrive as they were passed.
 */

#define pr_fmt(fmt) "klp_arm: " fmt

#include <linux/bitops.h>
#include <linux/cleanup.h>
#include <linux/kprobes.h>
#include <linux/livepatch.h>
#include <linux/module.h>
#include <linux/preempt.h>
#include <linux/printk.h>
#include <linux/uaccess.h>

#include <asm/opcodes.h>
#include <asm/sections.h>
#include <asm/unwind.h>

#include "ehabi.h"
#include "entry.h"
#include "redirect.h"
#include "self_switch.h"
#include "site_table.h"
#include "unwind_index.h"

/*
 * A prologue is at most a handful of instructions (6 are the most that GCC
 * was seen to emit); the verifier refuses one that does not fit.
 */
#define PROLOGUE_WORDS 64

/* Bytes from one instruction to the next, at least */
#define SMALLEST_INSN (KLP_ARM_THUMB ? 2 : 4)

/*
 * A probe cannot single-step an instruction that moves SP away from under it,
 * and one on the redirect would fire at every patched call.
 */
NOKPROBE_SYMBOL(klp_arm_discard_frame);
NOKPROBE_SYMBOL(klp_arm_redirect);

/* Put an instruction where a probe has replaced it. */
static void put_opcode(u8 *code, u32 opcode, u32 room)
{
	u32 word = __opcode_to_mem_arm(opcode);
	u16 half = __opcode_to_mem_thumb16(opcode);

	if (!KLP_ARM_THUMB) {
		memcpy(code, &word, sizeof(word));
	} else if (__opcode_is_thumb32(opcode)) {
		word = __opcode_to_mem_thumb32(opcode);
		memcpy(code, &word, min_t(u32, room, sizeof(word)));
	} else {
		memcpy(code, &half, sizeof(half));
	}
}

/*
 * Copy the instructions as the compiler emitted them: a kprobe in the
 * prologue replaces one by a trap or a branch, runs the original out of line
 * and comes back, so it is the original that counts.
 *
 * A probe that is armed or disarmed meanwhile does no harm: either we see its
 * opcode, or the instruction itself, or a trap that the verifier refuses.
 */
static int read_prologue(u8 *code, unsigned long addr, u32 size)
{
	struct kprobe *probe;
	u32 i;

	/* For what get_kprobe() returns, which is freed after synchronize_rcu() */
	lockdep_assert_preemption_disabled();

	if (copy_from_kernel_nofault(code, (void *)addr, size))
		return -EFAULT;

	for (i = 0; i < size; i += SMALLEST_INSN) {
		probe = get_kprobe((void *)(addr + i));
		if (probe)
			put_opcode(code + i, probe->opcode, size - i);
	}

	return 0;
}

static void say_refused(const struct klp_func *func,
			const struct klp_arm_verdict *verdict)
{
	const char *object = kobject_name(func->kobj.parent);

	if (verdict->insn_size)
		pr_err("function '%s' in object '%s' cannot be redirected: %s (%s), instruction 0x%0*x at offset 0x%x\n",
		       func->old_name, object,
		       klp_arm_reason_text(verdict->reason),
		       klp_arm_reason_name(verdict->reason),
		       verdict->insn_size * 2, verdict->insn, verdict->offset);
	else
		pr_err("function '%s' in object '%s' cannot be redirected: %s (%s)\n",
		       func->old_name, object,
		       klp_arm_reason_text(verdict->reason),
		       klp_arm_reason_name(verdict->reason));
}

/*
 * Code that is freed soon takes its call with it: ftrace forgets it, and what
 * is said of it to ftrace later is an error. free_module() waits until nobody
 * has found the module with preemption disabled.
 */
static bool is_init_text(unsigned long addr)
{
	const struct module *mod;

	guard(preempt)();
	mod = __module_address(addr);

	return mod ? within_module_init(addr, mod) : is_kernel_inittext(addr);
}

/* The module of the function is found with preemption disabled. */
static bool has_init_text(const struct klp_func *func)
{
	guard(preempt)();

	return is_init_text((unsigned long)func->old_func);
}

/**
 * klp_arm_redirect_verify() - ask whether calls of a function can be redirected
 * @name: the function's name
 * @entry: address of the function, without a Thumb bit
 * @site: address of its -pg call, ftrace's rec->ip
 * @verdict: filled with the recipe, or with the reason why not
 *
 * Code and unwind data are those of a module, maybe. They are found and read
 * with preemption disabled: free_module() and do_free_init() take them off the
 * lists where they are found, and free them after synchronize_rcu(). Of init
 * text nothing is read.
 *
 * Context: any where RCU watches. The caller keeps the function's module, or
 *	    the answer may be about other code.
 * Return: 0, -EOPNOTSUPP if not, or -EFAULT if the function cannot be read.
 * Since: 1.0
 */
int klp_arm_redirect_verify(const char *name, unsigned long entry,
			    unsigned long site, struct klp_arm_verdict *verdict)
{
	struct klp_arm_prologue prologue = { };
	u32 code[PROLOGUE_WORDS];
	int ret;

	if (core_kernel_text(entry) && klp_arm_switches_task(name)) {
		*verdict = (struct klp_arm_verdict) {
			.reason = KLP_ARM_REASON_SWITCHES_TASK,
		};
		return -EOPNOTSUPP;
	}

	guard(preempt)();

	if (is_init_text(entry) || is_init_text(site)) {
		*verdict = (struct klp_arm_verdict) {
			.reason = KLP_ARM_REASON_INIT_TEXT,
		};
		return -EOPNOTSUPP;
	}

	prologue.code = code;
	prologue.thumb = KLP_ARM_THUMB;
	prologue.site = site - entry;
	prologue.size = min_t(unsigned long, sizeof(code),
			      prologue.site + sizeof(u32));

	ret = read_prologue((u8 *)code, entry, prologue.size);
	if (ret)
		return ret;

	prologue.unwind_kind = klp_arm_unwind_lookup(entry, &prologue.unwind,
						     NULL);
	if (prologue.unwind_kind == KLP_ARM_UNWIND_TABLE)
		prologue.unwind_words = klp_arm_ehabi_words(*prologue.unwind);

	return klp_arm_prologue_verify(&prologue, verdict);
}

/* Why a function is refused before its call is looked at; or none. */
static enum klp_arm_reason reason_at_once(const struct klp_func *func)
{
	if (has_init_text(func))
		return KLP_ARM_REASON_INIT_TEXT;
	if (!ftrace_location((unsigned long)func->old_func))
		return KLP_ARM_REASON_NOT_TRACED;

	return KLP_ARM_REASON_NONE;
}

/**
 * klp_arm_redirect_check() - refuse what can be refused without the call
 * @func: the function
 *
 * The core would say no more than that it finds no call, and ftrace forgets the
 * calls in init text when that is freed. And a pointer to Thumb code has bit 0
 * set, which tells the processor so. Assembly that does not say that a symbol is
 * a function makes one that has not.
 *
 * Context: klp_mutex held, so that the function's module stays.
 * Return: 0, or after the log was told, -EOPNOTSUPP for init text or a function
 *	   without a tracing call, or -EINVAL for a replacement that cannot be
 *	   entered.
 * Since: 1.0
 */
int klp_arm_redirect_check(const struct klp_func *func)
{
	const struct klp_arm_verdict verdict = {
		.reason = reason_at_once(func),
	};

	if (verdict.reason) {
		say_refused(func, &verdict);
		return -EOPNOTSUPP;
	}
	if (!KLP_ARM_THUMB || func->nop || (unsigned long)func->new_func & 1)
		return 0;

	pr_err("the replacement of function '%s' is not Thumb code: is its symbol of type %%function?\n",
	       func->old_name);

	return -EINVAL;
}

/**
 * klp_arm_redirect_leave_out() - is a function gone once its module has loaded?
 * @func: of the object of a module that is coming
 *
 * Context: klp_mutex held, so that the function's module stays.
 * Return: whether it is in init text, so that it cannot be redirected; then the
 *	   log was told.
 * Since: 1.0
 */
bool klp_arm_redirect_leave_out(const struct klp_func *func)
{
	if (!has_init_text(func))
		return false;

	pr_warn("function '%s' in object '%s' is left as it is: %s (%s)\n",
		func->old_name, kobject_name(func->kobj.parent),
		klp_arm_reason_text(KLP_ARM_REASON_INIT_TEXT),
		klp_arm_reason_name(KLP_ARM_REASON_INIT_TEXT));

	return true;
}

/**
 * klp_arm_redirect_prepare() - prove that calls of a function can be redirected
 * @redirect: filled with the undo recipe on success, and with the trampoline if
 *            they are used; else untouched
 * @func: its old_func is the function; named in the log if it is refused
 * @site: address of its -pg call, ftrace's rec->ip
 *
 * Context: klp_mutex held, so that the function's module stays; may sleep.
 * Return: 0, or -EOPNOTSUPP after the reason went to the log, or -EFAULT, or
 *	   -ENOMEM.
 * Since: 1.0
 */
int klp_arm_redirect_prepare(struct klp_arm_redirect *redirect,
			     const struct klp_func *func, unsigned long site)
{
	struct klp_arm_verdict verdict;
	int ret;

	ret = klp_arm_redirect_verify(func->old_name,
				      (unsigned long)func->old_func, site,
				      &verdict);
	if (ret == -EFAULT)
		pr_err("function '%s' cannot be read (%d)\n", func->old_name,
		       ret);
	else if (ret)
		say_refused(func, &verdict);
	if (ret)
		return ret;

	if (klp_arm_trampolines_on())
		ret = klp_arm_site_join(&redirect->site,
					(unsigned long)func->old_func, site,
					&verdict.recipe, redirect);
	if (!ret)
		redirect->recipe = verdict.recipe;

	return ret;
}

/**
 * klp_arm_redirect_of() - find what the calls of a function are redirected by
 * @func: the function
 *
 * Context: klp_mutex held.
 * Return: what klp_arm_redirect_prepare() filled; NULL if that has no
 *	   trampoline, or if the function is not patched.
 * Since: 1.0
 */
struct klp_arm_redirect *klp_arm_redirect_of(const void *func)
{
	struct klp_arm_site *site = klp_arm_site_of((unsigned long)func);

	return site ? container_of(site, struct klp_arm_redirect, site) : NULL;
}

/**
 * klp_arm_redirect_release() - undo klp_arm_redirect_prepare()
 * @redirect: of a function whose calls are not redirected any more
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_redirect_release(struct klp_arm_redirect *redirect)
{
	klp_arm_site_release(&redirect->site);
}

/**
 * klp_arm_redirect_want() - say what calls are to do from the next switch on
 * @redirect: of the function
 * @func: the replacement that calls go to whatever task makes them; NULL if
 *        the task decides, or if the old function is to run
 *
 * Calls that are to be counted ask the handler, too.
 *
 * Context: klp_mutex held.
 * Return: whether klp_arm_sites_switch() has anything to do.
 * Since: 1.0
 */
bool klp_arm_redirect_want(struct klp_arm_redirect *redirect,
			   const struct klp_func *func)
{
	const void *target = func ? func->new_func : NULL;

	if (!klp_arm_redirect_is_own(redirect))
		return false;

	return klp_arm_trampoline_want(&redirect->site.trampoline,
				       klp_arm_counts_hits() ? NULL : target);
}

/**
 * klp_arm_redirect() - make the interrupted call continue in the replacement
 * @redirect: filled by klp_arm_redirect_prepare() for this very function
 * @fregs: full registers, saved by ftrace_regs_caller or klp_arm_handler_caller
 * @new_func: the replacement
 *
 * The registers were saved in mid-function, SP being the one just before the
 * site's push {lr}. LR needs no care: what was pushed is the entry LR (the
 * verifier proved it), and ftrace_regs_caller keeps it in ARM_lr, as
 * klp_arm_handler_caller does, of which all of this holds as well.
 *
 * A frame of size 0 needs a new PC only. Otherwise SP has to move up, which
 * ftrace_regs_caller cannot do: the new PC is left in the word just below the
 * entry SP, and klp_arm_discard_frame() takes SP there and pops it. That word
 * belongs to the frame that is given up, so nothing in it is needed any more
 * once the registers are reloaded; it is at or above SP all the time, so no
 * interrupt overwrites it; and ip, which carries its address, is free at the
 * entry of a function (AAPCS32, 6.1.1).
 *
 * ARM_sp becomes the entry SP. ftrace_regs_caller does not restore it; the
 * function-graph tracer reads it to know SP at the return (ftrace.c,
 * prepare_ftrace_redirected_return()).
 *
 * Context: any that can be traced; preemption disabled.
 * Since: 1.0
 */
void notrace klp_arm_redirect(const struct klp_arm_redirect *redirect,
			      struct ftrace_regs *fregs, const void *new_func)
{
	const struct klp_arm_recipe *recipe = &redirect->recipe;
	struct pt_regs *regs = ftrace_get_regs(fregs);
	unsigned long frame = regs->ARM_sp;
	unsigned long restore = recipe->restore;
	unsigned long *word;
	unsigned int reg;

	for (; restore; restore &= restore - 1) {
		reg = __ffs(restore);
		regs->uregs[reg] = *(unsigned long *)(frame + recipe->slot[reg]);
	}

	regs->ARM_sp = frame + recipe->sp_delta;
	if (!recipe->sp_delta) {
		regs->ARM_pc = (unsigned long)new_func;
		return;
	}

	word = (unsigned long *)regs->ARM_sp - 1;
	*word = (unsigned long)new_func;
	regs->ARM_ip = (unsigned long)word;
	regs->ARM_pc = (unsigned long)klp_arm_discard_frame;
}
