// SPDX-License-Identifier: GPL-2.0
/*
 * stacktrace.c - walk the stack of a task that does not run, or refuse.
 *
 * The livepatch core asks whether an old function is on a task's stack. A
 * wrong "no" lets the task run old and new code mixed, so every step is
 * checked, and the walk succeeds only where a stack must end. What is refused
 * costs time alone: the core tries again, or the task switches on its way to
 * user space.
 *
 * Documentation/livepatch/reliable-stacktrace.rst names the hazards:
 *
 * - The end. A task enters the kernel through entry text with its user
 *   registers at task_pt_regs(); the system call path pushes the fifth and the
 *   sixth argument below them (entry-common.S, S_OFF). A new task starts in
 *   ret_from_fork with SP at its registers. Idle tasks start in start_kernel()
 *   or secondary_start_kernel(). Anything else is no end.
 *
 * - Code without unwind data. Assembly has none, or inherits that of the C
 *   function before it. Most of it calls no C function, and a fault in it
 *   leaves an exception frame. What calls C is entry text, what is listed in
 *   is_trampoline(), the rest of the kretprobe trampoline, whose table does
 *   not pop LR, and detours of optimized kprobes, which are not kernel text.
 *
 * - Exceptions. A frame that was interrupted may be half set up. An exception
 *   from kernel mode leaves entry text in mid-stack, or a table that pops PC.
 *   A page fault of a user access is walked through (fault_frame.c). What is
 *   behind any other exception is shown to readers (stack_show.c), and no part
 *   of the answer.
 *
 * - Rewritten return addresses. Those of kretprobes and of the function-graph
 *   tracer are recovered from the task's own records, which list them in the
 *   order of the stack; if they do not fit the frame, the stack is refused.
 *
 * Text and unwind data may be a module's, and a walk may meet any. All of it is
 * looked up and read with preemption disabled (the run queue of the task, or
 * at least its pi_lock, is locked, or the task is current and has disabled
 * preemption itself), for which free_module() and do_free_init() wait before they
 * free anything (unwind_index.h). What a walk reports is addresses; names are
 * read later, by sprint_symbol(), which keeps the module itself.
 *
 * Nothing here prints: it runs with the run queue of the task locked, and the
 * console may want to wake up someone.
 */

#include <linux/ftrace.h>
#include <linux/klp_arm.h>
#include <linux/kprobes.h>
#include <linux/sched.h>
#include <linux/sched/task_stack.h>
#include <linux/stacktrace.h>
#include <linux/uaccess.h>

#include <asm/opcodes.h>
#include <asm/ptrace.h>
#include <asm/sections.h>
#include <asm/stacktrace.h>

#include "ehabi.h"
#include "entry.h"
#include "fault_frame.h"
#include "stack_walk.h"
#include "stacktrace.h"
#include "unwind_index.h"

#define FP 11

/* The system call path pushes two words below the registers: S_OFF. */
#define SYSCALL_ARGS_SIZE 8

/*
 * No kernel stack holds more frames than words; far less than that is a loop.
 */
#define MAX_FRAMES (THREAD_SIZE / sizeof(u32))

/*
 * How far before a return address to look for the call. What calls is of two or
 * four bytes in Thumb code, so this is the call or the middle of it.
 */
#define CALL_BEFORE (KLP_ARM_THUMB ? 2 : 4)

/* Assembly that a C function returns to, and whose own caller is not known. */
static bool is_trampoline(unsigned long pc)
{
	/* Everything in entry-ftrace.S from the first caller to the stub. */
	if (pc >= (unsigned long)ftrace_caller &&
	    pc < (unsigned long)ftrace_stub)
		return true;
	return is_kretprobe_trampoline(pc) || klp_arm_is_trampoline(pc);
}

/* The user registers of a task, or the stack of a new one, start here. */
static bool at_task_entry(const struct klp_arm_stack_walk *walk)
{
	unsigned long regs = (unsigned long)task_pt_regs(walk->task);
	unsigned long sp = walk->frame.vrs[KLP_ARM_SP];

	return sp == regs || sp == regs - SYSCALL_ARGS_SIZE;
}

/*
 * The first frame of an idle task. start_kernel() is gone by now, and so is
 * its unwind data, but nothing in init text can be patched either.
 */
static bool at_idle_entry(const struct klp_arm_stack_walk *walk)
{
	if (!klp_arm_is_swapper(walk->task))
		return false;
	return walk->frame.vrs[KLP_ARM_SP] == walk->low + THREAD_START_SP ||
	       is_kernel_inittext(walk->frame.vrs[KLP_ARM_PC]);
}

/*
 * An address in the call, not of the return: a call of a noreturn function may
 * be the last instruction of its caller. All code of a kernel is of the same
 * instruction set, and bit 0 says which.
 */
static unsigned long call_before(unsigned long pc)
{
	return (pc & ~1UL) - CALL_BEFORE;
}

/* Is the call the first instruction of its function, which has no frame yet? */
static bool is_first_insn(unsigned long call, unsigned long start)
{
	u16 half;

	if (!KLP_ARM_THUMB || call != start + CALL_BEFORE)
		return call == start;

	/* The middle of a long instruction, or a short one that is the second */
	return get_kernel_nofault(half, (u16 *)start) ||
	       __mem_to_opcode_thumb16(half) >= 0xe800;
}

/* Is it a return address, or SP, as far as the lowest bits say? */
static bool is_aligned(unsigned long pc, unsigned long sp)
{
	if (KLP_ARM_THUMB)
		return pc & 1 && IS_ALIGNED(sp, sizeof(u32));

	return IS_ALIGNED(pc | sp, sizeof(u32));
}

static int load_word(void *cookie, u32 address, u32 *value)
{
	const struct klp_arm_stack_walk *walk = cookie;

	if (address < walk->low || address > walk->high - sizeof(*value) ||
	    !IS_ALIGNED(address, sizeof(*value)))
		return -EFAULT;
	*value = READ_ONCE_NOCHECK(*(u32 *)address);
	return 0;
}

#ifdef CONFIG_FUNCTION_GRAPH_TRACER
/*
 * The frame that was just left was to return to the graph tracer. The shadow
 * stack has the real return address. Its entries come in the order of the
 * stack. A call that ended in a jump to the next traced function, or that was
 * redirected to one, has an entry for each, and all but the last point to the
 * tracer again. Each was made with the SP that the caller will have back
 * (HAVE_FUNCTION_GRAPH_FP_TEST), which tells whether it belongs here.
 */
static unsigned long graph_return(struct klp_arm_stack_walk *walk)
{
	struct ftrace_ret_stack *entry;

	do {
		entry = ftrace_graph_get_ret_stack(walk->task,
						   walk->graph_depth);
		if (!entry || entry->fp != walk->frame.vrs[KLP_ARM_SP])
			return 0;
		walk->graph_depth++;
	} while (entry->ret == (unsigned long)return_to_handler);

	return entry->ret;
}

static bool is_graph_return(unsigned long pc)
{
	return pc == (unsigned long)return_to_handler;
}
#else
static unsigned long graph_return(struct klp_arm_stack_walk *walk)
{
	return 0;
}

static bool is_graph_return(unsigned long pc)
{
	return false;
}
#endif

/*
 * Put the real return address into the frame, if tracers have replaced it:
 * each of the two may have found the other's there. If a record is missing,
 * the tracer's own address stays, and is_trampoline() refuses it.
 */
static void recover_return(struct klp_arm_stack_walk *walk)
{
	u32 *vrs = walk->frame.vrs;
	unsigned long pc;
	int tracers;

	for (tracers = 0; tracers < 2; tracers++) {
		if (is_graph_return(vrs[KLP_ARM_PC]))
			pc = graph_return(walk);
		else if (is_kretprobe_trampoline(vrs[KLP_ARM_PC]))
			pc = kretprobe_find_ret_addr(walk->task,
						     (void *)vrs[FP],
						     &walk->kretprobe);
		else
			return;
		if (!pc)
			return;
		vrs[KLP_ARM_PC] = pc;
	}
}

/* From entry text, go to what took a page fault, if it can be unwound. */
static bool enter_fault(struct klp_arm_stack_walk *walk)
{
	u32 *vrs = walk->frame.vrs;

	walk->faulted = klp_arm_stack_walk_is_inside(walk) &&
			klp_arm_fault_registers(vrs[KLP_ARM_PC],
						vrs[KLP_ARM_SP], walk->high,
						vrs);
	return walk->faulted;
}

/* An address in the function: of its call, or of what took a page fault. */
static unsigned long address_in_function(const struct klp_arm_stack_walk *walk)
{
	unsigned long pc = walk->frame.vrs[KLP_ARM_PC];

	return walk->faulted ? pc & ~1UL /* Thumb bit */ : call_before(pc);
}

/*
 * Go from a frame to its caller's. A function that took a page fault may have
 * no frame: SP may be its caller's, and LR the return address.
 */
static enum klp_arm_stack_reason leave_frame(struct klp_arm_stack_walk *walk)
{
	struct klp_arm_ehabi_frame *frame = &walk->frame;
	unsigned long address = address_in_function(walk);
	unsigned long sp = frame->vrs[KLP_ARM_SP];
	bool faulted = walk->faulted;
	unsigned long start;
	const u32 *table;

	walk->faulted = false;
	if (klp_arm_unwind_lookup(address, &table, &start) !=
	    KLP_ARM_UNWIND_TABLE)
		return KLP_ARM_STACK_REASON_NO_UNWIND_DATA;
	if (!faulted && is_first_insn(address, start))
		return KLP_ARM_STACK_REASON_NO_FRAME;
	if (klp_arm_ehabi_unwind(table, klp_arm_ehabi_words(*table), frame,
				 load_word, walk))
		return KLP_ARM_STACK_REASON_BAD_UNWIND_DATA;
	if (frame->pc_popped)
		return KLP_ARM_STACK_REASON_EXCEPTION_FRAME;
	/*
	 * A function that calls another has LR on the stack, unless neither
	 * returns; then LR is stale, which is all right where the walk ends.
	 */
	if (!faulted && !frame->lr_popped && !at_idle_entry(walk))
		return KLP_ARM_STACK_REASON_BAD_UNWIND_DATA;
	if (frame->vrs[KLP_ARM_SP] < sp ||
	    (frame->vrs[KLP_ARM_SP] == sp && !faulted) ||
	    frame->vrs[KLP_ARM_SP] > walk->high)
		return KLP_ARM_STACK_REASON_OUT_OF_BOUNDS;

	recover_return(walk);
	return KLP_ARM_STACK_REASON_RELIABLE;
}

/**
 * klp_arm_stack_walk_on() - walk a stack, as far as it is reliable
 * @walk: where from; left where the walk gave up
 * @consume: as for arch_stack_walk_reliable()
 * @cookie: passed to @consume
 *
 * Context: any, preemption disabled; the run queue of the task may be locked;
 *	    prints nothing, and counts nothing.
 * Return: KLP_ARM_STACK_REASON_RELIABLE, or why it gave up.
 * Since: 1.0
 */
enum klp_arm_stack_reason
klp_arm_stack_walk_on(struct klp_arm_stack_walk *walk,
		      stack_trace_consume_fn consume, void *cookie)
{
	enum klp_arm_stack_reason reason;
	const u32 *vrs = walk->frame.vrs;
	unsigned int frames;

	/* For the text and the unwind data of modules; see above */
	lockdep_assert_preemption_disabled();

	for (frames = 0; frames < MAX_FRAMES; frames++) {
		if (at_idle_entry(walk))
			return KLP_ARM_STACK_REASON_RELIABLE;
		if (!is_aligned(vrs[KLP_ARM_PC], vrs[KLP_ARM_SP]))
			return KLP_ARM_STACK_REASON_NOT_TEXT;
		if (in_entry_text(vrs[KLP_ARM_PC])) {
			if (at_task_entry(walk))
				return KLP_ARM_STACK_REASON_RELIABLE;
			if (!enter_fault(walk))
				return KLP_ARM_STACK_REASON_EXCEPTION_FRAME;
		}
		if (!klp_arm_stack_walk_is_inside(walk))
			return KLP_ARM_STACK_REASON_OUT_OF_BOUNDS;
		if (is_trampoline(vrs[KLP_ARM_PC]))
			return KLP_ARM_STACK_REASON_TRAMPOLINE;
		if (!__kernel_text_address(address_in_function(walk)))
			return KLP_ARM_STACK_REASON_NOT_TEXT;

		/*
		 * Again the call: the core looks for addresses inside of
		 * functions, and the return address may be outside.
		 */
		if (!consume(cookie, address_in_function(walk)))
			return KLP_ARM_STACK_REASON_TOO_DEEP;

		reason = leave_frame(walk);
		if (reason)
			return reason;
	}

	return KLP_ARM_STACK_REASON_TOO_DEEP;
}

/*
 * Where a task that does not run left off: __switch_to() has stored the
 * registers that its caller expects back, and PC is the return address. A new
 * task has ret_from_fork there (arch/arm/kernel/process.c, copy_thread()).
 */
static void start_at_switch(struct klp_arm_stack_walk *walk)
{
	const struct cpu_context_save *context =
		&task_thread_info(walk->task)->cpu_context;

	memcpy(&walk->frame.vrs[4], context, 8 * sizeof(u32));
	walk->frame.vrs[KLP_ARM_SP] = context->sp;
	walk->frame.vrs[KLP_ARM_PC] = context->pc;
}

static void find_stack(struct klp_arm_stack_walk *walk)
{
	walk->low = (unsigned long)task_stack_page(walk->task);
	walk->high = walk->low + THREAD_SIZE;
}

/**
 * klp_arm_stack_walk_start() - go to the innermost frame of a stack
 * @walk: filled
 * @task: a task that does not run and is kept from running
 *
 * Context: any
 * Since: 1.0
 */
void klp_arm_stack_walk_start(struct klp_arm_stack_walk *walk,
			      struct task_struct *task)
{
	*walk = (struct klp_arm_stack_walk){ .task = task };
	find_stack(walk);
	start_at_switch(walk);
}

/**
 * arch_stack_walk_reliable() - walk a stack and prove that nothing was missed
 * @consume: called for each frame, from the innermost, with the address of
 *           the call in it; returns false to stop, which is a failure here
 * @cookie: passed to @consume
 * @task: current, or a task that does not run and is kept from running
 *
 * Context: any; the run queue of @task may be locked; prints nothing.
 * Return: 0 if the stack is complete and reliable, else -EINVAL.
 * Since: 1.0
 */
int arch_stack_walk_reliable(stack_trace_consume_fn consume, void *cookie,
			     struct task_struct *task)
{
	struct klp_arm_stack_walk walk = { .task = task };
	enum klp_arm_stack_reason reason;
	unsigned long pc;

	find_stack(&walk);
	if (task == current)
		klp_arm_capture_frame(walk.frame.vrs);
	else
		start_at_switch(&walk);

	reason = klp_arm_stack_walk_on(&walk, consume, cookie);
	if (!reason)
		return 0;

	/* For readers, who compare it with symbols */
	pc = walk.frame.vrs[KLP_ARM_PC];
	if (KLP_ARM_THUMB)
		pc &= ~1UL;

	klp_arm_stack_failure_count(reason, pc);
	klp_arm_stack_refused(task, reason, pc);
	return -EINVAL;
}
