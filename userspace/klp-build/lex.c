// SPDX-License-Identifier: GPL-2.0
/*
 * lex.c - between which lines of C a preprocessor directive may stand
 *
 * Both branches of a conditional are read, as if both were compiled. Where they
 * open brackets that one #endif later are closed once, the first branch counts.
 */
#include <string.h>

#include "lex.h"

static bool is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\f' || c == '\v' || c == '\r';
}

/* The word behind the '#', if this line begins a directive. */
static const char *directive_word(const char *line, size_t size, size_t *len)
{
	size_t i = 0;
	size_t end;

	while (i < size && is_blank(line[i]))
		i++;
	if (i == size || line[i] != '#')
		return NULL;
	i++;
	while (i < size && is_blank(line[i]))
		i++;
	end = i;
	while (end < size && line[end] >= 'a' && line[end] <= 'z')
		end++;
	*len = end - i;
	return line + i;
}

static bool is_word(const char *word, size_t len, const char *what)
{
	return len == strlen(what) && memcmp(word, what, len) == 0;
}

static void open_conditional(struct lex *lex)
{
	if (lex->depth < LEX_DEEPEST) {
		lex->before[lex->depth] = lex->parens;
		lex->branches[lex->depth] = 0;
	}
	lex->depth++;
}

static void end_branch(struct lex *lex)
{
	size_t level = lex->depth - 1;

	if (lex->depth == 0 || level >= LEX_DEEPEST)
		return;
	if (lex->branches[level]++ == 0)
		lex->after[level] = lex->parens;
	lex->parens = lex->before[level];
}

static void close_conditional(struct lex *lex)
{
	if (lex->depth == 0)
		return;
	end_branch(lex);
	lex->depth--;
	if (lex->depth < LEX_DEEPEST)
		lex->parens = lex->after[lex->depth];
}

static void start_directive(struct lex *lex, const char *word, size_t len)
{
	lex->directive = true;
	lex->conditional = true;
	if (is_word(word, len, "if") || is_word(word, len, "ifdef") ||
	    is_word(word, len, "ifndef"))
		open_conditional(lex);
	else if (is_word(word, len, "else") || is_word(word, len, "elif") ||
		 is_word(word, len, "elifdef") ||
		 is_word(word, len, "elifndef"))
		end_branch(lex);
	else if (is_word(word, len, "endif"))
		close_conditional(lex);
	else
		lex->conditional = false;
}

/* A character of code. Return: whether it takes the next one with it. */
static bool read_code(struct lex *lex, char c, char next)
{
	if (c == '/' && (next == '*' || next == '/')) {
		lex->state = next == '*' ? LEX_COMMENT : LEX_LINE_COMMENT;
		return true;
	}
	if (c == '"')
		lex->state = LEX_STRING;
	else if (c == '\'')
		lex->state = LEX_CHARACTER;
	else if (c == '(' && !lex->directive)
		lex->parens++;
	else if (c == ')' && !lex->directive && lex->parens)
		lex->parens--;
	return false;
}

static bool read_char(struct lex *lex, char c, char next)
{
	switch (lex->state) {
	case LEX_CODE:
		return read_code(lex, c, next);
	case LEX_COMMENT:
		if (c != '*' || next != '/')
			return false;
		lex->state = LEX_CODE;
		return true;
	case LEX_LINE_COMMENT:
		return false;
	case LEX_STRING:
	case LEX_CHARACTER:
		if (c == (lex->state == LEX_STRING ? '"' : '\''))
			lex->state = LEX_CODE;
		return c == '\\';
	}
	return false;
}

void lex_line(struct lex *lex, const char *line, size_t size)
{
	const char *word = NULL;
	size_t len = 0;
	size_t i;

	if (size && line[size - 1] == '\n')
		size--;
	if (size && line[size - 1] == '\r')
		size--;
	if (!lex->continued && lex->state == LEX_CODE) {
		if (!lex->directive) {
			lex->conditional = false;
			word = directive_word(line, size, &len);
		}
		/* The end of a function: whatever was open is a mistake. */
		if (size && line[0] == '}')
			lex->parens = 0;
	}
	if (word)
		start_directive(lex, word, len);
	lex->continued = size && line[size - 1] == '\\';
	if (lex->continued)
		size--;
	for (i = 0; i < size; i++) {
		char next = '\0';

		if (i + 1 < size)
			next = line[i + 1];
		if (read_char(lex, line[i], next))
			i++;
	}
	if (lex->continued)
		return;
	/* Only a comment goes on by itself, and with it its directive. */
	if (lex->state != LEX_COMMENT) {
		lex->state = LEX_CODE;
		lex->directive = false;
	}
}

bool lex_is_open(const struct lex *lex)
{
	return lex->state == LEX_CODE && !lex->continued && !lex->directive &&
	       lex->parens == 0;
}
