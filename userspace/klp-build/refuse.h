/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refuse.h - why a change cannot be live-patched
 */
#ifndef KLP_BUILD_REFUSE_H
#define KLP_BUILD_REFUSE_H

#include "atoms.h"
#include "types.h"

/**
 * struct caller - a function that calls one that cannot be replaced
 * @name: of it
 * @through: the function that it calls, which cannot be replaced either; NULL if it
 *	calls the one in question itself
 * @address: in vmlinux
 * @replaceable: it has a tracing call, and is no init code
 * @freed: it is init code
 */
struct caller {
	char *name;
	char *through;
	uint32_t address;
	bool replaceable;
	bool freed;
};

/**
 * struct refusal - one reason
 * @kind: class of the reason, a word
 * @symbol: function, variable or type that it is about, "" if it is about a
 *	section
 * @section: where that is, NULL of a type
 * @offset: in @symbol or @section, of the first difference
 * @text: for people: what was seen, and what to do
 * @source: file that the function, variable or type is defined in; NULL if that is
 *	not known
 * @line: in that file
 * @caller: of a function without a tracing call, those that can be replaced first
 * @callers: how many
 */
struct refusal {
	const char *kind;
	char *symbol;
	char *section;
	uint32_t offset;
	char *text;
	char *source;
	int line;
	struct caller *caller;
	size_t callers;
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
 * refuse_enum() - a constant of an enumeration has another value
 * @refusals: where to note it
 * @constant: the constant, of the old object
 * @value: the new value
 */
void refuse_enum(struct refusals *refusals, const struct constant *constant,
		 int64_t value);

/**
 * refuse_variable() - a variable got another type
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: the variable
 * @what: how it differs
 */
void refuse_variable(struct refusals *refusals, const struct atoms *atoms,
		     const struct atom *atom, const char *what);

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
 * refusal_set_source() - name where the symbol is defined, behind its name
 * @refusal: the reason
 * @source: file
 * @line: in it
 */
void refusal_set_source(struct refusal *refusal, const char *source, int line);

/**
 * refusal_take_callers() - add the callers of the function
 * @refusal: of refuse_untraceable()
 * @caller: all callers, which become the refusal's
 * @count: how many
 */
void refusal_take_callers(struct refusal *refusal, struct caller *caller,
			  size_t count);

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
 * refuse_guessed() - new code would use one of several static variables of a name
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: the variable
 */
void refuse_guessed(struct refusals *refusals, const struct atoms *atoms,
		    const struct atom *atom);

/**
 * refuse_grown() - a variable that the fix ignores is larger in new code
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: the variable
 * @size: that new code takes it to have
 */
void refuse_grown(struct refusals *refusals, const struct atoms *atoms,
		  const struct atom *atom, uint32_t size);

/**
 * refuse_callback() - a function cannot be a callback
 * @refusals: where to note it
 * @atoms: the new object
 * @atom: the function
 * @kind: of the callback
 */
void refuse_callback(struct refusals *refusals, const struct atoms *atoms,
		     const struct atom *atom, const char *kind);

/**
 * refuse_struct() - a structure has another layout
 * @refusals: where to note it
 * @type: as it was
 * @what: what became of it
 */
void refuse_struct(struct refusals *refusals, const struct type *type,
		   const char *what);

/**
 * refuse_shared() - the compiler made one function of two
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: what is left of both
 * @name: of the function that becomes another one, or became one
 */
void refuse_shared(struct refusals *refusals, const struct atoms *atoms,
		   const struct atom *atom, const char *name);

/**
 * refuse_freed() - new code refers to init or exit code or data
 * @refusals: where to note it
 * @name: of what it refers to
 */
void refuse_freed(struct refusals *refusals, const char *name);

/**
 * refuse_unfound() - a symbol of the old object is not found in the kernel
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: what it is of
 * @object: where it should be, "vmlinux" or a module
 * @count: symbols of that name there
 */
void refuse_unfound(struct refusals *refusals, const struct atoms *atoms,
		    const struct atom *atom, const char *object, size_t count);

/**
 * refuse_other_code() - what the kernel has by that name is another function
 * @refusals: where to note it
 * @atoms: the old object
 * @atom: the function
 * @object: that has the other one, "vmlinux" or a module
 */
void refuse_other_code(struct refusals *refusals, const struct atoms *atoms,
		       const struct atom *atom, const char *object);

/**
 * refuse_unsteady() - a symbol cannot be told from others of its name
 * @refusals: where to note it
 * @name: of the symbol
 * @object: module that has them
 */
void refuse_unsteady(struct refusals *refusals, const char *name,
		     const char *object);

/**
 * refuse_export() - what another module exports cannot be referred to
 * @refusals: where to note it
 * @name: of the symbol
 * @why: text
 */
void refuse_export(struct refusals *refusals, const char *name,
		   const char *why);

/**
 * refuse_key() - new code asks for a static key of a module
 * @refusals: where to note it
 * @section: of static keys
 * @offset: in it
 * @name: of the key
 * @object: module that has it
 */
void refuse_key(struct refusals *refusals, const struct elf32_section *section,
		uint32_t offset, const char *name, const char *object);

/**
 * refuse_moved() - what is new has the name of something in the kernel
 * @refusals: where to note it
 * @atoms: the new object
 * @atom: what is new
 */
void refuse_moved(struct refusals *refusals, const struct atoms *atoms,
		  const struct atom *atom);

/**
 * refuse_copy() - new code needs something that a livepatch cannot have
 * @refusals: where to note it
 * @section: where that is
 * @name: of it, or ""
 */
void refuse_copy(struct refusals *refusals, const struct elf32_section *section,
		 const char *name);

/**
 * refuse_inside() - new code goes into the middle of a function that stays
 * @refusals: where to note it
 * @atoms: the object
 * @atom: the function
 */
void refuse_inside(struct refusals *refusals, const struct atoms *atoms,
		   const struct atom *atom);

/**
 * refuse_place() - it is not clear what a reference means
 * @refusals: where to note it
 * @section: where it is
 * @offset: in the section
 * @name: of what it seems to mean
 */
void refuse_place(struct refusals *refusals,
		  const struct elf32_section *section, uint32_t offset,
		  const char *name);

/**
 * refuse_beside() - there is code without a symbol that a function may need
 * @refusals: where to note it
 * @section: where it is
 * @offset: in the section
 */
void refuse_beside(struct refusals *refusals,
		   const struct elf32_section *section, uint32_t offset);

#endif /* KLP_BUILD_REFUSE_H */
