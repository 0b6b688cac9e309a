/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * replay.h - a transport that answers from a file, for tests only
 */
#ifndef KLP_REPLAY_H
#define KLP_REPLAY_H

#include <stddef.h>
#include <stdint.h>

/*
 * The file is named by $KLP_REPLAY when a context first speaks. Lines:
 *
 *   request CMD do|dump [TEXT]  what follows answers such a request; 0 is the
 *                               family lookup, TEXT what it must hold
 *   events                      what follows is heard by a listener, once
 *   datagram HEX                one datagram; its sequence numbers are set
 *   raw HEX                     one datagram as it is
 *   error ERRNO                 receiving fails
 *   quiet                       a listener finds nothing this time
 *   open-error ERRNO            opening the socket fails
 *   listen-error ERRNO          joining a multicast group fails
 *   admin-error ERRNO           joining the one for administrators does
 *   present, absent             what sysfs says of klp_arm; unknown unless given
 *
 * TEXT is the attributes of the request in their order, with commas between
 * them: strings as they are, numbers in decimal, flags as "yes". Requests of
 * one kind get their answers in turn, the last one for good. A listener's
 * descriptor is readable until it has heard all; the file is read anew for
 * each.
 */

/* Damages every later datagram, differently for each seed; 0 stops that. */
void replay_mutate(uint32_t seed);

/* The last request that was sent. */
const unsigned char *replay_request(size_t *len);

/* How many requests have been sent since the file was read. */
unsigned int replay_requests(void);

#endif /* KLP_REPLAY_H */
