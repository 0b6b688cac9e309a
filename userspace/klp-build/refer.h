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
 * @symbol: that vmlinux has
 * @name: of a symbol that is outside
 * @weak: it need not be there
 */
struct referee {
	enum referee_kind kind;
	size_t atom;
	struct kernel_symbol symbol;
	const char *name;
	bool weak;
};

/**
 * struct refer - a pair of objects, and their kernel
 * @judgement: of the pair; what cannot be done is refused there
 * @sympos: the object in vmlinux
 */
struct refer {
	struct judgement *judgement;
	struct sympos sympos;
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
 * refer_old() - find an atom of the old object in vmlinux
 * @refer: the pair
 * @old: index
 * @symbol: set
 *
 * Return: whether it is there; if not, that was refused.
 */
bool refer_old(struct refer *refer, size_t old, struct kernel_symbol *symbol);

#endif /* KLP_BUILD_REFER_H */
