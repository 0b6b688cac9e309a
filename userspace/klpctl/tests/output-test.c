// SPDX-License-Identifier: GPL-2.0
/*
 * output-test.c - a result for whose text there is no memory
 */
#include <stdio.h>
#include <stdlib.h>

#include "../bound.h"
#include "../output.h"

/* In the place of json-c's, which returns NULL when there is no memory. */
const char *json_object_to_json_string_ext(struct json_object *object,
					   int flags)
{
	(void)object;
	(void)flags;
	return NULL;
}

/* bound.c's: there is no other thread. */
void bound_claim(void)
{
}

/* error.c's: that it is called is what ought to happen. */
_Noreturn void out_of_memory(void)
{
	puts("ok 1 - klpctl: a result without memory for its text is an error");
	exit(0);
}

int main(void)
{
	const struct app app = { .json = true };

	setvbuf(stdout, NULL, _IOLBF, 0);
	puts("KTAP version 1\n1..1");
	print_json(&app, json_result("klpctl-version/1"));
	puts("not ok 1 - klpctl: a result without memory for its text is an"
	     " error");
	return 1;
}
