/* SPDX-License-Identifier: GPL-2.0 */
/*
 * condition.h - which conditional branches may go either way
 */
#ifndef ORACLE_CONDITION_H
#define ORACLE_CONDITION_H

#include "freestanding.h"

/**
 * condition_may_be_any() - may a conditional branch go either way at random?
 * @thumb: it is Thumb code
 * @word: of the instruction, as it is in memory
 *
 * Not one that looks whether a number is in a range (HI, LS): what is behind that
 * reads tables, and would read something else.
 *
 * Return: false of all that are not conditional branches, too.
 */
bool condition_may_be_any(bool thumb, u32 word);

#endif /* ORACLE_CONDITION_H */
