/* SPDX-License-Identifier: GPL-2.0 */
/*
 * pair.h - a function of a livepatch, and the same one of the patched kernel
 */
#ifndef ORACLE_PAIR_H
#define ORACLE_PAIR_H

#include "side.h"

#define PAIR_REASON 256

/**
 * struct pair - one function, twice
 * @name: of the function
 * @object: index of the fixed object that has it
 * @patched: in that object; NULL if none has it
 * @livepatch: in the livepatch
 */
struct pair {
	const char *name;
	size_t object;
	const struct object_symbol *patched;
	const struct object_symbol *livepatch;
};

/**
 * enum pair_result - how alike the two are
 * @PAIR_ALIKE: in all that they do
 * @PAIR_DIFFERENT: not
 * @PAIR_NOT_COMPARED: could not be told
 */
enum pair_result {
	PAIR_ALIKE,
	PAIR_DIFFERENT,
	PAIR_NOT_COMPARED,
};

/**
 * struct pair_counts - what was done to compare a pair
 * @seeds: with how many seeds to compare
 * @first_seed: the first of them
 * @show: print what the patched kernel does
 * @alike: with how many seeds it was alike
 * @steps: instructions executed on one side
 * @covered: for each byte of the function, whether it was executed
 * @data: for each, whether it is data
 * @reason: why they were not compared
 */
struct pair_counts {
	u32 seeds;
	u32 first_seed;
	bool show;
	u32 alike;
	unsigned long steps;
	bool *covered;
	bool *data;
	char reason[PAIR_REASON];
};

/**
 * pair_find() - find the functions of a livepatch in the fixed objects
 * @livepatch: its side
 * @count: set to how many there are
 *
 * Return: to be freed.
 */
struct pair *pair_find(const struct side *livepatch, size_t *count);

/**
 * pair_free() - forget what was noted of each byte
 * @counts: of pair_compare()
 */
void pair_free(struct pair_counts *counts);

/**
 * pair_compare() - run both, and compare what they do
 * @pair: of pair_find()
 * @patched: the side of the patched kernel
 * @livepatch: the other side
 * @counts: what is asked for, and what was done
 *
 * Prints the first difference of each seed, of three seeds at most. pair_free() the
 * counts.
 */
enum pair_result pair_compare(const struct pair *pair,
			      const struct side *patched,
			      const struct side *livepatch,
			      struct pair_counts *counts);

#endif /* ORACLE_PAIR_H */
