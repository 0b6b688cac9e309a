// SPDX-License-Identifier: GPL-2.0
/*
 * json.c - members of JSON objects
 */
#include "fault.h"
#include "json.h"

struct json_object *json_must(struct json_object *object)
{
	if (!object)
		out_of_memory();
	return object;
}

void json_put_text(struct json_object *object, const char *key,
		   const char *text)
{
	json_object_object_add(object, key,
			       json_must(json_object_new_string(text)));
}

void json_put_number(struct json_object *object, const char *key,
		     int64_t number)
{
	json_object_object_add(object, key,
			       json_must(json_object_new_int64(number)));
}

struct json_object *json_put_array(struct json_object *object, const char *key)
{
	struct json_object *array;

	if (!object)
		return NULL;
	array = json_must(json_object_new_array());
	json_object_object_add(object, key, array);
	return array;
}

struct json_object *json_append(struct json_object *array)
{
	struct json_object *object = json_must(json_object_new_object());

	json_object_array_add(array, object);
	return object;
}
