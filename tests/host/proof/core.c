// SPDX-License-Identifier: GPL-2.0
/*
 * core.c - an ARM processor that runs code in the middle of interrupts.
 *
 * Unicorn executes the instructions. Before each of them all that is below SP
 * is overwritten, as an interrupt would do at any time: in a kernel it pushes
 * its frame there.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "core.h"

/* More than an interrupt's frame; further below nothing is ever read. */
#define CLOBBERED 1024U

/* No path is longer, so this is one that does not end. */
#define MOST_STEPS 4096U

/*
 * Unicorn 2.0.1 may read freed memory when it forgets code after it has once
 * been full of translations: it is closed before that.
 */
#define MOST_RUNS 20000U

/* SVC, and the masks of aborts, interrupts and fast interrupts. */
#define PSR_SVC 0x13U
#define PSR_MASKS 0x1c0U
#define PSR_THUMB 0x20U
#define PSR_FLAGS 0xf80f0000U

static const int reg_ids[16] = {
	UC_ARM_REG_R0,	UC_ARM_REG_R1, UC_ARM_REG_R2,  UC_ARM_REG_R3,
	UC_ARM_REG_R4,	UC_ARM_REG_R5, UC_ARM_REG_R6,  UC_ARM_REG_R7,
	UC_ARM_REG_R8,	UC_ARM_REG_R9, UC_ARM_REG_R10, UC_ARM_REG_R11,
	UC_ARM_REG_R12, UC_ARM_REG_SP, UC_ARM_REG_LR,  UC_ARM_REG_PC,
};

static void must(uc_err error, const char *what)
{
	if (error)
		errx(2, "unicorn: %s: %s", what, uc_strerror(error));
}

static void fail(struct core *core, const char *what, u32 value)
{
	if (!core->failed)
		snprintf(core->error, sizeof(core->error), "%s 0x%08x", what,
			 value);
	core->failed = true;
	uc_emu_stop(core->uc);
}

static void fill(struct core *core, u32 from, u32 to, bool same)
{
	u8 *memory = core->region[0].memory;
	u32 word = proof_random(&core->random);

	for (; from < to; from += 4) {
		memcpy(memory + (from - CORE_STACK), &word, 4);
		if (!same)
			word = proof_random(&core->random);
	}
}

/* What SP has risen over is gone, too. */
static void interrupt(struct core *core, u32 sp)
{
	u32 from = sp < core->sp ? sp : core->sp;

	if (sp % 4 || sp < CORE_STACK + CLOBBERED || sp > CORE_STACK_TOP) {
		fail(core, "SP is", sp);
		return;
	}
	fill(core, from - CLOBBERED, sp, true);
	core->sp = sp;
}

static void on_instruction(uc_engine *uc, uint64_t address, uint32_t size,
			   void *cookie)
{
	struct core *core = cookie;
	u32 sp;

	(void)size;
	must(uc_reg_read(uc, UC_ARM_REG_SP, &sp), "SP");
	interrupt(core, sp);
	if ((u32)address == core->stop) {
		uc_emu_stop(uc);
		return;
	}
	core->total++;
	if (++core->steps > MOST_STEPS)
		fail(core, "does not end, is at", (u32)address);
}

static void map_region(struct core *core, const struct core_region *region)
{
	must(uc_mem_map_ptr(core->uc, region->base, region->size,
			    region->writable ? UC_PROT_READ | UC_PROT_WRITE :
					       UC_PROT_READ | UC_PROT_EXEC,
			    region->memory),
	     "map");
}

static void open_emulator(struct core *core)
{
	/* Access for VFP: CPACR's cp10 and cp11, FPEXC.EN. */
	u32 cpacr = 0xf << 20, fpexc = 1U << 30;
	uc_hook hook;
	size_t i;

	must(uc_open(UC_ARCH_ARM, UC_MODE_ARM, &core->uc), "open");
	must(uc_ctl_set_cpu_model(core->uc, UC_CPU_ARM_CORTEX_A15), "model");
	must(uc_reg_write(core->uc, UC_ARM_REG_C1_C0_2, &cpacr), "CPACR");
	must(uc_reg_write(core->uc, UC_ARM_REG_FPEXC, &fpexc), "FPEXC");
	must(uc_hook_add(core->uc, &hook, UC_HOOK_CODE, (void *)on_instruction,
			 core, 1, 0),
	     "hook");
	for (i = 0; i < core->regions; i++)
		map_region(core, &core->region[i]);
	core->runs = 0;
}

void core_renew(struct core *core)
{
	must(uc_close(core->uc), "close");
	open_emulator(core);
}

void core_open(struct core *core)
{
	memset(core, 0, sizeof(*core));
	proof_random_seed(&core->random, 1);
	open_emulator(core);
	core_map(core, CORE_STACK, CORE_STACK_SIZE, true);
}

void core_close(struct core *core)
{
	size_t i;

	must(uc_close(core->uc), "close");
	for (i = 0; i < core->regions; i++)
		munmap(core->region[i].memory, core->region[i].size);
}

u8 *core_map(struct core *core, u32 base, u32 size, bool writable)
{
	struct core_region *region = &core->region[core->regions++];

	if (core->regions > ARRAY_SIZE(core->region))
		errx(2, "too much to map");
	region->base = base;
	region->size = size;
	region->writable = writable;
	region->memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
			      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (region->memory == MAP_FAILED)
		err(2, "%u bytes", size);
	map_region(core, region);
	return region->memory;
}

u8 *core_memory(const struct core *core, u32 address, u32 size)
{
	size_t i;

	for (i = 0; i < core->regions; i++) {
		const struct core_region *region = &core->region[i];

		if (address - region->base < region->size &&
		    region->size - (address - region->base) >= size)
			return region->memory + (address - region->base);
	}
	errx(2, "nothing is mapped at 0x%08x", address);
}

u32 core_load(const struct core *core, u32 address)
{
	u32 value;

	memcpy(&value, core_memory(core, address, 4), 4);
	return value;
}

void core_store(const struct core *core, u32 address, u32 value)
{
	memcpy(core_memory(core, address, 4), &value, 4);
}

void core_store_code(struct core *core, u32 address, const u32 *word,
		     size_t count)
{
	memcpy(core_memory(core, address, (u32)(4 * count)), word, 4 * count);
	must(uc_ctl_remove_cache(core->uc, (uint64_t)address,
				 (uint64_t)address + 4 * count),
	     "cache");
}

void core_get(const struct core *core, struct core_state *state)
{
	int i;

	for (i = 0; i < 16; i++)
		must(uc_reg_read(core->uc, reg_ids[i], &state->reg[i]), "get");
	for (i = 0; i < 8; i++)
		must(uc_reg_read(core->uc, UC_ARM_REG_D8 + i, &state->d[i]),
		     "get");
	must(uc_reg_read(core->uc, UC_ARM_REG_CPSR, &state->cpsr), "CPSR");
}

void core_set(struct core *core, const struct core_state *state)
{
	int i;

	/* First, for the mode tells which SP and LR are meant. */
	must(uc_reg_write(core->uc, UC_ARM_REG_CPSR, &state->cpsr), "CPSR");
	for (i = 0; i < 15; i++)
		must(uc_reg_write(core->uc, reg_ids[i], &state->reg[i]), "set");
	for (i = 0; i < 8; i++)
		must(uc_reg_write(core->uc, UC_ARM_REG_D8 + i, &state->d[i]),
		     "set");
}

void core_reset(struct core *core, bool thumb)
{
	struct core_state state = { 0 };
	u32 random;
	int i;

	if (core->runs >= MOST_RUNS)
		core_renew(core);
	core->failed = false;
	core->steps = 0;
	fill(core, CORE_STACK, CORE_STACK_TOP, false);
	for (i = 0; i < 15; i++)
		state.reg[i] = proof_random(&core->random);
	for (i = 0; i < 8; i++) {
		state.d[i] = (uint64_t)proof_random(&core->random) << 32;
		state.d[i] |= proof_random(&core->random);
	}
	/* Near the top: there is room for the largest frame. */
	random = proof_random(&core->random);
	state.reg[CORE_SP] = CORE_STACK_TOP - 4096 - 4 * (random % 512);
	core->sp = state.reg[CORE_SP];
	random = proof_random(&core->random);
	state.cpsr = PSR_SVC | (random & (PSR_MASKS | PSR_FLAGS));
	state.cpsr |= thumb ? PSR_THUMB : 0;
	core_set(core, &state);
}

bool core_run(struct core *core, struct core_state *state, u32 stop)
{
	bool thumb = state->cpsr & PSR_THUMB;
	uc_err error;
	u32 pc;

	core->stop = stop;
	core->runs++;
	core_set(core, state);
	/* An end where nothing is: it is the hook that stops. */
	error = uc_emu_start(core->uc, state->reg[CORE_PC] | thumb, 0xfffffffeU,
			     0, 0);
	core_get(core, state);
	pc = state->reg[CORE_PC];
	if (error)
		fail(core, uc_strerror(error), pc);
	else if (pc != stop)
		fail(core, "has stopped at", pc);
	return !core->failed;
}
