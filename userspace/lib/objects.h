/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * objects.h - the objects behind the opaque handles, and their parsers
 */
#ifndef KLP_OBJECTS_H
#define KLP_OBJECTS_H

#include <linux/netlink.h>

#include <klp/klp.h>

#define KLP_FUNC_FIELDS (KLP_FUNC_FIELD_RESTORED + 1)

struct klp_object {
	char *name;
	bool patched;
	bool loaded;
	uint32_t func_count;
};

struct klp_patch {
	char *name;
	uint64_t id;
	uint32_t state;
	bool replace;
	bool forced;
	uint32_t object_count;
	uint32_t func_count;
	struct klp_object *objects;
	size_t listed;
};

struct klp_func {
	char *patch;
	uint64_t patch_id;
	char *object;
	char *name;
	uint32_t sympos;
	uint32_t state;
	bool active;
	char *active_patch;
	bool nop;
	bool has[KLP_FUNC_FIELDS];
	uint64_t value[KLP_FUNC_FIELDS];
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
};

struct klp_info {
	uint32_t generation;
	char *arch;
	uint32_t entry;
	uint32_t unwinder;
};

/*
 * Each parser reads one data message into a zeroed object, which the caller
 * releases whatever is returned: 0, -ENOMEM, or -EBADMSG if an attribute is
 * malformed or a required one is missing.
 */
int klp_parse_patch(const struct nlmsghdr *nlh, struct klp_patch *patch);
int klp_parse_func(const struct nlmsghdr *nlh, struct klp_func *func);
int klp_parse_transition(const struct nlmsghdr *nlh,
			 struct klp_transition *transition);
int klp_parse_info(const struct nlmsghdr *nlh, struct klp_info *info);

/* Free what the object holds, not the object. */
void klp_release_patch(struct klp_patch *patch);
void klp_release_func(struct klp_func *func);

#endif /* KLP_OBJECTS_H */
