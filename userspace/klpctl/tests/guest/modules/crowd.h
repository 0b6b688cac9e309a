/* SPDX-License-Identifier: GPL-2.0 */
/*
 * crowd.h - how many functions there are to be replaced at once
 */
#ifndef KLPCTL_CROWD_H
#define KLPCTL_CROWD_H

#define KLPCTL_CROWD 1000

#endif /* KLPCTL_CROWD_H */
