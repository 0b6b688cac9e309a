/* SPDX-License-Identifier: GPL-2.0 */
/*
 * target_fault.h - requests to the file of target_fault.c. The argument is an
 * address in user space that a byte is written to.
 */
#ifndef _TARGET_FAULT_H
#define _TARGET_FAULT_H

#define TARGET_FAULT_BARE	0x6b00	/* by C code that has no tracing call */
#define TARGET_FAULT_STORE	0x6b01	/* by assembly that has no unwind data */

#endif /* _TARGET_FAULT_H */
