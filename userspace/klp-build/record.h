/* SPDX-License-Identifier: GPL-2.0 */
/*
 * record.h - note in a livepatch what code it replaces
 */
#ifndef KLP_BUILD_RECORD_H
#define KLP_BUILD_RECORD_H

#include "linked.h"
#include "output.h"

/**
 * record_code() - note the code of a function
 * @output: the object that replaces it
 * @linked: the vmlinux or the module that has it
 * @symbol: the function
 * @fault: why not
 *
 * klpctl reads that: see old_code.h.
 */
bool record_code(struct output *output, struct linked *linked,
		 const struct linked_symbol *symbol, struct fault *fault);

#endif /* KLP_BUILD_RECORD_H */
