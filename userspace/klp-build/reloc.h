/* SPDX-License-Identifier: GPL-2.0 */
/*
 * reloc.h - the relocation types of 32-bit ARM that kernel code has
 *
 * "ELF for the Arm Architecture" (AAELF32) calls a type's operands S, the
 * address of the symbol, A, the addend, and P, the place. In SHT_REL sections A
 * is what the field holds.
 */
#ifndef KLP_BUILD_RELOC_H
#define KLP_BUILD_RELOC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** enum reloc_field - how a field is laid out in its instruction or word */
enum reloc_field {
	RELOC_FIELD_NONE, /* nothing is written */
	RELOC_FIELD_WORD,
	RELOC_FIELD_WORD31, /* all but the top bit */
	RELOC_FIELD_BRANCH, /* imm24, in words */
	RELOC_FIELD_MOV, /* imm4:imm12 */
	RELOC_FIELD_ALU, /* ADD or SUB of a rotated byte */
	RELOC_FIELD_LDR, /* imm12 with a sign */
	RELOC_FIELD_THM_BRANCH, /* S:I1:I2:imm10:imm11 */
	RELOC_FIELD_THM_COND, /* S:J2:J1:imm6:imm11 */
	RELOC_FIELD_THM_MOV, /* imm4:i:imm3:imm8 */
	RELOC_FIELD_THM_SHORT, /* imm11, one halfword */
	RELOC_FIELD_THM_SHORT_COND, /* imm8, one halfword */
};

/**
 * struct reloc_type - one type
 * @name: of the type, as text
 * @type: R_ARM_...
 * @field: layout of the field
 * @bias: what A has more than the distance of symbol and target, as the
 *	processor's PC is ahead of a branch
 * @branch: a call or jump, which needs no more than to get there
 */
struct reloc_type {
	const char *name;
	unsigned int type;
	enum reloc_field field;
	int bias;
	bool branch;
};

/**
 * reloc_type() - look a type up
 * @type: R_ARM_...
 *
 * Return: the type, NULL if kernel code does not have it.
 */
const struct reloc_type *reloc_type(unsigned int type);

/**
 * reloc_types() - all of them
 * @count: set to how many there are
 */
const struct reloc_type *reloc_types(size_t *count);

/**
 * reloc_size() - bytes that a type's field spans in its section; 4, 2 or 0
 * @type: of reloc_type()
 */
size_t reloc_size(const struct reloc_type *type);

/**
 * reloc_mask() - bits of the instruction that belong to the field
 * @type: of reloc_type()
 *
 * Return: a mask for values of reloc_load().
 */
uint32_t reloc_mask(const struct reloc_type *type);

/**
 * reloc_load() - read an instruction or word
 * @type: of reloc_type()
 * @place: reloc_size() bytes
 *
 * Return: the bits; of a Thumb instruction, the first halfword is the upper one.
 */
uint32_t reloc_load(const struct reloc_type *type, const uint8_t *place);

/**
 * reloc_store() - the opposite of reloc_load()
 * @type: of reloc_type()
 * @place: reloc_size() bytes
 * @bits: what to write there
 */
void reloc_store(const struct reloc_type *type, uint8_t *place, uint32_t bits);

/**
 * reloc_decode() - the addend that an instruction or word holds
 * @type: of reloc_type()
 * @bits: of reloc_load()
 *
 * Both halves of a MOVW and MOVT pair hold the whole addend.
 */
int32_t reloc_decode(const struct reloc_type *type, uint32_t bits);

/**
 * reloc_fits() - can the field hold this addend?
 * @type: of reloc_type()
 * @addend: what it should hold
 */
bool reloc_fits(const struct reloc_type *type, int64_t addend);

/**
 * reloc_encode() - put an addend into an instruction or word
 * @type: of reloc_type()
 * @bits: of reloc_load(); bits outside of the field stay
 * @addend: one that reloc_fits()
 */
uint32_t reloc_encode(const struct reloc_type *type, uint32_t bits,
		      int32_t addend);

#endif /* KLP_BUILD_RELOC_H */
