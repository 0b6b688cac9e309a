// SPDX-License-Identifier: GPL-2.0
/*
 * clock.c - the time now, and dates as text
 */
#include <stdio.h>
#include <time.h>

#include "clock.h"

#define NS_PER_S 1000000000ULL

uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

void date_text(uint64_t real, char text[DATE_SIZE])
{
	time_t seconds = (time_t)(real / NS_PER_S);
	char day[24] = "-";
	struct tm date;

	/* A time that is beyond the calendar is no reason to fail. */
	if (gmtime_r(&seconds, &date))
		strftime(day, sizeof(day), "%Y-%m-%dT%H:%M:%S", &date);
	snprintf(text, DATE_SIZE, "%s.%03uZ", day,
		 (unsigned int)(real % NS_PER_S / 1000000));
}
