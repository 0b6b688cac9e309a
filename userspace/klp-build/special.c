// SPDX-License-Identifier: GPL-2.0
/*
 * special.c - what each section of an object means to the kernel
 *
 * A section that is not in the table is refused when it changes or refers to a
 * function that does: a table that gets lost may not be noticed for long.
 */
#include <string.h>

#include "special.h"

/* clang-format off: a table */
static const struct special rules[] = {
	/* Follow from the code, or are thrown away by the linker. */
	{ ".ARM.exidx", true, SPECIAL_NOTHING, 0, 0, 0, "unwind index" },
	{ ".ARM.extab", true, SPECIAL_NOTHING, 0, 0, 0, "unwind tables" },
	{ "__mcount_loc", false, SPECIAL_NOTHING, 0, 0, 0, "tracing calls" },
	{ ".discard", true, SPECIAL_NOTHING, 0, 0, 0, "discarded" },
	{ ".note", true, SPECIAL_NOTHING, 0, 0, 0, "notes" },
	/* Entries for places in functions. The line of a BUG() does not count. */
	{ "__ex_table", false, SPECIAL_TABLE, 8, 0, 0, "exception table" },
	{ "__bug_table", false, SPECIAL_TABLE, 12, 8, 2, "bug table" },
	{ "__jump_table", false, SPECIAL_TABLE, 12, 0, 0, "static keys" },
	{ ".alt.smp.init", false, SPECIAL_TABLE, 8, 0, 0, "alternatives" },
	{ ".pv_table", false, SPECIAL_TABLE, 4, 0, 0, "physical offsets" },
	/* Data of single places. */
	{ ".data..once", false, SPECIAL_NOTES, 0, 0, 0, "done once" },
	{ "__dyndbg", true, SPECIAL_NOTES, 0, 0, 0, "debug messages" },
	{ ".printk_index", false, SPECIAL_NOTES, 0, 0, 0, "printk index" },
	/* Written by the macros of <linux/klp_arm_patch.h>. */
	{ ".klp_arm.callback.", true, SPECIAL_CALLBACK, 0, 0, 0, "callbacks" },
	/* Read while the kernel boots or the module is loaded. */
	{ "__tracepoint", true, SPECIAL_FIXED, 0, 0, 0, "tracepoints" },
	{ "_ftrace_", true, SPECIAL_FIXED, 0, 0, 0, "trace events" },
	{ "__bpf_raw_tp_map", false, SPECIAL_FIXED, 0, 0, 0, "tracepoints" },
	{ "__syscalls_metadata", false, SPECIAL_FIXED, 0, 0, 0,
	  "trace events" },
	{ "__trace_printk_fmt", false, SPECIAL_FIXED, 0, 0, 0,
	  "trace formats" },
	{ "__ksymtab", true, SPECIAL_FIXED, 0, 0, 0, "exports" },
	{ "___ksymtab", true, SPECIAL_FIXED, 0, 0, 0, "exports" },
	{ "___kcrctab", true, SPECIAL_FIXED, 0, 0, 0, "exports" },
	{ "__kcrctab", true, SPECIAL_FIXED, 0, 0, 0, "exports" },
	{ ".export_symbol", false, SPECIAL_FIXED, 0, 0, 0, "exports" },
	{ ".initcall", true, SPECIAL_FIXED, 0, 0, 0, "initcalls" },
	{ ".con_initcall", true, SPECIAL_FIXED, 0, 0, 0, "initcalls" },
	{ ".init.setup", false, SPECIAL_FIXED, 0, 0, 0, "boot parameters" },
	{ "__param", false, SPECIAL_FIXED, 0, 0, 0, "parameters" },
	{ "__modver", false, SPECIAL_FIXED, 0, 0, 0, "version" },
	{ ".modinfo", false, SPECIAL_FIXED, 0, 0, 0, "module information" },
	{ ".exitcall", true, SPECIAL_FIXED, 0, 0, 0, "exit calls" },
	{ "_error_injection_whitelist", false, SPECIAL_FIXED, 0, 0, 0,
	  "error injection" },
	{ "_kprobe_blacklist", false, SPECIAL_FIXED, 0, 0, 0, "no kprobes" },
	{ ".kunit_test_suites", false, SPECIAL_FIXED, 0, 0, 0, "tests" },
	/* Ordinary variables that the linker puts in an order. */
	{ "__stop_sched_class", false, SPECIAL_DATA, 0, 0, 0, "data" },
	{ "__dl_sched_class", false, SPECIAL_DATA, 0, 0, 0, "data" },
	{ "__rt_sched_class", false, SPECIAL_DATA, 0, 0, 0, "data" },
	{ "__fair_sched_class", false, SPECIAL_DATA, 0, 0, 0, "data" },
	{ "__ext_sched_class", false, SPECIAL_DATA, 0, 0, 0, "data" },
	{ "__idle_sched_class", false, SPECIAL_DATA, 0, 0, 0, "data" },
	/* The rest. Explicit sections have their own name behind two dots. */
	{ ".text", true, SPECIAL_CODE, 0, 0, 0, "code" },
	{ ".data", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".rodata", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".bss", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".init.data", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".init.rodata", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".init.bss", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".exit.data", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".ref.data", true, SPECIAL_DATA, 0, 0, 0, "data" },
	{ ".ref.rodata", true, SPECIAL_DATA, 0, 0, 0, "data" },
};
/* clang-format on */

static const struct special nothing = { .kind = SPECIAL_NOTHING, .what = "" };
static const struct special code = { .kind = SPECIAL_CODE, .what = "code" };
static const struct special text = { .kind = SPECIAL_TEXT, .what = "strings" };
static const struct special unknown = { .kind = SPECIAL_UNKNOWN,
					.what = "unknown" };

static bool starts(const char *name, const char *with)
{
	return strncmp(name, with, strlen(with)) == 0;
}

static bool is_this(const struct special *rule, const char *name)
{
	return rule->prefix ? starts(name, rule->name) :
			      strcmp(name, rule->name) == 0;
}

const struct special *special_of(const struct elf32_section *section)
{
	size_t i;

	if (!(section->flags & SHF_ALLOC))
		return &nothing;
	/* Strings of larger characters are known by their bytes. */
	if ((section->flags & SHF_STRINGS) && section->entry <= 1)
		return &text;
	for (i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
		if (is_this(&rules[i], section->name))
			return &rules[i];
	}
	/* .init.text, .sched.text, .kprobes.text and others like them */
	if (section->flags & SHF_EXECINSTR)
		return &code;
	return &unknown;
}

bool special_is_init(const struct elf32_section *section)
{
	return starts(section->name, ".init.") ||
	       starts(section->name, ".meminit.");
}

bool special_is_percpu(const char *name)
{
	const size_t length = strlen(SPECIAL_PERCPU);

	return strncmp(name, SPECIAL_PERCPU, length) == 0 &&
	       (name[length] == '\0' || name[length] == '.');
}

bool special_is_exit(const struct elf32_section *section)
{
	return starts(section->name, ".exit.") ||
	       starts(section->name, ".exitcall.");
}
