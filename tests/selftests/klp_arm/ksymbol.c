// SPDX-License-Identifier: GPL-2.0
/*
 * ksymbol.c - print what perf is told of symbols that come and go.
 *
 * ksymbol NAME
 *
 * Prints "ready", then a line for each symbol of that name, "come ADDRESS SIZE" or
 * "gone ADDRESS SIZE", until it is killed.
 */
#include <err.h>
#include <inttypes.h>
#include <linux/perf_event.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MOST_CPUS 64
#define DATA_PAGES 8

struct ksymbol {
	struct perf_event_header header;
	uint64_t addr;
	uint32_t size;
	uint16_t type;
	uint16_t flags;
	char name[];
};

static long page_size;

/* What is told on one CPU. */
static int open_events(int cpu, struct perf_event_mmap_page **ring)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr),
		.type = PERF_TYPE_SOFTWARE,
		.config = PERF_COUNT_SW_DUMMY,
		.ksymbol = 1,
		.watermark = 1,
		.wakeup_watermark = 1,
	};
	int fd = (int)syscall(SYS_perf_event_open, &attr, -1, cpu, -1, 0);

	if (fd < 0)
		err(1, "perf_event_open");
	*ring = mmap(NULL, (1 + DATA_PAGES) * (size_t)page_size,
		     PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (*ring == MAP_FAILED)
		err(1, "mmap");
	return fd;
}

static void print_event(const struct ksymbol *symbol, const char *name)
{
	if (symbol->header.type != PERF_RECORD_KSYMBOL ||
	    strcmp(symbol->name, name) != 0)
		return;
	printf("%s %08" PRIx64 " %" PRIu32 "\n",
	       symbol->flags & PERF_RECORD_KSYMBOL_FLAGS_UNREGISTER ? "gone" :
								      "come",
	       symbol->addr, symbol->size);
	fflush(stdout);
}

/* Records may wrap around the end of the ring: each is put together first. */
static void read_ring(struct perf_event_mmap_page *ring, const char *name)
{
	const char *data = (const char *)ring + ring->data_offset;
	uint64_t head = __atomic_load_n(&ring->data_head, __ATOMIC_ACQUIRE);
	static uint64_t aligned[UINT16_MAX / sizeof(uint64_t) + 1];
	char *record = (char *)aligned;
	uint64_t tail = ring->data_tail;
	struct perf_event_header header;
	size_t i;

	while (tail < head) {
		for (i = 0; i < sizeof(header); i++)
			record[i] = data[(tail + i) % ring->data_size];
		memcpy(&header, record, sizeof(header));
		if (header.size < sizeof(header))
			errx(1, "a record of %u bytes", header.size);
		for (i = 0; i < header.size; i++)
			record[i] = data[(tail + i) % ring->data_size];
		print_event((const struct ksymbol *)aligned, name);
		tail += header.size;
	}
	__atomic_store_n(&ring->data_tail, tail, __ATOMIC_RELEASE);
}

int main(int argc, char **argv)
{
	struct perf_event_mmap_page *ring[MOST_CPUS];
	struct pollfd fds[MOST_CPUS];
	int cpus = (int)sysconf(_SC_NPROCESSORS_ONLN);
	int cpu;

	if (argc != 2)
		errx(2, "usage: ksymbol NAME");
	if (cpus > MOST_CPUS)
		errx(1, "more than %d CPUs", MOST_CPUS);
	page_size = sysconf(_SC_PAGESIZE);
	for (cpu = 0; cpu < cpus; cpu++) {
		fds[cpu].fd = open_events(cpu, &ring[cpu]);
		fds[cpu].events = POLLIN;
	}
	puts("ready");
	fflush(stdout);
	while (poll(fds, (nfds_t)cpus, -1) > 0)
		for (cpu = 0; cpu < cpus; cpu++)
			read_ring(ring[cpu], argv[1]);
	err(1, "poll");
}
