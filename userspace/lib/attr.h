/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * attr.h - bounds-checked reading of netlink attributes
 */
#ifndef KLP_ATTR_H
#define KLP_ATTR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <linux/netlink.h>

/*
 * struct klp_attr - one attribute, known to lie inside its message
 *
 * The payload is aligned to 4 bytes only: 64-bit values are copied out.
 */
struct klp_attr {
	uint16_t type;
	const void *data;
	size_t len;
};

/* A run of attributes that is still to be read. */
struct klp_attrs {
	const unsigned char *pos;
	size_t left;
};

/* The attributes of a generic netlink message, behind both its headers. */
struct klp_attrs klp_attrs_of_message(const struct nlmsghdr *nlh);
struct klp_attrs klp_attrs_of_bytes(const void *data, size_t len);
struct klp_attrs klp_attrs_of_nest(const struct klp_attr *attr);

/* Returns 1 and the next attribute, 0 at the end, -EBADMSG if cut short. */
int klp_attr_next(struct klp_attrs *attrs, struct klp_attr *attr);

/* Each returns 0, or -EBADMSG if the payload has not the asked type. */
int klp_attr_uint(const struct klp_attr *attr, uint64_t *value);
int klp_attr_u32(const struct klp_attr *attr, uint32_t *value);
int klp_attr_s32(const struct klp_attr *attr, int32_t *value);

/*
 * Copies a string out into newly allocated memory, freeing what *value held.
 * Returns 0, -ENOMEM, or -EBADMSG if there is a NUL in the middle.
 */
int klp_attr_string(const struct klp_attr *attr, char **value);

/*
 * Copies bytes out in the same way; *value is NULL if there are none. Returns 0
 * or -ENOMEM.
 */
int klp_attr_bytes(const struct klp_attr *attr, uint8_t **value, size_t *len);

#endif /* KLP_ATTR_H */
