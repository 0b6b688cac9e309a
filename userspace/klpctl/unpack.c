// SPDX-License-Identifier: GPL-2.0
/*
 * unpack.c - modules as distributions ship them, compressed
 *
 * A small file may claim to be any number of bytes, so there are limits for
 * what comes out and for what the decoder needs meanwhile. Which formats there
 * are depends on the libraries that were there when klpctl was built.
 */
#include <stdlib.h>
#include <string.h>

#ifdef HAVE_XZ
#include <lzma.h>
#endif
#ifdef HAVE_GZIP
#include <zlib.h>
#endif
#ifdef HAVE_ZSTD
#include <zstd.h>
#include <zstd_errors.h>
#endif

#include "oom.h"
#include "unpack.h"

/* No module that is shipped comes near it. */
#define LARGEST_UNPACKED (64U << 20)
#define TOO_LARGE "unpacks to more than 64 MiB: too large for a module"

/* That of xz -9, which has the largest dictionary, is 65 MiB. */
#define DECODER_MEMORY (96U << 20)
#define DECODER_MEMORY_LOG 26
#define TOO_HUNGRY "would take more than 96 MiB of memory to unpack"

#define DAMAGED(format) "cut short or damaged: not whole " format " data"
#define NOT_BUILT_IN(format)                                                   \
	"compressed with " format ", which this klpctl was built without:"     \
	" unpack it first"

#define FIRST_ROOM (256U << 10)

/* What has come out so far. */
struct output {
	unsigned char *data;
	size_t size;
	size_t room;
};

/* Room behind what is there. One byte beyond the limit tells of too much. */
__attribute__((unused)) static const char *grow(struct output *out)
{
	size_t room = out->room ? 2 * out->room : FIRST_ROOM;
	unsigned char *data;

	if (out->size < out->room)
		return NULL;
	if (out->size > LARGEST_UNPACKED)
		return TOO_LARGE;
	if (room > LARGEST_UNPACKED)
		room = LARGEST_UNPACKED + 1;
	data = realloc(out->data, room);
	if (!data)
		out_of_memory();
	out->data = data;
	out->room = room;
	return NULL;
}

static const char *unpack_xz(const unsigned char *data, size_t size,
			     struct output *out)
{
#ifdef HAVE_XZ
	lzma_stream stream = LZMA_STREAM_INIT;
	const char *error = NULL;
	lzma_ret ret;

	ret = lzma_stream_decoder(&stream, DECODER_MEMORY, LZMA_CONCATENATED);
	if (ret != LZMA_OK)
		out_of_memory();
	stream.next_in = data;
	stream.avail_in = size;
	while (ret == LZMA_OK) {
		error = grow(out);
		if (error)
			break;
		stream.next_out = out->data + out->size;
		stream.avail_out = out->room - out->size;
		ret = lzma_code(&stream, LZMA_FINISH);
		out->size = out->room - stream.avail_out;
	}
	lzma_end(&stream);
	if (error || ret == LZMA_STREAM_END)
		return error;
	if (ret == LZMA_MEM_ERROR)
		out_of_memory();
	return ret == LZMA_MEMLIMIT_ERROR ? TOO_HUNGRY : DAMAGED("xz");
#else
	(void)data;
	(void)size;
	(void)out;
	return NOT_BUILT_IN("xz");
#endif
}

static const char *unpack_gzip(const unsigned char *data, size_t size,
			       struct output *out)
{
#ifdef HAVE_GZIP
	/* With the header and trailer of gzip, and the largest window. */
	const int window_bits = 16 + MAX_WBITS;
	z_stream stream = { .next_in = (unsigned char *)data,
			    .avail_in = (uInt)size };
	const char *error = NULL;
	int ret;

	if (inflateInit2(&stream, window_bits) != Z_OK)
		out_of_memory();
	do {
		error = grow(out);
		if (error)
			break;
		stream.next_out = out->data + out->size;
		stream.avail_out = (uInt)(out->room - out->size);
		ret = inflate(&stream, Z_NO_FLUSH);
		out->size = out->room - stream.avail_out;
		/* Files may have been put together. */
		if (ret == Z_STREAM_END && stream.avail_in)
			ret = inflateReset(&stream);
	} while (ret == Z_OK);
	inflateEnd(&stream);
	if (error || ret == Z_STREAM_END)
		return error;
	if (ret == Z_MEM_ERROR)
		out_of_memory();
	return DAMAGED("gzip");
#else
	(void)data;
	(void)size;
	(void)out;
	return NOT_BUILT_IN("gzip");
#endif
}

#ifdef HAVE_ZSTD
static const char *zstd_error(size_t ret)
{
	if (ZSTD_getErrorCode(ret) == ZSTD_error_memory_allocation)
		out_of_memory();
	return DAMAGED("zstd");
}
#endif

static const char *unpack_zstd(const unsigned char *data, size_t size,
			       struct output *out)
{
#ifdef HAVE_ZSTD
	ZSTD_DCtx *context = ZSTD_createDCtx();
	ZSTD_inBuffer in = { .src = data, .size = size };
	const char *error = NULL;
	size_t ret = 1;

	if (!context)
		out_of_memory();
	ret = ZSTD_DCtx_setParameter(context, ZSTD_d_windowLogMax,
				     DECODER_MEMORY_LOG);
	if (ZSTD_isError(ret))
		error = zstd_error(ret);
	/* 0 is the end of a frame; another may follow. */
	while (!error) {
		ZSTD_outBuffer to;

		error = grow(out);
		if (error)
			break;
		to = (ZSTD_outBuffer){ .dst = out->data,
				       .size = out->room,
				       .pos = out->size };
		ret = ZSTD_decompressStream(context, &to, &in);
		out->size = to.pos;
		if (ZSTD_isError(ret))
			error = zstd_error(ret);
		else if (in.pos == in.size && (ret == 0 || to.pos < to.size))
			break;
	}
	ZSTD_freeDCtx(context);
	return error || ret == 0 ? error : DAMAGED("zstd");
#else
	(void)data;
	(void)size;
	(void)out;
	return NOT_BUILT_IN("zstd");
#endif
}

/* The first bytes of the compressed files that modprobe would unpack. */
static const struct format {
	const char *magic;
	size_t len;
	const char *(*decode)(const unsigned char *data, size_t size,
			      struct output *out);
} formats[] = {
	{ "\x1f\x8b", 2, unpack_gzip },
	{ "\xfd"
	  "7zXZ",
	  5, unpack_xz },
	{ "\x28\xb5\x2f\xfd", 4, unpack_zstd },
};

#define FORMATS (sizeof(formats) / sizeof(formats[0]))

/* NULL: it is none of these. */
static const struct format *format_of(const unsigned char *data, size_t size)
{
	size_t i;

	for (i = 0; i < FORMATS; i++) {
		if (size >= formats[i].len &&
		    memcmp(data, formats[i].magic, formats[i].len) == 0)
			return &formats[i];
	}
	return NULL;
}

bool unpack_is_due(const unsigned char *data, size_t size)
{
	return format_of(data, size);
}

static const char *decode(const unsigned char *data, size_t size,
			  struct output *out)
{
	const struct format *format = format_of(data, size);

	return format ? format->decode(data, size, out) : "not compressed";
}

const char *unpack(const unsigned char *data, size_t size,
		   unsigned char **unpacked, size_t *unpacked_size)
{
	struct output out = { 0 };
	const char *error = decode(data, size, &out);

	if (error) {
		free(out.data);
		return error;
	}
	*unpacked = out.data;
	*unpacked_size = out.size;
	return NULL;
}
