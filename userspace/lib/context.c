// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * context.c - the library context: its life, its last error, its version
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "internal.h"

int klp_ctx_new(struct klp_ctx **out)
{
	struct klp_ctx *ctx;

	*out = NULL;
	ctx = calloc(1, sizeof(*ctx));
	if (!ctx)
		return -ENOMEM;
	ctx->buffer = malloc(KLP_RECV_SIZE);
	if (!ctx->buffer) {
		free(ctx);
		return -ENOMEM;
	}
	ctx->transport = &klp_nl_transport;
	*out = ctx;
	return 0;
}

void klp_ctx_free(struct klp_ctx *ctx)
{
	if (!ctx)
		return;
	if (ctx->is_open)
		ctx->transport->close(ctx);
	free(ctx->buffer);
	free(ctx);
}

void klp_ctx_set_deadline(struct klp_ctx *ctx, uint64_t monotonic_ms)
{
	ctx->deadline_ms = monotonic_ms;
}

bool klp_ctx_is_asking(const struct klp_ctx *ctx)
{
	return atomic_load(&ctx->asking);
}

const char *klp_last_error(const struct klp_ctx *ctx)
{
	return ctx->error;
}

int klp_fail(struct klp_ctx *ctx, int err, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vsnprintf(ctx->error, sizeof(ctx->error), fmt, args);
	va_end(args);
	return err;
}

int klp_no_memory(struct klp_ctx *ctx)
{
	klp_fail(ctx, -ENOMEM, "%s", strerror(ENOMEM));
	return -ENOMEM;
}

const char *klp_version(void)
{
	return KLP_VERSION_STRING;
}
