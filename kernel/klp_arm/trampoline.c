// SPDX-License-Identifier: GPL-2.0
/*
 * trampoline.c - a function's own trampoline: its form.
 *
 * A trampoline is written before any call can reach it, and freed by its owner
 * when none can be inside any more (site.c). What changes in between, the form
 * and where the direct one goes, is written while the machine is stopped.
 * Nobody but who writes may call a patched function then (trampoline_code.h). A
 * task may have been preempted inside of a trampoline: it goes on in the form
 * that it started in, because the words of both forms are there all the time. A
 * livepatch transition does not miss such a task: it has an exception frame on
 * its stack, which no reliable walk goes through.
 */

#include <linux/err.h>
#include <linux/ftrace.h>
#include <linux/string.h>

#include <asm/opcodes.h>
#include <asm/patch.h>

#include "entry.h"
#include "trampoline.h"
#include "trampoline_code.h"
#include "trampoline_pool.h"

/*
 * @value is the word as it is to be in memory. In Thumb-2 kernels only a word
 * whose lower half is 0 would be taken for an instruction of 16 bits, and its
 * upper half be left alone: there is none in a trampoline (trampoline_code.c),
 * where all addresses are those of Thumb code.
 */
static void write_word(const struct klp_arm_trampoline *trampoline,
		       unsigned int word, u32 value)
{
	u32 opcode = KLP_ARM_THUMB ? __mem_to_opcode_thumb32(value) :
			     __mem_to_opcode_arm(value);

	__patch_text(trampoline->code + word, opcode);
}

/**
 * klp_arm_trampoline_alloc() - make a trampoline, in its handler form
 * @trampoline: all zero; describes the new one on success
 * @site: address of the call that is to reach it
 * @recipe: how the function's prologue is undone
 * @cookie: what the handler gets
 *
 * Context: klp_mutex held; may sleep.
 * Return: 0, or -ENOMEM, or -ERANGE if there is no place that @site reaches.
 * Since: 1.0
 */
int klp_arm_trampoline_alloc(struct klp_arm_trampoline *trampoline,
			     unsigned long site,
			     const struct klp_arm_recipe *recipe, void *cookie)
{
	struct klp_arm_trampoline_code code;
	struct klp_arm_pool_page *page;
	unsigned int i;

	page = klp_arm_pool_take(site, &trampoline->code);
	if (IS_ERR(page))
		return PTR_ERR(page);

	klp_arm_trampoline_generate(KLP_ARM_THUMB, recipe, (u32)cookie,
				    (u32)klp_arm_handler_caller, &code);

	trampoline->page = page;
	trampoline->direct = code.direct;
	trampoline->handler = code.handler;
	trampoline->leave = code.leave;
	for (i = 0; i < KLP_ARM_TRAMPOLINE_WORDS; i++)
		write_word(trampoline, i, code.word[i]);
	klp_arm_pool_describe(page, trampoline->code, recipe, code.leave);

	return 0;
}

/**
 * klp_arm_trampoline_free() - give back a trampoline
 * @trampoline: one that no call can reach and no task can be inside of
 *
 * Context: klp_mutex held; may sleep.
 * Since: 1.0
 */
void klp_arm_trampoline_free(struct klp_arm_trampoline *trampoline)
{
	unsigned int i;

	if (!trampoline->page)
		return;

	for (i = 0; i < KLP_ARM_TRAMPOLINE_WORDS; i++)
		write_word(trampoline, i, KLP_ARM_POOL_UDF);
	klp_arm_pool_give(trampoline->page, trampoline->code);
	memset(trampoline, 0, sizeof(*trampoline));
}

/**
 * klp_arm_trampoline_want() - say where calls are to go from the next switch on
 * @trampoline: the trampoline
 * @target: the replacement, or NULL if the handler is to be asked
 *
 * Context: klp_mutex held.
 * Return: whether klp_arm_trampoline_install() has anything to do.
 * Since: 1.0
 */
bool klp_arm_trampoline_want(struct klp_arm_trampoline *trampoline,
			     const void *target)
{
	/* Nothing goes through one that is not there. */
	trampoline->wanted = trampoline->code && trampoline->direct ? target :
								      NULL;

	return trampoline->wanted != trampoline->target;
}

/**
 * klp_arm_trampoline_install() - let calls go where they are wanted to
 * @trampoline: the trampoline
 *
 * Context: klp_mutex held, by who stopped the machine.
 * Since: 1.0
 */
void klp_arm_trampoline_install(struct klp_arm_trampoline *trampoline)
{
	u32 target = (u32)trampoline->wanted;

	if (trampoline->wanted == trampoline->target)
		return;

	trampoline->target = trampoline->wanted;
	if (!trampoline->target) {
		write_word(trampoline, KLP_ARM_TRAMPOLINE_SWITCH,
			   trampoline->handler);
		return;
	}

	write_word(trampoline, KLP_ARM_TRAMPOLINE_TARGET, target);
	write_word(trampoline, trampoline->leave,
		   klp_arm_trampoline_leave(KLP_ARM_THUMB, (u32)trampoline->code,
					    trampoline->leave, target));
	write_word(trampoline, KLP_ARM_TRAMPOLINE_SWITCH, trampoline->direct);
}

/**
 * klp_arm_trampoline_retire() - let a trampoline run the old function for good
 * @trampoline: one whose call cannot be taken away from it; all zero afterwards
 *
 * Its memory is never used again.
 *
 * Context: klp_mutex held, by who stopped the machine: calls still reach it.
 * Since: 1.0
 */
void klp_arm_trampoline_retire(struct klp_arm_trampoline *trampoline)
{
	/* It leaves everything as it was before the call. */
	write_word(trampoline, KLP_ARM_TRAMPOLINE_ENTRY,
		   (u32)__gnu_mcount_nc);
	write_word(trampoline, KLP_ARM_TRAMPOLINE_SWITCH, trampoline->handler);
	memset(trampoline, 0, sizeof(*trampoline));
}
