/* SPDX-License-Identifier: GPL-2.0 */
/*
 * nl_system.h - load and disable patches without netlink.
 */
#ifndef NL_SYSTEM_H
#define NL_SYSTEM_H

#include <stdbool.h>
#include <stdint.h>

uint64_t sys_now_ms(void);
int sys_load(const char *module);
int sys_unload(const char *module);
int sys_write(const char *path, const char *value);
int sys_read(const char *path, char *buf, int size);
int sys_disable(const char *patch);
int sys_remove(const char *patch);
bool sys_settled(const char *patch);
bool sys_wait(bool (*done)(const void *arg), const void *arg);

#endif /* NL_SYSTEM_H */
