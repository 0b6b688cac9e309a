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
 *   klp_ftrace_handler -> klp_arm_redirect()
 *                     reloads r4-r11 from the frame into the saved ones, and
 *                     with k > 0 also
 *                         word at E - 4 = replacement, ip = E - 4,
 *                         PC = klp_arm_discard_frame
 *   ftrace_regs_caller  restores the saved registers; SP is E - k
 *   klp_arm_discard_frame  below; SP is E
 *   replacement       starts with the caller's registers and stack
 *
 * With k == 0 PC is the replacement itself.
 */

#include <linux/linkage.h>

#include <asm/assembler.h>
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
 * Unwinder: none. A task that is interrupted here has an exception frame on
 * its stack, which no reliable walk goes through.
 */
ENTRY(klp_arm_discard_frame)
UNWIND(.fnstart)
UNWIND(.cantunwind)
	mov	sp, ip			@ SP = E - 4
	@ 0             4
	@ | replacement | the caller's: stack arguments
	ldr	pc, [sp], #4		@ SP = E, and on to the replacement
UNWIND(.fnend)
ENDPROC(klp_arm_discard_frame)

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
