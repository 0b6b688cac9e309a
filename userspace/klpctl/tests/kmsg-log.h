/* SPDX-License-Identifier: GPL-2.0 */
/*
 * kmsg-log.h - what kmsg.c reads in kmsg-test: not /dev/kmsg, but its log
 *
 * It is included in front of kmsg.c by the compiler's option.
 */
#ifndef KLPCTL_KMSG_LOG_H
#define KLPCTL_KMSG_LOG_H

#include <fcntl.h>
#include <unistd.h>

int log_open(const char *path, int flags, ...);
off_t log_seek(int fd, off_t offset, int whence);
ssize_t log_read(int fd, void *data, size_t size);
int log_close(int fd);

#define open log_open
#define lseek log_seek
#define read log_read
#define close log_close

#endif /* KLPCTL_KMSG_LOG_H */
