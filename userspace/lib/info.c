// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * info.c - what the kernel's live patching is made of, and its counters
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "internal.h"
#include "objects.h"

#define INFO_FIELDS (KLP_INFO_FIELD_FORCED + 1)

struct klp_info {
	uint32_t generation;
	char *arch;
	uint32_t entry;
	uint32_t unwinder;
	bool counting;
	bool core_busy;
	bool require_target;
	uint8_t *build_id;
	size_t build_id_len;
	bool has[INFO_FIELDS];
	uint64_t value[INFO_FIELDS];
	struct klp_counts failures;
};

/* Where a limit or counter goes; false if it is neither. */
static bool field_of(uint16_t type, enum klp_info_field *field)
{
	static const struct {
		uint16_t type;
		enum klp_info_field field;
	} fields[] = {
		{ KLP_ARM_A_INFO_NAME_MAX, KLP_INFO_FIELD_NAME_MAX },
		{ KLP_ARM_A_INFO_FUNC_NAME_MAX, KLP_INFO_FIELD_FUNC_NAME_MAX },
		{ KLP_ARM_A_INFO_OBJECTS_MAX, KLP_INFO_FIELD_OBJECTS_MAX },
		{ KLP_ARM_A_INFO_BLOCKERS_MAX, KLP_INFO_FIELD_BLOCKERS_MAX },
		{ KLP_ARM_A_INFO_FAILURES_MAX, KLP_INFO_FIELD_FAILURES_MAX },
		{ KLP_ARM_A_INFO_HISTORY_MAX, KLP_INFO_FIELD_HISTORY_MAX },
		{ KLP_ARM_A_INFO_EVENT_SEQ, KLP_INFO_FIELD_EVENT_SEQ },
		{ KLP_ARM_A_INFO_STACK_CHECKS, KLP_INFO_FIELD_STACK_CHECKS },
		{ KLP_ARM_A_INFO_FAILURES_DROPPED,
		  KLP_INFO_FIELD_FAILURES_DROPPED },
		{ KLP_ARM_A_INFO_HISTORY_DROPPED,
		  KLP_INFO_FIELD_HISTORY_DROPPED },
		{ KLP_ARM_A_INFO_COMPLETED, KLP_INFO_FIELD_COMPLETED },
		{ KLP_ARM_A_INFO_REVERSED, KLP_INFO_FIELD_REVERSED },
		{ KLP_ARM_A_INFO_FORCED, KLP_INFO_FIELD_FORCED },
	};
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (fields[i].type == type) {
			*field = fields[i].field;
			return true;
		}
	}
	return false;
}

static int take_info_attr(const struct klp_attr *attr, struct klp_info *info)
{
	enum klp_info_field field;

	switch (attr->type) {
	case KLP_ARM_A_INFO_GENERATION:
		return klp_attr_u32(attr, &info->generation);
	case KLP_ARM_A_INFO_ARCH:
		return klp_attr_string(attr, &info->arch);
	case KLP_ARM_A_INFO_ENTRY:
		return klp_attr_u32(attr, &info->entry);
	case KLP_ARM_A_INFO_UNWINDER:
		return klp_attr_u32(attr, &info->unwinder);
	case KLP_ARM_A_INFO_COUNTING:
		info->counting = true;
		return 0;
	case KLP_ARM_A_INFO_CORE_BUSY:
		info->core_busy = true;
		return 0;
	case KLP_ARM_A_INFO_BUILD_ID:
		return klp_attr_bytes(attr, &info->build_id,
				      &info->build_id_len);
	case KLP_ARM_A_INFO_REQUIRE_TARGET:
		info->require_target = true;
		return 0;
	case KLP_ARM_A_INFO_STACK_FAILURES:
		return klp_counts_add(&info->failures, attr);
	}
	if (!field_of(attr->type, &field))
		return 0;
	info->has[field] = true;
	return klp_attr_uint(attr, &info->value[field]);
}

static int take_info(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	struct klp_info *info = arg;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_info_attr(&attr, info);
		if (err)
			return err;
	}
	if (err)
		return err;
	return info->arch && info->generation ? 0 : -EBADMSG;
}

int klp_info_get(struct klp_ctx *ctx, struct klp_info **out)
{
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_INFO_GET,
		.what = "info-get",
	};
	struct klp_info *info;
	int err;

	*out = NULL;
	info = calloc(1, sizeof(*info));
	if (!info)
		return klp_no_memory(ctx);
	err = klp_ask(ctx, &request, take_info, NULL, info);
	if (!err && !info->arch)
		err = klp_fail(ctx, -EBADMSG,
			       "info-get: the kernel's answer is empty");
	if (err)
		klp_info_free(info);
	else
		*out = info;
	return err;
}

void klp_info_free(struct klp_info *info)
{
	if (!info)
		return;
	free(info->arch);
	free(info->build_id);
	free(info->failures.items);
	free(info);
}

uint32_t klp_info_generation(const struct klp_info *info)
{
	return info->generation;
}

const char *klp_info_arch(const struct klp_info *info)
{
	return info->arch;
}

enum klp_entry_method klp_info_entry(const struct klp_info *info)
{
	return info->entry;
}

enum klp_unwinder klp_info_unwinder(const struct klp_info *info)
{
	return info->unwinder;
}

bool klp_info_counting(const struct klp_info *info)
{
	return info->counting;
}

bool klp_info_core_busy(const struct klp_info *info)
{
	return info->core_busy;
}

const uint8_t *klp_info_build_id(const struct klp_info *info, size_t *len)
{
	*len = info->build_id_len;
	return info->build_id;
}

bool klp_info_require_target(const struct klp_info *info)
{
	return info->require_target;
}

int klp_counter_set(struct klp_ctx *ctx, bool enabled)
{
	const struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_U32, KLP_ARM_A_COUNTER_ENABLED,
		  .number = enabled },
		{ KLP_REQUEST_END },
	};
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_COUNTER_SET,
		.admin = true,
		.what = "counter-set",
		.attrs = attrs,
	};

	return klp_order(ctx, &request);
}

bool klp_info_value(const struct klp_info *info, enum klp_info_field field,
		    uint64_t *value)
{
	*value = 0;
	if ((size_t)field >= INFO_FIELDS || !info->has[field])
		return false;
	*value = info->value[field];
	return true;
}

uint64_t klp_info_stack_failures(const struct klp_info *info,
				 enum klp_blocker_reason reason)
{
	return klp_counts_of(&info->failures, reason);
}

uint64_t klp_info_stack_failures_by(const struct klp_info *info,
				    enum klp_stack_reason reason)
{
	return klp_counts_of_stacks(&info->failures, reason);
}
