/* SPDX-License-Identifier: GPL-2.0 */
/*
 * compare.h - what differs between two objects, by meaning
 */
#ifndef KLP_BUILD_COMPARE_H
#define KLP_BUILD_COMPARE_H

#include "correlate.h"

/** enum change - what became of an atom */
enum change {
	CHANGE_NONE,
	CHANGE_CHANGED,
	CHANGE_NEW,
	CHANGE_GONE,
};

/*
 * Content may refer to content. Compilers nest it a few times; what is nested
 * deeper counts as changed, which is on the safe side.
 */
#define COMPARE_NESTED 24

/**
 * struct comparison - two objects
 * @old: one
 * @new: the other one
 * @pairs: of their atoms
 * @old_change: for each old atom: none, changed or gone
 * @new_change: for each new atom: none, changed or new
 * @where: for each old atom that changed, the first offset in it that differs
 * @steps: how many more atoms may be compared
 * @nest: pairs of atoms that are being compared
 */
struct comparison {
	const struct atoms *old;
	const struct atoms *new;
	struct correlation pairs;
	unsigned char *old_change;
	unsigned char *new_change;
	uint32_t *where;
	size_t steps;
	struct {
		size_t old;
		size_t new;
	} nest[COMPARE_NESTED];
};

/**
 * compare() - compare two objects
 * @old: one
 * @new: the other one
 * @comparison: set, comparison_free() it
 * @fault: why not
 *
 * Return: whether it came to an end.
 */
bool compare(const struct atoms *old, const struct atoms *new,
	     struct comparison *comparison, struct fault *fault);

/**
 * comparison_free() - forget a comparison
 * @comparison: of compare()
 */
void comparison_free(struct comparison *comparison);

/**
 * struct range - a part of a section
 * @section: index
 * @offset: where it begins
 * @size: its bytes
 */
struct range {
	uint32_t section;
	uint32_t offset;
	uint32_t size;
};

/**
 * compare_ranges() - do two parts mean the same?
 * @comparison: of compare()
 * @old: part of the old object
 * @new: part of the new one
 * @where: set to the first offset that differs, if any
 */
bool compare_ranges(struct comparison *comparison, const struct range *old,
		    const struct range *new, uint32_t *where);

/**
 * compare_twin() - an atom of the old object with the same name and content
 * @comparison: of compare()
 * @new: atom of the new object, which has a name
 *
 * Return: index, or ATOM_NONE.
 */
size_t compare_twin(struct comparison *comparison, size_t new);

#endif /* KLP_BUILD_COMPARE_H */
