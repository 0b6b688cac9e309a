// SPDX-License-Identifier: GPL-2.0
/*
 * nl_reader.c - decide what whoever gets a message may know.
 *
 * A request is judged by two tasks: the one that sends it, which is current, and
 * the one that opened the socket. A socket may be handed to a program with more
 * rights, as its output, and gains nothing by that.
 */

#include <linux/capability.h>
#include <linux/cred.h>
#include <linux/file.h>
#include <linux/kallsyms.h>
#include <linux/netlink.h>
#include <linux/pid_namespace.h>
#include <linux/ptrace.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <net/sock.h>
#include "blocker.h"
#include "nl_reader.h"

#define PTRACE_MODE (PTRACE_MODE_READ_REALCREDS | PTRACE_MODE_NOAUDIT)

/* Who listens to the group of events that is open. */
const struct klp_arm_nl_reader klp_arm_nl_everybody;

/*
 * Who listens to the other one. All get the same message, so there is no
 * namespace but the initial one, and no address: these are told by request.
 */
const struct klp_arm_nl_reader klp_arm_nl_admins = {
	.admin = true,
	.pid_ns = &init_pid_ns,
};

/*
 * Every buffer of a dump is filled by whoever reads the socket then, which need not
 * be the task that asked. So unlike netlink_capable(), which trusts the sender of
 * a message with an address, this always looks at who opened the socket, too.
 * There is a file: sockets of the kernel send no requests to this family.
 */
static const struct file *klp_arm_nl_socket_file(const struct sk_buff *request)
{
	return NETLINK_CB(request).sk->sk_socket->file;
}

/**
 * klp_arm_nl_reader_init() - find out who asks
 * @reader: filled; valid as long as current is the same
 * @request: the request; of a dump, the one that began it
 *
 * Context: process context; current sends the request, or reads the dump.
 */
void klp_arm_nl_reader_init(struct klp_arm_nl_reader *reader,
			    struct sk_buff *request)
{
	const struct file *file = klp_arm_nl_socket_file(request);

	reader->admin = netlink_capable(request, CAP_SYS_ADMIN) &&
			file_ns_capable(file, &init_user_ns, CAP_SYS_ADMIN);
	reader->addresses = reader->admin &&
			    kallsyms_show_value(current_cred());
	reader->ptrace = file->f_cred == current_cred();
	reader->pid_ns = task_active_pid_ns(current);
}

/**
 * klp_arm_nl_reader_has_numbers() - do numbers of the past mean anything to it?
 * @reader: who asks
 *
 * Tasks of the past are remembered by what they were in the initial namespace.
 *
 * Return: whether they do.
 */
bool klp_arm_nl_reader_has_numbers(const struct klp_arm_nl_reader *reader)
{
	return reader->admin && reader->pid_ns == &init_pid_ns;
}

/**
 * klp_arm_nl_identify_past() - who was it, as far as the reader may know?
 * @reader: who asks
 * @blocker: the task, which may be gone
 *
 * Return: what to tell.
 */
struct klp_arm_nl_identity
klp_arm_nl_identify_past(const struct klp_arm_nl_reader *reader,
			 const struct klp_arm_blocker *blocker)
{
	return (struct klp_arm_nl_identity) {
		.shown = reader->admin,
		.numbered = klp_arm_nl_reader_has_numbers(reader),
		.pid = blocker->pid,
		.tid = blocker->tid,
	};
}

/**
 * klp_arm_nl_identify() - who is it, as far as the reader may know?
 * @reader: who asks
 * @blocker: a task that a transition waits for
 *
 * Return: what to tell.
 */
struct klp_arm_nl_identity
klp_arm_nl_identify(const struct klp_arm_nl_reader *reader,
		    const struct klp_arm_blocker *blocker)
{
	struct klp_arm_nl_identity who = {};
	struct task_struct *task;

	/* Idle tasks have the number 0 in any namespace. */
	if (blocker->cpu >= 0)
		return (struct klp_arm_nl_identity) {
			.shown = reader->admin,
			.numbered = reader->admin,
		};

	guard(rcu)();
	task = klp_arm_blocker_task(blocker);
	if (!task)
		return klp_arm_nl_identify_past(reader, blocker);

	who.shown = reader->admin ||
		    (reader->ptrace && ptrace_may_access(task, PTRACE_MODE));
	who.pid = task_tgid_nr_ns(task, reader->pid_ns);
	who.tid = task_pid_nr_ns(task, reader->pid_ns);
	/* 0 is who cannot be seen from that namespace. */
	who.numbered = who.shown && who.tid;

	return who;
}
