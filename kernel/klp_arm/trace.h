/* SPDX-License-Identifier: GPL-2.0 */
/*
 * trace.h - tracepoints of the reporter, for perf, ftrace and BPF.
 */
#undef TRACE_SYSTEM
#define TRACE_SYSTEM klp_arm

#if !defined(_KLP_ARM_TRACE_H) || defined(TRACE_HEADER_MULTI_READ)
#define _KLP_ARM_TRACE_H

#include <linux/sched.h>
#include <linux/tracepoint.h>
#include <uapi/linux/klp_arm.h>

/* Each event of the multicast group, whether somebody listens or not. */
TRACE_EVENT(klp_arm_event,
	    TP_PROTO(u64 seq, enum klp_arm_event_kind kind, const char *name),
	    TP_ARGS(seq, kind, name),
	    TP_STRUCT__entry(__field(u64, seq)
			     __field(u32, kind)
			     __string(name, name)
			     ),
	    TP_fast_assign(__entry->seq = seq;
			   __entry->kind = kind;
			   __assign_str(name);
			   ),
	    TP_printk("seq=%llu kind=%u name=%s", __entry->seq, __entry->kind,
		      __get_str(name))
);

/* Each time that a task was asked and did not switch. */
TRACE_EVENT(klp_arm_task_blocked,
	    TP_PROTO(const struct task_struct *task,
		     enum klp_arm_blocker_reason reason,
		     enum klp_arm_stack_reason stack_reason, unsigned long pc,
		     const char *func),
	    TP_ARGS(task, reason, stack_reason, pc, func),
	    TP_STRUCT__entry(__field(pid_t, tid)
			     __array(char, comm, TASK_COMM_LEN)
			     __field(u32, reason)
			     __field(u32, stack_reason)
			     __field(unsigned long, pc)
			     __string(func, func)
			     ),
	    TP_fast_assign(__entry->tid = task->pid;
			   strscpy(__entry->comm, task->comm, TASK_COMM_LEN);
			   __entry->reason = reason;
			   __entry->stack_reason = stack_reason;
			   __entry->pc = pc;
			   __assign_str(func);
			   ),
	    TP_printk("tid=%d comm=%s reason=%u stack_reason=%u pc=%pS func=%s",
		      __entry->tid, __entry->comm, __entry->reason,
		      __entry->stack_reason, (void *)__entry->pc,
		      __get_str(func))
);

#endif /* _KLP_ARM_TRACE_H */

#undef TRACE_INCLUDE_PATH
#define TRACE_INCLUDE_PATH .
#undef TRACE_INCLUDE_FILE
#define TRACE_INCLUDE_FILE trace
#include <trace/define_trace.h>
