// SPDX-License-Identifier: GPL-2.0
/*
 * machine.c - an ARM processor on which one function runs, and nothing that it calls
 *
 * Unicorn executes the instructions. All memory has some content, which follows from
 * the seed and the address alone, and so do the results of calls.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <unicorn/unicorn.h>

#include "condition.h"
#include "machine.h"

/* Where the function returns to, where SP is, and what most pointers lead to. */
#define RETURN 0x0fff0000U
#define STACK_TOP 0x10008000U
#define ARENA 0x20000000U
#define ARENA_SIZE 0x40000U

/* SVC */
#define PSR_SVC 0x13U
#define PSR_THUMB 0x20U
#define PSR_FLAGS 0xf0000000U

struct machine {
	uc_engine *uc;
	struct machine_run *run;
	struct trace *trace;
	u32 calls;
	u32 left; /* the address at which the function was left */
	bool has_left;
	bool ended;
};

static void must(uc_err error, const char *what)
{
	if (error)
		errx(2, "unicorn: %s: %s", what, uc_strerror(error));
}

static u32 mix(u32 seed, u32 number)
{
	u32 hash = (number ^ 0x6f72636cU) * 2654435761U + seed * 40503U;

	hash ^= hash >> 15;
	hash *= 2246822519U;
	hash ^= hash >> 13;
	hash *= 3266489917U;
	return hash ^ hash >> 16;
}

/* What kernel data is like: small numbers, pointers, errors, and anything. */
static u32 any_word(u32 seed, u32 number)
{
	u32 hash = mix(seed, number), bits = hash >> 3;

	switch (hash & 7) {
	case 0:
		return 0;
	case 1:
	case 2:
		return bits & 15;
	case 3:
	case 4:
	case 5:
		return ARENA + (bits & (ARENA_SIZE - 8));
	case 6:
		return -(bits & 31);
	default:
		return bits;
	}
}

static u32 get(const struct machine *machine, int reg)
{
	u32 value;

	must(uc_reg_read(machine->uc, reg, &value), "register");
	return value;
}

static void set(const struct machine *machine, int reg, u32 value)
{
	must(uc_reg_write(machine->uc, reg, &value), "register");
}

static void map(struct machine *machine, u32 address, u32 size)
{
	u32 *word = malloc(size);
	u32 i;

	if (!word)
		err(2, "memory");
	for (i = 0; i < size / 4; i++)
		word[i] = any_word(machine->run->seed, address + 4 * i);
	kernel_copy_constants(machine->run->side->kernel, address, (u8 *)word,
			      size);
	must(uc_mem_map(machine->uc, address, size,
			UC_PROT_READ | UC_PROT_WRITE),
	     "map");
	must(uc_mem_write(machine->uc, address, word, size), "fill");
	free(word);
}

static void map_side(struct machine *machine)
{
	const struct side *side = machine->run->side;
	size_t i;

	for (i = 0; i < side_placed(side); i++) {
		const struct placed *placed = &side->placed[i];

		must(uc_mem_map(machine->uc, placed->base, placed->size,
				UC_PROT_ALL),
		     "map");
		must(uc_mem_write(machine->uc, placed->base, placed->memory,
				  placed->size),
		     "fill");
	}
}

static bool in_function(const struct machine *machine, u32 address)
{
	return address - machine->run->start < machine->run->size;
}

/* Entries for branches that do not reach are no more than a way to get there. */
static bool in_slots(const struct machine *machine, u32 address)
{
	const struct side *side = machine->run->side;
	size_t i;

	for (i = 0; i < side_placed(side); i++)
		if (address - side->placed[i].slots <
		    8 * side->placed[i].slot_count)
			return true;
	return false;
}

/* Half of the conditional branches go where they would not. */
static void force(struct machine *machine, u32 address)
{
	u32 hash = mix(machine->run->seed ^ 0xf0f0, machine->run->steps);
	const struct side *side = machine->run->side;
	u32 word, i;

	for (i = 0; i < side_placed(side); i++) {
		const u8 *place = placed_read(&side->placed[i], address);

		if (!place)
			continue;
		memcpy(&word, place, 4);
		if (hash & 1 && condition_may_be_any(side->kernel->thumb, word))
			set(machine, UC_ARM_REG_APSR_NZCV, hash & PSR_FLAGS);
	}
}

static void on_instruction(uc_engine *uc, uint64_t address, uint32_t size,
			   void *cookie)
{
	struct machine *machine = cookie;
	struct machine_run *run = machine->run;
	u32 at = (u32)address, i;

	if (in_slots(machine, at))
		return;
	if (!in_function(machine, at) || (at == run->start && run->steps)) {
		machine->left = at;
		machine->has_left = true;
		uc_emu_stop(uc);
		return;
	}
	/* Behind a call that never returns there may be anything. */
	if (run->data[at - run->start]) {
		trace_add(machine->trace, run->steps, "it gets to data");
		machine->ended = true;
		uc_emu_stop(uc);
		return;
	}
	if (++run->steps > run->most) {
		machine->ended = true;
		uc_emu_stop(uc);
		return;
	}
	for (i = 0; run->covered && i < size && at - run->start + i < run->size;
	     i++)
		run->covered[at - run->start + i] = true;
	if (run->force)
		force(machine, at);
}

static void note_access(struct machine *machine, const char *what, u32 address,
			u32 size, uint64_t value)
{
	char where[SIDE_NAME], low[SIDE_NAME], high[SIDE_NAME] = "";
	const struct side *side = machine->run->side;

	if (in_function(machine, address) || in_slots(machine, address))
		return;
	side_name(side, address, where);
	if (size == 8) {
		side_name(side, (u32)(value >> 32), high);
		side_name(side, (u32)value, low);
	} else if (size == 4) {
		side_name(side, (u32)value, low);
	} else {
		snprintf(low, sizeof(low), "0x%x",
			 (u32)value & ((1U << 8 * size) - 1));
	}
	trace_add(machine->trace, machine->run->steps, "%s %s, %u bytes: %s %s",
		  what, where, size, low, high);
}

static void on_access(uc_engine *uc, uc_mem_type type, uint64_t address,
		      int size, int64_t value, void *cookie)
{
	(void)uc;
	note_access(cookie, type == UC_MEM_WRITE ? "store" : "load",
		    (u32)address, (u32)size, (uint64_t)value);
}

static bool on_unmapped(uc_engine *uc, uc_mem_type type, uint64_t address,
			int size, int64_t value, void *cookie)
{
	(void)uc;
	(void)type;
	(void)size;
	(void)value;
	map(cookie, (u32)address & ~(PLACED_PAGE - 1), PLACED_PAGE);
	return true;
}

static void on_exception(uc_engine *uc, uint32_t number, void *cookie)
{
	struct machine *machine = cookie;

	trace_add(machine->trace, machine->run->steps, "exception %u", number);
	machine->ended = true;
	uc_emu_stop(uc);
}

static void hook(struct machine *machine, int type, void *callback)
{
	uc_hook handle;

	must(uc_hook_add(machine->uc, &handle, type, callback, machine, 1, 0),
	     "hook");
}

static void open_machine(struct machine *machine)
{
	const struct machine_run *run = machine->run;
	bool thumb = run->side->kernel->thumb;
	u32 flags = mix(run->seed, 16) & PSR_FLAGS;
	int i;

	must(uc_open(UC_ARCH_ARM, UC_MODE_ARM, &machine->uc), "open");
	must(uc_ctl_set_cpu_model(machine->uc, UC_CPU_ARM_CORTEX_A15), "model");
	hook(machine, UC_HOOK_CODE, (void *)on_instruction);
	hook(machine, UC_HOOK_MEM_READ_AFTER | UC_HOOK_MEM_WRITE,
	     (void *)on_access);
	hook(machine, UC_HOOK_MEM_READ_UNMAPPED | UC_HOOK_MEM_WRITE_UNMAPPED,
	     (void *)on_unmapped);
	hook(machine, UC_HOOK_INTR, (void *)on_exception);
	map_side(machine);
	map(machine, ARENA, ARENA_SIZE);
	/* First: each mode has an SP and an LR of its own. */
	set(machine, UC_ARM_REG_CPSR,
	    flags | PSR_SVC | (thumb ? PSR_THUMB : 0));
	for (i = 0; i < 13; i++)
		set(machine, i < 12 ? UC_ARM_REG_R0 + i : UC_ARM_REG_R12,
		    any_word(run->seed, (u32)i));
	set(machine, UC_ARM_REG_SP, STACK_TOP);
	set(machine, UC_ARM_REG_LR, RETURN | thumb);
}

/* Only the results are known of a call; the rest of what it may change is changed. */
static void return_from_call(struct machine *machine)
{
	u32 number = 0x1000 + 8 * machine->calls++;
	u32 seed = machine->run->seed;
	int i;

	for (i = 0; i < 4; i++)
		set(machine, UC_ARM_REG_R0 + i,
		    any_word(seed, number + (u32)i));
	set(machine, UC_ARM_REG_R12, any_word(seed, number + 4));
	set(machine, UC_ARM_REG_LR, any_word(seed, number + 5));
}

/* The tracing call takes LR from the stack, and changes nothing else that counts. */
static bool is_tracing(const struct machine *machine)
{
	const struct object_symbol *symbol =
		kernel_global(machine->run->side->kernel, "__gnu_mcount_nc");

	return symbol && object_offset(symbol) == machine->left;
}

static u32 return_from_tracing(struct machine *machine)
{
	u32 sp = get(machine, UC_ARM_REG_SP), lr = 0;
	u32 back = get(machine, UC_ARM_REG_LR);

	must(uc_mem_read(machine->uc, sp, &lr, sizeof(lr)), "stack");
	set(machine, UC_ARM_REG_LR, lr);
	set(machine, UC_ARM_REG_SP, sp + 4);
	set(machine, UC_ARM_REG_R12, back);
	return back;
}

static void note_end(struct machine *machine, const char *what)
{
	char text[SIDE_NAME];
	int i;

	trace_add(machine->trace, machine->run->steps, "%s", what);
	for (i = 0; i < 12; i++) {
		if (i == 2)
			i = 4;
		side_name(machine->run->side, get(machine, UC_ARM_REG_R0 + i),
			  text);
		trace_add(machine->trace, machine->run->steps, "r%d is %s", i,
			  text);
	}
	trace_add(machine->trace, machine->run->steps, "SP is 0x%x",
		  get(machine, UC_ARM_REG_SP));
	machine->ended = true;
}

static void note_call(struct machine *machine)
{
	char target[SIDE_NAME], argument[4][SIDE_NAME];
	const struct side *side = machine->run->side;
	int i;

	side_name(side, machine->left, target);
	for (i = 0; i < 4; i++)
		side_name(side, get(machine, UC_ARM_REG_R0 + i), argument[i]);
	trace_add(machine->trace, machine->run->steps,
		  "call %s(%s, %s, %s, %s)", target, argument[0], argument[1],
		  argument[2], argument[3]);
}

/* Return: where to go on, with the bit for Thumb. */
static u32 call(struct machine *machine)
{
	u32 back = get(machine, UC_ARM_REG_LR);

	note_call(machine);
	if (is_tracing(machine))
		return return_from_tracing(machine);
	return_from_call(machine);
	if ((back & ~1U) == RETURN)
		note_end(machine, "return after a jump");
	else if (!in_function(machine, back & ~1U))
		/* Of what never returns; behind it is anything. */
		note_end(machine, "a call returns to behind the function");
	return back;
}

static void execute(struct machine *machine)
{
	u32 pc = machine->run->start | machine->run->side->kernel->thumb;

	while (!machine->ended) {
		uc_err error;

		machine->has_left = false;
		error = uc_emu_start(machine->uc, pc, 0, 0, 0);
		if (machine->ended)
			return;
		if (error && error != UC_ERR_FETCH_UNMAPPED &&
		    error != UC_ERR_FETCH_PROT) {
			note_end(machine, uc_strerror(error));
			return;
		}
		if (!machine->has_left)
			machine->left = get(machine, UC_ARM_REG_PC) & ~1U;
		if (machine->left == RETURN)
			note_end(machine, "return");
		else
			pc = call(machine);
	}
}

void machine_run(struct machine_run *run, struct trace *trace)
{
	struct machine machine = { .run = run, .trace = trace };

	run->steps = 0;
	open_machine(&machine);
	execute(&machine);
	must(uc_close(machine.uc), "close");
}
