// SPDX-License-Identifier: GPL-2.0
/*
 * hard_cases.c - functions whose prologues are not the common ones.
 *
 * compiled.sh compiles them for ARM with many options; they never run as a
 * whole.
 */
#include <stdarg.h>
#include <stddef.h>

struct pair {
	long long first;
	long long second;
};

struct large {
	struct pair pair[5];
	char name[37];
};

struct outer {
	struct large large;
	short tail;
};

/* Somewhere else: the compiler knows nothing of what they do. */
void use(void *memory);
void use_number(long long number);
long long take(const struct outer *outer, ...);
void fill_outer(struct outer *outer);
int fail(void) __attribute__((noreturn));

int leaf(int a)
{
	return a * 3;
}

/* Frames for which one immediate is enough, or two, or a register. */
#define FRAME(size)                                                            \
	void frame_##size(int a)                                               \
	{                                                                      \
		volatile char memory[size];                                    \
                                                                               \
		memory[0] = (char)a;                                           \
		memory[(size)-1] = (char)a;                                    \
		use((void *)memory);                                           \
	}

FRAME(8)
FRAME(508)
FRAME(1000)
FRAME(1024)
FRAME(4084)
FRAME(4088)
FRAME(4092)
FRAME(4096)
FRAME(5000)
FRAME(8200)
FRAME(16000)
FRAME(20000)

void dynamic(size_t size)
{
	use(__builtin_alloca(size));
}

long long dynamic_with_arguments(size_t size, long long a, long long b, int c)
{
	char *memory = __builtin_alloca(size);

	use(memory);
	use_number(a + c);
	return b + memory[size / 2];
}

void aligned(int a)
{
	int memory[16] __attribute__((aligned(64)));

	memory[3] = a;
	use(memory);
}

long long sum(int count, ...)
{
	long long total = 0;
	va_list list;

	va_start(list, count);
	while (count--)
		total += va_arg(list, long long);
	va_end(list);
	return total;
}

long long sum_behind_wide(long long first, int count, ...)
{
	long long total = first;
	va_list list;

	va_start(list, count);
	while (count--) {
		total += va_arg(list, int);
		use_number(va_arg(list, long long));
	}
	va_end(list);
	return total;
}

struct pair return_pair(int a, long long b)
{
	struct pair pair = { a, b };

	use(&pair);
	return pair;
}

struct outer return_outer(struct outer outer, int a)
{
	outer.tail = (short)a;
	use(&outer);
	return outer;
}

struct outer return_nested(int a)
{
	struct outer outer;

	fill_outer(&outer);
	return return_outer(return_outer(outer, a), a + 1);
}

long long pass_by_value(int a, struct large large, long long b, struct pair c)
{
	use(&large);
	return a + large.pair[2].first + b + c.second;
}

long long ten_arguments(int a, long long b, int c, long long d, int e,
			long long f, char g, short h, long long i, int j)
{
	use(&d);
	use_number(a + c + e);
	use_number(f + h + i);
	return b + g + j;
}

int noreturn_path(int a)
{
	if (a < 0)
		fail();
	return a;
}

unsigned int many_live(unsigned int a, unsigned int b, unsigned int c,
		       unsigned int d)
{
	unsigned int e = a ^ b, f = b ^ c, g = c ^ d, h = d ^ a;

	use_number(a + b);
	use_number(c + d);
	use_number(e * f);
	use_number(g * h);
	return a + b + c + d + e + f + g + h;
}

int frame_address(int a)
{
	use(__builtin_frame_address(0));
	use(__builtin_return_address(0));
	return a;
}

void buffer_on_stack(int a)
{
	char name[40];
	struct outer outer;

	name[0] = (char)a;
	use(name);
	fill_outer(&outer);
	take(&outer, a, 1LL);
}

#ifndef __clang__
/* GCC's own: the inner one is passed the frame of the outer one in ip. */
int nested(int a)
{
	int inner(int b)
	{
		use(&a);
		return a + b;
	}

	use(inner);
	return inner(3);
}
#endif
