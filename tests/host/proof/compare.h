/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compare.h - is a state of the processor the one that it has to be?
 *
 * Each returns true, or false with paths->difference.
 */
#ifndef KLP_PROOF_COMPARE_H
#define KLP_PROOF_COMPARE_H

#include "paths.h"

/* Offsets in struct pt_regs (arch/arm/include/uapi/asm/ptrace.h). */
#define COMPARE_REGS_SP 52
#define COMPARE_REGS_PC 60

/* False, always. */
bool compare_failed(struct paths *paths, enum path path, const char *what,
		    u32 got, u32 expected);
bool compare_lost(struct paths *paths, enum path path);

/*
 * Are r0-r11, SP, LR, d8-d15, how instructions are executed, and the stack from
 * SP on as expected? And @ip, if it matters?
 */
bool compare_state(struct paths *paths, enum path path,
		   const struct core_state *got,
		   const struct core_state *expected, bool ip);

/*
 * Has the handler the arguments that it should have, the last of which are the
 * registers as they were before the push {lr}?
 */
bool compare_arguments(struct paths *paths, enum path path,
		       const struct core_state *state, const u32 *expected);

#endif /* KLP_PROOF_COMPARE_H */
