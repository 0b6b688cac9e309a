#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# make-fixes.sh - the livepatches of test-author, by klp-build, on the machine that
# builds kernels. Each is of a change to the kernel's source that is made here.

set -euo pipefail
export LC_ALL=C

[[ $# -eq 4 ]] || {
	echo "Usage: $0 KLP-BUILD SOURCE OBJECTS OUTPUT" >&2
	exit 2
}
tool=$1
linux=$(cd "$2" && pwd -P)
objects=$(cd "$3" && pwd -P)
mkdir -p "$4"
output=$(cd "$4" && pwd -P)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

# With KASAN each object has constructors, which nothing runs in a livepatch.
may_refuse() {
	grep -q '^CONFIG_KASAN=y' "$objects/.config"
}

# fix NAME FILE SED... - the livepatch NAME of one changed file. Why there can be
# none on this kernel is left for the test to say.
fix() {
	local name=$1 file=$2

	shift 2
	echo "  KLP     $name.ko"
	mkdir -p "a/${file%/*}" "b/${file%/*}"
	cp "$linux/$file" "a/$file"
	sed "$@" "a/$file" > "b/$file"
	diff -u "a/$file" "b/$file" > "$name.patch" || [[ $? -eq 1 ]]
	[[ -s $name.patch ]] || { echo "$name: $file has not changed" >&2; exit 1; }
	if "$tool" --linux "$linux" --output "$objects" --no-cache --name "$name" \
		-o "$output/$name.ko" "$name.patch" > log 2>&1; then
		return
	fi
	cat log >&2
	may_refuse || exit 1
	grep -m 1 refused log > "$output/$name.why"
}

rm -f "$output"/*

fix author_string fs/proc/meminfo.c 's/VmallocChunk: /VMALLOCCHUNK: /'

# How often it was read, in a shadow variable; callbacks make it and free it.
fix author_callbacks fs/proc/loadavg.c \
	-e '/"internal.h"/r /dev/stdin' \
	-e '/^	return 0;/{
		x
		s/^/x/
		/^x$/{
			x
			i\	reads = klp_shadow_get(\&init_task, READS);
			i\	if (reads)
			i\		seq_printf(m, "reads %d\\n", ++*reads);
			b
		}
		x
	}' \
	-e 's/^	unsigned long avnrun.*/&\n	int *reads;/' <<'C'
#include <linux/klp_arm_patch.h>
#include <linux/livepatch.h>
#include <linux/sched/task.h>

#define READS 0x61757468

static int make_reads(struct klp_object *obj)
{
	pr_info("author: %s %s\n", __func__, obj->name ?: "vmlinux");
	return klp_shadow_alloc(&init_task, READS, sizeof(int), GFP_KERNEL, NULL, NULL) ?
		0 : -ENOMEM;
}
KLP_PRE_PATCH_CALLBACK(make_reads);

static void tell_patched(struct klp_object *obj)
{
	pr_info("author: %s\n", __func__);
}
KLP_POST_PATCH_CALLBACK(tell_patched);

static void tell_unpatching(struct klp_object *obj)
{
	pr_info("author: %s\n", __func__);
}
KLP_PRE_UNPATCH_CALLBACK(tell_unpatching);

static void free_reads(struct klp_object *obj)
{
	pr_info("author: %s\n", __func__);
	klp_shadow_free_all(READS, NULL);
}
KLP_POST_UNPATCH_CALLBACK(free_reads);
C

# A static variable of the function: each number comes from it, not each 1024th.
fix author_static fs/inode.c 's/if (unlikely((res & (LAST_INO_BATCH-1)) == 0))/if (true)/'

# A new function, with a warning that is never given: a guest that warns has failed.
fix author_warn fs/proc/uptime.c \
	-e '/"internal.h"/r /dev/stdin' \
	-e 's/^	idle_nsec = 0;/	show_new(m);\n&/' <<'C'

static noinline void show_new(struct seq_file *m)
{
	WARN_ON_ONCE(!m);
	seq_puts(m, "new ");
}
C
