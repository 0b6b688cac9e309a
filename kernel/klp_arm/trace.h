/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - tracepoints of the reporter, for perf, ftrace and BPF.
 *
 * Names of fields and of values are those of the netlink protocol.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM klp_arm

#if !defined(_KLP_ARM_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _KLP_ARM_TRACE_H

#include <linux/sched.h>
#include <linux/tracepoint.h>
#include <uapi/linux/klp_arm.h>
#include "blocker.h"
#include "trace_names.h"

/*
 * Each event of the multicast groups, whether somebody listens or not. It is about
 * a patch, and about a module that comes or goes, or about a task; what it is not
 * about is empty or 0.
 *
 * The name of a task is any bytes. It is the last field, so that no name can be
 * taken for another field.
 */
TRACE_EVENT(klp_arm_event,
	    TP_PROTO(u64 seq, enum klp_arm_event_kind kind, const char *patch,
		     const char *module, const struct klp_arm_blocker *who),
	    TP_ARGS(seq, kind, patch, module, who),
	    TP_STRUCT__entry(__field(u64, seq)
			     __field(u32, kind)
			     __string(patch, patch ?: "")
			     __string(module, module ?: "")
			     __string(func, who ? who->func : "")
			     __field(pid_t, pid)
			     __field(pid_t, tid)
			     __string(comm, who ? who->comm : "")
			     ),
	    TP_fast_assign(__entry->seq = seq;
			   __entry->kind = kind;
			   __assign_str(patch);
			   __assign_str(module);
			   __assign_str(func);
			   __entry->pid = who ? who->pid : 0;
			   __entry->tid = who ? who->tid : 0;
			   __assign_str(comm);
			   ),
	    TP_printk("seq=%llu kind=%s patch=%s module=%s func=%s pid=%d tid=%d comm=%s",
		      __entry->seq, klp_arm_show_event_kind(__entry->kind),
		      __get_str(patch), __get_str(module), __get_str(func),
		      __entry->pid, __entry->tid, __get_str(comm))
);

/*
 * Each time that a task was asked and did not switch: @answer has the reason and
 * what belongs to it. @patch is empty if the task asked itself before the start of
 * the transition was noted, or after its end.
 */
TRACE_EVENT(klp_arm_task_blocked,
	    TP_PROTO(const struct task_struct *task, const char *patch,
		     const struct klp_arm_blocker *answer),
	    TP_ARGS(task, patch, answer),
	    TP_STRUCT__entry(__string(patch, patch)
			     __field(u32, reason)
			     __field(u32, stack_reason)
			     __field(unsigned long, where)
			     __string(func, answer->func)
			     __field(pid_t, pid)
			     __field(pid_t, tid)
			     __array(char, comm, TASK_COMM_LEN)
			     ),
	    TP_fast_assign(__assign_str(patch);
			   __entry->reason = answer->reason;
			   __entry->stack_reason = answer->stack_reason;
			   __entry->where = answer->pc;
			   __assign_str(func);
			   __entry->pid = task->tgid;
			   __entry->tid = task->pid;
			   strscpy(__entry->comm, task->comm, TASK_COMM_LEN);
			   ),
	    TP_printk("patch=%s reason=%s stack_reason=%s where=%pS func=%s pid=%d tid=%d comm=%s",
		      __get_str(patch),
		      klp_arm_show_blocker_reason(__entry->reason),
		      __entry->reason == KLP_ARM_BLOCKER_REASON_UNRELIABLE_STACK ?
		      klp_arm_show_stack_reason(__entry->stack_reason) : "",
		      (void *)__entry->where, __get_str(func), __entry->pid,
		      __entry->tid, __entry->comm)
);

#endif /* _KLP_ARM_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
