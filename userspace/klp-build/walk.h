/* SPDX-License-Identifier: GPL-2.0 */
/*
 * walk.h - all .cmd files below a directory
 */
#ifndef KLP_BUILD_WALK_H
#define KLP_BUILD_WALK_H

/**
 * walk_saved() - visit each .cmd file of a tree
 * @root: the tree; links below it are not followed, as one leads to the source
 * @visit: called with the path of each, which begins with @root, sorted by name
 * @context: for @visit
 *
 * A tree that cannot be read ends the program with a message.
 */
void walk_saved(const char *root,
		void (*visit)(void *context, const char *path), void *context);

#endif /* KLP_BUILD_WALK_H */
