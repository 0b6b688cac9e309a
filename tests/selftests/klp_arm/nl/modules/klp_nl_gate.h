/* SPDX-License-Identifier: GPL-2.0 */
/*
 * klp_nl_gate.h - what the target module and the patch of it share.
 */
#ifndef KLP_NL_GATE_H
#define KLP_NL_GATE_H

#include <linux/atomic.h>
#include <linux/wait.h>

struct klp_nl_gate {
	wait_queue_head_t queue;
	atomic_t open;
	atomic_t waiting_old;
	atomic_t waiting_new;
};

#endif /* KLP_NL_GATE_H */
