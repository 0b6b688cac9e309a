/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refs.h - the references of an object, before and after its atoms are known
 */
#ifndef KLP_BUILD_REFS_H
#define KLP_BUILD_REFS_H

#include "atoms.h"

/**
 * struct raw_ref - a reference as the file has it
 * @type: of the relocation
 * @section: where it is
 * @offset: in that section
 * @symbol: that it is against, 0 for a local branch
 * @to: section that it leads to; 0 if it leads out of the object
 * @anchor: offset in that section which belongs to what is meant
 * @delta: what is added to the anchor
 */
struct raw_ref {
	const struct reloc_type *type;
	uint32_t section;
	uint32_t offset;
	uint32_t symbol;
	uint32_t to;
	int64_t anchor;
	int64_t delta;
};

/**
 * struct raw_refs - all of an object
 * @ref: sorted by section and offset
 * @count: how many
 */
struct raw_refs {
	struct raw_ref *ref;
	size_t count;
};

/**
 * refs_collect() - find all references of an object
 * @atoms: with its named atoms only
 * @raw: set, to be freed in either case
 * @fault: why not
 */
bool refs_collect(const struct atoms *atoms, struct raw_refs *raw,
		  struct fault *fault);

/**
 * refs_resolve() - tell what each reference means
 * @atoms: with all its atoms; its references are set
 * @raw: of refs_collect()
 * @fault: why not
 */
bool refs_resolve(struct atoms *atoms, const struct raw_refs *raw,
		  struct fault *fault);

#endif /* KLP_BUILD_REFS_H */
