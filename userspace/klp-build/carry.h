/* SPDX-License-Identifier: GPL-2.0 */
/*
 * carry.h - which parts of the new object a livepatch has to have
 */
#ifndef KLP_BUILD_CARRY_H
#define KLP_BUILD_CARRY_H

#include "refer.h"

/**
 * struct carry - what is carried
 * @refer: the pair of objects
 * @carried: for each atom of the new object
 * @work: atoms that were not looked at
 * @count: how many
 */
struct carry {
	struct refer *refer;
	bool *carried;
	size_t *work;
	size_t count;
};

/**
 * carry() - find all that is to be carried
 * @refer: the pair of objects
 * @carry: set; carry_free() it in either case
 *
 * Functions that changed, callbacks, and what is new and other objects may refer to; and all
 * that these refer to and the kernel does not have.
 *
 * What stands in the way is refused in the judgement.
 */
void carry(struct refer *refer, struct carry *carry);

/**
 * carry_free() - forget it
 * @carry: of carry()
 */
void carry_free(struct carry *carry);

#endif /* KLP_BUILD_CARRY_H */
