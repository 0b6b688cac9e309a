// SPDX-License-Identifier: GPL-2.0
/*
 * func-dump.c - how many instructions it takes to be told all patched functions
 *
 *   func-dump
 *
 * prints "MESSAGES INSTRUCTIONS..." for some repeats, each from the request
 * to the end of the answer, in the kernel and here, where nothing is done with
 * the answer but to look for its end. The module klp_bench must be loaded: it
 * starts the counter and lets user space read it.
 */
#include <libmnl/libmnl.h>
#include <linux/genetlink.h>
#include <linux/klp_arm.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define WARM_UP 3
#define REPEATS 5

/* What a client that is in no hurry to be small offers to each receive. */
#define BUFFER_SIZE 32768

struct client {
	struct mnl_socket *socket;
	uint16_t family;
	unsigned int messages;
	char buffer[BUFFER_SIZE];
};

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

/* Event counter 0 (ARM ARM DDI 0406C, C12.8). */
static uint32_t read_counter(void)
{
	uint32_t count;

	__asm__ volatile("isb\n\tmrc	p15, 0, %0, c9, c13, 2"
			 : "=r"(count)
			 :
			 : "memory");
	return count;
}

static struct nlmsghdr *begin(struct client *client, uint16_t type,
			      uint16_t flags, uint8_t command)
{
	struct nlmsghdr *nlh = mnl_nlmsg_put_header(client->buffer);
	struct genlmsghdr *genl;

	nlh->nlmsg_type = type;
	nlh->nlmsg_flags = NLM_F_REQUEST | flags;
	genl = mnl_nlmsg_put_extra_header(nlh, sizeof(*genl));
	genl->cmd = command;
	genl->version = 1;
	return nlh;
}

static int take_family(const struct nlmsghdr *nlh, void *data)
{
	struct client *client = data;
	const struct nlattr *attr;

	mnl_attr_for_each(attr, nlh, sizeof(struct genlmsghdr))
	{
		if (mnl_attr_get_type(attr) == CTRL_ATTR_FAMILY_ID)
			client->family = mnl_attr_get_u16(attr);
	}
	return MNL_CB_STOP;
}

static int count_message(const struct nlmsghdr *nlh, void *data)
{
	struct client *client = data;

	(void)nlh;
	client->messages++;
	return MNL_CB_OK;
}

static void talk(struct client *client, const struct nlmsghdr *nlh,
		 mnl_cb_t callback)
{
	int more = MNL_CB_OK;

	if (mnl_socket_sendto(client->socket, nlh, nlh->nlmsg_len) < 0)
		fail("send");
	while (more > MNL_CB_STOP) {
		ssize_t len = mnl_socket_recvfrom(client->socket,
						  client->buffer, BUFFER_SIZE);

		if (len < 0)
			fail("receive");
		more = mnl_cb_run(client->buffer, (size_t)len, 0, 0, callback,
				  client);
	}
	if (more < 0)
		fail("answer");
}

static void find_family(struct client *client)
{
	struct nlmsghdr *nlh =
		begin(client, GENL_ID_CTRL, 0, CTRL_CMD_GETFAMILY);

	mnl_attr_put_strz(nlh, CTRL_ATTR_FAMILY_NAME, KLP_ARM_FAMILY_NAME);
	talk(client, nlh, take_family);
}

static uint32_t dump(struct client *client)
{
	uint32_t before = read_counter();

	client->messages = 0;
	talk(client,
	     begin(client, client->family, NLM_F_DUMP, KLP_ARM_CMD_FUNC_GET),
	     count_message);
	return read_counter() - before;
}

int main(void)
{
	static struct client client;
	uint32_t counts[REPEATS];

	client.socket = mnl_socket_open(NETLINK_GENERIC);
	if (!client.socket ||
	    mnl_socket_bind(client.socket, 0, MNL_SOCKET_AUTOPID) < 0)
		fail("socket");
	find_family(&client);
	for (int i = 0; i < WARM_UP; i++)
		dump(&client);
	for (int i = 0; i < REPEATS; i++)
		counts[i] = dump(&client);
	printf("%u", client.messages);
	for (int i = 0; i < REPEATS; i++)
		printf(" %u", counts[i]);
	putchar('\n');
	mnl_socket_close(client.socket);
	return 0;
}
