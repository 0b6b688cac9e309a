/* SPDX-License-Identifier: GPL-2.0 */
/*
 * correlate.h - which symbol of the old object is which of the new one
 */
#ifndef KLP_BUILD_CORRELATE_H
#define KLP_BUILD_CORRELATE_H

#include "atoms.h"

/**
 * struct correlation - pairs of atoms
 * @new_of: for each old atom the new one, or ATOM_NONE
 * @old_of: for each new atom the old one, or ATOM_NONE
 * @guessed: for each old atom, whether only its position spoke for the pair
 */
struct correlation {
	size_t *new_of;
	size_t *old_of;
	bool *guessed;
};

/**
 * correlate() - pair the atoms of two objects
 * @old: one object
 * @new: the other one
 * @pairs: set, correlation_free() it
 *
 * Functions and variables are paired by name, and where compilers number
 * those, by who refers to them and by content. What a compiler makes anew each
 * time, clones and the data of single places, has no pair.
 */
void correlate(const struct atoms *old, const struct atoms *new,
	       struct correlation *pairs);

/**
 * correlation_free() - forget the pairs
 * @pairs: of correlate()
 */
void correlation_free(struct correlation *pairs);

/**
 * correlate_has_pair() - is an atom one that has to have a pair?
 * @atoms: its object
 * @atom: the atom
 *
 * Return: false for clones, data of single places and pieces, which are known
 * by what is in them.
 */
bool correlate_has_pair(const struct atoms *atoms, const struct atom *atom);

#endif /* KLP_BUILD_CORRELATE_H */
