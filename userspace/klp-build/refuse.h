/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refuse.h - why a change cannot be live-patched
 */
#ifndef KLP_BUILD_REFUSE_H
#define KLP_BUILD_REFUSE_H

#include "atoms.h"
#include "types.h"

/**
 * struct refusal - one reason
 * @kind: class of the reason, a word
 * @symbol: function, variable or type that it is about, "" if it is about a
 *	section
 * @section: where that is, NULL of a type
 * @offset: in @symbol or @section, of the first difference
 * @text: for people: what was seen, and what to do
 */
struct refusal {
	const char *kind;
	char *symbol;
	char *section;
	uint32_t offset;
	char *text;
};

/**
 * struct refusals - all reasons of one object
 * @refusal: in the order in which they were found
 * @count: how many
 */
struct refusals {
	struct refusal *refusal;
	size_t count;
};

/**
 * refusals_free() - forget them
 * @refusals: the reasons
 */
void refusals_free(struct refusals *refusals);

/**
 * refuse_data() - a variable got another value or size
 * @refusals: where to note it
 * @atoms: the object
 * @atom: the variable
 * @offset: first byte that differs
 */
void refuse_data(struct refusals *refusals, const struct atoms *atoms,
		 const struct atom *atom, uint32_t offset);

/**
 * refuse_removed() - a global variable is gone
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: the variable
 */
void refuse_removed(struct refusals *refusals, const struct atoms *atoms,
		    const struct atom *atom);

/**
 * refuse_init() - init code or data changed
 * @refusals: where to note it
 * @atoms: the object
 * @atom: the function or variable
 * @offset: first byte that differs
 */
void refuse_init(struct refusals *refusals, const struct atoms *atoms,
		 const struct atom *atom, uint32_t offset);

/**
 * refuse_untraceable() - a function that changed has no tracing call
 * @refusals: where to note it
 * @atoms: the object
 * @atom: the function
 */
void refuse_untraceable(struct refusals *refusals, const struct atoms *atoms,
			const struct atom *atom);

/**
 * refuse_table() - a section changed that the kernel has read already
 * @refusals: where to note it
 * @section: the section
 * @rule: its rule
 * @name: of the variable in it, or ""
 * @offset: first byte that differs
 */
void refuse_table(struct refusals *refusals,
		  const struct elf32_section *section,
		  const struct special *rule, const char *name,
		  uint32_t offset);

/**
 * refuse_unknown() - an unknown section refers to a function that changed
 * @refusals: where to note it
 * @section: the section
 * @name: of the function
 * @offset: of the reference
 */
void refuse_unknown(struct refusals *refusals,
		    const struct elf32_section *section, const char *name,
		    uint32_t offset);

/**
 * refuse_unnamed() - content without a name changed that no function refers to
 * @refusals: where to note it
 * @section: the section
 * @offset: first byte that differs
 */
void refuse_unnamed(struct refusals *refusals,
		    const struct elf32_section *section, uint32_t offset);

/**
 * refuse_lost() - it cannot be told which new static local an old one became
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: the variable
 */
void refuse_lost(struct refusals *refusals, const struct atoms *atoms,
		 const struct atom *atom);

/**
 * refuse_struct() - a structure has another layout
 * @refusals: where to note it
 * @type: as it was
 * @what: what became of it
 */
void refuse_struct(struct refusals *refusals, const struct type *type,
		   const char *what);

#endif /* KLP_BUILD_REFUSE_H */
