// SPDX-License-Identifier: GPL-2.0
/*
 * reloc.c - write the relocations of a livepatch.
 *
 * A livepatch refers to symbols that are not exported by relocations of its own
 * (Documentation/livepatch/module-elf-format.rst): those against the kernel are
 * written when it is loaded, those against a module when that comes, each time
 * anew. They are of the type RELA, though all others of ARM are REL: the addend
 * does not have to be read from the field, which holds what was written the last
 * time.
 */

#define pr_fmt(fmt) "klp_arm: " fmt

#include <linux/elf.h>
#include <linux/klp_arm.h>
#include <linux/kprobes.h>
#include <linux/memory.h>
#include <linux/module.h>
#include <linux/moduleloader.h>
#include <linux/string.h>

#include <asm/opcodes.h>

#include "late_window.h"
#include "reloc_field.h"
#include "reloc_slot.h"
#include "trampoline_insn.h"

/**
 * struct klp_arm_reloc_section - a section of livepatch relocations
 * @mod: the livepatch
 * @strtab: names of its symbols
 * @symbols: its symbols
 * @relas: the relocations
 * @rela_count: how many
 * @index: of the section
 * @live: @mod has been loaded, and may be read-only
 * @fields: what they change
 * @slots: the PLT entries of @mod for branches that do not reach
 * @slot_base: the first of them that is this section's
 */
struct klp_arm_reloc_section {
	struct module *mod;
	const char *strtab;
	const struct elf32_sym *symbols;
	const struct elf32_rela *relas;
	unsigned int rela_count;
	unsigned int index;
	bool live;
	struct klp_arm_window fields;
	struct klp_arm_window slots;
	unsigned int slot_base;
};

/**
 * struct klp_arm_reloc_entry - one relocation of a section
 * @rela: the relocation, NULL before the first
 * @slot: the PLT entry that belongs to it, if it is one of a branch
 */
struct klp_arm_reloc_entry {
	const struct elf32_rela *rela;
	unsigned int slot;
};

/*
 * Go to the next relocation, from none to the first. klp_arm_reserve_slots() has
 * put those that share a slot next to each other.
 */
static bool next_entry(const struct klp_arm_reloc_section *section,
		       struct klp_arm_reloc_entry *entry)
{
	const struct elf32_rela *end = section->relas + section->rela_count;
	const struct elf32_rela *last = entry->rela;

	if (!last) {
		entry->rela = section->relas;
		entry->slot = section->slot_base;
	} else if (++entry->rela < end &&
		   !klp_arm_slot_is_same(last, entry->rela)) {
		entry->slot++;
	}

	return entry->rela < end;
}

static u32 type_of(const struct elf32_rela *rela)
{
	return ELF32_R_TYPE(rela->r_info);
}

static const struct elf32_sym *
symbol_of(const struct klp_arm_reloc_section *section,
	  const struct elf32_rela *rela)
{
	return &section->symbols[ELF32_R_SYM(rela->r_info)];
}

static unsigned long place_of(const struct klp_arm_reloc_section *section,
			      const struct elf32_rela *rela)
{
	return section->fields.start + rela->r_offset;
}

/*
 * Symbol plus addend. The core has the symbol from kallsyms, where functions have
 * even addresses: Thumb code is told by the type of the symbol.
 */
static u32 value_of(const struct klp_arm_reloc_section *section,
		    const struct elf32_rela *rela)
{
	const struct elf32_sym *symbol = symbol_of(section, rela);
	u32 value = symbol->st_value;

	if (KLP_ARM_THUMB && ELF32_ST_TYPE(symbol->st_info) == STT_FUNC)
		value |= 1;

	return value + rela->r_addend;
}

static int complain(const struct klp_arm_reloc_section *section,
		    const struct elf32_rela *rela, const char *what)
{
	pr_err("%s: section %u, relocation %u of type %u against '%s' %s\n",
	       section->mod->name, section->index,
	       (unsigned int)(rela - section->relas), type_of(rela),
	       section->strtab + symbol_of(section, rela)->st_name, what);

	return -ENOEXEC;
}

/* Instructions are in memory by half-words in Thumb code: A6.1, A8. */
static u32 read_field(const struct elf32_rela *rela, unsigned long place)
{
	u32 word;

	memcpy(&word, (void *)place, sizeof(word));

	return klp_arm_reloc_is_thumb(type_of(rela)) ?
	       __mem_to_opcode_thumb32(word) : word;
}

static void write_field(const struct klp_arm_reloc_section *section,
			const struct elf32_rela *rela, u32 field)
{
	if (klp_arm_reloc_is_thumb(type_of(rela)))
		field = __opcode_to_mem_thumb32(field);

	klp_arm_window_write(&section->fields, place_of(section, rela), &field,
			     sizeof(field));
}

static u32 slot_address(const struct klp_arm_reloc_section *section,
			unsigned int slot)
{
	return klp_arm_late_plt(section->mod, slot, NULL) | KLP_ARM_THUMB;
}

/* Make the branch go to a PLT entry. */
static int encode_branch_to_slot(const struct klp_arm_reloc_section *section,
				 const struct elf32_rela *rela, unsigned int slot,
				 u32 *field)
{
	u32 value = slot_address(section, slot) -
		    klp_arm_reloc_pc_ahead(type_of(rela));

	return klp_arm_reloc_encode(type_of(rela), value,
				    place_of(section, rela), field);
}

/*
 * Compute what the field will be. A branch that does not reach goes to its slot;
 * @slot says whether this one does.
 */
static int compute(const struct klp_arm_reloc_section *section,
		   const struct klp_arm_reloc_entry *entry, u32 *field,
		   bool *slot)
{
	const struct elf32_rela *rela = entry->rela;
	int err;

	*field = read_field(rela, place_of(section, rela));
	err = klp_arm_reloc_encode(type_of(rela), value_of(section, rela),
				   place_of(section, rela), field);
	*slot = err == -ERANGE && klp_arm_reloc_is_branch(type_of(rela)) &&
		section->slots.size;
	if (*slot)
		err = encode_branch_to_slot(section, rela, entry->slot, field);

	return err;
}

/*
 * A kprobe knows the instruction that was there when it was registered, runs that,
 * and puts it back in the end. One that is being registered at this moment is not
 * seen: register_kprobe() reads the instruction before get_kprobe() can find it.
 */
static bool is_probed(const struct klp_arm_reloc_section *section,
		      const struct elf32_rela *rela)
{
	struct kprobe *probe;
	bool probed;

	/* For what get_kprobe() returns, which is freed after synchronize_rcu() */
	preempt_disable();
	probe = get_kprobe((void *)place_of(section, rela));
	probed = probe && !kprobe_gone(probe);
	preempt_enable();

	return probed;
}

static int check(const struct klp_arm_reloc_section *section,
		 const struct klp_arm_reloc_entry *entry)
{
	const struct elf32_rela *rela = entry->rela;
	u32 field;
	bool slot;

	if (is_probed(section, rela))
		return complain(section, rela,
				"changes an instruction that has a kprobe, remove that");

	switch (compute(section, entry, &field, &slot)) {
	case 0:
		return 0;
	case -EINVAL:
		return complain(section, rela,
				"ends in the other instruction set or inside an instruction, build the livepatch again");
	case -ERANGE:
		return complain(section, rela,
				"does not reach that, build the livepatch again");
	default:
		return complain(section, rela,
				"is not at an instruction of its kind, build the livepatch again");
	}
}

static void fill_slot(const struct klp_arm_reloc_section *section,
		      const struct elf32_rela *rela, unsigned int slot)
{
	u32 target = value_of(section, rela) +
		     klp_arm_reloc_pc_ahead(type_of(rela));
	u32 entry[2];
	unsigned long literal, address;

	address = klp_arm_late_plt(section->mod, slot, &literal);
	entry[0] = klp_arm_plt_load();
	entry[1] = target;
	klp_arm_window_write(&section->slots, address, &entry[0],
			     sizeof(entry[0]));
	klp_arm_window_write(&section->slots, literal, &entry[1],
			     sizeof(entry[1]));
}

static void fill_trap(const struct klp_arm_reloc_section *section)
{
	u32 insn = KLP_ARM_THUMB ? KLP_ARM_INSN_UDF_THUMB : KLP_ARM_INSN_UDF;
	unsigned long trap;

	if (!section->slots.size)
		return;

	trap = klp_arm_late_plt(section->mod, KLP_ARM_SLOT_TRAP, NULL);
	klp_arm_window_write(&section->slots, trap, &insn, sizeof(insn));
}

static void find_section(struct klp_arm_reloc_section *section,
			 const struct elf32_shdr *sechdrs, const char *strtab,
			 unsigned int symindex, unsigned int relindex,
			 struct module *mod)
{
	const struct elf32_shdr *relas = &sechdrs[relindex];

	*section = (struct klp_arm_reloc_section) {
		.mod = mod,
		.strtab = strtab,
		.symbols = (void *)sechdrs[symindex].sh_addr,
		.relas = (void *)relas->sh_addr,
		.rela_count = relas->sh_size / sizeof(struct elf32_rela),
		.index = relindex,
		.live = mod->state != MODULE_STATE_UNFORMED,
		.slot_base = klp_arm_slot_base(sechdrs, relindex),
	};
}

static int open_section(struct klp_arm_reloc_section *section,
			const struct elf32_shdr *target)
{
	bool live = section->live;
	unsigned long start = 0;
	size_t size;
	int err;

	/* What belongs to the module's own initialization is freed after that. */
	if (live && !within_module_core(target->sh_addr, section->mod)) {
		pr_err("%s: section %u relocates what is not there after the module's initialization, build the livepatch again\n",
		       section->mod->name, section->index);
		return -ENOEXEC;
	}

	size = klp_arm_late_plt_area(section->mod, &start);
	err = klp_arm_window_open(&section->slots, start, size, live);
	if (!err)
		err = klp_arm_window_open(&section->fields, target->sh_addr,
					  target->sh_size, live);
	if (err) {
		klp_arm_window_close(&section->slots);
		pr_err("%s: section %u: no memory to write its relocations\n",
		       section->mod->name, section->index);
		return err;
	}

	/* Who else writes to text that is there: kprobes, jump labels, the tracer */
	if (live)
		mutex_lock(&text_mutex);

	return 0;
}

static void close_section(struct klp_arm_reloc_section *section)
{
	if (section->live)
		mutex_unlock(&text_mutex);
	klp_arm_window_close(&section->fields);
	klp_arm_window_close(&section->slots);
}

/* Check all of them before the first is written. */
static int check_all(const struct klp_arm_reloc_section *section)
{
	struct klp_arm_reloc_entry entry = { };
	int err = 0;

	while (!err && next_entry(section, &entry))
		err = check(section, &entry);

	return err;
}

static int apply(const struct klp_arm_reloc_section *section)
{
	struct klp_arm_reloc_entry entry = { };
	u32 field;
	bool slot;
	int err;

	err = check_all(section);
	if (err)
		return err;

	fill_trap(section);
	while (next_entry(section, &entry)) {
		err = compute(section, &entry, &field, &slot);
		if (WARN_ON_ONCE(err))
			return err;
		if (slot)
			fill_slot(section, entry.rela, entry.slot);
		write_field(section, entry.rela, field);
	}

	return 0;
}

/**
 * apply_relocate_add() - write a section of livepatch relocations
 * @sechdrs: the section headers of the livepatch
 * @strtab: names of its symbols
 * @symindex: section of its symbols, which the core has resolved
 * @relindex: section of the relocations
 * @mod: the livepatch; nothing runs what is written to
 *
 * Context: may sleep; klp_mutex held unless @mod is just being loaded.
 * Return: 0, or after the log has told why -ENOEXEC or -ENOMEM; nothing is
 *	   written, then.
 * Since: 1.0
 */
int apply_relocate_add(struct elf32_shdr *sechdrs, const char *strtab,
		       unsigned int symindex, unsigned int relindex,
		       struct module *mod)
{
	struct klp_arm_reloc_section section;
	int err;

	if (!(sechdrs[relindex].sh_flags & SHF_RELA_LIVEPATCH)) {
		pr_err("%s: section %u has RELA relocations, which ARM has for livepatches alone: build the module with this kernel's own makefiles\n",
		       mod->name, relindex);
		return -ENOEXEC;
	}

	find_section(&section, sechdrs, strtab, symindex, relindex, mod);
	err = open_section(&section, &sechdrs[sechdrs[relindex].sh_info]);
	if (err)
		return err;
	err = apply(&section);
	close_section(&section);

	return err;
}

/**
 * clear_relocate_add() - take back a section of livepatch relocations
 * @sechdrs: the section headers of the livepatch
 * @strtab: names of its symbols
 * @symindex: section of its symbols
 * @relindex: section of the relocations, which may have been written or not
 * @mod: the livepatch; nothing runs what is written to
 *
 * The module that they refer to goes, or does not come. Nothing of it is referred
 * to any more: branches go to a trap, addresses are NULL. An instruction that has a
 * kprobe stays: it is what the kprobe made of it. Without memory for a second
 * mapping of the section, which the log tells, all of it stays as it is.
 *
 * Context: may sleep; klp_mutex held.
 * Since: 1.0
 */
void clear_relocate_add(struct elf32_shdr *sechdrs, const char *strtab,
			unsigned int symindex, unsigned int relindex,
			struct module *mod)
{
	struct klp_arm_reloc_section section;
	struct klp_arm_reloc_entry entry = { };
	u32 field;
	int err;

	find_section(&section, sechdrs, strtab, symindex, relindex, mod);
	if (open_section(&section, &sechdrs[sechdrs[relindex].sh_info]))
		return;

	fill_trap(&section);
	while (next_entry(&section, &entry)) {
		unsigned long place = place_of(&section, entry.rela);
		u32 type = type_of(entry.rela);

		if (is_probed(&section, entry.rela))
			continue;
		field = read_field(entry.rela, place);
		if (klp_arm_reloc_is_branch(type))
			err = encode_branch_to_slot(&section, entry.rela,
						    KLP_ARM_SLOT_TRAP, &field);
		else
			err = klp_arm_reloc_encode(type, 0, place, &field);
		/* PREL31 cannot say NULL from everywhere: let it say itself. */
		if (err == -ERANGE)
			err = klp_arm_reloc_encode(type, place, place, &field);
		if (!err)
			write_field(&section, entry.rela, field);
	}
	close_section(&section);
}
