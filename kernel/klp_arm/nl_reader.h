/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nl_reader.h - what whoever gets a message may know.
 *
 * How many tasks a transition waits for, and why, is for everybody. What belongs
 * to a task is for CAP_SYS_ADMIN, and of a task that is there, for whoever may
 * read it by ptrace.
 */
#ifndef _KLP_ARM_NL_READER_H
#define _KLP_ARM_NL_READER_H

#include <linux/types.h>

struct klp_arm_blocker;
struct pid_namespace;
struct sk_buff;

/**
 * struct klp_arm_nl_reader - who gets a message
 * @admin: has CAP_SYS_ADMIN, as has whoever opened the socket
 * @addresses: may see addresses of the kernel
 * @ptrace: is who opened the socket, so current's rights are the reader's
 * @pid_ns: what the numbers of tasks are told in; NULL for none
 */
struct klp_arm_nl_reader {
	bool admin, addresses, ptrace;
	struct pid_namespace *pid_ns;
};

/**
 * struct klp_arm_nl_identity - what a reader may know of who a task is
 * @shown: anything at all
 * @numbered: @pid and @tid, too
 * @pid: process, 0 for idle tasks
 * @tid: thread, 0 for idle tasks
 */
struct klp_arm_nl_identity {
	bool shown, numbered;
	u32 pid, tid;
};

extern const struct klp_arm_nl_reader klp_arm_nl_everybody;
extern const struct klp_arm_nl_reader klp_arm_nl_admins;

void klp_arm_nl_reader_init(struct klp_arm_nl_reader *reader,
			    struct sk_buff *request);
bool klp_arm_nl_reader_has_numbers(const struct klp_arm_nl_reader *reader);
struct klp_arm_nl_identity
klp_arm_nl_identify(const struct klp_arm_nl_reader *reader,
		    const struct klp_arm_blocker *blocker);
struct klp_arm_nl_identity
klp_arm_nl_identify_past(const struct klp_arm_nl_reader *reader,
			 const struct klp_arm_blocker *blocker);

#endif /* _KLP_ARM_NL_READER_H */
