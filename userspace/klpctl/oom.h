/* SPDX-License-Identifier: GPL-2.0 */
/*
 * oom.h - what becomes of a program that lacks memory
 *
 * The reader of images is used by other programs than klpctl, too: each of them says
 * it in its own way.
 */
#ifndef KLPCTL_OOM_H
#define KLPCTL_OOM_H

/* Says that there is no memory, and ends the program. */
_Noreturn void out_of_memory(void);

#endif /* KLPCTL_OOM_H */
