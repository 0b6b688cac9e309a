// SPDX-License-Identifier: GPL-2.0
/*
 * seeds.c - prologues for the fuzzer: some to begin with, and what it makes of
 * them.
 */
#include "seeds.h"
#include "tests/prologue_cases.h"

/* str lr, [sp, #-4]! and push {lr}, as halves of memory. */
#define ARM_PUSH_LR_0 0xe004
#define ARM_PUSH_LR_1 0xe52d
#define THUMB_PUSH_LR 0xb500

/* Longer ones are refused for their length. */
#define MOST_HALVES 128U

/*
 * Instructions near those of a prologue. Bits set in @vary are random; those in
 * @base then become SP in half of all cases.
 */
struct template
{
	u32 word;
	u32 vary;
	u32 base;
};

static const struct template arm_templates[] = {
	{ 0xe8000000, 0x01bfffff, 0x000d0000 }, /* LDM, STM */
	{ 0xe4000000, 0x017fffff, 0x000d0000 }, /* LDR, STR, LDRB, STRB */
	{ 0xe5000000, 0x00bff03c, 0x000d0000 }, /* the same, near the base */
	{ 0xe04000d0, 0x01bfff3f, 0x000d0000 }, /* LDRD, STRD, LDRSB, LDRSH */
	{ 0xe2000000, 0x01ffffff, 0x000d0000 }, /* data processing, immediate */
	{ 0xe2400000, 0x000ff0ff, 0x000dd000 }, /* SUB from SP */
	{ 0xe2800000, 0x000ff0ff, 0x000d0000 }, /* ADD to SP */
	{ 0xe0000000, 0x01ffffef, 0x0000000d }, /* data processing, register */
	{ 0xe1a00000, 0x0000f00f, 0x0000000d }, /* MOV */
	{ 0xe3000000, 0x004fffff, 0 }, /* MOVW, MOVT */
	{ 0xec000a00, 0x01ffffff, 0x000d0000 }, /* VLDM, VSTM, VSTR */
	{ 0xe92d0000, 0x0000ffff, 0 }, /* PUSH */
	{ 0xe8bd0000, 0x00007fff, 0 }, /* POP */
};

static const struct template thumb_templates[] = {
	{ 0xb4000000, 0x01ff0000, 0 }, /* PUSH */
	{ 0xb0000000, 0x00ff0000, 0 }, /* ADD, SUB SP */
	{ 0x90000000, 0x0fff0000, 0 }, /* LDR, STR near SP */
	{ 0xa8000000, 0x07ff0000, 0 }, /* ADD rd, SP */
	{ 0x46000000, 0x00ff0000, 0x00680000 }, /* MOV */
	{ 0x44000000, 0x00ff0000, 0x00680000 }, /* ADD */
	{ 0x00000000, 0xffff0000, 0 }, /* any */
	{ 0xe8000000, 0x01bfffff, 0x000d0000 }, /* LDM, STM */
	{ 0xe8400000, 0x01bfffff, 0x000d0000 }, /* LDRD, STRD */
	{ 0xf8400000, 0x00bfffff, 0x000d0000 }, /* LDR, STR */
	{ 0xf8400900, 0x001ff7ff, 0x000d0000 }, /* the same, with writeback */
	{ 0xf8000000, 0x01ffffff, 0x000d0000 }, /* narrow ones */
	{ 0xf1000000, 0x04ff7fff, 0x000d0000 }, /* ADD, SUB, immediate */
	{ 0xf2000000, 0x04ff7fff, 0x000d0000 }, /* ADDW, SUBW, MOVW, MOVT */
	{ 0xf0000000, 0x05ff7fff, 0x000d0000 }, /* data processing */
	{ 0xea000000, 0x01ff7fff, 0x0000000d }, /* the same, register */
	{ 0xec000a00, 0x01ffffff, 0x000d0000 }, /* VLDM, VSTM, VSTR */
};

/* How a frame too large for an immediate is made: a constant in ip, ... */
static const struct template arm_constants[] = {
	{ 0xe3a0c000, 0x00000ffc, 0 }, /* MOV */
	{ 0xe3e0c003, 0x000000fc, 0 }, /* MVN */
	{ 0xe300c000, 0x00010ffc, 0 }, /* MOVW */
	{ 0xe340c000, 0, 0 }, /* MOVT */
	{ 0xe34fcfff, 0, 0 }, /* MOVT */
	{ 0xe38cc000, 0x000000fc, 0 }, /* ORR */
	{ 0xe28cc000, 0x000000fc, 0 }, /* ADD */
};

static const struct template thumb_constants[] = {
	{ 0xf04f0c00, 0x000000fc, 0 }, /* MOV */
	{ 0xf06f0c03, 0x000000fc, 0 }, /* MVN */
	{ 0xf2400c00, 0x000170fc, 0 }, /* MOVW */
	{ 0xf2c00c00, 0, 0 }, /* MOVT */
	{ 0xf6cf7cff, 0, 0 }, /* MOVT */
	{ 0xf04c0c00, 0x000000fc, 0 }, /* ORR */
	{ 0xf10c0c00, 0x000000fc, 0 }, /* ADD */
};

/* ... and then SP is moved by it. */
static const struct template arm_moves[] = {
	{ 0xe04dd00c, 0x00000180, 0 }, /* SUB, shifted */
	{ 0xe08dd00c, 0x00000180, 0 }, /* ADD, shifted */
};

static const struct template thumb_moves[] = {
	{ 0xebad0d0c, 0x000000c0, 0 }, /* SUB, shifted */
	{ 0xeb0d0d0c, 0x000000c0, 0 }, /* ADD, shifted */
	{ 0x44e50000, 0, 0 }, /* ADD */
};

static bool is_wide(u32 half)
{
	return half >> 11 >= 0x1d;
}

/* Halves of the instruction at @at. */
static u32 length_at(const struct seed *seed, u32 at)
{
	u32 length = !seed->thumb || is_wide(seed->half[at]) ? 2 : 1;

	return at + length > seed->halves ? seed->halves - at : length;
}

static u32 pick_instruction(const struct seed *seed,
			    struct proof_random *random)
{
	u32 wanted = proof_random(random) % (seed->halves + 1);
	u32 at = 0;

	while (at < seed->halves && at + length_at(seed, at) <= wanted)
		at += length_at(seed, at);
	return at < seed->halves ? at : 0;
}

static u32 random_word(const struct template *templates, size_t count,
		       struct proof_random *random)
{
	const struct template *one = &templates[proof_random(random) % count];
	u32 word = one->word | (proof_random(random) & one->vary);

	if (proof_random(random) % 2)
		return word;
	/* A field of four bits that has any of SP's is SP. */
	for (u32 field = 0xf; field; field <<= 4)
		if (one->base & field)
			word = (word & ~field) | (one->base & field);
	return word;
}

/* A new instruction of @templates. Return: its halves. */
static u32 make_one(u16 half[2], bool thumb, const struct template *templates,
		    size_t count, struct proof_random *random)
{
	u32 word = random_word(templates, count, random);

	half[0] = (u16)(thumb ? word >> 16 : word);
	half[1] = (u16)(thumb ? word : word >> 16);
	return !thumb || is_wide(half[0]) ? 2 : 1;
}

static u32 make_instruction(u16 half[2], bool thumb,
			    struct proof_random *random)
{
	if (thumb)
		return make_one(half, true, thumb_templates,
				ARRAY_SIZE(thumb_templates), random);
	return make_one(half, false, arm_templates, ARRAY_SIZE(arm_templates),
			random);
}

/* The instructions that move SP by a constant. Return: their halves. */
static u32 make_move(u16 half[8], bool thumb, struct proof_random *random)
{
	u32 constants = 1 + proof_random(random) % 3;
	u32 count = 0;

	while (constants--)
		count += make_one(half + count, thumb,
				  thumb ? thumb_constants : arm_constants,
				  ARRAY_SIZE(arm_constants), random);
	return count +
	       make_one(half + count, thumb, thumb ? thumb_moves : arm_moves,
			thumb ? ARRAY_SIZE(thumb_moves) : ARRAY_SIZE(arm_moves),
			random);
}

static void remove_halves(struct seed *seed, u32 at, u32 count)
{
	seed->halves -= count;
	memmove(&seed->half[at], &seed->half[at + count],
		(seed->halves - at) * sizeof(u16));
}

static void insert_halves(struct seed *seed, u32 at, const u16 *half, u32 count)
{
	if (seed->halves + count > MOST_HALVES)
		return;
	memmove(&seed->half[at + count], &seed->half[at],
		(seed->halves - at) * sizeof(u16));
	memcpy(&seed->half[at], half, count * sizeof(u16));
	seed->halves += count;
}

static void take_row(struct seed *seed, struct proof_random *random)
{
	static u32 rows;
	const struct klp_arm_prologue_case *row;
	u32 i;

	while (!rows || klp_arm_case(rows))
		rows++;
	row = klp_arm_case(proof_random(random) % rows);
	memset(seed, 0, sizeof(*seed));
	seed->thumb = row->thumb;
	seed->halves = row->site / 2 < MOST_HALVES ? row->site / 2 : 0;
	for (i = 0; i < seed->halves; i++)
		seed->half[i] =
			row->thumb ? row->thumb_code[i] :
				     (u16)(row->arm_code[i / 2] >> i % 2 * 16);
	seed->unwind_kind = row->unwind_kind;
	seed->unwind = row->unwind;
	seed->unwind_words = row->unwind_words;
}

static bool take_function(struct seed *seed, struct proof_random *random,
			  const struct image *image)
{
	struct image_place site =
		image->site[proof_random(random) % image->sites];
	const struct image_func *func = image_func_at(image, site);
	struct klp_arm_prologue in;

	memset(seed, 0, sizeof(*seed));
	if (!func)
		return false;
	image_describe(image, func, site, &in);
	if (!in.code || in.size < in.site || in.site / 2 > MOST_HALVES)
		return false;
	seed->thumb = in.thumb;
	seed->halves = in.site / 2;
	memcpy(seed->half, in.code, in.site);
	seed->unwind_kind = in.unwind_kind;
	seed->unwind = in.unwind;
	seed->unwind_words = in.unwind_words;
	return true;
}

void seed_take(struct seed *seed, struct proof_random *random,
	       const struct image *image)
{
	u32 end;

	if (!image || !take_function(seed, random, image))
		take_row(seed, random);
	/* What is changed is the part before the push {lr}. */
	end = seed->thumb ? 1 : 2;
	seed->halves = seed->halves > end ? seed->halves - end : 0;
}

static void mutate_once(struct seed *seed, const struct seed *other,
			struct proof_random *random)
{
	u32 at = pick_instruction(seed, random);
	u32 from = pick_instruction(other, random);
	u32 length = seed->halves ? length_at(seed, at) : 0;
	u16 half[8];

	switch (proof_random(random) % 9) {
	case 0:
		remove_halves(seed, at, length);
		return;
	case 1:
	case 2: /* a bit, but not of the condition */
		if (length)
			seed->half[at + length - 1] ^=
				(u16)(1U << proof_random(random) %
						    (seed->thumb ? 16 : 12));
		return;
	case 3:
		if (length)
			seed->half[at] ^=
				(u16)(1U << proof_random(random) % 16);
		return;
	case 4:
	case 5:
		remove_halves(seed, at, length);
		/* fall through */
	case 6:
		length = make_instruction(half, seed->thumb, random);
		insert_halves(seed, at, half, length);
		return;
	case 7:
		length = make_move(half, seed->thumb, random);
		insert_halves(seed, at, half, length);
		return;
	default:
		if (other->thumb == seed->thumb && other->halves)
			insert_halves(seed, at, &other->half[from],
				      length_at(other, from));
		return;
	}
}

void seed_mutate(struct seed *seed, const struct seed *other,
		 struct proof_random *random)
{
	u32 count = 1 + proof_random(random) % 4;

	while (count--)
		mutate_once(seed, other, random);
	if (proof_random(random) % 8)
		seed->unwind_kind = KLP_ARM_UNWIND_UNCHECKED;
	if (seed->thumb) {
		seed->half[seed->halves++] = THUMB_PUSH_LR;
	} else {
		seed->halves -= seed->halves % 2;
		seed->half[seed->halves++] = ARM_PUSH_LR_0;
		seed->half[seed->halves++] = ARM_PUSH_LR_1;
	}
}
