/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_release.h - a queue to sleep on until the module parameter "released"
 * is set.
 */
#ifndef _KLP_RELEASE_H
#define _KLP_RELEASE_H

#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/wait.h>

static DECLARE_WAIT_QUEUE_HEAD(release_queue);
static bool released;

static int release_set(const char *value, const struct kernel_param *param)
{
	int ret = param_set_bool(value, param);

	wake_up_all(&release_queue);
	return ret;
}

static const struct kernel_param_ops release_ops = {
	.set = release_set,
	.get = param_get_bool,
};

module_param_cb(released, &release_ops, &released, 0600);
MODULE_PARM_DESC(released, "let every sleeper go on");

#endif /* _KLP_RELEASE_H */
