/* SPDX-License-Identifier: GPL-2.0 */
/*
 * clock.h - the time now, and dates as text
 */
#ifndef KLPCTL_CLOCK_H
#define KLPCTL_CLOCK_H

#include <stdint.h>

/* Milliseconds of the monotonic clock. */
uint64_t now_ms(void);

void pause_ms(uint64_t ms);

/* "12.345 s" of milliseconds. */
#define DURATION_SIZE 32
void duration_text(uint64_t ms, char text[DURATION_SIZE]);

/* "2024-01-31T12:00:00.123Z" of nanoseconds since 1970. */
#define DATE_SIZE 40
void date_text(uint64_t real, char text[DATE_SIZE]);

#endif /* KLPCTL_CLOCK_H */
