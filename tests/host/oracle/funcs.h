/* SPDX-License-Identifier: GPL-2.0 */
/*
 * funcs.h - what a livepatch tells the core to replace
 */
#ifndef ORACLE_FUNCS_H
#define ORACLE_FUNCS_H

#include "side.h"

/**
 * funcs_check() - does each struct klp_func have the function that it names?
 * @side: the livepatch, in memory
 *
 * By the label of the new function, klp_new.NAME.POSITION, it is known which function
 * of the kernel it was compared with. Prints what is not so.
 *
 * Return: whether all are right, and there is one.
 */
bool funcs_check(const struct side *side);

#endif /* ORACLE_FUNCS_H */
