/* SPDX-License-Identifier: GPL-2.0 */
/*
 * judge.h - can what changed in an object be live-patched?
 */
#ifndef KLP_BUILD_JUDGE_H
#define KLP_BUILD_JUDGE_H

#include "author.h"
#include "compare.h"
#include "refuse.h"

/**
 * struct judgement - of one pair of objects
 * @comparison: what differs
 * @module: the object is part of a module, which keeps its exit code
 * @author: what the fix says of itself
 * @refusals: why it cannot be live-patched, if so
 * @changed: how many functions would be replaced
 */
struct judgement {
	struct comparison comparison;
	bool module;
	struct author author;
	struct refusals refusals;
	size_t changed;
};

/**
 * judge() - compare two objects, and say what that means
 * @old: one
 * @new: the other one
 * @module: they are part of a module
 * @judgement: set, judgement_free() it
 * @fault: why not
 *
 * Return: whether it came to an end.
 */
bool judge(const struct atoms *old, const struct atoms *new, bool module,
	   struct judgement *judgement, struct fault *fault);

/**
 * judgement_free() - forget a judgement
 * @judgement: of judge()
 */
void judgement_free(struct judgement *judgement);

/**
 * judge_counts() - does an atom that changed matter to a running kernel?
 * @judgement: of judge()
 * @atoms: the old or the new object
 * @atom: one of its atoms
 *
 * Return: false for exit code of what cannot be unloaded, and for data of
 * single places, which goes with its function.
 */
bool judge_counts(const struct judgement *judgement, const struct atoms *atoms,
		  const struct atom *atom);

#endif /* KLP_BUILD_JUDGE_H */
