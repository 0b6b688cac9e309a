// SPDX-License-Identifier: GPL-2.0
/*
 * metrics.c - klpctl metrics: the state in the text format of Prometheus
 *
 * No sample has a time stamp and none is a date: a device may not know the
 * time. Whether the collection still runs is told by a counter in the file.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "build_id.h"
#include "fix.h"
#include "lines.h"
#include "metrics.h"
#include "nouns.h"
#include "text.h"

/* Flags of /proc/sys/kernel/tainted (Documentation/admin-guide/tainted-kernels.rst). */
static const struct {
	unsigned int bit;
	const char *flag;
} taints[] = {
	{ 7, "die" },	    { 9, "warn" },	 { 12, "out_of_tree" },
	{ 13, "unsigned" }, { 15, "livepatch" },
};

static void head(FILE *out, const char *name, const char *type,
		 const char *help)
{
	fprintf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

/*
 * A label's value: quotes and backslashes are escaped. Newlines would be too,
 * but text that is safe for terminals, as this may go to one, has none.
 */
static void put_label(FILE *out, const char *name, const char *bytes)
{
	char *text = text_from_bytes(bytes);
	char *safe = text_for_terminal(text);
	const char *at;

	fprintf(out, "%s=\"", name);
	for (at = safe; *at; at++) {
		if (*at == '"' || *at == '\\')
			fprintf(out, "\\%c", *at);
		else
			fputc(*at, out);
	}
	fputc('"', out);
	free(safe);
	free(text);
}

static void put_value(FILE *out, const char *name, uint64_t value)
{
	fprintf(out, "%s %" PRIu64 "\n", name, exact_number(value));
}

static void put_labelled(FILE *out, const char *name, const char *label,
			 const char *bytes, uint64_t value)
{
	fprintf(out, "%s{", name);
	put_label(out, label, bytes);
	fprintf(out, "} %" PRIu64 "\n", exact_number(value));
}

static void put_seconds(FILE *out, const char *name, uint64_t value)
{
	const uint64_t ms = exact_number(value);

	fprintf(out, "%s %" PRIu64 ".%03" PRIu64 "\n", name, ms / 1000,
		ms % 1000);
}

static void put_info(FILE *out, const struct klp_info *info)
{
	char build_id[BUILD_ID_TEXT];
	struct utsname name;

	uname(&name);
	build_id_of_kernel(info, build_id);
	head(out, "klp_info", "gauge",
	     "What live patching on this machine is made of.");
	fputs("klp_info{", out);
	put_label(out, "kernel", name.release);
	fputc(',', out);
	put_label(out, "arch", klp_info_arch(info));
	fputc(',', out);
	put_label(out, "klpctl_version", KLPCTL_VERSION);
	fprintf(out, ",build_id=\"%s\",schema=\"1\"} 1\n", build_id);
}

static void put_patch_info(FILE *out, const struct klp_patch *patch)
{
	size_t len = 0;
	const uint8_t *id = klp_patch_build_id(patch, &len);
	const char *version = klp_patch_version(patch);
	char build_id[BUILD_ID_TEXT];

	build_id_to_text(id, len, build_id);
	fputs("klp_patch_info{", out);
	put_label(out, "patch", klp_patch_name(patch));
	fputc(',', out);
	put_label(out, "version", version ? version : "");
	if (klp_patch_version_cut(patch))
		fputs(",version_cut=\"1\"", out);
	fprintf(out, ",build_id=\"%s\",target=\"%s\",replace=\"%d\"} 1\n",
		build_id, klp_target_name(klp_patch_target(patch)),
		klp_patch_replace(patch));
}

static uint64_t is_enabled(const struct klp_patch *patch)
{
	return klp_patch_state(patch) == KLP_PATCH_ENABLED;
}

static uint64_t is_moving(const struct klp_patch *patch)
{
	return klp_patch_state(patch) == KLP_PATCH_ENABLING ||
	       klp_patch_state(patch) == KLP_PATCH_DISABLING;
}

static uint64_t is_forced(const struct klp_patch *patch)
{
	return klp_patch_forced(patch);
}

static uint64_t functions_of(const struct klp_patch *patch)
{
	return klp_patch_func_count(patch);
}

static void put_patches(FILE *out, const struct klp_patch_list *list)
{
	static const struct {
		const char *name;
		const char *help;
		uint64_t (*get)(const struct klp_patch *patch);
	} gauges[] = {
		{ "klp_patch_enabled", "Every task runs the patch.",
		  is_enabled },
		{ "klp_patch_transition",
		  "A transition of the patch is under way.", is_moving },
		{ "klp_patch_forced",
		  "The patch was part of a forced transition.", is_forced },
		{ "klp_patch_functions", "Functions that the patch changes.",
		  functions_of },
	};
	size_t count = klp_patch_list_count(list);
	size_t i;
	size_t j;

	head(out, "klp_patch_info", "gauge", "Which patch it is.");
	for (i = 0; i < count; i++)
		put_patch_info(out, klp_patch_list_at(list, i));
	for (j = 0; j < sizeof(gauges) / sizeof(gauges[0]); j++) {
		head(out, gauges[j].name, "gauge", gauges[j].help);
		for (i = 0; i < count; i++) {
			const struct klp_patch *patch =
				klp_patch_list_at(list, i);

			put_labelled(out, gauges[j].name, "patch",
				     klp_patch_name(patch),
				     gauges[j].get(patch));
		}
	}
}

static void put_transition(FILE *out, const struct klp_transition *transition)
{
	head(out, "klp_transition_tasks_pending", "gauge",
	     "Tasks that the transition waits for, 0 without one.");
	put_value(out, "klp_transition_tasks_pending",
		  transition ? klp_transition_tasks_remaining(transition) : 0);
	head(out, "klp_transition_age_seconds", "gauge",
	     "How long the transition has run, 0 without one.");
	put_seconds(out, "klp_transition_age_seconds",
		    transition ? klp_transition_elapsed_ms(transition) : 0);
}

static void put_counters(FILE *out, const struct klp_info *info)
{
	static const struct {
		enum klp_info_field field;
		const char *result;
	} results[] = {
		{ KLP_INFO_FIELD_COMPLETED, "completed" },
		{ KLP_INFO_FIELD_REVERSED, "reversed" },
		{ KLP_INFO_FIELD_FORCED, "forced" },
	};
	static const struct {
		enum klp_blocker_reason reason;
		const char *name;
	} reasons[] = {
		{ KLP_BLOCKER_RUNNING, "running" },
		{ KLP_BLOCKER_SLEEPING_ON_FUNC, "on_stack" },
		{ KLP_BLOCKER_UNRELIABLE_STACK, "unreliable" },
		{ KLP_BLOCKER_IDLE, "idle" },
	};
	uint64_t value;
	size_t i;

	head(out, "klp_transitions_total", "counter",
	     "Transitions that are over, since boot.");
	for (i = 0; i < sizeof(results) / sizeof(results[0]); i++) {
		if (klp_info_value(info, results[i].field, &value))
			put_labelled(out, "klp_transitions_total", "result",
				     results[i].result, value);
	}
	if (!klp_info_value(info, KLP_INFO_FIELD_STACK_CHECKS, &value))
		return;
	head(out, "klp_stack_checks_total", "counter",
	     "Tasks that were asked to switch, since boot.");
	put_value(out, "klp_stack_checks_total", value);
	head(out, "klp_stack_check_failures_total", "counter",
	     "Tasks that did not switch when asked, since boot.");
	for (i = 0; i < sizeof(reasons) / sizeof(reasons[0]); i++)
		put_labelled(out, "klp_stack_check_failures_total", "reason",
			     reasons[i].name,
			     klp_info_stack_failures(info, reasons[i].reason));
}

static void put_last_transition(FILE *out, const struct klp_history_list *list)
{
	size_t count = list ? klp_history_list_count(list) : 0;

	if (count == 0)
		return;
	head(out, "klp_last_transition_duration_seconds", "gauge",
	     "How long the last transition that is over took.");
	put_seconds(
		out, "klp_last_transition_duration_seconds",
		klp_history_duration_ms(klp_history_list_at(list, count - 1)));
}

static bool read_taints(uint64_t *mask)
{
	FILE *file = open_text(METRICS_TAINTED);
	char text[32] = "";
	bool got;

	if (!file)
		return false;
	got = fgets(text, sizeof(text), file) != NULL;
	*mask = strtoull(text, NULL, 10);
	fclose(file);
	return got;
}

static void put_taints(FILE *out, uint64_t mask)
{
	size_t i;

	head(out, "klp_kernel_taint", "gauge",
	     "Flags that the kernel has been tainted with.");
	for (i = 0; i < sizeof(taints) / sizeof(taints[0]); i++)
		put_labelled(out, "klp_kernel_taint", "flag", taints[i].flag,
			     mask >> taints[i].bit & 1);
}

/* Samples of one metric stand together. */
static void put_fixes(FILE *out, const struct klp_patch_list *patches,
		      const struct klp_fix_list *list)
{
	size_t i;

	if (!list)
		return;
	head(out, "klp_fix_in_effect", "gauge",
	     "What the patch says that it fixes is fixed.");
	for (i = 0; i < klp_patch_list_count(patches); i++) {
		const struct klp_patch *patch = klp_patch_list_at(patches, i);
		const struct klp_fix *fix;
		size_t index = 0;

		while ((fix = next_fix_of(list, patch, &index))) {
			fputs("klp_fix_in_effect{", out);
			put_label(out, "patch", klp_patch_name(patch));
			fputc(',', out);
			put_label(out, "fix", klp_fix_name(fix));
			fprintf(out, "} %d\n", fixes_are_in_effect(patch));
		}
	}
}

static void put_snapshot(FILE *out, const struct klp_snapshot *snapshot,
			 const struct klp_fix_list *fixes)
{
	put_info(out, klp_snapshot_info(snapshot));
	put_patches(out, klp_snapshot_patches(snapshot));
	put_fixes(out, klp_snapshot_patches(snapshot), fixes);
	put_transition(out, klp_snapshot_transition(snapshot));
	put_counters(out, klp_snapshot_info(snapshot));
}

/*
 * Every reason has its sample, whatever its value: a label that changes would
 * be another series, and the time of an alert would begin anew.
 */
static void put_desired(FILE *out, struct desired *desired,
			const struct klp_patch_list *list)
{
	size_t i;
	size_t j;

	desired_compare(desired, list);
	head(out, "klp_desired_met", "gauge",
	     "The patch that is desired runs, in the version that is desired.");
	for (i = 0; i < desired->count; i++)
		put_labelled(out, "klp_desired_met", "patch",
			     desired->patch[i].name, !desired->patch[i].unmet);
	head(out, "klp_desired_unmet_reason", "gauge",
	     "Why the patch that is desired does not run.");
	for (i = 0; i < desired->count; i++) {
		for (j = 0; j < DESIRED_REASONS; j++) {
			fputs("klp_desired_unmet_reason{", out);
			put_label(out, "patch", desired->patch[i].name);
			fprintf(out, ",reason=\"%s\"} %u\n",
				desired_reason_label(j),
				desired->patch[i].unmet >> j & 1);
		}
	}
}

/* All is read before anything is written: success is told ahead of the rest. */
int metrics_put(FILE *out, struct klp_ctx *ctx, struct desired *desired,
		bool *tainted)
{
	struct klp_history_list *history = NULL;
	struct klp_snapshot *snapshot = NULL;
	struct klp_fix_list *fixes = NULL;
	int err = klp_snapshot_get(ctx, &snapshot);
	const bool answered = err == 0;
	const bool has_none = err == -EOPNOTSUPP;
	uint64_t taints_mask = 0;

	if (!err)
		err = klp_history_list_get(ctx, 0, &history);
	/* A kernel that does not remember transitions has none to tell of. */
	if (answered && err == -EOPNOTSUPP)
		err = 0;
	if (!err)
		err = fixes_read(ctx, NULL, &fixes);
	*tainted = read_taints(&taints_mask);

	/* Of a kernel that may not be asked it is not known. */
	if (answered || has_none) {
		head(out, "klp_supported", "gauge",
		     "The kernel can be asked about live patches.");
		put_value(out, "klp_supported", answered);
	}
	head(out, "klp_collect_success", "gauge",
	     "All that the kernel can tell was collected.");
	put_value(out, "klp_collect_success", (!err || has_none) && *tainted);
	if (*tainted)
		put_taints(out, taints_mask);
	if (snapshot)
		put_snapshot(out, snapshot, fixes);
	/* Of a state that could not be read nothing is known. */
	if (desired && (snapshot || has_none))
		put_desired(out, desired,
			    snapshot ? klp_snapshot_patches(snapshot) : NULL);
	put_last_transition(out, history);
	klp_fix_list_free(fixes);
	klp_history_list_free(history);
	klp_snapshot_free(snapshot);
	return err;
}
