// SPDX-License-Identifier: GPL-2.0
/*
 * clock.c - the time now, and dates as text
 */
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "clock.h"

#define NS_PER_S 1000000000ULL
#define S_PER_DAY (24 * 3600)

uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void pause_ms(uint64_t ms)
{
	const struct timespec pause = { .tv_sec = (time_t)(ms / 1000),
					.tv_nsec =
						(long)(ms % 1000) * 1000000 };

	/* A signal that does not end us merely shortens the interval. */
	nanosleep(&pause, NULL);
}

static bool is_leap(unsigned int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static unsigned int days_of_month(unsigned int year, unsigned int month)
{
	static const unsigned char days[] = { 31, 28, 31, 30, 31, 30,
					      31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && is_leap(year) ? 1 : 0);
}

/*
 * gmtime_r() reads /etc/localtime, of which UTC needs nothing. 64 bits of
 * nanoseconds end in the year 2554, so counting is fast enough.
 */
void date_text(uint64_t real, char text[DATE_SIZE])
{
	unsigned int seconds = (unsigned int)(real / NS_PER_S % S_PER_DAY);
	unsigned int days = (unsigned int)(real / NS_PER_S / S_PER_DAY);
	unsigned int year = 1970;
	unsigned int month = 0;

	for (; days >= 365U + is_leap(year); year++)
		days -= 365U + is_leap(year);
	for (; days >= days_of_month(year, month); month++)
		days -= days_of_month(year, month);
	snprintf(text, DATE_SIZE, "%04u-%02u-%02uT%02u:%02u:%02u.%03uZ",
		 year % 10000, (month + 1) % 100, (days + 1) % 100,
		 seconds / 3600, seconds / 60 % 60, seconds % 60,
		 (unsigned int)(real % NS_PER_S / 1000000));
}

void duration_text(uint64_t ms, char text[DURATION_SIZE])
{
	snprintf(text, DURATION_SIZE, "%" PRIu64 ".%03u s", ms / 1000,
		 (unsigned int)(ms % 1000));
}
