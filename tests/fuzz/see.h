/* SPDX-License-Identifier: GPL-2.0 */
/*
 * see.h - reads all that libklp has parsed, by every getter it has
 *
 * What a getter returns is looked at to its last byte, so that AddressSanitizer
 * can say whether it was there. Objects may be NULL where getters return NULL.
 */
#ifndef KLP_FUZZ_SEE_H
#define KLP_FUZZ_SEE_H

#include <klp/klp.h>

#include "found.h"

void see_patch(const struct klp_patch *patch);
void see_func(const struct klp_func *func);
void see_transition(const struct klp_transition *transition);
void see_info(const struct klp_info *info);
void see_blocker(const struct klp_blocker *blocker);
void see_failure(const struct klp_failure *failure);
void see_fix(const struct klp_fix *fix);
void see_history(const struct klp_history *history);
void see_code(const struct klp_code *code);
void see_verdict(const struct klp_verdict *verdict);
void see_event(const struct klp_event *event);

void see_patches(const struct klp_patch_list *list);
void see_funcs(const struct klp_func_list *list);
void see_snapshot(const struct klp_snapshot *snapshot);

#endif /* KLP_FUZZ_SEE_H */
