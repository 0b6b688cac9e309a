// SPDX-License-Identifier: GPL-2.0
/*
 * nl_refuse.c - requests that the kernel must refuse, and say why.
 */

#include "nl_test.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* How many random requests, unless FUZZ_REQUESTS in the environment says it. */
#define FUZZ_REQUESTS 20000

/* Send @req and check that it is refused with @error, and a text if @text. */
static bool refused(struct nl_client *client, struct nl_request *req, int error,
		    const char *text)
{
	struct nl_result result;
	int err = nl_talk(client, req, &result, NULL, NULL);

	return CHECK(!err, "no answer: %s", strerror(-err)) &&
	       CHECK(result.error == error, "error %d instead of %d",
		     result.error, error) &&
	       CHECK(!result.messages, "data came with the refusal") &&
	       CHECK(!text || strstr(result.text, text),
		     "text '%s' instead of '%s'", result.text, text);
}

static bool unknown_patch(struct nl_client *client)
{
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, "nobody");

	return refused(client, &req, -ENOENT, "no patch named 'nobody'");
}

static bool unknown_patch_long(struct nl_client *client)
{
	char name[KLP_ARM_NAME_MAX + 1];
	struct nl_request req;

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, name);

	/* All of the name is in the text. */
	return refused(client, &req, -ENOENT, "x'");
}

static bool unknown_patch_elsewhere(struct nl_client *client)
{
	struct nl_request req;
	bool good;

	nl_begin(client, &req, KLP_ARM_CMD_TRANSITION_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_TRANSITION_PATCH, "nobody");
	good = refused(client, &req, -ENOENT, "no patch named 'nobody'");

	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_PATCH, "nobody");
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_NAME, "cmdline_proc_show");

	return refused(client, &req, -ENOENT, "no patch named 'nobody'") &&
	       good;
}

static bool dump_of_unknown_patch(struct nl_client *client)
{
	struct nl_request req;
	struct nl_result result;
	bool good = true;

	for (int cmd = KLP_ARM_CMD_PATCH_GET; cmd <= KLP_ARM_CMD_FUNC_GET;
	     cmd++) {
		nl_begin(client, &req, (uint8_t)cmd, true);
		mnl_attr_put_strz(req.nlh,
				  cmd == KLP_ARM_CMD_PATCH_GET ?
					  KLP_ARM_A_PATCH_NAME :
					  KLP_ARM_A_FUNC_PATCH,
				  "nobody");
		good &= CHECK(!nl_talk(client, &req, &result, NULL, NULL),
			      "no answer") &&
			CHECK(result.done && result.error == -ENOENT,
			      "done %d, error %d", result.done, result.error) &&
			CHECK(strstr(result.text, "nobody"), "text '%s'",
			      result.text);
	}

	return good;
}

static bool unknown_func(struct nl_client *client)
{
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_NAME, "nothing");

	return refused(client, &req, -ENOENT, "no patch is active");
}

static bool missing_attribute(struct nl_client *client)
{
	struct nl_request req;
	struct nl_result result;
	bool good = true;

	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	good &= CHECK(!nl_talk(client, &req, &result, NULL, NULL), "no answer");
	good &= CHECK(result.error == -EINVAL, "error %d", result.error);
	good &= CHECK(strstr(result.text, "missing"), "text '%s'", result.text);
	good &= CHECK(result.missing == KLP_ARM_A_PATCH_NAME, "missing %u",
		      result.missing);

	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_OBJECT, "vmlinux");
	good &= CHECK(!nl_talk(client, &req, &result, NULL, NULL), "no answer");
	good &= CHECK(result.error == -EINVAL, "error %d", result.error);
	good &= CHECK(strstr(result.text, "missing"), "text '%s'", result.text);
	good &= CHECK(result.missing == KLP_ARM_A_FUNC_NAME, "missing %u",
		      result.missing);

	return good;
}

static bool wrong_type(struct nl_client *client)
{
	struct nl_request req;
	bool good;

	/* A string that does not end, */
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put(req.nlh, KLP_ARM_A_PATCH_NAME, 4, "abcd");
	good = refused(client, &req, -EINVAL, "ttribute");

	/* an empty one, */
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put(req.nlh, KLP_ARM_A_PATCH_NAME, 0, "");
	good &= refused(client, &req, -EINVAL, "ttribute");

	/* and a number that is too short. */
	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_NAME, "x");
	mnl_attr_put_u16(req.nlh, KLP_ARM_A_FUNC_SYMPOS, 1);

	return refused(client, &req, -EINVAL, "ttribute") && good;
}

static bool oversized_attribute(struct nl_client *client)
{
	char name[KLP_ARM_FUNC_NAME_MAX + 2];
	struct nl_request req;
	bool good;

	memset(name, 'x', sizeof(name) - 1);
	name[sizeof(name) - 1] = '\0';
	nl_begin(client, &req, KLP_ARM_CMD_FUNC_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_FUNC_NAME, name);
	good = refused(client, &req, -EINVAL, "ttribute");

	name[KLP_ARM_NAME_MAX + 1] = '\0';
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, name);

	return refused(client, &req, -EINVAL, "ttribute") && good;
}

static bool truncated_attribute(struct nl_client *client)
{
	struct nl_request req;
	bool good = true;

	/* Lengths that reach past the message, or not over the header. */
	static const uint16_t lengths[] = { 0, 1, 3, 200, UINT16_MAX };

	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
		struct nlattr *attr;

		nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
		attr = mnl_nlmsg_get_payload_tail(req.nlh);
		mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, "abc");
		attr->nla_len = lengths[i];
		good &= refused(client, &req, -EINVAL, "bytes leftover");
	}

	return good;
}

static bool unknown_attribute(struct nl_client *client)
{
	struct nl_request req;
	bool good;

	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, "abc");
	mnl_attr_put_u32(req.nlh, 200, 1);
	good = refused(client, &req, -EINVAL, "Unknown attribute");

	/* One that only replies have. */
	nl_begin(client, &req, KLP_ARM_CMD_PATCH_GET, false);
	mnl_attr_put_strz(req.nlh, KLP_ARM_A_PATCH_NAME, "abc");
	mnl_attr_put_u32(req.nlh, KLP_ARM_A_PATCH_GENERATION, 1);

	return refused(client, &req, -EINVAL, "Unsupported attribute") && good;
}

static bool unknown_command(struct nl_client *client)
{
	struct nl_request req;
	bool good;

	nl_begin(client, &req, KLP_ARM_CMD_MAX + 1, false);
	good = refused(client, &req, -EOPNOTSUPP, NULL);
	nl_begin(client, &req, 0, false);
	good &= refused(client, &req, -EOPNOTSUPP, NULL);

	/* A command that there is no dump of. */
	nl_begin(client, &req, KLP_ARM_CMD_INFO_GET, true);

	return refused(client, &req, -EOPNOTSUPP, NULL) && good;
}

static bool reserved_header(struct nl_client *client)
{
	struct nl_request req;
	struct genlmsghdr *genl;

	nl_begin(client, &req, KLP_ARM_CMD_INFO_GET, false);
	genl = mnl_nlmsg_get_payload(req.nlh);
	genl->reserved = 1;

	return refused(client, &req, -EINVAL, "reserved");
}

static bool stale_generation(struct nl_client *client)
{
	struct nl_request req;

	nl_begin(client, &req, KLP_ARM_CMD_INFO_GET, false);
	mnl_attr_put_u32(req.nlh, KLP_ARM_A_INFO_GENERATION, 0);

	return refused(client, &req, -ESTALE, "the state has changed");
}

static bool other_namespace_body(void)
{
	struct nl_client client;
	int err;

	if (!CHECK(!unshare(CLONE_NEWNET), "no new network namespace: %s",
		   strerror(errno)))
		return false;

	err = nl_open(&client, NL_LARGE);
	if (!err)
		nl_close(&client);

	return CHECK(err == -ENOENT, "error %d", err);
}

static bool other_namespace(struct nl_client *client)
{
	(void)client;

	return nl_in_child(other_namespace_body);
}

/* Random attributes in valid and damaged requests; none may be of harm. */
static bool random_requests(struct nl_client *client)
{
	struct nl_result result;
	struct nl_request req;
	char bytes[64];
	const char *number = getenv("FUZZ_REQUESTS");
	long requests = number ? strtol(number, NULL, 10) : FUZZ_REQUESTS;

	srandom(1);
	for (long i = 0; i < requests; i++) {
		nl_begin(client, &req, (uint8_t)(random() % 6), random() & 1);
		for (long n = random() % 5; n > 0; n--) {
			for (size_t j = 0; j < sizeof(bytes); j++)
				bytes[j] = (char)(random() % 3 ? random() : 0);
			mnl_attr_put(req.nlh, (uint16_t)(random() % 20),
				     (size_t)(random() % (long)sizeof(bytes)),
				     bytes);
		}
		if (random() & 1 && req.nlh->nlmsg_len > 24)
			req.nlh->nlmsg_len -= (uint32_t)(random() % 4);
		int err = nl_talk(client, &req, &result, NULL, NULL);

		if (!CHECK(!err, "request %ld has no answer: %s", i,
			   strerror(-err)))
			return false;
	}

	return true;
}

const struct nl_case nl_refuse_cases[] = {
	{ "unknown patch is refused by name", unknown_patch },
	{ "the longest name fits the refusal", unknown_patch_long },
	{ "unknown patch in other requests", unknown_patch_elsewhere },
	{ "dump of an unknown patch", dump_of_unknown_patch },
	{ "unknown function", unknown_func },
	{ "missing attribute", missing_attribute },
	{ "attribute of the wrong type", wrong_type },
	{ "oversized attribute", oversized_attribute },
	{ "truncated attribute", truncated_attribute },
	{ "unknown attribute", unknown_attribute },
	{ "unknown command", unknown_command },
	{ "reserved header bytes", reserved_header },
	{ "stale generation", stale_generation },
	{ "other network namespaces have no family", other_namespace },
	{ "random requests", random_requests },
};
const unsigned int nl_refuse_count =
	sizeof(nl_refuse_cases) / sizeof(nl_refuse_cases[0]);
