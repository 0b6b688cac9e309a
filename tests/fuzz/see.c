// SPDX-License-Identifier: GPL-2.0
/*
 * see.c - reads all that libklp has parsed, by every getter it has
 */
#include "see.h"

/* Reasons have small numbers; asking beyond them must do no harm either. */
#define REASONS 12

/* More than there are of any enum of fields. */
#define FIELDS 24

static void see_actor(const struct klp_actor *actor)
{
	if (!actor)
		return;
	see_number(klp_actor_time(actor));
	see_number(klp_actor_time_real(actor));
	see_number(klp_actor_has_who(actor));
	see_number(klp_actor_has_pid(actor));
	see_number(klp_actor_pid(actor));
	see_number(klp_actor_uid(actor));
	see_text(klp_actor_comm(actor));
}

static void see_objects(const struct klp_patch *patch)
{
	const size_t count = klp_patch_objects_listed(patch);
	size_t i;

	for (i = 0; i < count; i++) {
		const struct klp_object *object = klp_patch_object_at(patch, i);

		see_text(klp_object_name(object));
		see_number(klp_object_patched(object));
		see_number(klp_object_loaded(object));
		see_number(klp_object_left_out(object));
		see_number(klp_object_unpatched_count(object));
		see_number(klp_object_func_count(object));
	}
	if (klp_patch_object_at(patch, count))
		found("an object behind the last");
}

static void see_bytes(const uint8_t *bytes, size_t len)
{
	for (; bytes && len > 0; len--)
		see_number(bytes[len - 1]);
}

void see_patch(const struct klp_patch *patch)
{
	const uint8_t *build_id;
	size_t len = 0;

	if (!patch)
		return;
	if (!klp_patch_name(patch))
		found("a patch without a name");
	see_text(klp_patch_name(patch));
	see_number(klp_patch_id(patch));
	see_number(klp_patch_state(patch));
	see_text(klp_patch_state_name(klp_patch_state(patch)));
	see_number(klp_patch_replace(patch));
	see_number(klp_patch_forced(patch));
	see_number(klp_patch_func_count(patch));
	see_number(klp_patch_object_count(patch));
	see_objects(patch);
	see_text(klp_patch_version(patch));
	see_number(klp_patch_version_cut(patch));
	see_number(klp_patch_has_fixes(patch));
	see_text(klp_target_name(klp_patch_target(patch)));
	build_id = klp_patch_build_id(patch, &len);
	see_bytes(build_id, len);
	see_actor(klp_patch_loaded(patch));
	see_actor(klp_patch_changed(patch));
	see_actor(klp_patch_force_by(patch));
}

void see_patches(const struct klp_patch_list *list)
{
	const size_t count = klp_patch_list_count(list);
	size_t i;

	for (i = 0; i < count; i++)
		see_patch(klp_patch_list_at(list, i));
	if (klp_patch_list_at(list, count))
		found("a patch behind the last");
}

void see_func(const struct klp_func *func)
{
	unsigned int field;

	if (!klp_func_name(func))
		found("a func without a name");
	see_text(klp_func_patch(func));
	see_number(klp_func_patch_id(func));
	see_text(klp_func_object(func));
	see_text(klp_func_name(func));
	see_number(klp_func_sympos(func));
	see_text(klp_func_state_name(klp_func_state(func)));
	see_number(klp_func_active(func));
	see_text(klp_func_active_patch(func));
	see_number(klp_func_nop(func));
	for (field = 0; field < FIELDS; field++) {
		see_number(klp_func_has(func, (enum klp_func_field)field));
		see_number(klp_func_value(func, (enum klp_func_field)field));
	}
	see_text(klp_entry_path_name((enum klp_entry_path)klp_func_value(
		func, KLP_FUNC_FIELD_ENTRY_PATH)));
}

void see_funcs(const struct klp_func_list *list)
{
	const size_t count = klp_func_list_count(list);
	size_t i;

	for (i = 0; i < count; i++)
		see_func(klp_func_list_at(list, i));
	if (klp_func_list_at(list, count))
		found("a func behind the last");
}

void see_transition(const struct klp_transition *transition)
{
	unsigned int reason;

	if (!transition)
		return;
	if (!klp_transition_patch(transition))
		found("a transition without a patch");
	see_text(klp_transition_patch(transition));
	see_number(klp_transition_patch_id(transition));
	see_text(klp_direction_name(klp_transition_direction(transition)));
	see_number(klp_transition_started(transition));
	see_number(klp_transition_started_real(transition));
	see_number(klp_transition_elapsed_ms(transition));
	see_number(klp_transition_tasks_total(transition));
	see_number(klp_transition_tasks_switched(transition));
	see_number(klp_transition_tasks_remaining(transition));
	see_number(klp_transition_forced(transition));
	see_number(klp_transition_reversed(transition));
	see_number(klp_transition_attempts(transition));
	see_number(klp_transition_signals(transition));
	see_number(klp_transition_blockers(transition));
	see_number(klp_transition_blockers_dropped(transition));
	see_number(klp_transition_core_busy(transition));
	for (reason = 0; reason < REASONS; reason++)
		see_number(klp_transition_remaining_by(
			transition, (enum klp_blocker_reason)reason));
}

void see_info(const struct klp_info *info)
{
	const uint8_t *build_id;
	uint64_t value = 0;
	size_t len = 0;
	unsigned int i;

	see_text(klp_info_arch(info));
	see_text(klp_entry_method_name(klp_info_entry(info)));
	see_text(klp_unwinder_name(klp_info_unwinder(info)));
	see_number(klp_info_counting(info));
	see_number(klp_info_core_busy(info));
	see_number(klp_info_require_target(info));
	build_id = klp_info_build_id(info, &len);
	see_bytes(build_id, len);
	for (i = 0; i < FIELDS; i++) {
		if (klp_info_value(info, (enum klp_info_field)i, &value))
			see_number(value);
	}
	for (i = 0; i < REASONS; i++) {
		see_number(klp_info_stack_failures(info,
						   (enum klp_blocker_reason)i));
		see_number(klp_info_stack_failures_by(
			info, (enum klp_stack_reason)i));
	}
}

void see_blocker(const struct klp_blocker *blocker)
{
	size_t count;
	size_t i;

	if (!blocker)
		return;
	see_text(klp_blocker_patch(blocker));
	see_number(klp_blocker_has_who(blocker));
	see_number(klp_blocker_has_pid(blocker));
	see_number(klp_blocker_pid(blocker));
	see_number(klp_blocker_tid(blocker));
	see_text(klp_blocker_comm(blocker));
	see_number((uint64_t)klp_blocker_cpu(blocker));
	see_number(klp_blocker_kthread(blocker));
	see_text(klp_blocker_reason_name(klp_blocker_reason(blocker)));
	see_text(klp_blocker_func(blocker));
	see_text(klp_stack_reason_name(klp_blocker_stack_reason(blocker)));
	see_text(klp_blocker_where(blocker));
	see_number(klp_blocker_attempts(blocker));
	see_number(klp_blocker_first_seen(blocker));
	see_number(klp_blocker_last_seen(blocker));
	count = klp_blocker_frame_count(blocker);
	for (i = 0; i <= count; i++) {
		see_text(klp_blocker_frame_symbol(blocker, i));
		see_number(klp_blocker_frame_addr(blocker, i));
		see_number(klp_blocker_frame_reliable(blocker, i));
	}
}

void see_failure(const struct klp_failure *failure)
{
	if (!failure)
		return;
	see_number(klp_failure_id(failure));
	see_number(klp_failure_time(failure));
	see_number(klp_failure_time_real(failure));
	see_text(klp_failure_patch(failure));
	see_number(klp_failure_has_who(failure));
	see_number(klp_failure_has_pid(failure));
	see_number(klp_failure_pid(failure));
	see_number(klp_failure_tid(failure));
	see_text(klp_failure_comm(failure));
	see_text(klp_blocker_reason_name(klp_failure_reason(failure)));
	see_text(klp_failure_func(failure));
	see_text(klp_stack_reason_name(klp_failure_stack_reason(failure)));
	see_text(klp_failure_where(failure));
}

void see_fix(const struct klp_fix *fix)
{
	if (!fix)
		return;
	if (!klp_fix_patch(fix) || !klp_fix_name(fix))
		found("a fix without what it is, or whose");
	see_text(klp_fix_patch(fix));
	see_number(klp_fix_patch_id(fix));
	see_text(klp_fix_name(fix));
	see_number(klp_fix_cut(fix));
}

void see_history(const struct klp_history *history)
{
	if (!history)
		return;
	see_number(klp_history_id(history));
	see_text(klp_history_patch(history));
	see_number(klp_history_patch_id(history));
	see_text(klp_direction_name(klp_history_direction(history)));
	see_text(klp_result_name(klp_history_result(history)));
	see_number(klp_history_started(history));
	see_number(klp_history_started_real(history));
	see_number(klp_history_duration_ms(history));
	see_number(klp_history_attempts(history));
	see_number(klp_history_signals(history));
	see_blocker(klp_history_worst(history));
}

void see_code(const struct klp_code *code)
{
	size_t size = 0;
	const uint8_t *bytes = klp_code_bytes(code, &size);

	if (!bytes || !size)
		found("code without bytes");
	see_bytes(bytes, size);
}

void see_verdict(const struct klp_verdict *verdict)
{
	if (!verdict)
		return;
	see_text(klp_verdict_object(verdict));
	see_text(klp_verdict_name(verdict));
	see_number(klp_verdict_sympos(verdict));
	see_number(klp_verdict_redirectable(verdict));
	see_text(klp_verdict_reason_name(klp_verdict_reason(verdict)));
	see_number(klp_verdict_offset(verdict));
	see_number(klp_verdict_has_recipe(verdict));
	see_number(klp_verdict_sp_delta(verdict));
	see_number(klp_verdict_restored(verdict));
	see_number(klp_verdict_patched(verdict));
}

void see_event(const struct klp_event *event)
{
	see_number(klp_event_seq(event));
	see_text(klp_event_kind_name(klp_event_kind(event)));
	see_number(klp_event_time(event));
	see_number(klp_event_time_real(event));
	see_number(klp_event_generation(event));
	see_patch(klp_event_patch(event));
	see_transition(klp_event_transition(event));
	see_blocker(klp_event_blocker(event));
	see_failure(klp_event_failure(event));
	see_text(klp_event_module(event));
	see_number(klp_event_lost(event));
}

void see_snapshot(const struct klp_snapshot *snapshot)
{
	see_info(klp_snapshot_info(snapshot));
	see_patches(klp_snapshot_patches(snapshot));
	see_funcs(klp_snapshot_funcs(snapshot));
	see_transition(klp_snapshot_transition(snapshot));
	see_number(klp_snapshot_generation(snapshot));
}
