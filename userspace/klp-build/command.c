// SPDX-License-Identifier: GPL-2.0
/*
 * command.c - a saved command for another output or source
 */
#include <stdlib.h>
#include <string.h>

#include "replay.h"

/* A word of a command, quotes included, as a shell would split it. */
struct word {
	const char *text;
	size_t len;
};

static bool starts(const struct word *word, const char *with)
{
	return word->len >= strlen(with) &&
	       memcmp(word->text, with, strlen(with)) == 0;
}

static bool is(const struct word *word, const char *what)
{
	return word->len == strlen(what) && starts(word, what);
}

/*
 * The next word. What only a shell understands ends a word and is one, so that
 * another command behind a compiler's is not taken for arguments.
 */
static bool next_word(const char **text, struct word *word)
{
	const char *pos = *text + strspn(*text, " \t");
	char quote = '\0';

	word->text = pos;
	if (*pos && strchr(";|&<>", *pos))
		pos++;
	else
		for (; *pos && (quote || !strchr(" \t;|&<>", *pos)); pos++) {
			if (*pos == quote)
				quote = '\0';
			else if (!quote && (*pos == '\'' || *pos == '"'))
				quote = *pos;
		}
	word->len = (size_t)(pos - word->text);
	*text = pos;
	return word->len > 0;
}

static bool is_plain(const char *text)
{
	return text[strspn(text, "abcdefghijklmnopqrstuvwxyz"
				 "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				 "0123456789/._-+=,:@%")] == '\0';
}

static void put_quoted(FILE *out, const char *text)
{
	if (is_plain(text)) {
		fputs(text, out);
		return;
	}
	fputc('\'', out);
	for (; *text; text++) {
		if (*text == '\'')
			fputs("'\\''", out);
		else
			fputc(*text, out);
	}
	fputc('\'', out);
}

/* Does a path's part end there, so that what comes before is a directory? */
static bool ends_part(const struct word *word, size_t pos)
{
	return pos >= word->len || word->text[pos] == '/' ||
	       word->text[pos] == '=';
}

static const struct renamed *find_tree(const struct word *word, size_t pos,
				       const struct replay *replay)
{
	size_t i;

	/* In the middle of a longer path it is another directory. */
	if (pos && !strchr("=,I'\":", word->text[pos - 1]))
		return NULL;
	for (i = 0; i < replay->trees; i++) {
		const struct renamed *tree = &replay->tree[i];
		size_t len = strlen(tree->from);

		if (len && len <= word->len - pos &&
		    memcmp(word->text + pos, tree->from, len) == 0 &&
		    ends_part(word, pos + len))
			return tree;
	}
	return NULL;
}

/* What is known of the words so far. */
struct progress {
	bool compiler;
	bool output;
	bool tree;
};

static bool is_prefix_map(const struct word *word)
{
	return starts(word, "-fmacro-prefix-map=") ||
	       starts(word, "-ffile-prefix-map=") ||
	       starts(word, "-fdebug-prefix-map=");
}

static void put_word(FILE *out, const struct word *word,
		     const struct replay *replay, struct progress *seen)
{
	const bool stays = replay->keep_maps && is_prefix_map(word);
	size_t pos = 0;

	while (pos < word->len) {
		const struct renamed *tree =
			stays ? NULL : find_tree(word, pos, replay);

		if (tree) {
			put_quoted(out, tree->to);
			seen->tree = true;
		} else {
			fputc(word->text[pos], out);
		}
		pos += tree ? strlen(tree->from) : 1;
	}
}

static bool is_launcher(const struct word *word)
{
	static const char *const launchers[] = { "ccache", "sccache",
						 "distcc" };
	struct word name = *word;
	const char *slash = memrchr(word->text, '/', word->len);
	size_t i;

	if (slash) {
		name.text = slash + 1;
		name.len = word->len - (size_t)(name.text - word->text);
	}
	for (i = 0; i < sizeof(launchers) / sizeof(launchers[0]); i++) {
		if (is(&name, launchers[i]))
			return true;
	}
	return false;
}

static void put_words(FILE *out, const char *text, const struct replay *replay,
		      struct progress *seen)
{
	struct word word;

	while (next_word(&text, &word) && !strchr(";|&<>", word.text[0])) {
		if (!seen->compiler && is_launcher(&word)) {
			if (!replay->launcher)
				continue;
			put_word(out, &word, replay, seen);
		} else if (!seen->compiler) {
			seen->compiler = true;
			if (replay->compiler)
				put_quoted(out, replay->compiler);
			else
				put_word(out, &word, replay, seen);
		} else if (starts(&word, "-Wp,-MMD,") ||
			   starts(&word, "-Wp,-MD,")) {
			fputs("-Wp,-MMD,", out);
			put_quoted(out, replay->depfile);
		} else if (is(&word, "-o") && next_word(&text, &word)) {
			fprintf(out, "%s%s-o ", replay->flags,
				*replay->flags ? " " : "");
			put_quoted(out, replay->output);
			seen->output = true;
		} else {
			put_word(out, &word, replay, seen);
		}
		fputc(' ', out);
	}
}

char *replay_compiler(const struct saved *saved, char **launcher)
{
	const char *text = saved->command;
	char *compiler;
	struct word word;

	*launcher = NULL;
	while (next_word(&text, &word) && is_launcher(&word)) {
		free(*launcher);
		*launcher = strndup(word.text, word.len);
		if (!*launcher)
			out_of_memory();
	}
	compiler = strndup(word.text, word.len);
	if (!compiler)
		out_of_memory();
	return compiler;
}

bool replay_renamed(const struct saved *saved)
{
	const char *text = saved->command;
	struct word word;

	if (!saved->source)
		return false;
	while (next_word(&text, &word)) {
		if (is(&word, saved->source))
			return false;
	}
	return true;
}

char *replay_command(const struct saved *saved, const struct replay *replay,
		     struct fault *fault)
{
	char *command = NULL;
	size_t size = 0;
	FILE *out = open_memstream(&command, &size);
	struct progress seen = { 0 };

	if (!out)
		out_of_memory();
	put_words(out, saved->command, replay, &seen);
	if (fclose(out) != 0)
		out_of_memory();
	if (seen.output && (seen.tree || !replay->trees))
		return command;
	free(command);
	fault_set(fault, "the command of %s %s: %s", saved->object,
		  seen.output ? "does not name the source tree" : "has no '-o'",
		  saved->command);
	return NULL;
}
