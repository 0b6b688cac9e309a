/* SPDX-License-Identifier: GPL-2.0 */
/*
 * child.h - end a child process, and no other.
 */
#ifndef KLP_TEST_CHILD_H
#define KLP_TEST_CHILD_H

#include <signal.h>
#include <stdbool.h>
#include <sys/types.h>
#include <sys/wait.h>

/*
 * Kill what fork() returned. After a fork() that failed that is -1, which means
 * every process to kill(). False unless the child was running until then.
 */
static inline bool end_child(pid_t child)
{
	int status;

	return child > 0 && !kill(child, SIGKILL) &&
	       waitpid(child, &status, 0) == child && WIFSIGNALED(status);
}

#endif /* KLP_TEST_CHILD_H */
