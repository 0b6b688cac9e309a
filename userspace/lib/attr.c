// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * attr.c - bounds-checked reading of netlink attributes
 *
 * Nothing here trusts a length: a message may come from a newer kernel, from
 * a recording or from a fuzzer. Unknown attributes are the callers' to skip.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <linux/genetlink.h>

#include "attr.h"

struct klp_attrs klp_attrs_of_bytes(const void *data, size_t len)
{
	return (struct klp_attrs){ .pos = data, .left = len };
}

struct klp_attrs klp_attrs_of_message(const struct nlmsghdr *nlh)
{
	const size_t skip = NLMSG_HDRLEN + NLMSG_ALIGN(GENL_HDRLEN);

	if (nlh->nlmsg_len < skip)
		return klp_attrs_of_bytes(nlh, 0);
	return klp_attrs_of_bytes((const unsigned char *)nlh + skip,
				  nlh->nlmsg_len - skip);
}

struct klp_attrs klp_attrs_of_nest(const struct klp_attr *attr)
{
	return klp_attrs_of_bytes(attr->data, attr->len);
}

int klp_attr_next(struct klp_attrs *attrs, struct klp_attr *attr)
{
	struct nlattr head;
	size_t step;

	if (attrs->left == 0)
		return 0;
	if (attrs->left < sizeof(head))
		return -EBADMSG;
	memcpy(&head, attrs->pos, sizeof(head));
	if (head.nla_len < sizeof(head) || head.nla_len > attrs->left)
		return -EBADMSG;

	attr->type = head.nla_type & NLA_TYPE_MASK;
	attr->data = attrs->pos + NLA_HDRLEN;
	attr->len = head.nla_len - NLA_HDRLEN;

	/* The last attribute of a run may lack its padding. */
	step = NLA_ALIGN(head.nla_len);
	if (step > attrs->left)
		step = attrs->left;
	attrs->pos += step;
	attrs->left -= step;
	return 1;
}

/* The spec's "uint" is 4 or 8 bytes, as the value needs. */
int klp_attr_uint(const struct klp_attr *attr, uint64_t *value)
{
	uint32_t small;

	if (attr->len == sizeof(small)) {
		memcpy(&small, attr->data, sizeof(small));
		*value = small;
		return 0;
	}
	if (attr->len == sizeof(*value)) {
		memcpy(value, attr->data, sizeof(*value));
		return 0;
	}
	return -EBADMSG;
}

int klp_attr_u32(const struct klp_attr *attr, uint32_t *value)
{
	if (attr->len != sizeof(*value))
		return -EBADMSG;
	memcpy(value, attr->data, sizeof(*value));
	return 0;
}

int klp_attr_s32(const struct klp_attr *attr, int32_t *value)
{
	if (attr->len != sizeof(*value))
		return -EBADMSG;
	memcpy(value, attr->data, sizeof(*value));
	return 0;
}

int klp_attr_string(const struct klp_attr *attr, char **value)
{
	const char *text = attr->data;
	size_t len = attr->len;
	char *copy;

	if (len > 0 && text[len - 1] == '\0')
		len--;
	if (memchr(text, '\0', len))
		return -EBADMSG;
	copy = malloc(len + 1);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, text, len);
	copy[len] = '\0';
	free(*value);
	*value = copy;
	return 0;
}

int klp_attr_bytes(const struct klp_attr *attr, uint8_t **value, size_t *len)
{
	/* malloc(0) may be NULL: an empty value is none. */
	uint8_t *copy = attr->len ? malloc(attr->len) : NULL;

	if (attr->len && !copy)
		return -ENOMEM;
	if (copy)
		memcpy(copy, attr->data, attr->len);
	free(*value);
	*value = copy;
	*len = attr->len;
	return 0;
}
