/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * objects.h - the objects that are parts of others, and their parsers
 *
 * What one file alone looks into is defined in that file.
 */
#ifndef KLP_OBJECTS_H
#define KLP_OBJECTS_H

#include <klp/klp.h>

#include "attr.h"

struct klp_actor {
	bool known;
	uint64_t time;
	uint64_t time_real;
	bool has_pid;
	bool has_uid;
	uint32_t pid;
	uint32_t uid;
	char *comm;
};

/* How many there are of each reason. */
struct klp_counts {
	struct klp_count *items;
	size_t count;
};

struct klp_patch {
	char *name;
	uint64_t id;
	bool has_state;
	uint32_t state;
	bool replace;
	bool forced;
	uint32_t object_count;
	uint32_t func_count;
	struct klp_object *objects;
	size_t listed;
	char *version;
	bool version_cut;
	bool has_fixes;
	uint32_t target;
	uint8_t *build_id;
	size_t build_id_len;
	struct klp_actor loaded;
	struct klp_actor changed;
	struct klp_actor force;
};

struct klp_transition {
	uint32_t generation;
	char *patch; /* NULL: no transition */
	uint64_t patch_id;
	uint32_t direction;
	uint64_t started;
	uint64_t started_real;
	uint64_t elapsed_ms;
	uint32_t total;
	uint32_t switched;
	uint32_t remaining;
	bool forced;
	bool reversed;
	uint32_t attempts;
	uint32_t signals;
	uint32_t blockers;
	uint32_t blockers_dropped;
	bool core_busy;
	struct klp_counts reasons;
};

struct klp_blocker {
	char *patch;
	bool has_pid;
	bool has_tid;
	uint32_t pid;
	uint32_t tid;
	char *comm; /* NULL: not told */
	int cpu; /* one more than the number, 0 = none */
	bool kthread;
	bool has_reason;
	uint32_t reason;
	char *func;
	uint32_t stack_reason;
	char *where;
	uint32_t attempts;
	uint64_t first_seen;
	uint64_t last_seen;
	struct klp_frame *frames;
	size_t frame_count;
};

struct klp_failure {
	bool has_id;
	uint64_t id;
	uint64_t time;
	uint64_t time_real;
	char *patch;
	bool has_pid;
	bool has_tid;
	uint32_t pid;
	uint32_t tid;
	char *comm; /* NULL: not told */
	bool has_reason;
	uint32_t reason;
	char *func;
	uint32_t stack_reason;
	char *where;
};

/*
 * Each parser reads attributes, those of a message or of a nest, into a zeroed
 * object, which the caller releases whatever is returned: 0, -ENOMEM, or
 * -EBADMSG if an attribute is malformed or a required one is missing. Unknown
 * attributes come from newer kernels and are skipped.
 */
int klp_parse_actor(struct klp_attrs attrs, struct klp_actor *actor);
int klp_parse_patch(struct klp_attrs attrs, struct klp_patch *patch);
int klp_parse_transition(struct klp_attrs attrs,
			 struct klp_transition *transition);
int klp_parse_blocker(struct klp_attrs attrs, struct klp_blocker *blocker);
int klp_parse_failure(struct klp_attrs attrs, struct klp_failure *failure);

/* Free what the object holds, not the object. */
void klp_release_actor(struct klp_actor *actor);
void klp_release_patch(struct klp_patch *patch);
void klp_release_transition(struct klp_transition *transition);
void klp_release_blocker(struct klp_blocker *blocker);
void klp_release_failure(struct klp_failure *failure);

/* Adds the nest of one reason to the counts. */
int klp_counts_add(struct klp_counts *counts, const struct klp_attr *nest);
uint64_t klp_counts_of(const struct klp_counts *counts, uint32_t reason);
uint64_t klp_counts_of_stacks(const struct klp_counts *counts,
			      uint32_t stack_reason);

/* As klp_transition_get(), but with an object when there is no transition. */
int klp_transition_read(struct klp_ctx *ctx,
			struct klp_transition **transition);

/* The number of the state that an info shows. */
uint32_t klp_info_generation(const struct klp_info *info);

#endif /* KLP_OBJECTS_H */
