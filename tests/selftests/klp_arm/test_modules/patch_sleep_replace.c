// SPDX-License-Identifier: GPL-2.0
/*
 * patch_sleep_replace.c - patch_sleep.c, in the place of every other patch.
 */
#define PATCH_REPLACE true
#include "patch_sleep.c"
