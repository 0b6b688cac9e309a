// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * code.c - the code of a function, as it is in the kernel's memory
 *
 * The kernel gives a part of it with each answer.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <linux/klp_arm.h>

#include "internal.h"
#include "objects.h"

/* No function is that large: the kernel's text is a few of these. */
#define MOST_CODE (1U << 20)

struct klp_code {
	uint8_t *bytes;
	uint32_t size;
};

struct part {
	uint32_t wanted; /* the offset that was asked for */
	uint32_t offset;
	uint32_t size; /* of the whole */
	uint8_t *bytes;
	size_t count;
};

static int take_code_attr(const struct klp_attr *attr, struct part *part)
{
	switch (attr->type) {
	case KLP_ARM_A_CODE_OFFSET:
		return klp_attr_u32(attr, &part->offset);
	case KLP_ARM_A_CODE_SIZE:
		return klp_attr_u32(attr, &part->size);
	case KLP_ARM_A_CODE_BYTES:
		return klp_attr_bytes(attr, &part->bytes, &part->count);
	default:
		return 0;
	}
}

static int take_code(const struct nlmsghdr *nlh, void *arg)
{
	struct klp_attrs attrs = klp_attrs_of_message(nlh);
	struct part *part = arg;
	struct klp_attr attr;
	int err;

	while ((err = klp_attr_next(&attrs, &attr)) == 1) {
		err = take_code_attr(&attr, part);
		if (err)
			return err;
	}
	if (err)
		return err;
	if (part->offset != part->wanted || part->size > MOST_CODE ||
	    part->offset > part->size || !part->count ||
	    part->count > part->size - part->offset)
		return -EBADMSG;
	return 0;
}

static void empty_part(void *arg)
{
	struct part *part = arg;

	free(part->bytes);
	*part = (struct part){ .wanted = part->wanted };
}

static int ask_part(struct klp_ctx *ctx, const struct klp_request_attr *attrs,
		    struct part *part)
{
	const struct klp_request request = {
		.cmd = KLP_ARM_CMD_CODE_GET,
		.what = "code-get",
		.attrs = attrs,
	};
	int err = klp_ask(ctx, &request, take_code, empty_part, part);

	if (!err && !part->count)
		err = klp_fail(ctx, -EBADMSG,
			       "code-get: the kernel's answer is empty");
	return err;
}

/* Appends a part, which is of the same whole as the others. */
static int add_part(struct klp_ctx *ctx, struct klp_code *code,
		    const struct part *part)
{
	if (!code->bytes) {
		code->size = part->size;
		code->bytes = malloc(code->size);
		if (!code->bytes)
			return klp_no_memory(ctx);
	}
	/* The function's module may have been replaced by another one. */
	if (part->size != code->size)
		return klp_fail(ctx, -EAGAIN,
				"code-get: the function changed meanwhile");
	memcpy(code->bytes + part->offset, part->bytes, part->count);
	return 0;
}

int klp_code_get(struct klp_ctx *ctx, const char *object, const char *name,
		 uint32_t sympos, struct klp_code **out)
{
	struct klp_request_attr attrs[] = {
		{ KLP_REQUEST_TEXT, KLP_ARM_A_CODE_OBJECT, .text = object },
		{ KLP_REQUEST_TEXT, KLP_ARM_A_CODE_NAME, .text = name },
		{ sympos ? KLP_REQUEST_U32 : KLP_REQUEST_SKIP,
		  KLP_ARM_A_CODE_SYMPOS, .number = sympos },
		{ KLP_REQUEST_U32, KLP_ARM_A_CODE_OFFSET, .number = 0 },
		{ KLP_REQUEST_END },
	};
	struct klp_code *code = calloc(1, sizeof(*code));
	struct part part = { 0 };
	int err = 0;

	*out = NULL;
	if (!code)
		return klp_no_memory(ctx);
	do {
		attrs[3].number = part.wanted;
		err = ask_part(ctx, attrs, &part);
		if (!err)
			err = add_part(ctx, code, &part);
		part.wanted += (uint32_t)part.count;
		empty_part(&part);
	} while (!err && part.wanted < code->size);
	if (err)
		klp_code_free(code);
	else
		*out = code;
	return err;
}

void klp_code_free(struct klp_code *code)
{
	if (!code)
		return;
	free(code->bytes);
	free(code);
}

const uint8_t *klp_code_bytes(const struct klp_code *code, size_t *size)
{
	*size = code->size;
	return code->bytes;
}
