/* SPDX-License-Identifier: GPL-2.0 */
/*
 * ktap.h - KTAP lines for the host's tests.
 */
#ifndef KLP_TEST_KTAP_H
#define KLP_TEST_KTAP_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>

struct ktap {
	unsigned int tests;
	unsigned int failed;
};

static inline void ktap_start(void)
{
	printf("KTAP version 1\n");
}

/* One result; @format tells why it failed and is printed only then. */
static inline __attribute__((format(printf, 4, 5))) void
ktap_result(struct ktap *ktap, bool ok, const char *name, const char *format,
	    ...)
{
	va_list args;

	ktap->tests++;
	if (!ok) {
		ktap->failed++;
		printf("# ");
		va_start(args, format);
		vprintf(format, args);
		va_end(args);
		printf("\n");
	}
	printf("%sok %u %s\n", ok ? "" : "not ", ktap->tests, name);
}

/* The plan and the totals. Return: the program's exit status. */
static inline int ktap_end(const struct ktap *ktap)
{
	printf("1..%u\n", ktap->tests);
	printf("# Totals: pass:%u fail:%u xfail:0 xpass:0 skip:0 error:0\n",
	       ktap->tests - ktap->failed, ktap->failed);
	return ktap->failed || !ktap->tests;
}

#endif /* KLP_TEST_KTAP_H */
