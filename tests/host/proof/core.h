/* SPDX-License-Identifier: GPL-2.0 */
/*
 * core.h - an ARM processor that runs code in the middle of interrupts.
 */
#ifndef KLP_PROOF_CORE_H
#define KLP_PROOF_CORE_H

#include <unicorn/unicorn.h>

#include "random.h"

/* A stack below all kernels, with room for the largest frame and more. */
#define CORE_STACK 0x10000000U
#define CORE_STACK_SIZE 0xa000U
#define CORE_STACK_TOP (CORE_STACK + CORE_STACK_SIZE)

/* Registers by number, as in an instruction. */
#define CORE_IP 12
#define CORE_SP 13
#define CORE_LR 14
#define CORE_PC 15

/*
 * The bits of CPSR that say how instructions are executed: mode, masks, E, J, T
 * and IT (ARM ARM DDI 0406C, B1.3.3). The others are results of computations.
 */
#define CORE_PSR_STATE 0x0700ffffU

struct core_state {
	u32 reg[16];
	u32 cpsr;
	uint64_t d[8]; /* d8-d15, which are callee-saved */
};

struct core_region {
	u32 base;
	u32 size;
	u8 *memory;
	bool writable;
};

/**
 * struct core - the processor and its memory
 * @uc: the emulator
 * @region: what is mapped, the stack first
 * @regions: how many
 * @random: where all garbage comes from
 * @stop: the instruction at this address ends core_run()
 * @sp: SP before the last instruction
 * @steps: instructions since core_reset()
 * @total: instructions ever
 * @runs: of this @uc
 * @failed: something went wrong, @error says what
 */
struct core {
	uc_engine *uc;
	struct core_region region[8];
	size_t regions;
	struct proof_random random;
	u32 stop;
	u32 sp;
	u32 steps;
	unsigned long total;
	u32 runs;
	bool failed;
	char error[160];
};

void core_open(struct core *core);
void core_close(struct core *core);

/* Memory for [@base, @base + @size), whole pages; @writable by instructions. */
u8 *core_map(struct core *core, u32 base, u32 size, bool writable);

/* Where in the host's memory a mapped word is; ends the program if nowhere. */
u8 *core_memory(const struct core *core, u32 address, u32 size);
u32 core_load(const struct core *core, u32 address);
void core_store(const struct core *core, u32 address, u32 value);

/* Change code that may have been executed already. */
void core_store_code(struct core *core, u32 address, const u32 *word,
		     size_t count);

/* Random registers and stack, SVC mode, ARM or Thumb state. */
void core_reset(struct core *core, bool thumb);

/* A new emulator, with the same memory. */
void core_renew(struct core *core);
void core_get(const struct core *core, struct core_state *state);
void core_set(struct core *core, const struct core_state *state);

/*
 * Run from @state's PC until just before the instruction at @stop; @state is then
 * that moment's. Before each instruction, and at the end, all that is below SP
 * is overwritten.
 *
 * Return: false, with core->error, if it does not get there.
 */
bool core_run(struct core *core, struct core_state *state, u32 stop);

#endif /* KLP_PROOF_CORE_H */
