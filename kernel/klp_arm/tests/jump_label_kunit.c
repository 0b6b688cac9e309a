// SPDX-License-Identifier: GPL-2.0
/*
 * jump_label_kunit.c - the queue of branches that change together, which
 * transitions depend on: in runs of neighbours, and in more runs than fit.
 */
#include <kunit/test.h>
#include <linux/cpu.h>
#include <linux/jump_label.h>
#include <linux/vmalloc.h>
#include <asm/insn.h>
#include <asm/opcodes.h>

/* More than a page of instructions, and twice the runs that fit. */
#define LABELS 1100
#define CODE_SIZE (2 * PAGE_SIZE)
#define UNTOUCHED 0xbf00bf00

struct labels {
	void *code;
	struct jump_entry entry[LABELS];
	bool queued[LABELS];
	bool enabled[LABELS];
};

/* In Thumb code, so that one instruction is in two pages. */
static unsigned long label_code(const struct labels *labels, int i)
{
	return (unsigned long)labels->code + 4 * i +
	       (IS_ENABLED(CONFIG_THUMB2_KERNEL) ? 2 : 0);
}

static u32 label_insn(const struct labels *labels, int i)
{
	const u16 *half = (const u16 *)label_code(labels, i);

	if (!IS_ENABLED(CONFIG_THUMB2_KERNEL))
		return __mem_to_opcode_arm(*(const u32 *)half);
	return __opcode_thumb32_compose(__mem_to_opcode_thumb16(half[0]),
					__mem_to_opcode_thumb16(half[1]));
}

static u32 label_wanted(const struct labels *labels, int i)
{
	const struct jump_entry *entry = &labels->entry[i];

	if (!labels->queued[i])
		return UNTOUCHED;
	if (labels->enabled[i] == jump_entry_is_branch(entry))
		return arm_gen_nop();
	return arm_gen_branch(jump_entry_code(entry), jump_entry_target(entry));
}

/* Every third is a branch where the key is off. */
static void labels_fill(struct labels *labels)
{
	static struct static_key key;
	int i;

	for (i = 0; i < LABELS; i++) {
		unsigned long code = label_code(labels, i);
		u16 *half = (u16 *)code;

		labels->entry[i].code = code;
		labels->entry[i].target = code + 64 + 4 * (i % 32);
		labels->entry[i].key = (jump_label_t)&key | !(i % 3);
		half[0] = __opcode_to_mem_thumb16(UNTOUCHED & 0xffff);
		half[1] = __opcode_to_mem_thumb16(UNTOUCHED >> 16);
	}
}

static int labels_init(struct kunit *test)
{
	struct labels *labels;

	labels = kunit_kzalloc(test, sizeof(*labels), GFP_KERNEL);
	if (!labels)
		return -ENOMEM;
	/* As modules have it. */
	labels->code = vmalloc(CODE_SIZE);
	if (!labels->code)
		return -ENOMEM;
	labels_fill(labels);
	test->priv = labels;
	return 0;
}

static void labels_exit(struct kunit *test)
{
	struct labels *labels = test->priv;

	if (labels)
		vfree(labels->code);
}

/* As kernel/jump_label.c has it while it changes a key. */
static void labels_lock(void)
{
	cpus_read_lock();
	jump_label_lock();
}

static void labels_unlock(void)
{
	jump_label_unlock();
	cpus_read_unlock();
}

/* What kernel/jump_label.c does for each; true if the queue was full. */
static bool label_change(struct labels *labels, int i, bool enabled)
{
	enum jump_label_type type = enabled ^ jump_entry_is_branch(&labels->entry[i]);
	bool full;

	full = !arch_jump_label_transform_queue(&labels->entry[i], type);
	if (full) {
		arch_jump_label_transform_apply();
		if (!arch_jump_label_transform_queue(&labels->entry[i], type))
			return full;
	}
	labels->queued[i] = true;
	labels->enabled[i] = enabled;
	return full;
}

static void labels_expect(struct kunit *test)
{
	const struct labels *labels = test->priv;
	int i;

	for (i = 0; i < LABELS; i++)
		KUNIT_EXPECT_EQ_MSG(test, label_insn(labels, i),
				    label_wanted(labels, i), "entry %d", i);
}

static void labels_neighbours(struct kunit *test)
{
	struct labels *labels = test->priv;
	int i;

	labels_lock();
	for (i = 0; i < LABELS; i++)
		KUNIT_EXPECT_FALSE(test, label_change(labels, i, true));
	KUNIT_EXPECT_EQ(test, label_insn(labels, 0), (u32)UNTOUCHED);
	KUNIT_EXPECT_EQ(test, label_insn(labels, LABELS - 1), (u32)UNTOUCHED);
	arch_jump_label_transform_apply();
	labels_unlock();
	labels_expect(test);
}

/* Neighbours, but of keys that change in other ways. */
static void labels_of_two_keys(struct kunit *test)
{
	struct labels *labels = test->priv;
	int i;

	labels_lock();
	for (i = 0; i < LABELS; i++)
		KUNIT_EXPECT_FALSE(test, label_change(labels, i, i < 20));
	arch_jump_label_transform_apply();
	labels_unlock();
	labels_expect(test);
}

static void labels_more_than_fit(struct kunit *test)
{
	struct labels *labels = test->priv;
	int i, full = 0;

	labels_lock();
	for (i = 0; i < LABELS; i += 2)
		full += label_change(labels, i, i & 4);
	arch_jump_label_transform_apply();
	labels_unlock();
	KUNIT_EXPECT_GT(test, full, 0);
	KUNIT_EXPECT_LE(test, full, 4);
	labels_expect(test);
}

/* Those that the last time changed are not changed again. */
static void labels_emptied(struct kunit *test)
{
	struct labels *labels = test->priv;

	labels_lock();
	label_change(labels, 3, true);
	arch_jump_label_transform_apply();
	labels_fill(labels);
	labels->queued[3] = false;
	arch_jump_label_transform_apply();
	labels_unlock();
	labels_expect(test);
}

static struct kunit_case labels_cases[] = {
	KUNIT_CASE(labels_neighbours),
	KUNIT_CASE(labels_of_two_keys),
	KUNIT_CASE(labels_more_than_fit),
	KUNIT_CASE(labels_emptied),
	{}
};

static struct kunit_suite labels_suite = {
	.name = "klp_arm_jump_label",
	.init = labels_init,
	.exit = labels_exit,
	.test_cases = labels_cases,
};

kunit_test_suite(labels_suite);
