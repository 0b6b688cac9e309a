// SPDX-License-Identifier: GPL-2.0
/*
 * padding.c - what is between functions and variables, and means nothing
 */
#include "padding.h"

bool padding_is(const struct atoms *atoms, const struct atom *piece)
{
	static const uint8_t nops[][4] = {
		{ 0x00, 0xf0, 0x20, 0xe3 }, /* nop */
		{ 0x00, 0x00, 0xa0, 0xe1 }, /* mov r0, r0 */
		{ 0x00, 0xbf, 0x00, 0xbf }, /* nop; nop */
		{ 0xc0, 0x46, 0xc0, 0x46 }, /* mov r8, r8; mov r8, r8 */
		{ 0xaf, 0xf3, 0x00, 0x80 }, /* nop.w */
	};
	const uint8_t *data = atoms_section(atoms, piece)->data;
	uint32_t i;
	size_t nop;

	if (!data)
		return true;
	data += piece->offset;
	for (i = 0; i < piece->size && data[i] == 0; i++)
		;
	if (i == piece->size)
		return true;
	if (!(atoms_section(atoms, piece)->flags & SHF_EXECINSTR))
		return false;
	for (nop = 0; nop < sizeof(nops) / sizeof(nops[0]); nop++) {
		for (i = 0; i < piece->size; i++) {
			if (data[i] != nops[nop][(piece->offset + i) % 4])
				break;
		}
		if (i == piece->size)
			return true;
	}
	return false;
}
