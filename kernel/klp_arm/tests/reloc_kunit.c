// SPDX-License-Identifier: GPL-2.0
/*
 * reloc_kunit.c - the relocations of a livepatch, against a module that is made up.
 */
#include <kunit/test.h>
#include <linux/elf.h>
#include <linux/execmem.h>
#include <linux/klp_arm.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/mm.h>
#include <linux/set_memory.h>
#include <linux/sizes.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/vmalloc.h>

#include <asm/opcodes.h>

#include "../reloc_field.h"
#include "../trampoline_insn.h"

#ifdef CONFIG_THUMB2_KERNEL
#define CALL KLP_ARM_RELOC_THM_CALL
#define MOVW KLP_ARM_RELOC_THM_MOVW_ABS_NC
#define PC_AHEAD 4
#define CALL_FIELD __opcode_to_mem_thumb32(0xf000d000)	/* bl */
#define MOVW_FIELD __opcode_to_mem_thumb32(0xf2400300)	/* movw r3 */
#define MOVW_0x1234 __opcode_to_mem_thumb32(0xf2412334)
#define TRAP KLP_ARM_INSN_UDF_THUMB
#else
#define CALL KLP_ARM_RELOC_CALL
#define MOVW KLP_ARM_RELOC_MOVW_ABS_NC
#define PC_AHEAD 8
#define CALL_FIELD 0xeb000000				/* bl */
#define MOVW_FIELD 0xe3003000				/* movw r3 */
#define MOVW_0x1234 0xe3013234
#define TRAP KLP_ARM_INSN_UDF
#endif

/* Sections of the module */
enum { S_NULL, S_TEXT, S_SYMTAB, S_RELA, S_COUNT };

/* Its symbols, and their addresses when the core has found them */
enum { Y_NULL, Y_NEAR, Y_FAR, Y_DATA, Y_COUNT };

/* The kernel is more than 32 MiB below what vmalloc() gives. */
#define FAR_ADDRESS (PAGE_OFFSET + SZ_64K)
#define DATA_ADDRESS 0xd0001234U

#define WORDS 8
#define RELAS 4

/*
 * The text is at the end of one page and the beginning of the next, for those
 * that are mapped again.
 */
struct reloc_fixture {
	struct module *mod;
	struct elf32_shdr sechdrs[S_COUNT];
	struct elf32_sym symbols[Y_COUNT];
	struct elf32_rela relas[RELAS];
	struct elf32_shdr plt;
	void *area;
	u32 *text;
};

static const char strtab[] = "\0near\0far\0data";

static int reloc_init(struct kunit *test)
{
	struct reloc_fixture *f;

	f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f);
	f->mod = kunit_kzalloc(test, sizeof(*f->mod), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, f->mod);
	f->area = vmalloc(2 * PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, f->area);
	f->text = f->area + PAGE_SIZE - 2 * sizeof(u32) - 2;

	strscpy(f->mod->name, "kunit", sizeof(f->mod->name));
	f->mod->state = MODULE_STATE_UNFORMED;
	f->mod->mem[MOD_TEXT].base = f->area;
	f->mod->mem[MOD_TEXT].size = 2 * PAGE_SIZE;
	/* As near to the text as a module's PLT is, with other entries before */
	f->mod->arch.core.plt = &f->plt;

	f->symbols[Y_NEAR].st_name = 1;
	f->symbols[Y_NEAR].st_info = STT_FUNC;
	f->symbols[Y_NEAR].st_value = ALIGN_DOWN((unsigned long)f->text, 4) +
				      SZ_64K;
	f->symbols[Y_FAR].st_name = 6;
	f->symbols[Y_FAR].st_info = STT_FUNC;
	f->symbols[Y_FAR].st_value = FAR_ADDRESS;
	f->symbols[Y_DATA].st_name = 10;
	f->symbols[Y_DATA].st_info = STT_OBJECT;
	f->symbols[Y_DATA].st_value = DATA_ADDRESS;

	test->priv = f;
	return 0;
}

static void reloc_exit(struct kunit *test)
{
	struct reloc_fixture *f = test->priv;

	if (f)
		vfree(f->area);
}

static int reserve(struct reloc_fixture *f)
{
	return klp_arm_reserve_slots(f->mod->name, f->sechdrs, S_COUNT);
}

/* The module with these relocations, as the loader has laid it out */
static void set_relas(struct reloc_fixture *f, const struct elf32_rela *relas,
		      unsigned int count)
{
	memcpy(f->relas, relas, count * sizeof(*relas));
	f->sechdrs[S_TEXT].sh_type = SHT_PROGBITS;
	f->sechdrs[S_TEXT].sh_flags = SHF_ALLOC;
	f->sechdrs[S_TEXT].sh_addr = (unsigned long)f->text;
	f->sechdrs[S_TEXT].sh_size = WORDS * sizeof(u32);
	f->sechdrs[S_SYMTAB].sh_type = SHT_SYMTAB;
	f->sechdrs[S_SYMTAB].sh_addr = (unsigned long)f->symbols;
	f->sechdrs[S_SYMTAB].sh_size = sizeof(f->symbols);
	f->sechdrs[S_RELA].sh_type = SHT_RELA;
	f->sechdrs[S_RELA].sh_flags = SHF_ALLOC | SHF_RELA_LIVEPATCH;
	f->sechdrs[S_RELA].sh_info = S_TEXT;
	f->sechdrs[S_RELA].sh_addr = (unsigned long)f->relas;
	f->sechdrs[S_RELA].sh_size = count * sizeof(*relas);

	f->plt.sh_addr = (unsigned long)f->area;
	f->plt.sh_size = 2 * sizeof(struct plt_entries);
	f->plt.sh_info = reserve(f);
}

static int apply(struct reloc_fixture *f)
{
	return apply_relocate_add(f->sechdrs, strtab, S_SYMTAB, S_RELA, f->mod);
}

static void clear(struct reloc_fixture *f)
{
	clear_relocate_add(f->sechdrs, strtab, S_SYMTAB, S_RELA, f->mod);
}

static u32 read_word(const void *from)
{
	u32 word;

	memcpy(&word, from, sizeof(word));
	return word;
}

static void write_word(void *to, u32 word)
{
	memcpy(to, &word, sizeof(word));
}

/* A branch from the word to there, as it is in memory */
static u32 branch_to(const u32 *word, unsigned long target)
{
	u32 field = KLP_ARM_THUMB ? __mem_to_opcode_thumb32(CALL_FIELD) :
				    CALL_FIELD;

	klp_arm_reloc_encode(CALL, (target | KLP_ARM_THUMB) - PC_AHEAD,
			     (unsigned long)word, &field);
	return KLP_ARM_THUMB ? __opcode_to_mem_thumb32(field) : field;
}

#define RELA(word, type, symbol, addend)				\
	{ .r_offset = (word) * sizeof(u32),				\
	  .r_info = (symbol) << 8 | (type), .r_addend = (addend) }

/* The text may begin anywhere: half-words for Thumb code, words for ARM code. */
static void align_text(struct reloc_fixture *f)
{
	if (!KLP_ARM_THUMB)
		f->text = PTR_ALIGN_DOWN(f->text, 4);
}

static void a_branch_in_reach_goes_to_the_function(struct kunit *test)
{
	static const struct elf32_rela relas[] = { RELA(1, CALL, Y_NEAR, -PC_AHEAD) };
	struct reloc_fixture *f = test->priv;

	align_text(f);
	write_word(&f->text[1], CALL_FIELD);
	set_relas(f, relas, 1);
	KUNIT_ASSERT_EQ(test, apply(f), 0);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[1]),
			branch_to(&f->text[1], f->symbols[Y_NEAR].st_value));
}

static void branches_out_of_reach_share_a_slot(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(2, CALL, Y_FAR, -PC_AHEAD),
		RELA(0, MOVW, Y_DATA, 0),
		RELA(1, CALL, Y_FAR, -PC_AHEAD),
		RELA(3, CALL, Y_FAR, 8 - PC_AHEAD),
	};
	struct reloc_fixture *f = test->priv;
	u32 target = f->symbols[Y_FAR].st_value | KLP_ARM_THUMB;
	struct plt_entries *plt = f->area;

	align_text(f);
	write_word(&f->text[0], MOVW_FIELD);
	write_word(&f->text[1], CALL_FIELD);
	write_word(&f->text[2], CALL_FIELD);
	write_word(&f->text[3], CALL_FIELD);
	set_relas(f, relas, 4);
	/* The trap, and two pairs of symbol and addend */
	KUNIT_EXPECT_EQ(test, f->plt.sh_info, 3);
	KUNIT_ASSERT_EQ(test, apply(f), 0);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[0]), MOVW_0x1234);
	KUNIT_EXPECT_EQ(test, plt[1].ldr[0], TRAP);
	KUNIT_EXPECT_EQ(test, plt[1].ldr[1], klp_arm_plt_load());
	KUNIT_EXPECT_EQ(test, plt[1].lit[1], target);
	KUNIT_EXPECT_EQ(test, plt[1].lit[2], target + 8);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[1]),
			branch_to(&f->text[1], (unsigned long)&plt[1].ldr[1]));
	KUNIT_EXPECT_EQ(test, read_word(&f->text[2]),
			branch_to(&f->text[2], (unsigned long)&plt[1].ldr[1]));
	KUNIT_EXPECT_EQ(test, read_word(&f->text[3]),
			branch_to(&f->text[3], (unsigned long)&plt[1].ldr[2]));
}

static void what_is_cleared_refers_to_nothing(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(1, CALL, Y_NEAR, -PC_AHEAD),
		RELA(2, MOVW, Y_DATA, 0),
		RELA(3, KLP_ARM_RELOC_ABS32, Y_DATA, 4),
	};
	struct reloc_fixture *f = test->priv;
	struct plt_entries *plt = f->area;
	u32 before[WORDS];

	align_text(f);
	write_word(&f->text[1], CALL_FIELD);
	write_word(&f->text[2], MOVW_FIELD);
	set_relas(f, relas, 3);
	KUNIT_ASSERT_EQ(test, apply(f), 0);
	memcpy(before, f->text, sizeof(before));
	KUNIT_EXPECT_EQ(test, read_word(&f->text[3]), DATA_ADDRESS + 4);
	clear(f);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[1]),
			branch_to(&f->text[1], (unsigned long)&plt[1].ldr[0]));
	KUNIT_EXPECT_EQ(test, read_word(&f->text[2]), MOVW_FIELD);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[3]), 0);
	KUNIT_ASSERT_EQ(test, apply(f), 0);
	KUNIT_EXPECT_MEMEQ(test, f->text, before, sizeof(before));
}

/* NULL is too far from where modules are: 31 bits refer to themselves then. */
static void what_cannot_be_null_refers_to_itself(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(0, KLP_ARM_RELOC_PREL31, Y_NEAR, 0)
	};
	struct reloc_fixture *f = test->priv;
	void *area = execmem_alloc(EXECMEM_MODULE_DATA, PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, area);
	KUNIT_EXPECT_LT(test, (unsigned long)area, PAGE_OFFSET);
	f->text = area;
	f->symbols[Y_NEAR].st_value = (unsigned long)area + SZ_64K;
	write_word(&f->text[0], BIT(31));
	set_relas(f, relas, 1);
	KUNIT_EXPECT_EQ(test, apply(f), 0);
	/* In a Thumb-2 kernel, it is the address of a function. */
	KUNIT_EXPECT_EQ(test, read_word(&f->text[0]),
			BIT(31) | SZ_64K | KLP_ARM_THUMB);
	clear(f);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[0]), BIT(31));
	execmem_free(area);
}

/* Before the core looks at them: it takes their symbols. */
static void a_damaged_relocation_is_refused(struct kunit *test)
{
	static const struct elf32_rela bad[] = {
		RELA(3, 255, Y_DATA, 0),
		RELA(3, CALL, Y_COUNT, 0),
		RELA(WORDS, KLP_ARM_RELOC_ABS32, Y_DATA, 0),
		{ .r_offset = (WORDS - 1) * sizeof(u32) + 1,
		  .r_info = Y_DATA << 8 | KLP_ARM_RELOC_ABS32 },
		{ .r_offset = ~0U, .r_info = Y_DATA << 8 | KLP_ARM_RELOC_ABS32 },
	};
	struct reloc_fixture *f = test->priv;
	struct elf32_rela relas[] = { RELA(1, KLP_ARM_RELOC_ABS32, Y_DATA, 0), { } };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		relas[1] = bad[i];
		set_relas(f, relas, 2);
		KUNIT_EXPECT_EQ_MSG(test, (int)f->plt.sh_info, -ENOEXEC,
				    "relocation %u", i);
	}
}

static void a_damaged_section_is_refused(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(1, KLP_ARM_RELOC_ABS32, Y_DATA, 0)
	};
	struct reloc_fixture *f = test->priv;

	set_relas(f, relas, 1);
	KUNIT_EXPECT_EQ(test, reserve(f), 1);
	f->sechdrs[S_RELA].sh_type = SHT_PROGBITS;
	KUNIT_EXPECT_EQ(test, reserve(f), -ENOEXEC);

	set_relas(f, relas, 1);
	f->sechdrs[S_RELA].sh_flags = SHF_RELA_LIVEPATCH;
	KUNIT_EXPECT_EQ(test, reserve(f), -ENOEXEC);

	set_relas(f, relas, 1);
	f->sechdrs[S_RELA].sh_info = S_COUNT;
	KUNIT_EXPECT_EQ(test, reserve(f), -ENOEXEC);

	set_relas(f, relas, 1);
	f->sechdrs[S_RELA].sh_info = S_RELA;
	KUNIT_EXPECT_EQ(test, reserve(f), -ENOEXEC);

	set_relas(f, relas, 1);
	f->sechdrs[S_TEXT].sh_flags = 0;
	KUNIT_EXPECT_EQ(test, reserve(f), -ENOEXEC);

	set_relas(f, relas, 1);
	f->sechdrs[S_TEXT].sh_size = sizeof(u32) - 1;
	KUNIT_EXPECT_EQ(test, reserve(f), -ENOEXEC);
}

/* Nothing of a section is written if one of its relocations cannot be. */
static void a_bad_relocation_leaves_all_as_it_was(struct kunit *test)
{
	static const struct elf32_rela bad[] = {
		/* To the other instruction set, or into an instruction */
		RELA(3, CALL, Y_NEAR, 1 - PC_AHEAD),
		/* Data and another instruction where there should be a branch */
		RELA(4, CALL, Y_NEAR, -PC_AHEAD),
		RELA(5, CALL, Y_NEAR, -PC_AHEAD),
	};
	struct reloc_fixture *f = test->priv;
	struct elf32_rela relas[] = { RELA(1, KLP_ARM_RELOC_ABS32, Y_DATA, 0), { } };
	u32 before[WORDS] = { [3] = CALL_FIELD, [5] = MOVW_FIELD };
	unsigned int i;

	align_text(f);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		memcpy(f->text, before, sizeof(before));
		relas[1] = bad[i];
		set_relas(f, relas, 2);
		KUNIT_EXPECT_EQ_MSG(test, apply(f), -ENOEXEC, "relocation %u",
				    i);
		KUNIT_EXPECT_MEMEQ_MSG(test, f->text, before, sizeof(before),
				       "relocation %u", i);
	}
}

/* What is not there to be cleared stays. */
static void another_instruction_is_not_cleared(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(1, CALL, Y_NEAR, -PC_AHEAD),
		RELA(2, MOVW, Y_DATA, 0),
	};
	struct reloc_fixture *f = test->priv;

	align_text(f);
	memset(f->text, 0xff, WORDS * sizeof(u32));
	set_relas(f, relas, 2);
	clear(f);
	KUNIT_EXPECT_NULL(test, memchr_inv(f->text, 0xff, WORDS * sizeof(u32)));
}

/* The stack walk asks in_module_plt(), which knows what is in use. */
static void slots_are_known_as_entries(struct kunit *test)
{
	static const struct elf32_rela relas[] = { RELA(1, CALL, Y_FAR, -PC_AHEAD) };
	struct elf32_shdr init_plt = { };
	struct reloc_fixture *f = test->priv;
	unsigned long slot;

	set_relas(f, relas, 1);
	init_plt.sh_addr = f->plt.sh_addr;
	f->mod->arch.init.plt = &init_plt;
	module_plt_prealloc(f->mod);
	slot = klp_arm_late_plt(f->mod, 1, NULL);
	KUNIT_EXPECT_GE(test, f->mod->arch.core.plt_count * PLT_ENT_SIZE,
			slot + sizeof(u32) - f->plt.sh_addr);
}

/* What has been freed belongs to others: only a module's init sections can be. */
static void memory_that_was_freed_is_not_written(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(1, KLP_ARM_RELOC_ABS32, Y_DATA, 0)
	};
	struct reloc_fixture *f = test->priv;

	align_text(f);
	write_word(&f->text[1], 0);
	set_relas(f, relas, 1);
	f->mod->state = MODULE_STATE_LIVE;
	f->mod->mem[MOD_TEXT].base = NULL;
	KUNIT_EXPECT_EQ(test, apply(f), -ENOEXEC);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[1]), 0);
}

static void other_rela_sections_are_refused(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(1, KLP_ARM_RELOC_ABS32, Y_DATA, 0)
	};
	struct reloc_fixture *f = test->priv;

	align_text(f);
	set_relas(f, relas, 1);
	f->sechdrs[S_RELA].sh_flags = SHF_ALLOC;
	KUNIT_EXPECT_EQ(test, apply(f), -ENOEXEC);
}

/* The module has been loaded; one of the fields is in two of its pages. */
static void read_only_text_is_written(struct kunit *test)
{
	static const struct elf32_rela relas[] = {
		RELA(2, KLP_ARM_RELOC_ABS32, Y_DATA, 0)
	};
	struct reloc_fixture *f = test->priv;
	unsigned long area = (unsigned long)f->area;

	write_word(&f->text[2], 0);
	set_relas(f, relas, 1);
	f->mod->state = MODULE_STATE_LIVE;
	KUNIT_ASSERT_EQ(test, set_memory_ro(area, 2), 0);
	KUNIT_EXPECT_EQ(test, apply(f), 0);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[2]), DATA_ADDRESS);
	clear(f);
	KUNIT_EXPECT_EQ(test, read_word(&f->text[2]), 0);
	set_memory_rw(area, 2);
}

static struct kunit_case reloc_cases[] = {
	KUNIT_CASE(a_branch_in_reach_goes_to_the_function),
	KUNIT_CASE(branches_out_of_reach_share_a_slot),
	KUNIT_CASE(what_is_cleared_refers_to_nothing),
	KUNIT_CASE(what_cannot_be_null_refers_to_itself),
	KUNIT_CASE(a_damaged_relocation_is_refused),
	KUNIT_CASE(a_damaged_section_is_refused),
	KUNIT_CASE(a_bad_relocation_leaves_all_as_it_was),
	KUNIT_CASE(another_instruction_is_not_cleared),
	KUNIT_CASE(slots_are_known_as_entries),
	KUNIT_CASE(memory_that_was_freed_is_not_written),
	KUNIT_CASE(other_rela_sections_are_refused),
	KUNIT_CASE(read_only_text_is_written),
	{}
};

static struct kunit_suite reloc_suite = {
	.name = "klp_arm_reloc",
	.init = reloc_init,
	.exit = reloc_exit,
	.test_cases = reloc_cases,
};

kunit_test_suite(reloc_suite);
