// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * record.c - a preloaded library that writes what replay.c reads
 *
 *   LD_PRELOAD=record.so KLP_RECORD=FILE klpctl status
 *
 * in a guest turns the kernel's real answers into a scenario for the host.
 */
#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <linux/genetlink.h>
#include <linux/netlink.h>

static FILE *record_file(void)
{
	static FILE *file;
	const char *path = getenv("KLP_RECORD");

	if (!file && path)
		file = fopen(path, "ae");
	return file;
}

ssize_t sendto(int fd, const void *data, size_t len, int flags,
	       const struct sockaddr *to, socklen_t to_len)
{
	ssize_t (*real)(int, const void *, size_t, int, const struct sockaddr *,
			socklen_t);
	FILE *file = record_file();
	struct genlmsghdr genl;
	struct nlmsghdr nlh;

	*(void **)&real = dlsym(RTLD_NEXT, "sendto");
	if (file && len >= NLMSG_HDRLEN + sizeof(genl)) {
		memcpy(&nlh, data, sizeof(nlh));
		memcpy(&genl, (const char *)data + NLMSG_HDRLEN, sizeof(genl));
		fprintf(file, "request %d %s\n",
			nlh.nlmsg_type == GENL_ID_CTRL ? 0 : genl.cmd,
			(nlh.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP ? "dump" :
								       "do");
	}
	return real(fd, data, len, flags, to, to_len);
}

ssize_t recvmsg(int fd, struct msghdr *msg, int flags)
{
	ssize_t (*real)(int, struct msghdr *, int);
	FILE *file = record_file();
	ssize_t len;

	*(void **)&real = dlsym(RTLD_NEXT, "recvmsg");
	len = real(fd, msg, flags);
	/* Listeners do not wait: what they hear is no answer to a request. */
	if (file && len > 0 && !(flags & MSG_DONTWAIT)) {
		const unsigned char *data = msg->msg_iov[0].iov_base;
		ssize_t i;

		fputs("datagram ", file);
		for (i = 0; i < len; i++)
			fprintf(file, "%02x", data[i]);
		fputc('\n', file);
	}
	return len;
}
