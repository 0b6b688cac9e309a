/* SPDX-License-Identifier: GPL-2.0 */
/*
 * entry.S - the code that a redirected call runs through, and the code that
 * looks at its caller's registers.
 *
 * A redirected call, with the stack at every step (addresses grow upwards, k
 * is the recipe's sp_delta, E is SP at the old function's entry):
 *
 *   old function      its prologue moves SP from E to E - k and saves some of
 *                     r4-r11 and LR there; then its -pg call:
 *                         push {lr}; bl ftrace_regs_caller
 *   ftrace_regs_caller  saves everything as struct pt_regs below E - k:
 *
 *        E - k - 72        E - k - 20  -16   -12  -8    -4      E - k
 *        | r0 | ... | r11 | ip | E - k | LR  | PC | PSR | OLD_R0 | frame ...
 *
 *   the handler -> klp_arm_redirect()
 *                     reloads r4-r11 from the frame into the saved ones, and
 *                     with k > 0 also
 *                         word at E - 4 = replacement, ip = E - 4,
 *                         PC = klp_arm_discard_frame
 *   ftrace_regs_caller  restores the saved registers; SP is E - k
 *   klp_arm_discard_frame  below; SP is E
 *   replacement       starts with the caller's registers and stack
 *
 * With k == 0 PC is the replacement itself.
 *
 * Where the function has a trampoline of its own (trampoline_code.c), its -pg
 * call goes there. The direct form does all of the above in a few instructions;
 * the handler form comes to klp_arm_handler_caller, which takes the place of
 * ftrace_regs_caller.
 */

#include <linux/linkage.h>

#include <asm/asm-offsets.h>
#include <asm/assembler.h>
#include <asm/ftrace.h>
#include <asm/unwind.h>

	.text

/*
 * klp_arm_discard_frame: not callable from C.
 *
 * How we got here: ftrace_regs_caller loaded PC, which klp_arm_redirect() had
 * set, for a function whose prologue moved SP.
 *
 * Registers in: r0-r11 and LR as they were at the old function's entry; ip is
 * the address of the word just below SP at that entry, E - 4.
 *
 * Stack in, offsets from SP, rising; k >= 4:
 *
 *        0                   k - 4          k
 *        | dead frame, k - 4 | replacement  | the caller's: stack arguments
 *
 * Stack out: SP is E, the caller's words are untouched.
 * Registers out: as in; ip is still E - 4, and free (AAPCS32, 6.1.1).
 *
 * Between the two instructions SP is E - 4: the word to be popped is at SP,
 * and an interrupt writes below SP only. It is gone (above it is the caller)
 * in the very instruction that reads it.
 *
 * Unwinder: the return address is in LR. For the first instruction it takes SP
 * as it is: this is right for the stack trace of a tracer that shares the call
 * and is asked after the redirect, as the saved SP is E by then; where an
 * interrupt has come, SP is below E, and what a trace shows beyond the caller
 * is not to be relied on. No reliable walk goes through either.
 */
ENTRY(klp_arm_discard_frame)
UNWIND(.fnstart)
	mov	sp, ip			@ SP = E - 4
UNWIND(.pad #4)
	@ 0             4
	@ | replacement | the caller's: stack arguments
	ldr	pc, [sp], #4		@ SP = E, and on to the replacement
UNWIND(.fnend)
ENDPROC(klp_arm_discard_frame)

/*
 * klp_arm_handler_caller: not callable from C.
 *
 * How we got here: the -pg call of a patched function called its trampoline,
 * whose handler form jumped here.
 *
 * Registers in: r0-r11 are the function's own; ip is its struct
 * klp_arm_redirect; LR is the return address of the -pg call, four behind it.
 *
 * Stack in, offsets from SP, rising; E - k is SP before the call's push {lr}:
 *
 *	0          4
 *	| entry LR | E - k: the function's frame
 *
 * Stack during the call of the handler, a struct pt_regs; PSR is not written,
 * and what would be OLD_R0 is the word that the call pushed:
 *
 *	0    4          48   52      56         60   64    68         72
 *	| r0 | r1 ... | ip | E - k | entry LR | LR | PSR | entry LR | E - k
 *
 * The handler may change all of these registers but SP. Out: as the handler
 * left them, PC is the return address of the -pg call or what it chose, and SP
 * is E - k, from where klp_arm_discard_frame goes on.
 *
 * Unwinder: as ftrace_regs_caller, all registers have been saved with one push,
 * PC and SP among them: what is saved is what goes on, before a redirect and
 * after it.
 */
ENTRY(klp_arm_handler_caller)
UNWIND(.fnstart)
	str	lr, [sp, #-8]!		@ the call's LR as PC, room for PSR
	@ 0    4     8
	@ | LR | PSR | entry LR | E - k
	ldr	lr, [sp, #8]
	str	lr, [sp, #-4]!		@ entry LR as LR
	@ 0          4    8     12
	@ | entry LR | LR | PSR | entry LR | E - k
	add	lr, sp, #16		@ E - k as SP
	push	{r0-r11, ip, lr}
UNWIND(.save {r0-r11, ip, sp, lr, pc})
	@ 0    4          48   52      56
	@ | r0 | r1 ... | ip | E - k | as drawn above

	mov	r3, sp			@ its registers
	ldr	r2, [sp, #S_LR]		@ who called the function
	ldr	r1, [sp, #S_PC]
 THUMB(	bic	r1, r1, #1	)	@ without the Thumb bit
	sub	r1, r1, #MCOUNT_INSN_SIZE	@ the -pg call
	mov	r0, ip
	bl	klp_arm_handle_call

	pop	{r0-r11, ip, lr}
	@ 0    4    8     12
	@ | LR | PC | PSR | entry LR | E - k
	ldr	lr, [sp], #4
	ldr	pc, [sp], #12		@ SP = E - k
UNWIND(.fnend)
ENDPROC(klp_arm_handler_caller)
_ASM_NOKPROBE(klp_arm_handler_caller)

/*
 * void klp_arm_capture_frame(u32 vrs[16])
 *
 * Registers in: r0 = vrs; r4-r11, SP and LR are what is to be stored.
 * Stack: not used, so SP is the caller's.
 * Registers out: as in, but r1.
 * Unwinder: a leaf without a frame; the return address is in LR.
 */
ENTRY(klp_arm_capture_frame)
UNWIND(.fnstart)
	add	r1, r0, #4 * 4
	stmia	r1, {r4-r11}		@ vrs[4] to vrs[11]
	str	sp, [r0, #4 * 13]
	str	lr, [r0, #4 * 15]
	ret	lr
UNWIND(.fnend)
ENDPROC(klp_arm_capture_frame)
