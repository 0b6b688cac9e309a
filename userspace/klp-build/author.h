/* SPDX-License-Identifier: GPL-2.0 */
/*
 * author.h - what the author of a fix says in its sources, with the macros of
 * <linux/klp_arm_patch.h>
 */
#ifndef KLP_BUILD_AUTHOR_H
#define KLP_BUILD_AUTHOR_H

#include "compare.h"
#include "refuse.h"

/**
 * struct author_ignored - one KLP_IGNORE_...()
 * @kind: "data", "enum", "function", "section" or "struct"
 * @name: what it names
 * @used: there was a change that is ignored because of it
 */
struct author_ignored {
	const char *kind;
	const char *name;
	bool used;
};

/**
 * struct author_callback - one KLP_..._CALLBACK()
 * @kind: member of struct klp_callbacks
 * @atom: the function, of the new object
 */
struct author_callback {
	const char *kind;
	size_t atom;
};

/**
 * struct author - all that is said in one object
 * @ignored: what is to be ignored
 * @ignores: how many
 * @callback: what is to be called
 * @callbacks: how many
 */
struct author {
	struct author_ignored *ignored;
	size_t ignores;
	struct author_callback *callback;
	size_t callbacks;
};

/**
 * author_read() - read what is said in an object
 * @author: set; author_free() it in either case
 * @atoms: the object, which has to stay
 * @fault: why not
 *
 * Return: whether it could be understood.
 */
bool author_read(struct author *author, const struct atoms *atoms,
		 struct fault *fault);

/**
 * author_free() - forget it
 * @author: of author_read()
 */
void author_free(struct author *author);

/**
 * author_ignores() - is something to be ignored?
 * @author: of author_read(); that it was used is noted
 * @kind: as in struct author_ignored
 * @name: of it
 */
bool author_ignores(struct author *author, const char *kind, const char *name);

/**
 * author_apply() - take out of a comparison what is to be ignored
 * @author: of author_read()
 * @comparison: of the same object
 * @refusals: where to note what cannot be ignored
 */
void author_apply(struct author *author, struct comparison *comparison,
		  struct refusals *refusals);

/**
 * author_judge_callbacks() - can the livepatch have these callbacks?
 * @author: of author_read()
 * @comparison: of the same object
 * @refusals: where to note it, if not
 */
void author_judge_callbacks(const struct author *author,
			    const struct comparison *comparison,
			    struct refusals *refusals);

/**
 * author_macro() - the macro that something was said with
 * @kind: of struct author_ignored
 */
const char *author_macro(const char *kind);

#endif /* KLP_BUILD_AUTHOR_H */
