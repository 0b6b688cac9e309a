// SPDX-License-Identifier: GPL-2.0
/*
 * fault_frame.c - walk on through a page fault that the kernel took.
 *
 * A task that copies from or to user memory may have to wait for the page: for
 * ever, if the file server that has it is dead. Its stack is that of the page
 * fault, the registers that __dabt_svc saved, and then the stack of the code
 * that took the fault. What that code needs to be unwound is its unwind data,
 * which describes the function's body: not its prologue, not its epilogue.
 *
 * So the fault must be a user access, which has an entry in an exception table,
 * and be of one of two kinds:
 *
 * - It is in the assembly of arch/arm/lib that accesses user memory. There,
 *   what stands before the first access sets up all that the unwind data says,
 *   and it stays until after the last.
 *
 * - It is in a function that the compiler made, and behind its -pg call. The
 *   verifier proves that the code from the entry to the call is straight, so
 *   that there is no way around, and that the unwind data is right at the call.
 *   From there on the compiler leaves SP and the saved registers alone, but for
 *   epilogues, which access no user memory.
 *
 * The registers that any other exception saved are there for stack_show.c only.
 *
 * Documented in docs/arm-abi.md, section 7.
 */

#include <linux/extable.h>
#include <linux/ftrace.h>
#include <linux/init.h>
#include <linux/kallsyms.h>
#include <linux/klp_arm.h>
#include <linux/uaccess.h>

#include <asm/checksum.h>
#include <asm/ptrace.h>

#include "fault_frame.h"
#include "prologue_insn.h"
#include "redirect.h"

/*
 * copy_template.S saves these below what its unwind data describes, and changes
 * them. That is unwound by way of the frame pointer, so it does not matter how
 * much is there.
 */
#define COPY_LOST (BIT(5) | BIT(6) | BIT(8) | BIT(9) | BIT(10))

/* To align SP to eight bytes, an exception may skip a word (SPFIX). */
#define ALIGNMENT_SIZE 4

struct code_range {
	unsigned long start;
	unsigned long size;
};

/* Assembly that accesses user memory, and what its unwind data leaves out. */
static struct user_access {
	const void *function;
	u32 lost;		/* of r4 to r11: not to be had back */
	struct code_range range;
} user_accesses[] = {
	{ .function = arm_copy_from_user, .lost = COPY_LOST },
	{ .function = __copy_to_user_std, .lost = COPY_LOST },
	{ .function = __clear_user_std },
	{ .function = csum_partial_copy_from_user },
	{ .function = __get_user_1 },
	{ .function = __get_user_2 },
	{ .function = __get_user_4 },
	{ .function = __get_user_8 },
	{ .function = __put_user_1 },
	{ .function = __put_user_2 },
	{ .function = __put_user_4 },
	{ .function = __put_user_8 },
};

/* __dabt_svc: what a data abort in the kernel runs, and nothing else does */
static struct code_range data_abort;

static bool is_within(unsigned long address, const struct code_range *range)
{
	return address - range->start < range->size;
}

/* Nothing can be patched before this, so no stack is asked for. */
static void __init find_code(struct code_range *range, unsigned long address)
{
	unsigned long offset;

	address &= ~1UL;	/* Thumb bit */
	if (!address ||
	    !kallsyms_lookup_size_offset(address, &range->size, &offset) ||
	    offset)
		range->size = 0;
	range->start = address;
}

static int __init fault_frame_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(user_accesses); i++)
		find_code(&user_accesses[i].range,
			  (unsigned long)user_accesses[i].function);
	find_code(&data_abort, kallsyms_lookup_name("__dabt_svc"));

	return 0;
}
core_initcall(fault_frame_init);

static bool is_user_access(unsigned long pc, u32 *lost)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(user_accesses); i++) {
		if (!is_within(pc, &user_accesses[i].range))
			continue;
		*lost = user_accesses[i].lost;
		return true;
	}

	return false;
}

/* Is it in a function whose -pg call comes before it, and proves its frame? */
static bool is_behind_call(unsigned long pc)
{
	struct klp_arm_verdict verdict;
	unsigned long size, offset, entry, site;

	if (!kallsyms_lookup_size_offset(pc, &size, &offset) || !offset)
		return false;
	entry = pc - offset;
	site = ftrace_location_range(entry, pc - 1);

	/* Nothing is to be redirected, so no name is refused for what it is. */
	return site > entry &&
	       !klp_arm_redirect_verify("", entry, site, &verdict);
}

/**
 * klp_arm_fault_is_proved() - does unwind data hold where a fault was taken?
 * @pc: the instruction that took the fault, without a Thumb bit
 * @lost: set to a mask of those of r4 to r11 that the data does not describe
 *
 * Context: any, the task that took the fault is kept from running; the run
 *	    queue may be locked. Prints nothing.
 * Return: whether it is proved.
 * Since: 1.0
 */
bool klp_arm_fault_is_proved(unsigned long pc, u32 *lost)
{
	*lost = 0;
	if (!search_exception_tables(pc))
		return false;

	return is_user_access(pc, lost) || is_behind_call(pc);
}

/* What svc_entry saved at SP, or NULL if it cannot be that */
static const struct pt_regs *find_saved(unsigned long sp, unsigned long high)
{
	const struct svc_pt_regs *saved = (const struct svc_pt_regs *)sp;
	const struct pt_regs *regs = &saved->regs;

	if (!IS_ALIGNED(sp, sizeof(u32)) || high - sp <= sizeof(*saved))
		return NULL;
	if (processor_mode(regs) != SVC_MODE ||
	    !!thumb_mode(regs) != KLP_ARM_THUMB)
		return NULL;
	if (regs->ARM_sp != sp + sizeof(*saved) &&
	    regs->ARM_sp != sp + sizeof(*saved) + ALIGNMENT_SIZE)
		return NULL;

	return regs;
}

static void take_registers(const struct pt_regs *regs, u32 lost, u32 vrs[16])
{
	unsigned int reg;

	for (reg = 0; reg < 16; reg++)
		vrs[reg] = lost & BIT(reg) ? 0 : regs->uregs[reg];
}

/**
 * klp_arm_fault_registers() - registers of code that took a page fault
 * @ret: where a function returns to, in entry text
 * @sp: SP then
 * @high: the byte after the last of the stack, which has @sp
 * @vrs: set to the registers; r4 to r11 are 0 if they are not to be had back,
 *	 which is no SP, should unwind data make it one; untouched on failure
 *
 * Context: as klp_arm_fault_is_proved()
 * Return: whether the code can be unwound from there by its unwind data.
 * Since: 1.0
 */
bool klp_arm_fault_registers(unsigned long ret, unsigned long sp,
			     unsigned long high, u32 vrs[16])
{
	const struct pt_regs *regs;
	u32 lost;

	/* All of an exception but a data abort's is something else. */
	if (!is_within(ret, &data_abort))
		return false;
	/* Nobody may sleep in a fault that was taken with interrupts disabled. */
	regs = find_saved(sp, high);
	if (!regs || !interrupts_enabled(regs))
		return false;
	if (!klp_arm_fault_is_proved(regs->ARM_pc, &lost))
		return false;

	take_registers(regs, lost, vrs);
	return true;
}

/**
 * klp_arm_exception_registers() - registers of code that took an exception
 * @sp: SP of a frame of entry text, which may be what an exception saved
 * @high: the byte after the last of the stack, which has @sp
 * @vrs: set to the registers, PC with the Thumb bit; untouched on failure
 *
 * What the code has done so far is not known, so its unwind data may be wrong
 * there: this is for display, not for the stack check.
 *
 * Context: any, the task that took the exception is kept from running; the run
 *	    queue may be locked. Prints nothing.
 * Return: whether it looks like what an exception saved.
 * Since: 1.0
 */
bool klp_arm_exception_registers(unsigned long sp, unsigned long high,
				 u32 vrs[16])
{
	const struct pt_regs *regs = find_saved(sp, high);

	if (!regs)
		return false;

	take_registers(regs, 0, vrs);
	if (KLP_ARM_THUMB)
		vrs[KLP_ARM_PC] |= 1;
	return true;
}
