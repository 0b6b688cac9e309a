/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_arm.h - what ftrace and kallsyms ask the port, and what the livepatch
 * core tells the reporter.
 *
 * The latter is called with klp_mutex held, but for klp_arm_take_refusal(),
 * klp_arm_task_checked() and klp_arm_count_hit(), and is nothing at all when the
 * reporter is configured out. Hooks of generic code that have klp_arch in
 * their names let every livepatch pass where there is no port.
 */
#ifndef _LINUX_KLP_ARM_H
#define _LINUX_KLP_ARM_H

#include <linux/atomic.h>
#include <linux/elf.h>
#include <linux/errno.h>
#include <linux/jump_label.h>
#include <uapi/linux/klp_arm.h>

struct klp_arm_pool_page;
struct klp_object;
struct klp_patch;
struct module;
struct task_struct;

/**
 * struct klp_arm_kallsym_cursor - how far /proc/kallsyms has been read
 * @page: of the trampoline that was listed last; NULL before the first
 * @nr: its number in the page
 * @symnum: its number
 */
struct klp_arm_kallsym_cursor {
	const struct klp_arm_pool_page *page;
	unsigned int nr;
	unsigned int symnum;
};

/* CONFIG_KLP_ARM only offers live patching; without it there is no port. */
#if defined(CONFIG_KLP_ARM) && defined(CONFIG_LIVEPATCH)

unsigned long klp_arm_call_target(unsigned long ip, unsigned long addr);
bool klp_arm_is_trampoline(unsigned long addr);
int klp_arm_trampoline_lookup(unsigned long addr, unsigned long *size,
			      unsigned long *offset, char **modname,
			      char *name);
int klp_arm_trampoline_get_kallsym(struct klp_arm_kallsym_cursor *cursor,
				   unsigned int symnum, unsigned long *value,
				   char *type, char *name, char *module_name);
int klp_arm_module_finalize(const struct elf32_hdr *hdr,
			    const struct elf32_shdr *sechdrs,
			    const struct module *mod);
void klp_arm_module_cleanup(const struct module *mod);
int klp_arm_reserve_slots(const char *name, struct elf32_shdr *sechdrs,
			  unsigned int count);
size_t klp_arm_late_plt_area(const struct module *mod, unsigned long *start);
unsigned long klp_arm_late_plt(const struct module *mod, unsigned int index,
			       unsigned long *literal);
u32 klp_arm_plt_load(void);
int klp_arch_check_modinfo(const char *name, const char *text, size_t size);
bool klp_arch_object_fits(struct klp_patch *patch, struct klp_object *obj);
bool klp_arch_object_left_out(const struct klp_object *obj);

#else /* !CONFIG_KLP_ARM || !CONFIG_LIVEPATCH */

static inline unsigned long klp_arm_call_target(unsigned long ip,
						unsigned long addr)
{
	return addr;
}

static inline bool klp_arm_is_trampoline(unsigned long addr)
{
	return false;
}

static inline int klp_arm_trampoline_lookup(unsigned long addr,
					    unsigned long *size,
					    unsigned long *offset,
					    char **modname, char *name)
{
	return 0;
}

static inline int
klp_arm_trampoline_get_kallsym(struct klp_arm_kallsym_cursor *cursor,
			       unsigned int symnum, unsigned long *value,
			       char *type, char *name, char *module_name)
{
	return -ERANGE;
}

static inline int klp_arm_module_finalize(const struct elf32_hdr *hdr,
					  const struct elf32_shdr *sechdrs,
					  const struct module *mod)
{
	return 0;
}

static inline void klp_arm_module_cleanup(const struct module *mod)
{
}

static inline int klp_arm_reserve_slots(const char *name,
					struct elf32_shdr *sechdrs,
					unsigned int count)
{
	return 0;
}

static inline int klp_arch_check_modinfo(const char *name, const char *text,
					 size_t size)
{
	return 0;
}

static inline bool klp_arch_object_fits(struct klp_patch *patch,
					struct klp_object *obj)
{
	return true;
}

static inline bool klp_arch_object_left_out(const struct klp_object *obj)
{
	return false;
}

#endif /* CONFIG_KLP_ARM && CONFIG_LIVEPATCH */

#ifdef CONFIG_KLP_ARM_REPORT

/**
 * struct klp_arm_hits - calls that a func has redirected
 * @count: how many, while counting was on
 */
struct klp_arm_hits {
	atomic64_t count;
};

DECLARE_STATIC_KEY_FALSE(klp_arm_counting);

/**
 * struct klp_arm_stack_refusal - why the walk of a stack gave up
 * @reason: KLP_ARM_STACK_REASON_RELIABLE if it did not
 * @pc: where
 */
struct klp_arm_stack_refusal {
	enum klp_arm_stack_reason reason;
	unsigned long pc;
};

/* Are calls counted? Then each of them has to ask the handler. */
static inline bool klp_arm_counts_hits(void)
{
	return static_key_enabled(&klp_arm_counting);
}

/* Called from the handler, for every call that is redirected. */
static inline void klp_arm_count_hit(struct klp_arm_hits *hits)
{
	if (static_branch_unlikely(&klp_arm_counting))
		atomic64_inc(&hits->count);
}

int klp_arm_patch_added(struct klp_patch *patch);
void klp_arm_patch_removed(struct klp_patch *patch);
void klp_arm_module_coming(struct module *mod);
void klp_arm_module_going(struct module *mod);
void klp_arm_state_changed(void);
void klp_arm_transition_started(struct klp_patch *patch, int state);
void klp_arm_transition_forced(void);
void klp_arm_transition_completed(struct klp_patch *patch);
void klp_arm_attempt_started(void);
void klp_arm_attempt_failed(void);
void klp_arm_signals_sent(void);
void klp_arm_take_refusal(const struct task_struct *task,
			  struct klp_arm_stack_refusal *refusal);
void klp_arm_task_checked(struct task_struct *task, int err, const char *func,
			  const struct klp_arm_stack_refusal *refusal);

#else /* !CONFIG_KLP_ARM_REPORT */

struct klp_arm_hits { };

struct klp_arm_stack_refusal { };

static inline bool klp_arm_counts_hits(void)
{
	return false;
}

static inline void klp_arm_count_hit(struct klp_arm_hits *hits)
{
}

static inline int klp_arm_patch_added(struct klp_patch *patch)
{
	return 0;
}

static inline void klp_arm_patch_removed(struct klp_patch *patch)
{
}

static inline void klp_arm_module_coming(struct module *mod)
{
}

static inline void klp_arm_module_going(struct module *mod)
{
}

static inline void klp_arm_state_changed(void)
{
}

static inline void klp_arm_transition_started(struct klp_patch *patch,
					      int state)
{
}

static inline void klp_arm_transition_forced(void)
{
}

static inline void klp_arm_transition_completed(struct klp_patch *patch)
{
}

static inline void klp_arm_attempt_started(void)
{
}

static inline void klp_arm_attempt_failed(void)
{
}

static inline void klp_arm_signals_sent(void)
{
}

static inline void klp_arm_take_refusal(const struct task_struct *task,
					struct klp_arm_stack_refusal *refusal)
{
}

static inline void
klp_arm_task_checked(struct task_struct *task, int err, const char *func,
		     const struct klp_arm_stack_refusal *refusal)
{
}

#endif /* CONFIG_KLP_ARM_REPORT */

#endif /* _LINUX_KLP_ARM_H */
