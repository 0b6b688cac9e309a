# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# tree.sh - a tiny kernel, built as Kbuild builds one; to be sourced. "code" may be set
# to the options for another instruction set than ARM's of ARMv7.

triplet=arm-linux-gnueabihf

# make_source DIR
make_source() {
	mkdir -p "$1"/{init,fs/sub,lib,include/linux,arch/arm/{kernel,vdso,boot}}
	cat >"$1/include/linux/kernel.h" <<-'H'
	#define __init __attribute__((section(".init.text"), cold))
	#define __used __attribute__((used))
	#define __section(name) __attribute__((section(name)))
	#define WARN() warn(__FILE__, __LINE__)
	extern int warn(const char *file, int line);
	H
	# shellcheck disable=SC2154	# top is set by who sources this
	cp "$top/kernel/include/linux/klp_arm_patch.h" "$1/include/linux/"
	cat >"$1/include/linux/inline.h" <<-'H'
	static inline int twice(int x)
	{
		return 2 * x;
	}
	H
	cat >"$1/init/main.c" <<-'C'
	#include <linux/kernel.h>
	int start_kernel(void) { return WARN(); }
	C
	cat >"$1/fs/file.c" <<-'C'
	#include <linux/kernel.h>
	#include <linux/inline.h>
	#include "internal.h"

	int limit = 10;

	int fs_open(int x)
	{
		if (x > LIMIT)
			return -1;
		return twice(x);
	}

	int fs_close(int x)
	{
		return x ? WARN() : 0;
	}

	int fs_flush(struct fs *fs)
	{
		return fs->limit ? WARN() : 0;
	}

	int __init fs_init(void)
	{
		return warn("init", 1);
	}
	C
	printf '#define LIMIT 5\nstruct fs { int limit; };\n' >"$1/fs/internal.h"
	cat >"$1/fs/sub/other.c" <<-'C'
	#include <linux/kernel.h>
	#include "../internal.h"
	int other(struct fs *fs, int x) { return fs->limit == x - LIMIT ? WARN() : 1; }
	C
	cat >"$1/lib/string.c" <<-'C'
	#include <linux/kernel.h>
	int length(int x) { return x ? WARN() : 0; }
	C
	cat >"$1/fs/mod.c" <<-'C'
	#include <linux/kernel.h>
	int mod_count = 3;
	int mod(int x) { return x ? WARN() : 0; }
	C
	cat >"$1/arch/arm/kernel/entry.S" <<-'S'
	#include <linux/inline.inc>
	.text
	entry: mov r0, #VALUE
	S
	echo '#define VALUE 1' >"$1/include/linux/inline.inc"
	cat >"$1/arch/arm/kernel/asm-offsets.c" <<-'C'
	#include <linux/numbers.h>
	void f(void)
	{
		asm volatile("\n.ascii \"->A %0 A\"" : : "i" (NUMBER));
	}
	C
	echo '#define NUMBER 3' >"$1/include/linux/numbers.h"
	printf '#include <linux/numbers.h>\nint boot = NUMBER;\n' >"$1/arch/arm/boot/boot.c"
}

# saved SOURCE OBJECT WHERE FLAG... - compiles, and leaves what Kbuild leaves.
# WHERE is how the command calls the source tree.
saved() {
	saved_at "$3" "$@"
}

# saved_at DIR SOURCE OBJECT WHERE FLAG... - of a source that is in DIR
saved_at() {
	local source=$1/$2 object=$3 where=$4 base command
	local dir=${object%/*} name=${object##*/}

	shift 4
	base=${name%.*}
	mkdir -p "$dir"
	command="${launcher:-}${compiler:-$triplet-gcc} -Wp,-MMD,$dir/.$name.d -nostdinc"
	command+=" -I$where/include -D__KERNEL__ -fmacro-prefix-map=$where/= -std=gnu11"
	command+=" -O2 ${code:--marm -march=armv7-a} -mfloat-abi=soft -ffreestanding -fno-pic $*"
	command+=" -DKBUILD_MODNAME='\"${KBUILD_MODNAME:-$(basename "${object%.*}" | tr - _)}\"'"
	command+=" $([[ $object == *.s ]] && echo -S || echo -c) -o $object $source "
	sh -c "$command"
	{
		printf 'savedcmd_%s := %s\n\nsource_%s := %s\n\ndeps_%s := \\\n' \
			"$object" "$command" "$object" "$source" "$object"
		# shellcheck disable=SC2016	# for make
		printf '    $(wildcard include/config/%s) \\\n' FOO
		tr -s ' \\\n' '\n' <"$dir/.$name.d" | sed '/:$/d; /^$/d' |
			grep -v -F -x "$source" | sed 's/.*/  & \\/' || true
		# shellcheck disable=SC2016	# for make
		printf '\n%s: $(deps_%s)\n\n$(deps_%s):\n' "$object" "$object" "$object"
	} >"$dir/.$base.${name##*.}.cmd"
	rm "$dir/.$name.d"
}

# build_tree SOURCE OBJECTS - as "make O=OBJECTS".
build_tree() {
	local source=$1

	mkdir -p "$2"
	(
		cd "$2" || exit
		[[ $source == "$PWD" ]] || ln -s "$source" source
		[[ $source == "$PWD" ]] || echo "include $source/Makefile" >Makefile
		where=$source
		# In the source itself, names start from there.
		[[ $source != "$PWD" ]] || where=.
		saved init/main.c init/main.o "$where" -pg
		saved fs/file.c fs/file.o "$where" -pg
		saved fs/sub/other.c fs/sub/other.o "$where" -pg
		saved fs/mod.c fs/my-mod.o "$where" -pg -DMODULE
		saved lib/string.c lib/string.o "$where"
		saved arch/arm/kernel/entry.S arch/arm/kernel/entry.o "$where"
		saved arch/arm/kernel/asm-offsets.c arch/arm/kernel/asm-offsets.s "$where"
		saved arch/arm/boot/boot.c arch/arm/boot/boot.o "$where"
		# Of a traced kernel, as recordmcount makes it.
		printf '%s\n' '.section __mcount_loc,"a"' \
			'.globl __start_mcount_loc, __stop_mcount_loc' \
			'__start_mcount_loc: .word fs_open + 4' \
			'__stop_mcount_loc:' \
			'.section .note.GNU-stack,"",%progbits' |
			"$triplet-as" -o mcount.o -
		"$triplet-ld" --build-id --unresolved-symbols=ignore-all -e 0 \
			-o vmlinux init/main.o fs/file.o fs/sub/other.o lib/string.o mcount.o
		rm mcount.o
		link_module fs/my-mod.ko fs/my-mod.o
		echo fs/my-mod.o >modules.order
		: >Module.symvers
		{
			echo "CONFIG_CC_VERSION_TEXT=\"$("$triplet-gcc" --version | head -n 1)\""
			printf 'CONFIG_%s=y\n' ARM LIVEPATCH KLP_ARM
		} >.config
	)
}

# link_module MODULE OBJECT... - as modpost and the linker do
link_module() {
	local module=$1

	shift
	printf '%s\n' '.section .modinfo,"a"' '.asciz "depends="' \
		'.section .gnu.linkonce.this_module,"aw"' \
		'.globl __this_module' '.type __this_module, %object' \
		'__this_module: .zero 8' '.size __this_module, 8' \
		'.section .note.GNU-stack,"",%progbits' |
		"$triplet-as" -o "${module%.ko}.mod.o" -
	"$triplet-ld" -r --build-id -o "$module" "$@" "${module%.ko}.mod.o"
}

# make_module SOURCE OBJECTS DIR - a module with two sources, built in DIR, which names
# its objects by its whole name.
make_module() {
	local source=$1 dir=$3 part

	mkdir -p "$dir"
	printf 'int limit_of(int x);\n#define LIMIT 7\n' >"$dir/own.h"
	cat >"$dir/one.c" <<-'C'
	#include <linux/kernel.h>
	#include "own.h"
	int entries = 1;
	static int step = 2;
	int *stepped(void) { return &step; }
	int one(int x) { step += x; return x > limit_of(x) ? WARN() : step; }
	C
	cat >"$dir/two.c" <<-'C'
	#include <linux/kernel.h>
	#include "own.h"
	static int step = 4;
	int limit_of(int x) { step += x; return x == LIMIT ? WARN() : step; }
	C
	(
		cd "$2" || exit
		for part in one two; do
			KBUILD_MODNAME=out_mod saved_at "$dir" "$part.c" "$dir/$part.o" "$source" \
				-pg -DMODULE
		done
		link_module "$dir/out-mod.ko" "$dir/one.o" "$dir/two.o"
		echo "$dir/out-mod.o" >"$dir/modules.order"
		: >"$dir/Module.symvers"
	)
}

# edit FILE SED... - one more patch in fix.patch, that does this to src.
edit() {
	local file=$1

	shift
	rm -rf a b
	mkdir -p "a/$(dirname "$file")" "b/$(dirname "$file")"
	cp "src/$file" "a/$file"
	sed "$@" "src/$file" >"b/$file"
	diff -u "a/$file" "b/$file" >>fix.patch || true
}

# hash_tree DIR - all that can be seen of a tree: names, kinds, contents, times.
hash_tree() {
	(
		cd "$1" || exit
		find . -printf '%p %y %l %T@ %m\n' | sort
		find . -type f -print0 | sort -z | xargs -0 sha256sum
	) | sha256sum
}

# make_kbuild DIR - what a livepatch is built by, in the least words.
make_kbuild() {
	mkdir -p "$1/scripts"
	echo '# the build id' >"$1/scripts/Makefile.livepatch"
	cat >"$1/include/linux/livepatch.h" <<-'H'
	#define true 1
	#define false 0
	struct klp_func { const char *old_name; void *new_func; unsigned long old_sympos; };
	struct klp_object;
	struct klp_callbacks {
		int (*pre_patch)(struct klp_object *obj);
		void (*post_patch)(struct klp_object *obj);
		void (*pre_unpatch)(struct klp_object *obj);
		void (*post_unpatch)(struct klp_object *obj);
	};
	struct klp_object {
		const char *name;
		struct klp_func *funcs;
		struct klp_callbacks callbacks;
	};
	struct klp_patch { void *mod; struct klp_object *objs; _Bool replace; };
	extern int klp_enable_patch(struct klp_patch *patch);
	H
	cat >"$1/include/linux/module.h" <<-'H'
	extern int __this_module;
	#define THIS_MODULE (&__this_module)
	#define __exit __attribute__((section(".exit.text")))
	#define module_init(f) int init_module(void) __attribute__((alias(#f)));
	#define module_exit(f) void cleanup_module(void) __attribute__((alias(#f)));
	#define INFO(text) __asm__(".pushsection .modinfo, \"a\"\n.asciz \"" text "\"\n.popsection\n");
	#define MODULE_INFO(tag, value) INFO(#tag "=" value)
	#define MODULE_LICENSE(value) INFO("license=" value) INFO("klp_target=" KLP_TARGET)
	#define MODULE_DESCRIPTION(value) INFO("description=" value)
	H
	cat >"$1/Makefile" <<-M
	.RECIPEPREFIX = >
	linux := \$(abspath \$(dir \$(lastword \$(MAKEFILE_LIST))))
	modules:
	>\$(if \$(wildcard \$(linux)/fail),@echo this fails as was asked for; exit 1)
	>\$(CC) -nostdinc -I\$(linux)/include -O2 ${code:--marm -march=armv7-a} -mfloat-abi=soft \
		-ffreestanding -fno-pic \$(KCFLAGS) -c \
		-DKLP_TARGET='"\$(shell readelf -n \$(KLP_VMLINUX) | sed -n 's/^ *Build ID: //p')"' \
		-o \$(M)/patch.o \$(M)/patch.c
	>cd \$(M) && for part in *_shipped; do cp \$\$part \$\${part%_shipped}; done
	>cd \$(M) && \$(CROSS_COMPILE)ld -r \
		-o \$\$(sed -n 's/^obj-m := \(.*\)\.o/\1.ko/p' Kbuild) \
		\$\$(sed -n 's/.*-y := //p' Kbuild)
	M
}
