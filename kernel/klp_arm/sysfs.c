// SPDX-License-Identifier: GPL-2.0
/*
 * sysfs.c - /sys/kernel/klp_arm: what a shell without klpctl wants to know.
 *
 * One value per file, read without waiting for the livepatch core. docs/ABI/sysfs-kernel-klp_arm
 * describes each; everything else is told over netlink.
 */

#include <linux/init.h>
#include <linux/klp_arm.h>
#include <linux/kobject.h>
#include <linux/sysfs.h>
#include "blocker.h"
#include "event.h"
#include "failure.h"
#include "history.h"
#include "state.h"
#include "transition.h"

/* Each file is a number, but for the name of the patch in transition. */
#define KLP_ARM_NUMBER(_name, _value)					\
static ssize_t _name##_show(struct kobject *kobj,			\
			    struct kobj_attribute *attr, char *buf)	\
{									\
	u64 value = _value;						\
									\
	return sysfs_emit(buf, "%llu\n", value);			\
}									\
static struct kobj_attribute _name##_attr = __ATTR_RO(_name)

static u32 klp_arm_tasks_remaining(void)
{
	struct klp_arm_transition view;

	klp_arm_read_transition(&view);
	if (view.patch[0])
		klp_arm_count_tasks(&view);

	return view.remaining;
}

static u64 klp_arm_elapsed_ms(void)
{
	struct klp_arm_transition view;

	klp_arm_read_transition(&view);

	return view.elapsed_ms;
}

static u64 klp_arm_unreliable_stacks(void)
{
	struct klp_arm_failure_counters counters;

	klp_arm_failure_read_counters(&counters);

	return counters.reasons[KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK];
}

static u64 klp_arm_result_count(enum klp_arm_result result)
{
	struct klp_arm_history_counters counters;

	klp_arm_history_read_counters(&counters);

	return counters.results[result];
}

KLP_ARM_NUMBER(generation, klp_arm_generation());
KLP_ARM_NUMBER(events, klp_arm_event_last());
KLP_ARM_NUMBER(patches, klp_arm_count_records());
KLP_ARM_NUMBER(tasks_remaining, klp_arm_tasks_remaining());
KLP_ARM_NUMBER(elapsed_ms, klp_arm_elapsed_ms());
KLP_ARM_NUMBER(unreliable_stacks, klp_arm_unreliable_stacks());
KLP_ARM_NUMBER(completed, klp_arm_result_count(KLP_ARM_RESULT_COMPLETED));
KLP_ARM_NUMBER(reversed, klp_arm_result_count(KLP_ARM_RESULT_REVERSED));
KLP_ARM_NUMBER(forced, klp_arm_result_count(KLP_ARM_RESULT_FORCED));
KLP_ARM_NUMBER(core_busy, klp_arm_core_busy());

static ssize_t transition_show(struct kobject *kobj,
			       struct kobj_attribute *attr, char *buf)
{
	struct klp_arm_transition view;

	klp_arm_read_transition(&view);

	return sysfs_emit(buf, "%s\n", view.patch);
}

static struct kobj_attribute transition_attr = __ATTR_RO(transition);

static struct attribute *klp_arm_attrs[] = {
	&generation_attr.attr,
	&events_attr.attr,
	&patches_attr.attr,
	&transition_attr.attr,
	&tasks_remaining_attr.attr,
	&elapsed_ms_attr.attr,
	&unreliable_stacks_attr.attr,
	&completed_attr.attr,
	&reversed_attr.attr,
	&forced_attr.attr,
	&core_busy_attr.attr,
	NULL
};

static const struct attribute_group klp_arm_group = {
	.attrs = klp_arm_attrs,
};

static int __init klp_arm_sysfs_init(void)
{
	struct kobject *dir;
	int err;

	dir = kobject_create_and_add("klp_arm", kernel_kobj);
	if (!dir)
		return -ENOMEM;

	err = sysfs_create_group(dir, &klp_arm_group);
	if (err)
		kobject_put(dir);

	return err;
}
late_initcall(klp_arm_sysfs_init);
