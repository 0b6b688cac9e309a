/* SPDX-License-Identifier: GPL-2.0 */
/*
 * exercise.h - the parts of a load that enters many functions of a kernel
 */

#ifndef EXERCISE_H
#define EXERCISE_H

/*
 * Each part makes system calls in a directory of its own and looks at no result: a
 * kernel that has no such call is as good as one that refuses it. What they find is
 * found by the kernel, which reports its own faults.
 */
void exercise_files(void);
void exercise_mounts(void);
void exercise_memory(void);
void exercise_tasks(void);
void exercise_timers(void);
void exercise_sockets(void);
void exercise_packets(void);
void exercise_rings(void);
void exercise_knobs(void);

#endif
