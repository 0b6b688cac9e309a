/* SPDX-License-Identifier: GPL-2.0 */
/*
 * livepatch.h - the functions that a livepatch module replaces, from its file
 */
#ifndef KLPCTL_LIVEPATCH_H
#define KLPCTL_LIVEPATCH_H

#include "image.h"

/* Strings belong to the image. */
struct livepatch_func {
	const char *object; /* name of a module, or "vmlinux" */
	const char *name;
	u32 sympos; /* 0: the name must be unique */
	u32 list; /* of the object that it is in, from 1 */
};

struct livepatch {
	struct livepatch_func *func;
	size_t funcs;
	u32 lists;
	size_t words; /* of lists, that may still be looked at */
	const char *error;
	char said[256]; /* what error may point to */
};

/* Returns 0, or -1 with livepatch->error; release it in either case. */
int livepatch_read(const struct image *image, struct livepatch *livepatch);
void livepatch_release(struct livepatch *livepatch);

#endif /* KLPCTL_LIVEPATCH_H */
