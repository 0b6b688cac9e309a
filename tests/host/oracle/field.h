/* SPDX-License-Identifier: GPL-2.0 */
/*
 * field.h - what an ordinary relocation has in its field before it is written
 */
#ifndef ORACLE_FIELD_H
#define ORACLE_FIELD_H

#include "reloc_field.h"

/**
 * field_load() - read a word of data or an instruction
 * @type: of the relocation
 * @place: four bytes
 *
 * Return: the bits; a Thumb instruction's first half is the upper one.
 */
u32 field_load(u32 type, const u8 *place);

/**
 * field_store() - the opposite of field_load()
 * @type: of the relocation
 * @place: four bytes
 * @field: the bits
 */
void field_store(u32 type, u8 *place, u32 field);

/**
 * field_addend() - the addend that a field holds
 * @type: of the relocation, one that klp_arm_reloc_is_known()
 * @field: of field_load()
 */
u32 field_addend(u32 type, u32 field);

#endif /* ORACLE_FIELD_H */
