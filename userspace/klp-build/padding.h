/* SPDX-License-Identifier: GPL-2.0 */
/*
 * padding.h - what is between functions and variables, and means nothing
 */
#ifndef KLP_BUILD_PADDING_H
#define KLP_BUILD_PADDING_H

#include "atoms.h"

/**
 * padding_is() - does a piece only fill up to the alignment of the next atom?
 * @atoms: the object
 * @piece: one of its pieces
 *
 * Return: whether it is all zeros, or in code all NOPs.
 */
bool padding_is(const struct atoms *atoms, const struct atom *piece);

#endif /* KLP_BUILD_PADDING_H */
