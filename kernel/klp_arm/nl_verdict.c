// SPDX-License-Identifier: GPL-2.0
/*
 * nl_verdict.c - requests for whether a function can be redirected.
 *
 * The answer is that of the verifier, asked as when a patch is enabled, of the
 * code as it is in memory.
 *
 * What keeps that memory: the core says with klp_alive, under klp_mutex, that a
 * module is there to stay. klp_module_going() clears it, and needs klp_mutex for
 * that, before any of the module is freed. It does not keep the module's init
 * text, which is freed when the init function returns. So that is told apart
 * where the symbol is found, under module_mutex, which do_init_module() takes
 * to give it up; nothing of it is read.
 */

#include <linux/build_bug.h>
#include <linux/ftrace.h>
#include <linux/kallsyms.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/rcupdate.h>
#include <linux/string.h>
#include <asm/sections.h>
#include <net/genetlink.h>
#include "../livepatch/core.h"
#include "../livepatch/patch.h"
#include "nl.h"
#include "nl_gen.h"
#include "redirect.h"

/* The numbers of the verifier are those of the protocol. */
static_assert((int)KLP_ARM_VERDICT_REASON_STATIC_CHAIN ==
	      (int)KLP_ARM_REASON_STATIC_CHAIN);
static_assert((int)KLP_ARM_VERDICT_REASON_NOT_TRACED ==
	      (int)KLP_ARM_REASON_NOT_TRACED);
static_assert((int)KLP_ARM_VERDICT_REASON_SWITCHES_TASK ==
	      (int)KLP_ARM_REASON_COUNT - 1);

struct klp_arm_nl_symbol {
	const char *object, *name;
	u32 wanted;		/* position, from 1; 0 for the last */
	u32 count;
	unsigned long addr;
	bool init;		/* of text that is, or was, freed after init */
};

static int klp_arm_nl_note_symbol(void *arg, unsigned long addr)
{
	struct klp_arm_nl_symbol *symbol = arg;

	if (++symbol->count <= symbol->wanted || !symbol->wanted) {
		symbol->addr = addr;
		symbol->init = is_kernel_inittext(addr);
	}

	return symbol->count == symbol->wanted;
}

/* module_mutex is held: neither the module nor its init text goes meanwhile. */
static int klp_arm_nl_match_symbol(void *arg, const char *name,
				   unsigned long addr)
{
	struct klp_arm_nl_symbol *symbol = arg;
	struct module *mod;
	int ret;

	if (strcmp(name, symbol->name))
		return 0;

	ret = klp_arm_nl_note_symbol(arg, addr);
	mod = find_module(symbol->object);
	symbol->init = mod && within_module_init(symbol->addr, mod);

	return ret;
}

/* As klp_find_object_module() does. */
static bool klp_arm_nl_alive(const char *object)
{
	struct module *mod;
	bool alive;

	if (!strcmp(object, "vmlinux"))
		return true;

	rcu_read_lock_sched();
	mod = find_module(object);
	alive = mod && mod->klp_alive;
	rcu_read_unlock_sched();

	return alive;
}

/* Find the function of that position, or count all and find the last. */
static void klp_arm_nl_find_symbol(struct klp_arm_nl_symbol *symbol)
{
	if (!klp_arm_nl_alive(symbol->object))
		return;
	if (strcmp(symbol->object, "vmlinux"))
		module_kallsyms_on_each_symbol(symbol->object,
					       klp_arm_nl_match_symbol, symbol);
	else
		kallsyms_on_each_match_symbol(klp_arm_nl_note_symbol,
					      symbol->name, symbol);
}

static void klp_arm_nl_judge(struct klp_arm_nl_verdict *verdict,
			     const struct klp_arm_nl_symbol *symbol)
{
	unsigned long addr = symbol->addr, site = 0;

	verdict->sympos = symbol->count;
	if (symbol->init) {
		verdict->reason = KLP_ARM_VERDICT_REASON_INIT_TEXT;
		return;
	}

	verdict->reason = KLP_ARM_VERDICT_REASON_NOT_TRACED;
	if (__kernel_text_address(addr))
		site = ftrace_location(addr);
	if (!site)
		return;

	verdict->patched = klp_find_ops((void *)addr);
	if (klp_arm_redirect_verify(verdict->name, addr, site,
				    &verdict->verdict) != -EFAULT)
		verdict->reason = (enum klp_arm_verdict_reason)
				  verdict->verdict.reason;
}

static void klp_arm_nl_begin_verdict(struct klp_arm_nl_verdict *verdict,
				     struct nlattr **attrs)
{
	memset(verdict, 0, sizeof(*verdict));
	verdict->name = klp_arm_nl_string(attrs, KLP_ARM_A_VERDICT_NAME);
	verdict->object = klp_arm_nl_string(attrs, KLP_ARM_A_VERDICT_OBJECT) ?:
			  "vmlinux";
	verdict->sympos = attrs[KLP_ARM_A_VERDICT_SYMPOS] ?
			  nla_get_u32(attrs[KLP_ARM_A_VERDICT_SYMPOS]) : 0;
}

/**
 * klp_arm_nl_check_question() - may the sender ask about a function's code?
 * @skb: the request
 * @name: the attribute with the function's name, NULL if there is none
 * @extack: gets the reason why not
 *
 * Only whoever can load a patch has use for the answer. Others can have it from
 * a copy of the kernel, which the same verifier reads in user space.
 *
 * Return: 0, -EPERM or -EINVAL.
 */
int klp_arm_nl_check_question(struct sk_buff *skb, const struct nlattr *name,
			      struct netlink_ext_ack *extack)
{
	if (!netlink_capable(skb, CAP_SYS_ADMIN)) {
		NL_SET_ERR_MSG(extack,
			       "asking about the code of the running kernel needs CAP_SYS_ADMIN");
		return -EPERM;
	}
	if (name)
		return 0;

	NL_SET_ERR_MSG(extack, "name of the function is missing");
	return -EINVAL;
}

static int klp_arm_nl_get_verdict(struct klp_arm_nl_verdict *verdict,
				  struct genl_info *info)
{
	struct nlattr *name = info->attrs[KLP_ARM_A_VERDICT_NAME];
	struct klp_arm_nl_symbol symbol = {
		.object = verdict->object,
		.name = verdict->name,
		.wanted = verdict->sympos,
	};

	klp_arm_nl_find_symbol(&symbol);
	if (!symbol.count || symbol.count < symbol.wanted) {
		NL_SET_ERR_MSG_ATTR_FMT(info->extack, name,
					"no such function in '%s'",
					verdict->object);
		return -ENOENT;
	}
	if (!symbol.wanted && symbol.count > 1) {
		NL_SET_ERR_MSG_ATTR(info->extack, name,
				    "more than one function has this name, add the sympos");
		return -ENOTUNIQ;
	}
	klp_arm_nl_judge(verdict, &symbol);

	return 0;
}

/**
 * klp_arm_nl_verdict_get_doit() - reply with the verdict on a function
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_verdict_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct klp_arm_nl_verdict verdict;
	struct klp_arm_nl_out out;
	int err;

	err = klp_arm_nl_check_question(skb,
					info->attrs[KLP_ARM_A_VERDICT_NAME],
					info->extack);
	if (err)
		return err;
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	err = klp_arm_nl_lock_core(info->extack);
	if (err)
		return klp_arm_nl_out_send(&out, info, err);
	klp_arm_nl_begin_verdict(&verdict, info->attrs);
	err = klp_arm_nl_get_verdict(&verdict, info) ?:
	      klp_arm_nl_fill_verdict(&out, &verdict);
	mutex_unlock(&klp_mutex);

	return klp_arm_nl_out_send(&out, info, err);
}

/* Lives in cb->ctx, all 0 at the start of a dump. */
struct klp_arm_nl_verdict_dump {
	u32 done;	/* the functions before were dumped */
};

static int klp_arm_nl_dump_verdicts(const struct klp_arm_nl_out *out,
				    struct klp_arm_nl_verdict_dump *dump)
{
	struct klp_arm_nl_verdict verdict;
	struct klp_arm_nl_symbol symbol;
	u32 wanted;
	int err;

	for (;;) {
		klp_arm_nl_begin_verdict(&verdict, out->info->attrs);
		wanted = verdict.sympos;
		symbol = (struct klp_arm_nl_symbol) {
			.object = verdict.object,
			.name = verdict.name,
			.wanted = wanted ?: dump->done + 1,
		};
		klp_arm_nl_find_symbol(&symbol);
		if (symbol.count < symbol.wanted || dump->done >= symbol.wanted)
			return 0;
		klp_arm_nl_judge(&verdict, &symbol);
		err = klp_arm_nl_fill_verdict(out, &verdict);
		if (err)
			return err;
		dump->done = symbol.wanted;
	}
}

/**
 * klp_arm_nl_verdict_get_dumpit() - dump verdicts on all functions of a name
 * @skb: gets the next messages
 * @cb: the dump
 *
 * Return: bytes in @skb when there is more, 0 at the end, or a negative errno.
 */
int klp_arm_nl_verdict_get_dumpit(struct sk_buff *skb,
				  struct netlink_callback *cb)
{
	struct nlattr **attrs = genl_info_dump(cb)->attrs;
	struct klp_arm_nl_verdict_dump *dump = (void *)cb->ctx;
	struct klp_arm_nl_out out;
	int err;

	BUILD_BUG_ON(sizeof(*dump) > sizeof_field(struct netlink_callback, ctx));

	err = klp_arm_nl_check_question(cb->skb, attrs[KLP_ARM_A_VERDICT_NAME],
					cb->extack);
	if (err)
		return err;

	err = klp_arm_nl_lock_core(cb->extack);
	if (err)
		return err;
	klp_arm_nl_dump_init(&out, skb, cb);
	err = klp_arm_nl_dump_verdicts(&out, dump);
	mutex_unlock(&klp_mutex);

	return klp_arm_nl_dump_end(skb, cb, err);
}
