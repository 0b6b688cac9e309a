// SPDX-License-Identifier: GPL-2.0
/*
 * nl_code.c - requests for the code of a function, as it is in memory.
 *
 * A livepatch may say what code it was made to replace. This is what that is
 * compared with, in user space: the kernel neither has nor needs a hash for it.
 *
 * Nothing is waited for, not even klp_mutex. The text of vmlinux is never freed.
 * A module, its symbols and its text stay for as long as preemption is disabled
 * once find_module() has found it: the loader takes a module from the list, and
 * then waits for all that may look at it (free_module()). It waits as well before
 * it frees the init text and the symbols that a module has while it is loaded
 * (do_init_module()). Only text that is there to stay is read, so that the answer
 * does not depend on how far the loading has come.
 */

#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/minmax.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <asm/sections.h>
#include <net/genetlink.h>
#include "nl.h"
#include "nl_gen.h"

/**
 * struct klp_arm_nl_text - a function that is looked for
 * @name: its name
 * @wanted: position among that name, from 1; 0 for the only one
 * @count: how many were found
 * @addr: where the one that is wanted begins, or the last one
 */
struct klp_arm_nl_text {
	const char *name;
	u32 wanted;
	u32 count;
	unsigned long addr;
};

static int klp_arm_nl_note_text(void *arg, unsigned long addr)
{
	struct klp_arm_nl_text *text = arg;

	if (++text->count <= text->wanted || !text->wanted)
		text->addr = addr;

	return text->count == text->wanted;
}

/* As module_kallsyms_on_each_symbol() does, which takes module_mutex. */
static void klp_arm_nl_find_in_module(struct klp_arm_nl_text *text,
				      const struct module *mod)
{
	const struct mod_kallsyms *kallsyms;
	unsigned int i;

	kallsyms = rcu_dereference_sched(mod->kallsyms);
	for (i = 0; i < kallsyms->num_symtab; i++) {
		const Elf_Sym *sym = &kallsyms->symtab[i];

		if (sym->st_shndx == SHN_UNDEF ||
		    strcmp(kallsyms->strtab + sym->st_name, text->name))
			continue;
		if (klp_arm_nl_note_text(text, kallsyms_symbol_value(sym)))
			return;
	}
}

static bool klp_arm_nl_stays(unsigned long addr, const struct module *mod)
{
	if (mod)
		return __module_text_address(addr) == mod &&
		       !within_module_init(addr, mod);

	return core_kernel_text(addr) && !is_kernel_inittext(addr);
}

/* Read the part that was asked for, of text that is there to stay. */
static int klp_arm_nl_read_text(struct klp_arm_nl_code *code,
				unsigned long addr, const struct module *mod)
{
	unsigned long size, offset;

	if (!klp_arm_nl_stays(addr, mod) ||
	    !kallsyms_lookup_size_offset(addr, &size, &offset) || offset ||
	    !size || !klp_arm_nl_stays(addr + size - 1, mod))
		return -ENXIO;

	code->size = size;
	if (code->offset >= size)
		return 0;

	code->count = min_t(unsigned long, size - code->offset,
			    sizeof(code->bytes));

	return copy_from_kernel_nofault(code->bytes,
					(void *)(addr + code->offset),
					code->count);
}

static int klp_arm_nl_check_text(const struct klp_arm_nl_text *text)
{
	if (!text->count || text->count < text->wanted)
		return -ENOENT;
	if (!text->wanted && text->count > 1)
		return -ENOTUNIQ;

	return 0;
}

static int klp_arm_nl_read_module(struct klp_arm_nl_code *code,
				  struct klp_arm_nl_text *text)
{
	struct module *mod;
	int err = -ENOENT;

	rcu_read_lock_sched();
	mod = find_module(code->object);
	if (mod) {
		klp_arm_nl_find_in_module(text, mod);
		err = klp_arm_nl_check_text(text) ?:
		      klp_arm_nl_read_text(code, text->addr, mod);
	}
	rcu_read_unlock_sched();

	return err;
}

static int klp_arm_nl_read_vmlinux(struct klp_arm_nl_code *code,
				   struct klp_arm_nl_text *text)
{
	kallsyms_on_each_match_symbol(klp_arm_nl_note_text, text->name, text);

	return klp_arm_nl_check_text(text) ?:
	       klp_arm_nl_read_text(code, text->addr, NULL);
}

static int klp_arm_nl_read_code(struct klp_arm_nl_code *code,
				struct genl_info *info)
{
	struct nlattr *name = info->attrs[KLP_ARM_A_CODE_NAME];
	struct klp_arm_nl_text text = {
		.name = code->name,
		.wanted = code->sympos,
	};
	int err;

	if (strcmp(code->object, "vmlinux"))
		err = klp_arm_nl_read_module(code, &text);
	else
		err = klp_arm_nl_read_vmlinux(code, &text);
	code->sympos = text.wanted ?: 1;

	if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, name,
					"no such function in '%s'",
					code->object);
	else if (err == -ENOTUNIQ)
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "more than one function has this name, add the sympos");
	else if (err)
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "the symbol is no function, or one that is freed after initialization");

	return err;
}

/**
 * klp_arm_nl_code_get_doit() - reply with a part of a function's code
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_code_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct nlattr **attrs = info->attrs;
	struct klp_arm_nl_code *code;
	struct klp_arm_nl_out out;
	int err;

	err = klp_arm_nl_check_question(skb, attrs[KLP_ARM_A_CODE_NAME],
					info->extack);
	if (err)
		return err;
	code = kzalloc(sizeof(*code), GFP_KERNEL);
	if (!code) {
		GENL_SET_ERR_MSG(info, "no memory for the reply");
		return -ENOMEM;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		goto free;

	code->name = klp_arm_nl_string(attrs, KLP_ARM_A_CODE_NAME);
	code->object = klp_arm_nl_string(attrs, KLP_ARM_A_CODE_OBJECT) ?:
		       "vmlinux";
	if (attrs[KLP_ARM_A_CODE_SYMPOS])
		code->sympos = nla_get_u32(attrs[KLP_ARM_A_CODE_SYMPOS]);
	if (attrs[KLP_ARM_A_CODE_OFFSET])
		code->offset = nla_get_u32(attrs[KLP_ARM_A_CODE_OFFSET]);
	err = klp_arm_nl_read_code(code, info) ?:
	      klp_arm_nl_fill_code(&out, code);
	err = klp_arm_nl_out_send(&out, info, err);
free:
	kfree(code);

	return err;
}
