/* SPDX-License-Identifier: GPL-2.0 */
/*
 * site_table.h - find the -pg call of a patched function, by its address or by
 * that of the function.
 */
#ifndef _KLP_ARM_SITE_TABLE_H
#define _KLP_ARM_SITE_TABLE_H

#include "site.h"

struct klp_arm_site *klp_arm_site_find(unsigned long addr);
struct klp_arm_site *klp_arm_site_of(unsigned long func);
void klp_arm_site_table_add(struct klp_arm_site *site);
void klp_arm_site_table_publish(struct klp_arm_site *site);
void klp_arm_site_table_remove(struct klp_arm_site *site);

#endif /* _KLP_ARM_SITE_TABLE_H */
