// SPDX-License-Identifier: GPL-2.0
/*
 * refuse.c - why a change cannot be live-patched
 */
#include <elf.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "refuse.h"

/* Callers that are named in a line */
#define MOST_NAMED 5

static void drop_last(struct refusals *refusals)
{
	struct refusal *refusal = &refusals->refusal[--refusals->count];

	free(refusal->symbol);
	free(refusal->section);
	free(refusal->text);
	free(refusal->source);
	while (refusal->callers > 0) {
		free(refusal->caller[--refusal->callers].name);
		free(refusal->caller[refusal->callers].through);
	}
	free(refusal->caller);
}

/* Many references to one thing are one reason. */
static void drop_repeated(struct refusals *refusals)
{
	const char *last = refusals->refusal[refusals->count - 1].text;
	size_t i;

	for (i = 0; i + 1 < refusals->count; i++) {
		if (strcmp(refusals->refusal[i].text, last) == 0) {
			drop_last(refusals);
			return;
		}
	}
}

static void __attribute__((format(printf, 6, 7)))
add(struct refusals *refusals, const char *kind, const char *symbol,
    const struct elf32_section *section, uint32_t offset, const char *format,
    ...)
{
	struct refusal *refusal;
	va_list args;

	refusals->refusal = array_more(refusals->refusal, refusals->count,
				       sizeof(*refusals->refusal));
	refusal = &refusals->refusal[refusals->count++];
	refusal->kind = kind;
	refusal->symbol = text_copy(symbol);
	refusal->section = section ? text_copy(section->name) : NULL;
	refusal->offset = offset;
	refusal->source = NULL;
	refusal->line = 0;
	refusal->caller = NULL;
	refusal->callers = 0;
	va_start(args, format);
	if (vasprintf(&refusal->text, format, args) < 0)
		out_of_memory();
	va_end(args);
	drop_repeated(refusals);
}

void refusals_free(struct refusals *refusals)
{
	while (refusals->count > 0)
		drop_last(refusals);
	free(refusals->refusal);
	refusals->refusal = NULL;
}

/* What the kernel protects when it has started is as good as constant. */
static bool is_constant(const struct elf32_section *section)
{
	static const char protected[] = ".data..ro_after_init";

	return !(section->flags & SHF_WRITE) ||
	       strncmp(section->name, protected, strlen(protected)) == 0;
}

void refuse_data(struct refusals *refusals, const struct atoms *atoms,
		 const struct atom *atom, uint32_t offset)
{
	if (is_constant(atoms_section(atoms, atom))) {
		add(refusals, "data", atom->name, atoms_section(atoms, atom),
		    offset,
		    "constant '%s' changed at offset %u: the running kernel's"
		    " stays as it is, and no callback can write to it; leave it"
		    " as it was, and make a new one of another name that the"
		    " changed functions use; or write KLP_IGNORE_DATA(%s), if"
		    " the old value will do",
		    atom->name, offset, atom->base);
		return;
	}
	add(refusals, "data", atom->name, atoms_section(atoms, atom), offset,
	    "data '%s' changed at offset %u: the variable of the running kernel"
	    " stays as it is; leave its initializer as it was, and set the"
	    " variable in a callback (KLP_PRE_PATCH_CALLBACK); or write"
	    " KLP_IGNORE_DATA(%s), if the old value will do",
	    atom->name, offset, atom->base);
}

void refuse_variable(struct refusals *refusals, const struct atoms *atoms,
		     const struct atom *atom, const char *what)
{
	add(refusals, "data", atom->name, atoms_section(atoms, atom), 0,
	    "data '%s' %s: the variable of the running kernel has what old code"
	    " wrote to it; leave it as it was, and make a new one of another"
	    " name; or write KLP_IGNORE_DATA(%s), if new code can read that",
	    atom->name, what, atom->base);
}

void refuse_removed(struct refusals *refusals, const struct atoms *atoms,
		    const struct atom *atom)
{
	add(refusals, "data", atom->name, atoms_section(atoms, atom), 0,
	    "data '%s' is gone: other objects of the running kernel may use it;"
	    " leave it in, or write KLP_IGNORE_DATA(%s), as the running kernel"
	    " keeps it",
	    atom->name, atom->base);
}

void refuse_init(struct refusals *refusals, const struct atoms *atoms,
		 const struct atom *atom, uint32_t offset)
{
	const bool is_func = atom->kind == ATOM_FUNC;

	add(refusals, "init", atom->name, atoms_section(atoms, atom), offset,
	    "'%s' is init %s: the running kernel has used and freed it; leave"
	    " it as it was, or write %s(%s), and do what is missing in a"
	    " callback (KLP_PRE_PATCH_CALLBACK)",
	    atom->name, is_func ? "code" : "data",
	    is_func ? "KLP_IGNORE_FUNCTION" : "KLP_IGNORE_DATA",
	    is_func ? atom->name : atom->base);
}

void refuse_untraceable(struct refusals *refusals, const struct atoms *atoms,
			const struct atom *atom)
{
	/* As SYSCALL_DEFINEx() calls it: an inline function is not traced. */
	if (strncmp(atom->name, "__do_sys_", strlen("__do_sys_")) == 0) {
		add(refusals, "untraceable", atom->name,
		    atoms_section(atoms, atom), 0,
		    "function '%s' has no tracing call that could be redirected,"
		    " as the code of a system call; write"
		    " KLP_SYSCALL_DEFINE...() instead of SYSCALL_DEFINE...(), or"
		    " change its callers instead",
		    atom->name);
		return;
	}
	add(refusals, "untraceable", atom->name, atoms_section(atoms, atom), 0,
	    "function '%s' has no tracing call that could be redirected (it, or"
	    " its directory, is built without -pg); change its callers instead",
	    atom->name);
}

void refusal_set_source(struct refusal *refusal, const char *source, int line)
{
	char *quoted = text_make("'%s'", refusal->symbol);
	const char *behind = strstr(refusal->text, quoted);
	char *text;

	behind = behind ? behind + strlen(quoted) :
			  refusal->text + strlen(refusal->text);
	text = text_make("%.*s (%s:%d)%s", (int)(behind - refusal->text),
			 refusal->text, source, line, behind);
	free(quoted);
	free(refusal->text);
	refusal->text = text;
	refusal->source = text_copy(source);
	refusal->line = line;
}

/* Those that can be replaced, as many as a line has room for. */
static char *name_callers(const struct refusal *refusal)
{
	char *names = text_copy("");
	size_t count = 0;
	size_t i;

	while (count < refusal->callers && refusal->caller[count].replaceable)
		count++;
	if (!count) {
		free(names);
		return text_copy("none that can be replaced calls it, but by"
				 " a pointer or from a module");
	}
	for (i = 0; i < count && i < MOST_NAMED; i++) {
		const struct caller *caller = &refusal->caller[i];
		char *longer = text_make("%s%s%s%s%s%s", names, i ? ", " : "",
					 caller->name,
					 caller->through ? " (through " : "",
					 caller->through ? caller->through : "",
					 caller->through ? ")" : "");

		free(names);
		names = longer;
	}
	if (count > MOST_NAMED) {
		char *longer = text_make("%s and %zu more (see --callers)",
					 names, count - MOST_NAMED);

		free(names);
		names = longer;
	}
	return names;
}

void refusal_take_callers(struct refusal *refusal, struct caller *caller,
			  size_t count)
{
	char *names;
	char *text;

	refusal->caller = caller;
	refusal->callers = count;
	names = name_callers(refusal);
	text = text_make("%s: %s", refusal->text, names);
	free(names);
	free(refusal->text);
	refusal->text = text;
}

/* What a fix can do instead, by what is in the table */
static const char *advise(const char *what)
{
	static const char *const advice[][2] = {
		{ "exports", "do without the export: klp-build finds symbols"
			     " that are not exported" },
		{ "initcalls", "call the function from a callback"
			       " (KLP_PRE_PATCH_CALLBACK)" },
		{ "exit calls", "call the function from a callback"
				" (KLP_POST_UNPATCH_CALLBACK)" },
		{ "parameters", "set the variable from a callback"
				" (KLP_PRE_PATCH_CALLBACK)" },
		{ "boot parameters", "set the variable from a callback"
				     " (KLP_PRE_PATCH_CALLBACK)" },
		{ "tracepoints", "use printk or a kprobe" },
		{ "trace events", "use printk or a kprobe" },
	};
	size_t i;

	for (i = 0; i < sizeof(advice) / sizeof(advice[0]); i++) {
		if (strcmp(advice[i][0], what) == 0)
			return advice[i][1];
	}
	return "do without it";
}

void refuse_table(struct refusals *refusals,
		  const struct elf32_section *section,
		  const struct special *rule, const char *name, uint32_t offset)
{
	if (rule->kind == SPECIAL_UNKNOWN)
		add(refusals, "section", name, section, offset,
		    "section %s changed, and klp-diff does not know what it"
		    " means to the kernel",
		    section->name);
	else
		add(refusals, "table", name, section, offset,
		    "section %s (%s) changed%s%s: the running kernel has read"
		    " it; leave it as it was, and %s",
		    section->name, rule->what, *name ? " at " : "", name,
		    advise(rule->what));
}

void refuse_unknown(struct refusals *refusals,
		    const struct elf32_section *section, const char *name,
		    uint32_t offset)
{
	add(refusals, "section", name, section, offset,
	    "section %s refers to '%s', which changed, and klp-diff does not"
	    " know what that means to the kernel",
	    section->name, name);
}

void refuse_unnamed(struct refusals *refusals,
		    const struct elf32_section *section, uint32_t offset)
{
	add(refusals, "section", "", section, offset,
	    "section %s changed at 0x%x, where there is no symbol and nothing"
	    " that refers to it",
	    section->name, offset);
}

void refuse_lost(struct refusals *refusals, const struct atoms *atoms,
		 const struct atom *atom)
{
	add(refusals, "static-local", atom->name, atoms_section(atoms, atom), 0,
	    "static variable '%s' of a function is not found again, but another"
	    " one of that name is new: its value would be lost; give the new"
	    " one another name",
	    atom->name);
}

void refuse_guessed(struct refusals *refusals, const struct atoms *atoms,
		    const struct atom *atom)
{
	add(refusals, "static-local", atom->name, atoms_section(atoms, atom), 0,
	    "static variable '%s' of a function is one of several of that name,"
	    " and which of them the new code uses cannot be told: give each of"
	    " them another name, and they begin anew",
	    atom->name);
}

void refuse_grown(struct refusals *refusals, const struct atoms *atoms,
		  const struct atom *atom, uint32_t size)
{
	add(refusals, "data", atom->name, atoms_section(atoms, atom),
	    atom->size,
	    "data '%s' grew from %u to %u bytes, which KLP_IGNORE_DATA cannot"
	    " ignore: new code would use what is behind it; make a new variable"
	    " of another name",
	    atom->name, atom->size, size);
}

void refuse_callback(struct refusals *refusals, const struct atoms *atoms,
		     const struct atom *atom, const char *kind)
{
	add(refusals, "callback", atom->name, atoms_section(atoms, atom), 0,
	    "function '%s' cannot be a %s callback: it is init or exit code, or"
	    " the kernel has it already; write a new function that calls it",
	    atom->name, kind);
}

/* Types have no symbol that would lead to their source. */
static void note_source(struct refusals *refusals, const char *symbol,
			const char *file, int line)
{
	struct refusal *last = &refusals->refusal[refusals->count - 1];

	if (!*file || last->source || strcmp(last->symbol, symbol) != 0)
		return;
	last->source = text_copy(file);
	last->line = line;
}

void refuse_struct(struct refusals *refusals, const struct type *type,
		   const char *what)
{
	const char *tag = strchr(type->name, ' ');

	add(refusals, "struct", type->name, NULL, 0,
	    "%s (%s%s%d) %s: the running kernel has objects of the old layout;"
	    " leave it as it was, and keep what is new in shadow variables"
	    " (klp_shadow_alloc()); or write KLP_IGNORE_STRUCT(%s) beside its"
	    " definition, if no object of it outlives a call",
	    type->name, type->file, *type->file ? ":" : "line ", type->line,
	    what, tag ? tag + 1 : type->name);
	note_source(refusals, type->name, type->file, type->line);
}

void refuse_enum(struct refusals *refusals, const struct constant *constant,
		 int64_t value)
{
	add(refusals, "enum", constant->name, NULL, 0,
	    "constant '%s' (%s%s%d) was %" PRId64 ", is %" PRId64
	    ": memory of the running kernel has the old value; leave it as it"
	    " was, and put new constants behind all others; or write"
	    " KLP_IGNORE_ENUM(%s), if none of them outlives a call",
	    constant->name, constant->file, *constant->file ? ":" : "line ",
	    constant->line, constant->value, value,
	    *constant->tag ? constant->tag : constant->name);
	note_source(refusals, constant->name, constant->file, constant->line);
}

void refuse_shared(struct refusals *refusals, const struct atoms *atoms,
		   const struct atom *atom, const char *name)
{
	add(refusals, "shared", name, atoms_section(atoms, atom), 0,
	    "'%s' and '%s' have the same code on one side of the patch, and are"
	    " one function there: replacing it replaces both; change both or"
	    " neither",
	    name, atom->name);
}

void refuse_freed(struct refusals *refusals, const char *name)
{
	add(refusals, "init", name, NULL, 0,
	    "the new code refers to '%s', which is init or exit code or data: the"
	    " running kernel does not have it any more; add a copy of it to the"
	    " fix, by another name",
	    name);
}

void refuse_unfound(struct refusals *refusals, const struct atoms *atoms,
		    const struct atom *atom, const char *object, size_t count)
{
	if (count)
		add(refusals, "symbol", atom->name, atoms_section(atoms, atom),
		    0,
		    "%zu symbols of %s are named '%s', and which one is of this"
		    " object cannot be told",
		    count, object, atom->name);
	else
		add(refusals, "symbol", atom->name, atoms_section(atoms, atom),
		    0, "%s has no symbol '%s': was it linked from this object?",
		    object, atom->name);
}

void refuse_unsteady(struct refusals *refusals, const char *name,
		     const char *object)
{
	add(refusals, "symbol", name, NULL, 0,
	    "symbol '%s' of module %s comes after another one of its name that"
	    " may be gone once the module is loaded, so that no number tells it:"
	    " replace a function that refers to it instead",
	    name, object);
}

void refuse_export(struct refusals *refusals, const char *name, const char *why)
{
	add(refusals, "symbol", name, NULL, 0, "%s", why);
}

void refuse_key(struct refusals *refusals, const struct elf32_section *section,
		uint32_t offset, const char *name, const char *object)
{
	add(refusals, "key", name, section, offset,
	    "the new code branches on static key '%s' of module %s: the kernel"
	    " reads where when it loads the livepatch, and the module may come"
	    " later; use static_key_enabled()",
	    name, object);
}

void refuse_other_code(struct refusals *refusals, const struct atoms *atoms,
		       const struct atom *atom, const char *object)
{
	add(refusals, "symbol", atom->name, atoms_section(atoms, atom), 0,
	    "function '%s' of %s is another one than this object has: if it is"
	    " a weak one, change the one that overrides it",
	    atom->name, object);
}

void refuse_moved(struct refusals *refusals, const struct atoms *atoms,
		  const struct atom *atom)
{
	add(refusals, "symbol", atom->name, atoms_section(atoms, atom), 0,
	    "'%s' is new in this object, but the kernel has one already: give"
	    " the new one another name",
	    atom->name);
}

void refuse_copy(struct refusals *refusals, const struct elf32_section *section,
		 const char *name)
{
	add(refusals, "section", name, section, 0,
	    "the new code refers to %s%s%s in section %s, of which a livepatch"
	    " cannot have a copy",
	    *name ? "'" : "data", *name ? name : " without a name",
	    *name ? "'" : "", section->name);
}

void refuse_inside(struct refusals *refusals, const struct atoms *atoms,
		   const struct atom *atom)
{
	add(refusals, "reference", atom->name, atoms_section(atoms, atom), 0,
	    "the new code refers to the inside of function '%s', which did not"
	    " change",
	    atom->name);
}

void refuse_place(struct refusals *refusals,
		  const struct elf32_section *section, uint32_t offset,
		  const char *name)
{
	add(refusals, "reference", name, section, offset,
	    "what %s+0x%x refers to cannot be told: '%s', or what is beside it",
	    section->name, offset, name);
}

void refuse_beside(struct refusals *refusals,
		   const struct elf32_section *section, uint32_t offset)
{
	add(refusals, "reference", "", section, offset,
	    "code at %s+0x%x has no symbol, and it cannot be told where it"
	    " begins and ends",
	    section->name, offset);
}
