// SPDX-License-Identifier: GPL-2.0
/*
 * exercise_net.c - sockets on the loopback interface, packets, and io_uring
 */

#include <arpa/inet.h>
#include <fcntl.h>
#include <linux/if_packet.h>
#include <net/ethernet.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <netinet/udp.h>
#include <stdint.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "exercise.h"
#include "exercise_file.h"

#define PORT 5001

static char bytes[65536];

static const struct sockaddr_in home = { .sin_family = AF_INET,
					 .sin_port = PORT };

static struct sockaddr_in loopback(uint16_t port)
{
	struct sockaddr_in address = home;

	address.sin_port = htons(port);
	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	return address;
}

static void loopback_up(void)
{
	struct ifreq request = { .ifr_name = "lo" };
	int any = socket(AF_INET, SOCK_DGRAM, 0);

	ioctl(any, SIOCGIFFLAGS, &request);
	request.ifr_flags |= IFF_UP;
	ioctl(any, SIOCSIFFLAGS, &request);
	ioctl(any, SIOCGIFCONF, &(struct ifconf){ 0 });
	close(any);
}

static void tune(int tcp)
{
	int one = 1, seconds = 1;

	setsockopt(tcp, SOL_SOCKET, SO_REUSEADDR, &one, sizeof(one));
	setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &one, sizeof(one));
	setsockopt(tcp, IPPROTO_TCP, TCP_CONGESTION, "reno", 4);
	setsockopt(tcp, IPPROTO_TCP, TCP_DEFER_ACCEPT, &seconds,
		   sizeof(seconds));
	setsockopt(tcp, SOL_SOCKET, SO_KEEPALIVE, &one, sizeof(one));
}

static void talk(int from, int to)
{
	struct tcp_info info;
	socklen_t size = sizeof(info);
	int i;

	fcntl(from, F_SETFL, O_NONBLOCK);
	fcntl(to, F_SETFL, O_NONBLOCK);
	for (i = 0; i < 40; i++) {
		send(from, bytes, sizeof(bytes), MSG_NOSIGNAL);
		recv(to, bytes, sizeof(bytes), 0);
	}
	getsockopt(from, IPPROTO_TCP, TCP_INFO, &info, &size);
	shutdown(from, SHUT_WR);
	while (recv(to, bytes, sizeof(bytes), 0) > 0)
		;
}

static void over_tcp(void)
{
	struct sockaddr_in address = loopback(PORT);
	int listener = socket(AF_INET, SOCK_STREAM, 0), from, to;

	tune(listener);
	(void)bind(listener, (struct sockaddr *)&address, sizeof(address));
	listen(listener, 4);
	from = socket(AF_INET, SOCK_STREAM, 0);
	tune(from);
	(void)connect(from, (struct sockaddr *)&address, sizeof(address));
	send(from, bytes, 1, MSG_NOSIGNAL);
	to = accept4(listener, NULL, NULL, 0);
	talk(from, to);
	talk(to, from);
	show_file("/proc/net/tcp");
	close(from);
	close(to);
	close(listener);
	/* Nobody listens any more. */
	from = socket(AF_INET, SOCK_STREAM, 0);
	(void)connect(from, (struct sockaddr *)&address, sizeof(address));
	close(from);
}

static void over_udp(void)
{
	struct sockaddr_in address = loopback(PORT + 1);
	int from = socket(AF_INET, SOCK_DGRAM, 0),
	    to = socket(AF_INET, SOCK_DGRAM, 0);
	int segment = 1000, one = 1;

	(void)bind(to, (struct sockaddr *)&address, sizeof(address));
	setsockopt(to, IPPROTO_UDP, 104 /* UDP_GRO */, &one, sizeof(one));
	(void)connect(from, (struct sockaddr *)&address, sizeof(address));
	setsockopt(from, IPPROTO_UDP, 103 /* UDP_SEGMENT */, &segment,
		   sizeof(segment));
	send(from, bytes, 8000, 0);
	recv(to, bytes, sizeof(bytes), MSG_DONTWAIT);
	send(from, bytes, 0, 0);
	recv(to, bytes, sizeof(bytes), MSG_DONTWAIT);
	close(from);
	close(to);
}

static void over_unix(void)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX,
				       .sun_path = "socket" };
	int ends[2], listener = socket(AF_UNIX, SOCK_STREAM, 0), from, to;
	union {
		struct cmsghdr head;
		char space[CMSG_SPACE(sizeof(int))];
	} control = { .head = { .cmsg_len = CMSG_LEN(sizeof(int)),
				.cmsg_level = SOL_SOCKET,
				.cmsg_type = SCM_RIGHTS } };
	struct iovec vector = { .iov_base = bytes, .iov_len = 1 };
	struct msghdr message = { .msg_iov = &vector,
				  .msg_iovlen = 1,
				  .msg_control = &control,
				  .msg_controllen = sizeof(control) };

	(void)bind(listener, (struct sockaddr *)&address, sizeof(address));
	listen(listener, 1);
	from = socket(AF_UNIX, SOCK_STREAM, 0);
	(void)connect(from, (struct sockaddr *)&address, sizeof(address));
	to = accept(listener, NULL, NULL);
	memcpy(CMSG_DATA(&control.head), &to, sizeof(to));
	sendmsg(from, &message, 0);
	(void)recvmsg(to, &message, MSG_DONTWAIT);
	socketpair(AF_UNIX, SOCK_DGRAM, 0, ends);
	send(ends[0], bytes, 10, 0);
	recv(ends[1], bytes, 10, 0);
	close(ends[0]);
	close(ends[1]);
	close(from);
	close(to);
	close(listener);
	unlink("socket");
}

void exercise_sockets(void)
{
	loopback_up();
	over_tcp();
	over_udp();
	over_unix();
}

void exercise_packets(void)
{
	struct sockaddr_ll to = { .sll_family = AF_PACKET,
				  .sll_protocol = htons(ETH_P_IP),
				  .sll_ifindex = 1,
				  .sll_halen = 6 };
	struct tpacket_req ring = { .tp_block_size = 4096,
				    .tp_block_nr = 4,
				    .tp_frame_size = 2048,
				    .tp_frame_nr = 8 };
	struct tpacket2_hdr *frame;
	int raw = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL)),
	    version = TPACKET_V2;
	void *mapped;

	loopback_up();
	setsockopt(raw, SOL_PACKET, PACKET_VERSION, &version, sizeof(version));
	setsockopt(raw, SOL_PACKET, PACKET_TX_RING, &ring, sizeof(ring));
	mapped = mmap(NULL, 4 * 4096, PROT_READ | PROT_WRITE, MAP_SHARED, raw,
		      0);
	(void)bind(raw, (struct sockaddr *)&to, sizeof(to));
	if (mapped != MAP_FAILED) {
		frame = mapped;
		frame->tp_len = 64;
		frame->tp_status = TP_STATUS_SEND_REQUEST;
		send(raw, NULL, 0, MSG_DONTWAIT);
	}
	close(raw);
	raw = socket(AF_PACKET, SOCK_RAW, htons(ETH_P_ALL));
	sendto(raw, bytes, 100, 0, (struct sockaddr *)&to, sizeof(to));
	recv(raw, bytes, sizeof(bytes), MSG_DONTWAIT);
	close(raw);
	over_udp();
}

void exercise_knobs(void)
{
	loopback_up();
	put_file("/proc/sys/net/unix/max_dgram_qlen", "20");
	put_file("/proc/sys/net/ipv4/tcp_mtu_probing", "1");
	put_file("/proc/sys/net/ipv4/ip_local_port_range", "32768 60000");
	put_file("/sys/kernel/tracing/buffer_size_kb", "1500");
	put_file("/sys/block/loop0/queue/nr_requests", "64");
	show_file("/proc/iomem");
	show_file("/proc/interrupts");
	show_file("/proc/vmallocinfo");
	show_file("/proc/buddyinfo");
	show_file("/proc/slabinfo");
	show_file("/proc/timer_list");
	show_file("/proc/self/net/unix");
	put_file("/sys/devices/system/cpu/cpu1/online", "0");
	put_file("/sys/devices/system/cpu/cpu1/online", "1");
	put_file("/sys/bus/platform/drivers_probe", "none");
	put_file("/sys/devices/virtual/mem/null/uevent", "add");
	put_file("/proc/sys/kernel/printk", "7 4 1 7");
}
