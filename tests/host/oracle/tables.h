/* SPDX-License-Identifier: GPL-2.0 */
/*
 * tables.h - what tables of the kernel have on places in a function
 */
#ifndef ORACLE_TABLES_H
#define ORACLE_TABLES_H

#include "side.h"
#include "trace.h"

/**
 * tables_list() - list the entries for a function
 * @side: that has it in memory
 * @start: address of the function
 * @size: bytes
 * @trace: gets a line for each entry, sorted
 */
void tables_list(const struct side *side, u32 start, u32 size,
		 struct trace *trace);

/**
 * tables_use_alternatives() - do what a kernel does on a machine with one processor
 * @side: whose code is changed
 */
void tables_use_alternatives(struct side *side);

/**
 * tables_flip_keys() - go the other way at each static key
 * @side: whose code is changed
 */
void tables_flip_keys(struct side *side);

#endif /* ORACLE_TABLES_H */
