/* SPDX-License-Identifier: GPL-2.0 */
/*
 * twin.h - what keeps the second klpctl_target_twin() in the module
 */
#ifndef KLPCTL_TWIN_H
#define KLPCTL_TWIN_H

int klpctl_target_other_twin(void);

#endif /* KLPCTL_TWIN_H */
