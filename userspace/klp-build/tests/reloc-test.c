// SPDX-License-Identifier: GPL-2.0
/*
 * reloc-test.c - the table of relocation types, bit by bit
 */
#include <elf.h>
#include <string.h>

#include "branch.h"
#include "ktap.h"
#include "reloc.h"

/* Instructions with an addend of zero, as assemblers write them. */
struct sample {
	unsigned int type;
	uint32_t bits;
};

static const struct sample samples[] = {
	{ R_ARM_ABS32, 0 },
	{ R_ARM_TARGET1, 0 },
	{ R_ARM_REL32, 0 },
	{ R_ARM_PREL31, 0x80000000 },
	{ R_ARM_PC24, 0xea000000 },
	{ R_ARM_CALL, 0xeb000000 },
	{ R_ARM_JUMP24, 0x0a000000 },
	{ R_ARM_MOVW_ABS_NC, 0xe3001000 },
	{ R_ARM_MOVT_ABS, 0xe3401000 },
	{ R_ARM_MOVW_PREL_NC, 0xe300c000 },
	{ R_ARM_MOVT_PREL, 0xe340c000 },
	{ R_ARM_ALU_PC_G0_NC, 0xe28f0000 },
	{ R_ARM_ALU_PC_G1_NC, 0xe2800000 },
	{ R_ARM_LDR_PC_G2, 0xe5900000 },
	{ R_ARM_PC13, 0xe59ff000 }, /* since named R_ARM_LDR_PC_G0 */
	{ R_ARM_THM_PC22, 0xf000f800 },
	{ R_ARM_THM_JUMP24, 0xf000b800 },
	{ R_ARM_THM_JUMP19, 0xf0008000 },
	{ R_ARM_THM_MOVW_ABS_NC, 0xf2400100 },
	{ R_ARM_THM_MOVT_ABS, 0xf2c00100 },
	{ R_ARM_THM_MOVW_PREL_NC, 0xf2400c00 },
	{ R_ARM_THM_MOVT_PREL, 0xf2c00c00 },
	{ R_ARM_THM_PC11, 0xe000 },
	{ R_ARM_THM_PC9, 0xd000 },
};

#define SAMPLES (sizeof(samples) / sizeof(samples[0]))

/* Addends that were assembled and read with objdump, not with this code. */
struct known {
	unsigned int type;
	uint32_t bits;
	int32_t addend;
};

static const struct known known[] = {
	{ R_ARM_ABS32, 0xfffffff0, -16 },
	{ R_ARM_PREL31, 0x7ffffff8, -8 },
	{ R_ARM_PREL31, 0x80000008, 8 }, /* the top bit is not part of it */
	{ R_ARM_CALL, 0xebfffffe, -8 }, /* bl . */
	{ R_ARM_JUMP24, 0x1a000001, 4 }, /* bne .+12 */
	{ R_ARM_PC24, 0xea800000, -0x2000000 }, /* the farthest */
	{ R_ARM_MOVW_ABS_NC, 0xe30f3ffc, -4 }, /* movw r3, #65532 */
	{ R_ARM_MOVT_ABS, 0xe3472abc, 0x7abc }, /* movt r2, #31420 */
	{ R_ARM_ALU_PC_G0_NC, 0xe24f0008, -8 }, /* sub r0, pc, #8 */
	{ R_ARM_ALU_PC_G1_NC, 0xe2800c12, 0x1200 }, /* add r0, r0, #4608 */
	{ R_ARM_LDR_PC_G2, 0xe5100004, -4 }, /* ldr r0, [r0, #-4] */
	{ R_ARM_LDR_PC_G2, 0xe5900ffc, 0xffc },
	{ R_ARM_PC13, 0xe51ff008, -8 }, /* ldr pc, [pc, #-8] */
	{ R_ARM_THM_PC22, 0xf7fffffe, -4 }, /* bl . */
	{ R_ARM_THM_PC22, 0xf400d000, -0x1000000 }, /* the farthest */
	{ R_ARM_THM_PC22, 0xf3ffd7ff, 0xfffffe },
	{ R_ARM_THM_JUMP24, 0xf000b802, 4 }, /* b.w .+8 */
	{ R_ARM_THM_JUMP19, 0xf43faffe, -4 }, /* beq.w . */
	{ R_ARM_THM_JUMP19, 0xf0008002, 4 }, /* beq.w .+8 */
	{ R_ARM_THM_MOVW_ABS_NC, 0xf64f73fc, -4 }, /* movw r3, #65532 */
	{ R_ARM_THM_MOVT_ABS, 0xf6c722bc, 0x7abc }, /* movt r2, #31420 */
	{ R_ARM_THM_PC11, 0xe7fe, -4 }, /* b.n . */
	{ R_ARM_THM_PC9, 0xd0fe, -4 }, /* beq.n . */
};

static void test_known(struct ktap *ktap)
{
	size_t i;
	bool ok = true;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		const struct reloc_type *type = reloc_type(known[i].type);
		int32_t got = reloc_decode(type, known[i].bits);

		if (got != known[i].addend ||
		    reloc_encode(type, known[i].bits, got) != known[i].bits) {
			printf("# %s 0x%x: %d, not %d\n", type->name,
			       known[i].bits, got, known[i].addend);
			ok = false;
		}
	}
	ktap_result(ktap, ok, "known instructions have their addends", "%s",
		    "see above");
}

/* Is there a second way to write the same addend? Only rotations have one. */
static bool is_ambiguous(const struct reloc_type *type)
{
	return type->field == RELOC_FIELD_ALU || type->field == RELOC_FIELD_LDR;
}

static const char *test_bit(const struct reloc_type *type, uint32_t bits,
			    unsigned int bit)
{
	const uint32_t flipped = bits ^ 1U << bit;
	const bool inside = reloc_mask(type) & 1U << bit;
	const int32_t addend = reloc_decode(type, flipped);

	if (!inside && addend != reloc_decode(type, bits))
		return "a bit outside of the field changes the addend";
	if (!inside && reloc_encode(type, flipped, 0) !=
			       (reloc_encode(type, bits, 0) ^ 1U << bit))
		return "a bit outside of the field is not kept";
	if (!inside || is_ambiguous(type))
		return NULL;
	if (addend == reloc_decode(type, bits))
		return "a bit of the field does not change the addend";
	if (!reloc_fits(type, addend))
		return "what was decoded does not fit";
	if (reloc_encode(type, bits, addend) != flipped)
		return "what was decoded is encoded differently";
	return NULL;
}

static void test_bits(struct ktap *ktap)
{
	size_t i;

	for (i = 0; i < SAMPLES; i++) {
		const struct reloc_type *type = reloc_type(samples[i].type);
		const unsigned int bits = 8 * (unsigned int)reloc_size(type);
		const char *wrong = NULL;
		unsigned int bit = 0;
		char name[80];

		for (; !wrong && bit < bits; bit++)
			wrong = test_bit(type, samples[i].bits, bit);
		snprintf(name, sizeof(name), "every bit of %s", type->name);
		ktap_result(ktap, !wrong, name, "bit %u: %s", bit - 1, wrong);
	}
}

/* Every addend near the ends of what fits, and around zero. */
static void test_range(struct ktap *ktap)
{
	static const int64_t centres[] = { 0,	      1 << 8,  1 << 11, 1 << 15,
					   1 << 20,   1 << 24, 1 << 25, 1 << 30,
					   1LL << 31, 4096 };
	size_t i;
	size_t j;

	for (i = 0; i < SAMPLES; i++) {
		const struct reloc_type *type = reloc_type(samples[i].type);
		int64_t wrong = 0;
		char name[80];

		for (j = 0; j < 2 * sizeof(centres) / sizeof(centres[0]); j++) {
			int64_t from = j % 2 ? -centres[j / 2] : centres[j / 2];
			int64_t addend;

			for (addend = from - 9; addend < from + 9; addend++) {
				bool kept;

				/* What does not fit does not come back. */
				kept = addend >= INT32_MIN &&
				       addend <= INT32_MAX &&
				       reloc_decode(
					       type,
					       reloc_encode(type,
							    samples[i].bits,
							    (int32_t)addend)) ==
					       addend;
				if (kept != reloc_fits(type, addend))
					wrong = addend;
			}
		}
		snprintf(name, sizeof(name), "%s says what fits", type->name);
		ktap_result(ktap, wrong == 0, name, "wrong of %lld",
			    (long long)wrong);
	}
}

static void test_bytes(struct ktap *ktap)
{
	const struct reloc_type *arm = reloc_type(R_ARM_CALL);
	const struct reloc_type *thumb = reloc_type(R_ARM_THM_PC22);
	const struct reloc_type *narrow = reloc_type(R_ARM_THM_PC11);
	uint8_t bytes[4] = { 0x12, 0x34, 0x56, 0x78 };
	const uint8_t before[4] = { 0x12, 0x34, 0x56, 0x78 };
	bool ok = reloc_load(arm, bytes) == 0x78563412 &&
		  reloc_load(thumb, bytes) == 0x34127856 &&
		  reloc_load(narrow, bytes) == 0x3412;

	reloc_store(arm, bytes, reloc_load(arm, bytes));
	ok = ok && memcmp(bytes, before, 4) == 0;
	reloc_store(thumb, bytes, reloc_load(thumb, bytes));
	ok = ok && memcmp(bytes, before, 4) == 0;
	reloc_store(narrow, bytes, 0xabcd);
	ok = ok && bytes[0] == 0xcd && bytes[1] == 0xab && bytes[2] == 0x56 &&
	     bytes[3] == 0x78;
	ktap_result(ktap, ok, "halfwords and words in the order of memory",
		    "%02x%02x%02x%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
}

static void test_table(struct ktap *ktap)
{
	size_t count;
	const struct reloc_type *types = reloc_types(&count);
	size_t fields = 0;
	size_t i;

	for (i = 0; i < count; i++)
		fields += reloc_size(&types[i]) > 0;
	ktap_result(ktap, fields == SAMPLES, "every type with a field is tried",
		    "%zu types, %zu samples", fields, SAMPLES);
	ktap_result(ktap, !reloc_type(R_ARM_GOT32) && !reloc_type(255),
		    "other types are unknown", "%s", "they are not");
}

struct target {
	uint32_t first;
	uint32_t second;
	bool thumb;
	unsigned int type; /* 0: no branch */
	int64_t target; /* from 0x100 */
};

static const struct target targets[] = {
	{ 0xfffe, 0xebff, false, R_ARM_CALL, 0x100 },
	{ 0x0001, 0x0a00, false, R_ARM_JUMP24, 0x10c },
	{ 0x0000, 0x1b00, false, R_ARM_JUMP24, 0x108 }, /* blne */
	{ 0x0000, 0xfa00, false, 0, 0 }, /* blx, to Thumb code */
	{ 0x0000, 0xe590, false, 0, 0 },
	{ 0xf7ff, 0xfffe, true, R_ARM_THM_PC22, 0x100 },
	{ 0xf000, 0xe800, true, 0, 0 }, /* blx, to ARM code */
	{ 0xf000, 0xb802, true, R_ARM_THM_JUMP24, 0x108 },
	{ 0xf43f, 0xaffe, true, R_ARM_THM_JUMP19, 0x100 },
	{ 0xf3af, 0x8000, true, 0, 0 }, /* nop.w, where a condition would be */
	{ 0xe7fe, 0, true, R_ARM_THM_PC11, 0x100 },
	{ 0xd0fe, 0, true, R_ARM_THM_PC9, 0x100 },
	{ 0xdefe, 0, true, 0, 0 }, /* udf */
	{ 0xdf00, 0, true, 0, 0 }, /* svc */
};

static void test_branches(struct ktap *ktap)
{
	size_t i;

	for (i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
		const struct target *one = &targets[i];
		struct branch branch = { .offset = 0x100 };
		bool found =
			one->thumb ?
				branch_thumb(one->first, one->second, &branch) :
				branch_arm(one->second << 16 | one->first,
					   &branch);
		char name[80];

		snprintf(name, sizeof(name), "%s instruction %04x %04x",
			 one->thumb ? "Thumb" : "ARM", one->first, one->second);
		ktap_result(ktap,
			    found == (one->type != 0) &&
				    (!found ||
				     (branch.type->type == one->type &&
				      branch.target == one->target)),
			    name, "a branch: %d, to 0x%llx", found,
			    (long long)branch.target);
	}
}

int main(void)
{
	struct ktap ktap = { 0 };

	ktap_start();
	test_known(&ktap);
	test_bits(&ktap);
	test_range(&ktap);
	test_bytes(&ktap);
	test_table(&ktap);
	test_branches(&ktap);
	return ktap_end(&ktap);
}
