/* SPDX-License-Identifier: GPL-2.0 */
/*
 * refer.h - what the references of new code become
 *
 * What did not change stays in the kernel, and the livepatch refers to it there.
 * What changed or is new, the livepatch has a copy of. An address of a function
 * that changed is the old one's: it may be kept longer than the livepatch, which
 * redirects the old function for as long as it is in effect.
 */
#ifndef KLP_BUILD_REFER_H
#define KLP_BUILD_REFER_H

#include "judge.h"
#include "modules.h"
#include "sympos.h"

/** enum referee_kind - what a reference becomes */
enum referee_kind {
	REFEREE_COPY, /* an atom that the livepatch has itself */
	REFEREE_TEXT, /* a string of its own */
	REFEREE_KERNEL, /* a symbol that the livepatch core looks up */
	REFEREE_EXPORT, /* a symbol that any module may refer to */
	REFEREE_OUTSIDE, /* of another object of the livepatch */
};

/**
 * struct referee - what a reference becomes
 * @kind: of it
 * @atom: index, of a copy
 * @symbol: that vmlinux or a module has
 * @name: of a symbol that is outside
 * @weak: it need not be there
 */
struct referee {
	enum referee_kind kind;
	size_t atom;
	struct linked_symbol symbol;
	const char *name;
	bool weak;
};

/**
 * struct refer - a pair of objects, and their kernel
 * @judgement: of the pair; what cannot be done is refused there
 * @kernel: that the objects are of, or their module
 * @sympos: the object in what it was linked to
 * @modules: that the objects' own module refers to
 */
struct refer {
	struct judgement *judgement;
	struct kernel *kernel;
	struct sympos sympos;
	struct modules modules;
};

/**
 * refer() - what does a reference become?
 * @refer: the pair
 * @ref: reference of the new object
 * @in_table: of an entry of a table, which is about the livepatch's own code
 * @referee: set
 *
 * Return: whether there is something; if not, that was refused.
 */
bool refer(struct refer *refer, const struct ref *ref, bool in_table,
	   struct referee *referee);

/**
 * refer_old() - find an atom of the old object in what it was linked to
 * @refer: the pair
 * @old: index
 * @symbol: set
 *
 * Return: whether it is there; if not, that was refused.
 */
bool refer_old(struct refer *refer, size_t old, struct linked_symbol *symbol);

/** enum refer_entry - what becomes of an entry of a table */
enum refer_entry {
	REFER_ENTRY_COPIED, /* or it is refused */
	REFER_ENTRY_DROPPED, /* the code does without */
};

/**
 * refer_entry() - can an entry of a table go with its code?
 * @pair: the pair
 * @entry: of the new object
 * @key: set to the static key, of an entry that is dropped
 *
 * The kernel reads the entries of static keys when the livepatch is loaded, and the
 * module of a key may not be there then.
 */
enum refer_entry refer_entry(struct refer *pair, const struct atom_entry *entry,
			     struct linked_symbol *key);

#endif /* KLP_BUILD_REFER_H */
