/* SPDX-License-Identifier: GPL-2.0 */
/*
 * program.h - a kernel, a module or an object file, placed where it can run.
 */
#ifndef KLP_PROOF_PROGRAM_H
#define KLP_PROOF_PROGRAM_H

#include "image.h"
#include "paths.h"

/**
 * struct program - an image whose sections have addresses
 * @image: what the file says
 * @address: of each section; 0 if it is not placed
 * @start: the first page
 * @end: behind the last page
 */
struct program {
	struct image image;
	u32 *address;
	u32 start;
	u32 end;
};

/*
 * Read a file and place it in @paths, with rooms for trampolines on both sides:
 * a branch from each function must get to one, which is so with 16 MiB of text.
 * Its own copy of the redirect's code is used, if it has one.
 * Return: false, after a message.
 */
bool program_open(struct program *program, const char *path,
		  struct paths *paths);
void program_close(struct program *program);

/* Take klp_arm_discard_frame from another file. Return: false, after a message. */
bool program_borrow(const char *path, struct paths *paths);

/* A function and its call, at the addresses that they were placed at. */
struct path_func program_func(const struct program *program,
			      const struct image_func *func,
			      struct image_place site);

#endif /* KLP_PROOF_PROGRAM_H */
