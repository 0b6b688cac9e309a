/* SPDX-License-Identifier: GPL-2.0 */
/*
 * machine.h - an ARM processor on which one function runs, and nothing that it calls
 */
#ifndef ORACLE_MACHINE_H
#define ORACLE_MACHINE_H

#include "side.h"
#include "trace.h"

/**
 * struct machine_run - one run of a function
 * @side: that has it in memory
 * @start: its address
 * @size: its bytes
 * @data: for each byte of the function, whether it is data and no instruction
 * @seed: for registers, memory and what calls return
 * @force: decide at random where conditional branches go
 * @most: instructions until it is enough
 * @steps: set to the instructions that were executed
 * @covered: NULL, or for each byte of the function whether it was executed; what is
 *	set stays so
 */
struct machine_run {
	const struct side *side;
	u32 start;
	u32 size;
	const bool *data;
	u32 seed;
	bool force;
	u32 most;
	u32 steps;
	bool *covered;
};

/**
 * machine_run() - run a function
 * @run: which, and how
 * @trace: gets a line for each access to memory, for each call, and for the end
 */
void machine_run(struct machine_run *run, struct trace *trace);

#endif /* ORACLE_MACHINE_H */
