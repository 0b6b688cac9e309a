// SPDX-License-Identifier: GPL-2.0
/*
 * nl_fix.c - requests for the patch that fixes something.
 */

#include <linux/module.h>
#include <linux/string.h>
#include <net/genetlink.h>
#include "model.h"
#include "nl.h"
#include "nl_gen.h"
#include "target.h"

/* Does the patch say that it fixes this? Then @fix is where it does. */
static bool klp_arm_nl_has_fix(const struct klp_arm_record *record,
			       const char *name, const char **fix)
{
	*fix = NULL;
	do {
		*fix = klp_arm_module_fix(record->mod, *fix);
	} while (*fix && strcmp(*fix, name));

	return *fix;
}

/* Of several patches, the one that was loaded last. */
static int klp_arm_nl_reply_fix(const struct klp_arm_nl_out *out)
{
	const char *patch, *name, *fix, *found = NULL;
	struct klp_arm_record *record, *last = NULL;
	u64 from;
	int err;

	patch = klp_arm_nl_string(out->info->attrs, KLP_ARM_A_FIX_PATCH);
	name = klp_arm_nl_string(out->info->attrs, KLP_ARM_A_FIX_NAME);

	klp_arm_model_lock();
	for (from = 0; (record = klp_arm_record_from(from));
	     from = record->id + 1) {
		if (!klp_arm_nl_fits(patch, record->mod->name) ||
		    !klp_arm_nl_has_fix(record, name, &fix))
			continue;
		last = record;
		found = fix;
	}
	err = last ? klp_arm_nl_fill_fix(out, last, found) : -ENOENT;
	klp_arm_model_unlock();
	if (err == -ENOENT)
		NL_SET_ERR_MSG_ATTR_FMT(out->info->extack,
					out->info->attrs[KLP_ARM_A_FIX_NAME],
					"no patch says that it fixes '%s'", name);

	return err;
}

/**
 * klp_arm_nl_fix_get_doit() - reply with the patch that fixes something
 * @skb: the request
 * @info: the request, parsed
 *
 * Return: 0, or a negative errno with an extack text.
 */
int klp_arm_nl_fix_get_doit(struct sk_buff *skb, struct genl_info *info)
{
	struct klp_arm_nl_out out;
	int err;

	if (GENL_REQ_ATTR_CHECK(info, KLP_ARM_A_FIX_NAME)) {
		GENL_SET_ERR_MSG(info, "name of what is fixed is missing");
		return -EINVAL;
	}
	err = klp_arm_nl_out_init(&out, skb, info);
	if (err)
		return err;

	err = klp_arm_nl_check_patch(info, KLP_ARM_A_FIX_PATCH) ?:
	      klp_arm_nl_reply_fix(&out);

	return klp_arm_nl_out_send(&out, info, err);
}
