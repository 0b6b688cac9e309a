#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0
#
# guest-image.sh - make the base image of the test guest: Debian armhf tools
# and tests/qemu/init.c as process 1, as one cpio archive.
#
# Does nothing when the archive is newer than what it is made from. Several may
# run at once.

set -euo pipefail

top=$(cd "$(dirname "$0")/.." && pwd)
packages=(bash coreutils diffutils findutils gawk grep kmod libc-bin mount procps sed
	  strace util-linux
	  libjson-c5 libmnl0 libnl-3-200 libnl-genl-3-200)

usage() {
	cat <<'USAGE'
Usage: scripts/guest-image.sh --output=FILE

Exit status: 0 FILE is there and new enough, 1 failed, 2 usage.
USAGE
}

# configure DIR - what the packages' own install scripts would have done, and
# /bin, /sbin and /lib merged into /usr as on every installed Debian.
configure() {
	local root=$1 dir

	for dir in bin sbin lib; do
		cp -a "$root/$dir/." "$root/usr/$dir/"
		rm -r "${root:?}/$dir"
		ln -s "usr/$dir" "$root/$dir"
	done
	mkdir -p "$root"/{dev,proc,sys,run,tmp,root,lib/modules}
	ln -sf bash "$root/bin/sh"
	ln -sf gawk "$root/usr/bin/awk"
	ln -sf kmod "$root/bin/lsmod"
	echo 'root:x:0:0:root:/root:/bin/bash' >"$root/etc/passwd"
	echo 'nobody:x:65534:65534:nobody:/:/usr/sbin/nologin' >>"$root/etc/passwd"
	printf 'root:x:0:\nnogroup:x:65534:\n' >"$root/etc/group"
	echo 'guest' >"$root/etc/hostname"
	rm -rf "$root"/etc/{rc?.d,init.d,cron.daily,apt,pam.d,update-motd.d}
	# A login shell in the guest says what it is for.
	echo 'PS1="guest# "' >"$root/root/.bashrc"
	echo '. /root/.bashrc' >"$root/root/.profile"
}

output=
for arg in "$@"; do
	case $arg in
	--output=*) output=${arg#*=} ;;
	-h|--help) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
[[ -n $output ]] || { usage >&2; exit 2; }

current() {
	[[ -s $output && $output -nt $top/tests/qemu/init.c &&
	   $output -nt $0 && $output -nt $top/scripts/armhf-root.sh ]]
}

mkdir -p "$(dirname "$output")"
exec {lock}>"$output.lock"
flock "$lock"
if current; then
	exit 0
fi

for tool in arm-linux-gnueabihf-gcc cpio mmdebstrap; do
	command -v "$tool" >/dev/null || {
		echo "guest-image.sh: $tool is missing: run 'make deps' as root" >&2
		exit 1
	}
done

echo "guest-image.sh: making the guest's base files, which takes a minute or more" >&2
work=$(mktemp -d "$output.XXXXXX")
trap 'rm -rf "$work"' EXIT
"$top/scripts/armhf-root.sh" --slim --output="$work/root" "${packages[@]}"
configure "$work/root"
arm-linux-gnueabihf-gcc -std=c11 -D_GNU_SOURCE -Os -Wall -Wextra -Werror -static \
	-o "$work/root/init" "$top/tests/qemu/init.c"
(cd "$work/root" && find . -mindepth 1 -print0 | LC_ALL=C sort -z |
	cpio --quiet -0 -o -H newc -R 0:0 --reproducible) >"$work/cpio"
mv "$work/cpio" "$output"
