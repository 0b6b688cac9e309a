/* SPDX-License-Identifier: GPL-2.0 */
/*
 * json.h - members of JSON objects, of which none is ever left out for want of
 * memory
 */
#ifndef KLP_BUILD_JSON_H
#define KLP_BUILD_JSON_H

#include <json-c/json.h>

/**
 * json_must() - end the program if there was no memory
 * @object: that was just made
 *
 * Return: the object.
 */
struct json_object *json_must(struct json_object *object);

/**
 * json_put_text() - add a string
 * @object: to add it to
 * @key: of the member
 * @text: its value
 */
void json_put_text(struct json_object *object, const char *key,
		   const char *text);

/**
 * json_put_number() - add a number
 * @object: to add it to
 * @key: of the member
 * @number: its value
 */
void json_put_number(struct json_object *object, const char *key,
		     int64_t number);

/**
 * json_put_array() - add an empty array
 * @object: to add it to, or NULL
 * @key: of the member
 *
 * Return: the array, NULL without an object.
 */
struct json_object *json_put_array(struct json_object *object, const char *key);

/**
 * json_append() - add an object to an array
 * @array: to add it to
 *
 * Return: the object, which is empty.
 */
struct json_object *json_append(struct json_object *array);

#endif /* KLP_BUILD_JSON_H */
