/* SPDX-License-Identifier: GPL-2.0 */
/*
 * metrics.h - the state in the text format of Prometheus
 */
#ifndef KLPCTL_METRICS_H
#define KLPCTL_METRICS_H

#include <stdio.h>

#include "desired.h"

#define METRICS_TAINTED "/proc/sys/kernel/tainted"

/*
 * Writes what there is; desired may be NULL. Returns 0, or the errno of what
 * libklp could not read; tainted tells whether METRICS_TAINTED could be.
 */
int metrics_put(FILE *out, struct klp_ctx *ctx, struct desired *desired,
		bool *tainted);

#endif /* KLPCTL_METRICS_H */
