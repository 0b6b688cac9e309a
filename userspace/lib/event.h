/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * event.h - one event, which a listener makes
 */
#ifndef KLP_EVENT_H
#define KLP_EVENT_H

#include <klp/klp.h>

#include "attr.h"

/* An event from a message; 0, -ENOMEM or -EBADMSG, with *event NULL. */
int klp_event_parse(struct klp_attrs attrs, struct klp_event **event);

/* The event that tells of a loss; NULL: no memory. */
struct klp_event *klp_event_of_loss(uint64_t lost);

#endif /* KLP_EVENT_H */
