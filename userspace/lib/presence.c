// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * presence.c - does the kernel have klp_arm, as far as sysfs tells?
 *
 * A network namespace other than the initial one shows no klp_arm family, and a
 * filter of system calls may deny netlink altogether. Neither says anything of
 * the kernel. What is in /sys/kernel is the same for everyone who sees it.
 */
#include <errno.h>
#include <sys/vfs.h>
#include <unistd.h>
#include <linux/magic.h>

#include "internal.h"

#define DIRECTORY "/sys/kernel"

enum klp_presence klp_sysfs_presence(void)
{
	struct statfs there;

	/* Containers may cover it with something else. */
	if (statfs(DIRECTORY, &there) || there.f_type != SYSFS_MAGIC)
		return KLP_PRESENCE_UNKNOWN;
	if (access(DIRECTORY "/klp_arm", F_OK) == 0)
		return KLP_PRESENT;
	return errno == ENOENT ? KLP_ABSENT : KLP_PRESENCE_UNKNOWN;
}

int klp_fail_presence(struct klp_ctx *ctx, const char *seen)
{
	switch (ctx->transport->presence(ctx)) {
	case KLP_PRESENT:
		return klp_fail(ctx, -EPERM,
				"%s, though the kernel has klp_arm: ask in the"
				" initial network namespace, without a filter"
				" of system calls",
				seen);
	case KLP_ABSENT:
		return klp_fail(ctx, -EOPNOTSUPP,
				"this kernel has no klp_arm reporter: it needs"
				" CONFIG_KLP_ARM_REPORT=y");
	default:
		return klp_fail(ctx, -EPERM,
				"%s, and without /sys/kernel it is not known"
				" whether the kernel has klp_arm: ask in the"
				" initial network namespace, without a filter"
				" of system calls",
				seen);
	}
}
