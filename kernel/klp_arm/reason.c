// SPDX-License-Identifier: GPL-2.0
/*
 * reason.c - names and one-clause texts of the verifier's refusals.
 */
#include "freestanding.h"
#include "reason.h"

static const struct {
	const char *name;
	const char *text;
} klp_arm_reasons[KLP_ARM_REASON_COUNT] = {
	[KLP_ARM_REASON_NONE] = {
		"none", "the function can be redirected" },
	[KLP_ARM_REASON_MISALIGNED_SITE] = {
		"misaligned-site",
		"the call site is not on an instruction boundary" },
	[KLP_ARM_REASON_TRUNCATED] = {
		"truncated", "the code ends before the call site does" },
	[KLP_ARM_REASON_NO_PUSH_LR] = {
		"no-push-lr",
		"the instruction before the call site is not push {lr}" },
	[KLP_ARM_REASON_PROLOGUE_TOO_LONG] = {
		"prologue-too-long",
		"too many instructions stand before the call site" },
	[KLP_ARM_REASON_UNKNOWN_INSTRUCTION] = {
		"unknown-instruction",
		"the prologue has an instruction the verifier does not know" },
	[KLP_ARM_REASON_CONDITIONAL] = {
		"conditional", "the prologue has a conditional instruction" },
	[KLP_ARM_REASON_BRANCH] = {
		"branch", "the prologue branches or writes the PC" },
	[KLP_ARM_REASON_SYSTEM_INSTRUCTION] = {
		"system-instruction",
		"the prologue traps, waits or changes processor state" },
	[KLP_ARM_REASON_COPROCESSOR] = {
		"coprocessor",
		"the prologue has a VFP or coprocessor operation that is not a store" },
	[KLP_ARM_REASON_LOAD_UNPROVEN] = {
		"load-unproven",
		"the prologue loads from what is not proven to be its stack or literal" },
	[KLP_ARM_REASON_STORE_UNPROVEN] = {
		"store-unproven",
		"the prologue stores to an address that is not proven to be its stack" },
	[KLP_ARM_REASON_STORE_OUTSIDE_FRAME] = {
		"store-outside-frame",
		"the prologue stores below SP or into its caller's frame" },
	[KLP_ARM_REASON_SP_UNKNOWN] = {
		"sp-unknown", "the prologue gives SP a value that is not known" },
	[KLP_ARM_REASON_SP_ABOVE_ENTRY] = {
		"sp-above-entry",
		"the prologue raises SP into its caller's frame" },
	[KLP_ARM_REASON_SP_MISALIGNED] = {
		"sp-misaligned",
		"the prologue moves SP by something else than whole words" },
	[KLP_ARM_REASON_FRAME_TOO_LARGE] = {
		"frame-too-large", "the frame is larger than a kernel stack" },
	[KLP_ARM_REASON_ARGUMENT_CLOBBERED] = {
		"argument-clobbered",
		"an argument register has changed before the call site" },
	[KLP_ARM_REASON_SAVED_REGISTER_LOST] = {
		"saved-register-lost",
		"the caller's value of a callee-saved register is nowhere to be found" },
	[KLP_ARM_REASON_LR_CHANGED] = {
		"lr-changed",
		"the LR pushed for the call is not the one the function was entered with" },
	[KLP_ARM_REASON_UNWIND_CORRUPT] = {
		"unwind-corrupt",
		"the unwind table is damaged or of a kind that is not supported" },
	[KLP_ARM_REASON_UNWIND_REFUSES] = {
		"unwind-refuses",
		"the unwind table says that this frame cannot be unwound" },
	[KLP_ARM_REASON_UNWIND_DISAGREES] = {
		"unwind-disagrees",
		"the unwind table does not describe what the prologue does" },
	[KLP_ARM_REASON_STATIC_CHAIN] = {
		"static-chain",
		"the function is nested in another and is passed its frame in ip" },
	[KLP_ARM_REASON_NOT_TRACED] = {
		"not-traced",
		"the function has no traced call: it is notrace, assembly or data" },
	[KLP_ARM_REASON_INIT_TEXT] = {
		"init-text", "the function is freed after initialization" },
	[KLP_ARM_REASON_SWITCHES_TASK] = {
		"switches-task",
		"a task can switch to the patch while it is in the function" },
};

/**
 * klp_arm_reason_name() - the stable name of a refusal
 * @reason: any value
 *
 * Context: Any.
 * Return: a kebab-case word, or "unknown" for a number out of range.
 * Since: 0.1
 */
const char *klp_arm_reason_name(enum klp_arm_reason reason)
{
	if ((u32)reason >= ARRAY_SIZE(klp_arm_reasons))
		return "unknown";
	return klp_arm_reasons[reason].name;
}

/**
 * klp_arm_reason_text() - a refusal in words
 * @reason: any value
 *
 * Context: Any.
 * Return: one clause for a log line, without a full stop.
 * Since: 0.1
 */
const char *klp_arm_reason_text(enum klp_arm_reason reason)
{
	if ((u32)reason >= ARRAY_SIZE(klp_arm_reasons))
		return "the reason is not known to this program";
	return klp_arm_reasons[reason].text;
}
