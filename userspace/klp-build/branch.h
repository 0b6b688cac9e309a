/* SPDX-License-Identifier: GPL-2.0 */
/*
 * branch.h - branches within a section, which need no relocation
 */
#ifndef KLP_BUILD_BRANCH_H
#define KLP_BUILD_BRANCH_H

#include "elf32.h"

/**
 * struct branch - one branch
 * @type: of the relocation that it would have
 * @offset: in the section
 * @target: offset of where it goes
 */
struct branch {
	const struct reloc_type *type;
	uint32_t offset;
	int64_t target;
};

/**
 * branch_arm() - decode an ARM instruction
 * @word: the instruction
 * @branch: its offset is set; type and target are
 *
 * Return: whether it is a direct branch that stays in ARM code.
 */
bool branch_arm(uint32_t word, struct branch *branch);

/**
 * branch_thumb() - decode a Thumb instruction
 * @first: halfword
 * @second: halfword behind it, if the instruction has two
 * @branch: its offset is set; type and target are
 *
 * Return: whether it is a direct branch that stays in Thumb code.
 */
bool branch_thumb(uint32_t first, uint32_t second, struct branch *branch);

/**
 * branch_is_wide() - has a Thumb instruction two halfwords?
 * @first: its first one
 */
bool branch_is_wide(uint32_t first);

#endif /* KLP_BUILD_BRANCH_H */
