// SPDX-License-Identifier: GPL-2.0
/*
 * extract.c - klp-diff extract: an object with what a livepatch needs of a new one
 *
 * Lines on standard output, fields separated by tabs:
 *
 *	func	OBJECT	NAME	POSITION	SYMBOL
 *		function of vmlinux or a module to be replaced, and what by
 *	uses	FILE	module that the new code refers to
 *	callback	KIND	SYMBOL	function that the core calls
 *	warning	TEXT
 *	refused	CLASS	TEXT
 */
#include <elf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands.h"
#include "emit.h"
#include "origin.h"
#include "record.h"

/* One pair of objects, and what is made of it. */
struct extraction {
	struct atoms old;
	struct atoms new;
	struct elf32 kept;
	struct kernel kernel;
	struct linked module;
	struct judgement judgement;
	struct refer refer;
	struct carry carry;
	struct emit emit;
	struct output output;
};

/* A function that is replaced: is it there what it is in the object? */
static bool find_replaced(struct extraction *extraction, size_t new,
			  struct linked_symbol *symbol)
{
	const struct comparison *comparison = &extraction->judgement.comparison;
	const size_t old = comparison->pairs.old_of[new];

	if (!refer_old(&extraction->refer, old, symbol))
		return false;
	if (sympos_is_code(&extraction->refer.sympos, symbol))
		return true;
	refuse_other_code(&extraction->judgement.refusals, comparison->old,
			  &comparison->old->atom[old], symbol->object);
	return false;
}

static bool is_replaced(const struct extraction *extraction, size_t new)
{
	return extraction->carry.carried[new] &&
	       extraction->new.atom[new].kind == ATOM_FUNC &&
	       extraction->judgement.comparison.new_change[new] ==
		       CHANGE_CHANGED;
}

static void check_replaced(struct extraction *extraction)
{
	struct linked_symbol symbol;
	size_t i;

	for (i = 0; i < extraction->new.count; i++) {
		if (is_replaced(extraction, i))
			find_replaced(extraction, i, &symbol);
	}
}

/* No name of a function is taken, and none is the same for two objects. */
static char *new_name(const struct linked_symbol *old)
{
	const bool module = strcmp(old->object, LINKED_VMLINUX) != 0;
	char *name;

	if (asprintf(&name, "klp_new.%s.%u%s%s", old->name, old->position,
		     module ? "." : "", module ? old->object : "") < 0)
		out_of_memory();
	return name;
}

/* A second symbol, which the other objects of the livepatch see, and the old code. */
static bool put_replaced(struct extraction *extraction, size_t new,
			 struct fault *fault)
{
	const struct output_symbol *own =
		&extraction->output.symbol[extraction->emit.place[new].symbol];
	struct output_symbol symbol = *own;
	struct linked_symbol old;
	char *name;

	if (!find_replaced(extraction, new, &old))
		return true;
	name = new_name(&old);
	symbol.name = name;
	symbol.bind = STB_GLOBAL;
	output_symbol(&extraction->output, &symbol);
	printf("func\t%s\t%s\t%u\t%s\n", old.object, old.name, old.position,
	       name);
	free(name);
	return record_code(&extraction->output, extraction->refer.sympos.linked,
			   &old, fault);
}

/* The object of the livepatch that registers it sees callbacks by this name. */
static void put_callback(struct extraction *extraction,
			 const struct author_callback *callback)
{
	const struct emit_place *place =
		&extraction->emit.place[callback->atom];
	struct output_symbol symbol = extraction->output.symbol[place->symbol];
	char *name = text_make("klp_callback.%s.%s", callback->kind,
			       extraction->new.atom[callback->atom].name);

	symbol.name = name;
	symbol.bind = STB_GLOBAL;
	output_symbol(&extraction->output, &symbol);
	printf("callback\t%s\t%s\n", callback->kind, name);
	free(name);
}

/* Who keeps the address of a new function may call it when it is gone. */
static void warn_of_addresses(const struct extraction *extraction)
{
	const struct atoms *atoms = &extraction->new;
	bool *warned = array_new(atoms->count, sizeof(*warned));
	size_t i;

	for (i = 0; i < atoms->refs; i++) {
		const struct ref *ref = &atoms->ref[i];
		const size_t from = atoms_at(atoms, ref->section, ref->offset);

		if (ref->kind != REF_ATOM || ref->type->branch || ref->delta ||
		    from == ATOM_NONE || !extraction->carry.carried[from] ||
		    !extraction->carry.carried[ref->target] ||
		    atoms->atom[ref->target].kind != ATOM_FUNC ||
		    is_replaced(extraction, ref->target) || warned[ref->target])
			continue;
		warned[ref->target] = true;
		printf("warning\t"
		       "the address of new function '%s' is taken: it"
		       " must not be kept longer than the livepatch\n",
		       atoms->atom[ref->target].name);
	}
	free(warned);
}

/* Whoever verifies the livepatch needs these. */
static void put_uses(const struct extraction *extraction)
{
	const struct modules *modules = &extraction->refer.modules;
	size_t i;

	for (i = 0; i < modules->count; i++)
		printf("uses\t%s\n", modules->file[i]);
}

static void warn_of_entries(struct extraction *extraction)
{
	const struct atoms *atoms = &extraction->new;
	struct linked_symbol key;
	size_t i;

	for (i = 0; i < atoms->entries; i++) {
		const struct atom_entry *entry = &atoms->entry[i];

		if (extraction->carry.carried[entry->owner] &&
		    refer_entry(&extraction->refer, entry, &key) ==
			    REFER_ENTRY_DROPPED)
			printf("warning\t"
			       "'%s' of module %s is never hit by the new"
			       " '%s': static keys of a module are out of"
			       " reach\n",
			       key.name, key.object,
			       atoms->atom[entry->owner].name);
	}
}

static int put_refusals(struct extraction *extraction)
{
	struct refusals *refusals = &extraction->judgement.refusals;
	size_t i;

	origin_note(refusals, &extraction->old.elf, &extraction->new.elf);
	for (i = 0; i < refusals->count; i++)
		printf("refused\t%s\t%s\n", refusals->refusal[i].kind,
		       refusals->refusal[i].text);
	return OUTCOME_REFUSED;
}

static bool read_inputs(struct extraction *extraction, char **argv, bool module,
			struct fault *fault)
{
	return kernel_read_exports(&extraction->kernel, argv[1], fault) &&
	       atoms_read(&extraction->old, argv[2], fault) &&
	       atoms_read(&extraction->new, argv[3], fault) &&
	       elf32_open(&extraction->kept, argv[4], fault) &&
	       judge(&extraction->old, &extraction->new, module,
		     &extraction->judgement, fault);
}

static int extract(struct extraction *extraction, struct linked *target,
		   const char *path, struct fault *fault)
{
	struct judgement *judgement = &extraction->judgement;
	size_t i;

	if (judgement->refusals.count)
		return put_refusals(extraction);
	extraction->refer.judgement = judgement;
	extraction->refer.kernel = &extraction->kernel;
	extraction->refer.modules.kernel = &extraction->kernel;
	extraction->refer.modules.user = &extraction->module;
	sympos_find(&extraction->refer.sympos, target, &extraction->kept);
	carry(&extraction->refer, &extraction->carry);
	check_replaced(extraction);
	if (judgement->refusals.count)
		return put_refusals(extraction);
	if (!extraction->carry.count)
		return OUTCOME_NO_CHANGE;
	extraction->emit.fault = fault;
	if (!emit(&extraction->emit, &extraction->carry, &extraction->output))
		return OUTCOME_FAILED;
	for (i = 0; i < extraction->new.count; i++) {
		if (is_replaced(extraction, i) &&
		    !put_replaced(extraction, i, fault))
			return OUTCOME_FAILED;
	}
	for (i = 0; i < judgement->author.callbacks; i++)
		put_callback(extraction, &judgement->author.callback[i]);
	warn_of_addresses(extraction);
	warn_of_entries(extraction);
	put_uses(extraction);
	return output_write(&extraction->output, path, fault) ? OUTCOME_DONE :
								OUTCOME_FAILED;
}

/* What is given before the rest: the module that the objects are of, and exports. */
struct given {
	const char *module;
	const char *file;
	char **symvers;
	size_t symvers_count;
};

/* Return: how many arguments, -1 if some are wrong. */
static int read_given(int argc, char **argv, struct given *given)
{
	int used = 0;

	while (used < argc && strncmp(argv[used], "--", 2) == 0) {
		if (strcmp(argv[used], "--module") == 0 && used + 2 < argc) {
			given->module = argv[used + 1];
			given->file = argv[used + 2];
			used += 3;
		} else if (strcmp(argv[used], "--symvers") == 0 &&
			   used + 1 < argc) {
			given->symvers[given->symvers_count++] = argv[used + 1];
			used += 2;
		} else {
			return -1;
		}
	}
	return used;
}

static bool open_given(struct extraction *extraction, const struct given *given,
		       const char *vmlinux, struct fault *fault)
{
	bool done = kernel_open(&extraction->kernel, vmlinux, fault);
	size_t i;

	for (i = 0; done && i < given->symvers_count; i++)
		done = kernel_read_exports(&extraction->kernel,
					   given->symvers[i], fault);
	if (done && given->module)
		done = linked_open(&extraction->module, given->module,
				   given->file, fault);
	return done;
}

static void free_all(struct extraction *extraction)
{
	emit_free(&extraction->emit);
	output_free(&extraction->output);
	carry_free(&extraction->carry);
	modules_close(&extraction->refer.modules);
	judgement_free(&extraction->judgement);
	elf32_close(&extraction->kept);
	atoms_free(&extraction->new);
	atoms_free(&extraction->old);
	linked_close(&extraction->module);
	kernel_close(&extraction->kernel);
}

int command_extract(int argc, char **argv)
{
	struct extraction extraction = {
		.old.elf.fd = -1,
		.new.elf.fd = -1,
		.kept.fd = -1,
	};
	struct given given = { 0 };
	struct fault fault = { 0 };
	int outcome = OUTCOME_FAILED;
	int used;

	given.symvers = array_new((size_t)argc, sizeof(*given.symvers));
	used = read_given(argc, argv, &given);
	if (used < 0 || argc - used != 6) {
		free(given.symvers);
		return OUTCOME_USAGE;
	}
	argv += used;
	if (open_given(&extraction, &given, argv[0], &fault) &&
	    read_inputs(&extraction, argv, given.module, &fault))
		outcome = extract(&extraction,
				  given.module ? &extraction.module :
						 &extraction.kernel.vmlinux,
				  argv[5], &fault);
	free(given.symvers);
	free_all(&extraction);
	return outcome == OUTCOME_FAILED ? command_fail(&fault) : outcome;
}
