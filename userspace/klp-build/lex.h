/* SPDX-License-Identifier: GPL-2.0 */
/*
 * lex.h - between which lines of C a preprocessor directive may stand
 */
#ifndef KLP_BUILD_LEX_H
#define KLP_BUILD_LEX_H

#include <stdbool.h>
#include <stddef.h>

/** enum lex_state - what the text before a character has begun */
enum lex_state {
	LEX_CODE,
	LEX_COMMENT,
	LEX_LINE_COMMENT,
	LEX_STRING,
	LEX_CHARACTER,
};

/** LEX_DEEPEST - conditionals within each other that are told apart */
#define LEX_DEEPEST 64

/**
 * struct lex - a reader of C, fed with one line after the other
 * @state: at the beginning of the next line
 * @continued: the last line ended with a backslash
 * @directive: the next line belongs to a directive
 * @parens: round brackets that are open
 * @conditional: the last line was, or ended, an #if, #else or #endif
 * @depth: conditionals that are open
 * @before: for each of those, round brackets that were open at its #if
 * @after: for each, those at the end of its first branch
 * @branches: for each, branches that ended
 */
struct lex {
	enum lex_state state;
	bool continued;
	bool directive;
	size_t parens;
	bool conditional;
	size_t depth;
	size_t before[LEX_DEEPEST];
	size_t after[LEX_DEEPEST];
	size_t branches[LEX_DEEPEST];
};

/**
 * lex_line() - read a line
 * @lex: all zero before the first line
 * @line: with its newline, if it has one
 * @size: of the line
 */
void lex_line(struct lex *lex, const char *line, size_t size);

/**
 * lex_is_open() - may a directive stand before the next line?
 * @lex: after what comes before that line
 *
 * Return: false in comments, strings, continued lines, and between round
 * brackets, as those may be of a macro.
 */
bool lex_is_open(const struct lex *lex);

#endif /* KLP_BUILD_LEX_H */
