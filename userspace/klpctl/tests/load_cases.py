# SPDX-License-Identifier: GPL-2.0
"""load_cases.py - load, disable and unload, as far as a host can: cases of check.py."""
import ctypes
import errno
import gzip
import lzma
import os
import platform
import struct
import subprocess
import time
import zlib

import elfimage as e
import koimage
from fleet_cases import Skip
from follow_cases import m, r

RELEASE = platform.release()


def zstd(data):
    return subprocess.run(["zstd", "-q", "-c"], input=data, check=True,
                          stdout=subprocess.PIPE).stdout


PACKERS = {".gz": gzip.compress, ".xz": lzma.compress, ".zst": zstd}

# Numbers of system calls, and what a filter for them returns (linux/seccomp.h).
CALLS = {"x86_64": {"finit_module": 313, "delete_module": 176, "clone": 56,
                    "pipe2": 293, "linkat": 265, "fsync": 74},
         "aarch64": {"finit_module": 273, "delete_module": 106, "clone": 220,
                     "pipe2": 59, "linkat": 37, "fsync": 82}}
RET_KILL, RET_ERRNO, RET_ALLOW = 0x80000000, 0x50000, 0x7fff0000
PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS, SECCOMP_MODE_FILTER = 22, 38, 2


def answering(answers):
    """For a child: its calls of these names return these errnos; None kills it."""
    numbers = CALLS.get(platform.machine())
    if not numbers:
        raise Skip(f"the system calls of {platform.machine()} are not known")
    program = struct.pack("=HBBI", 0x20, 0, 0, 0)  # load the call's number
    for name, err in answers.items():
        program += struct.pack("=HBBI", 0x15, 0, 1, numbers[name])
        program += struct.pack("=HBBI", 0x06, 0, 0,
                               RET_KILL if err is None else RET_ERRNO | err)
    program += struct.pack("=HBBI", 0x06, 0, 0, RET_ALLOW)
    filters = ctypes.create_string_buffer(program, len(program))
    # struct sock_fprog, with the padding that the machine has.
    prog = struct.pack("@HP", len(program) // 8, ctypes.addressof(filters))
    libc = ctypes.CDLL(None, use_errno=True)

    def begin():
        assert filters is not None
        if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) or \
                libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, prog, 0, 0):
            raise OSError(ctypes.get_errno(), "no filter of system calls")
    return begin


class LoadCases:
    """What Checker inherits; it has run(), file(), validate(), expect_error()."""

    # load: files that are no livepatch for this kernel.

    def check_bad_files(self):
        whole = koimage.module(vermagic=RELEASE + " SMP ")
        machine = platform.machine()
        # What is wrong with here: another release, or no 32-bit ARM at all.
        here = RELEASE if machine.startswith("armv") else \
            f"this machine is {machine}"
        table = (
            (b"", "bad-file", "not an ELF file"),
            (b"#!/bin/sh\n", "bad-file", "not an ELF file"),
            (b"\x7fELF\1\1\1", "bad-file", "cut short"),
            (b"\x1f\x8b\x08", "bad-file", "not whole gzip data"),
            (b"\xfd7zXZ\0", "bad-file", "not whole xz data"),
            (b"\x28\xb5\x2f\xfd", "bad-file", "not whole zstd data"),
            (koimage.module(bits=2), "bad-file", "64-bit"),
            (koimage.module(order=2), "bad-file", "big-endian"),
            (koimage.module(machine=3), "bad-file", "ELF machine 3"),
            (koimage.module(elf_type=2), "bad-file", "not a kernel module"),
            (koimage.module(section=b".other"), "bad-file", ".modinfo"),
            (koimage.module(vermagic=None), "bad-file", "lacks a name"),
            (koimage.module(lost=0), "bad-file", ".modinfo"),
            (koimage.module(lost=8), "bad-file", ".modinfo"),
            (koimage.module(lost=1), "bad-file", "cut short"),
            (koimage.module(name="../x", vermagic=RELEASE), "bad-file",
             "cannot be a module's name"),
            (koimage.module(livepatch=None), "not-livepatch",
             "not a livepatch"),
            (koimage.module(livepatch="N"), "not-livepatch",
             "not a livepatch"),
            (koimage.module(vermagic="2.6.1 SMP "), "wrong-kernel", "2.6.1"),
            (koimage.module(vermagic=RELEASE + "x SMP "), "wrong-kernel",
             here),
            (koimage.module(vermagic=RELEASE[:-1] + " "), "wrong-kernel",
             here),
        )
        for data, code, words in table:
            self.expect_error(None, ["load", self.file(data)], code, words)
        for size in list(range(1, 52)) + list(range(52, len(whole), 7)):
            error = self.expect_error(None, ["load", self.file(whole[:size])],
                                      "bad-file")
            assert "cut short" in error["message"] or size < 4 or \
                "ELF" in error["message"], (size, error)

    def check_packed_files(self):
        """A compressed module is that which is in it, up to a limit."""
        good = koimage.module(vermagic=RELEASE)
        for suffix, pack in PACKERS.items():
            packed = pack(good)
            for data in (packed, packed + pack(b"")):
                path = self.file(data, "demo.ko" + suffix)
                # It was read; what is missing is a kernel that takes it.
                self.expect_error(None, ["load", path], "not-supported")
            # What comes out may just fill the room that there is for it.
            for size in (256 << 10, 512 << 10):
                self.expect_error(None, ["load", self.file(pack(
                    good.ljust(size, b"\0")), "demo.ko" + suffix)],
                    "not-supported")
            self.expect_error(None, ["load", self.file(
                pack(koimage.module(livepatch=None)), "demo.ko" + suffix)],
                "not-livepatch", "not a livepatch")
            for size in (7, len(packed) // 2, len(packed) - 1):
                self.expect_error(None, ["load", self.file(
                    packed[:size], "demo.ko" + suffix)], "bad-file",
                    "cut short or damaged")
            self.expect_error(None, ["load", self.file(
                pack(bytes(65 << 20)), "bomb.ko" + suffix)], "bad-file",
                "more than 64 MiB")
            kernel = self.file(pack(e.vmlinux(("good", e.TRACED))), "vmlinux")
            driver = self.file(pack(e.target("drv", ("entry", e.TRACED))),
                               "drv.ko" + suffix)
            patch = self.file(pack(e.livepatch(
                "demo", [(None, [("good", 0)]), ("drv", [("entry", 0)])])),
                "demo.ko" + suffix)
            value = self.verify(0, "--vmlinux", kernel, "--module", patch,
                                "--target", driver)
            assert value["checked"] == 2, value
        # A dictionary of 4 GiB, which the decoder would have to have.
        hungry = bytearray(lzma.compress(good))
        assert hungry[14:16] == b"\x21\1", hungry[:24]
        hungry[16] = 40
        end = 12 + 4 * hungry[12]
        hungry[end:end + 4] = struct.pack("<I", zlib.crc32(hungry[12:end]))
        self.expect_error(None, ["load", self.file(hungry, "demo.ko.xz")],
                          "bad-file", "more than 96 MiB of memory")

    def check_damaged_files(self):
        whole = bytearray(koimage.module(vermagic=RELEASE + " SMP "))
        for at in range(0, len(whole), self.options.stride):
            for value in (0, 0xff, whole[at] ^ 0x40):
                broken = bytearray(whole)
                broken[at] = value
                done = self.run(None, "load", self.file(broken), "-j",
                                program=self.options.real)
                assert done.returncode in (1, 7), (at, done)
                self.validate(done.stdout)

    def check_odd_paths(self):
        good = koimage.module(vermagic=RELEASE)
        self.expect_error(None, ["load", "/nonexistent/x.ko"], "not-found",
                          "No such file")
        self.expect_error(None, ["load", self.directory], "bad-file",
                          "not a regular file")
        fifo = os.path.join(self.directory, "fifo.ko")
        os.mkfifo(fifo)
        self.expect_error(None, ["load", fifo], "bad-file",
                          "not a regular file")
        self.expect_error(None, ["load", self.file(good, "demo")],
                          "bad-file", "must end in .ko")
        odd = self.file(b"no module", b'\xff"\n\\.ko')
        error = self.expect_error(None, ["load", odd], "bad-file")
        assert '\\xff"\n\\\\.ko' in error["message"], error

    # load, disable and unload, as far as a host can.

    def check_load_refusals(self):
        good = self.file(koimage.module(vermagic=RELEASE))
        self.expect_error("busy", ["load", good], "busy", "patch 'other'")
        loaded = [name for name in os.listdir("/sys/module")
                  if os.path.exists(f"/sys/module/{name}/initstate")]
        if loaded:
            twin = self.file(koimage.module(name=loaded[0], vermagic=RELEASE))
            self.expect_error("gone", ["load", twin], "already-loaded",
                              loaded[0])
            self.expect_error("gone", ["unload", loaded[0]], "not-livepatch",
                              "not a livepatch")

    def check_disable(self):
        done = self.run("leaving", "disable", "demo", "-j")
        assert done.returncode == 3, done
        value = self.validate(done.stdout)
        assert value["state"] == "disabling", value
        assert value["transition"]["tasks"]["remaining"] == 2, value
        done = self.run("leaving", "disable", "demo")
        assert done.returncode == 3 and b"still running" in done.stdout, done
        done = self.run("leaving", "disable", "demo", "--wait", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 0 and value["state"] == "disabled", done
        assert value["transition"] is None and value["waited_ms"] >= 50, value
        done = self.run("leaving", "disable", "demo", "--wait")
        assert done.stdout == b"demo: disabled\n", done
        self.expect_error("gone", ["disable", "demo"], "not-found",
                          "no patch named 'demo'")
        # An old kernel can be told by a file alone; this one lacks that too.
        self.expect_error("still", ["disable", "demo"], "failure",
                          "over netlink", "/sys/kernel/livepatch/demo/enabled",
                          "is /sys mounted?")
        self.expect_error("still-user", ["disable", "demo"], "not-permitted",
                          "needs CAP_SYS_ADMIN")
        done = self.run("still-new", "disable", "demo")
        assert done.returncode == 0 and done.stdout == b"demo: disabled\n", done
        self.expect_error("turned", ["disable", "demo", "--wait"], "failure",
                          "changed it meanwhile", begin="unpatching 'demo'")

    def check_timeout(self):
        started = time.monotonic()
        error = self.expect_error("stuck", ["disable", "demo", "--wait",
                                            "--timeout", "1"], "timed-out",
                                  "2 tasks remain", "goes on",
                                  begin="unpatching 'demo'")
        passed = time.monotonic() - started
        assert 2 <= passed < 20, passed  # It ran twice: text and JSON.
        assert error["state"] == "disabling" and error["patch"] == "demo"
        assert error["transition"]["tasks"]["remaining"] == 2
        assert "held up by 82 'cat' (sleeping-on-func vm_show), task not" \
            " shown: needs CAP_SYS_ADMIN (unreliable-stack too-deep); the" \
            " transition goes on" in \
            error["message"], error
        assert [b["reason"] for b in error["blockers"]] == \
            ["sleeping-on-func", "unreliable-stack"], error

    def beside_modules(self, listed, answers, scenario, *args, **env):
        """Runs where these are the modules, and with these errnos of calls."""
        path = os.fsdecode(self.file(listed.encode(), "modules"))
        return self.run(scenario, *args, env={"KLP_MODULES": path, **env},
                        preexec_fn=answering(answers))

    def check_load_in_turn(self):
        """With a time to do it in, load waits for another transition."""
        good = os.fsdecode(self.file(koimage.module(vermagic=RELEASE)))
        for tries in (1, 2):
            turn = r.Scenario("another transition ends").request(
                r.INFO, "do", r.info())
            for _ in range(tries):
                turn.request(r.TRANSITION, "do", r.transition("other"))
            turn.request(r.TRANSITION, "do", r.transition())
            turn.request(r.PATCH, "do", r.patch("demo", 2, "ENABLED",
                                                flags=0) + m.ack())
            name = self.scenario(turn, "turn")
            taken = {"finit_module": 0}
            done = self.beside_modules("", taken, name, "load", good)
            assert done.returncode == 1 and b"'other'" in done.stderr, done
            done = self.beside_modules("", taken, name, "load", good,
                                       "--timeout", "30")
            assert done.returncode == 0, done
            assert done.stdout == b"demo: enabled\n", done
        # A module that says EBUSY where nothing is in the way is not asked
        # again, nor is anything after the time is up.
        done = self.beside_modules("", {"finit_module": errno.EBUSY}, "empty",
                                   "load", good, "--timeout", "30")
        assert done.returncode == 1 and b"EBUSY" in done.stderr, done
        done = self.beside_modules("", taken, "busy", "load", good,
                                   "--timeout", "1")
        assert done.returncode == 1 and b"'other'" in done.stderr, done
        # One that is over when the kernel has said so was in the way, too,
        # unless it was the module's own.
        for other, code in (("other", "busy"), ("demo", "refused")):
            over = r.kernel("a transition has ended just now", [], past=[
                r.history(1, other, started=time.monotonic_ns(),
                          duration=60000)])
            done = self.beside_modules(
                "", {"finit_module": errno.EBUSY}, self.scenario(over, "over"),
                "load", good, "-j")
            error = self.validate(done.stdout)["error"]
            assert done.returncode == 1 and error["code"] == code, done

    def check_other_name(self):
        """A module that was taken under another name is not said to be there."""
        taken = {"finit_module": 0, "delete_module": errno.ENOENT}
        good = os.fsdecode(self.file(koimage.module(vermagic=RELEASE)))
        nothing = r.Scenario("there is no patch").request(
            r.INFO, "do", r.info()).request(
            r.TRANSITION, "do", r.transition()).request(
            r.PATCH, "do", m.error(2))
        done = self.beside_modules("", taken, self.scenario(nothing, "taken"),
                                   "load", good)
        assert done.returncode == 1, done
        assert b"no module named 'demo' is loaded" in done.stderr, done

    def check_replace_unload(self):
        """Unloading what was replaced ends in time, as all the rest does."""
        now = r.kernel("demo has replaced old",
                       [r.patch("demo", 2, "ENABLED")],
                       past=[r.history(1, "old"), r.history(2, "demo")])
        now.request(r.PATCH, "do",
                    r.patch("demo", 2, "ENABLED", flags=0) + m.ack())
        now = self.scenario(now, "replacing")
        listed = "old 16384 1 - Live 0x0 (OEK)\n"
        good = os.fsdecode(self.file(koimage.module(vermagic=RELEASE)))
        in_use = {"finit_module": 0, "delete_module": errno.EAGAIN}
        for words in (["load", good, "--wait", "--replace-unload"],
                      ["unload", "--replaced"]):
            done = self.beside_modules(listed, in_use, now, *words,
                                       "--timeout", "1")
            assert done.returncode == 4 and not done.stderr, done
            lines = done.stdout.decode().splitlines()
            assert lines[-1] == "old: replaced, and not unloaded within 1 s", \
                lines
            assert words[0] != "load" or lines[0] == "demo: enabled", lines
            done = self.beside_modules(listed, in_use, now, *words, "-j",
                                       "--timeout", "1")
            value = self.validate(done.stdout)
            assert done.returncode == 4 and value["kept"] == ["old"], done
            # They are gone at once, or never.
            done = self.beside_modules(listed, {**in_use, "delete_module": 0},
                                       now, *words)
            assert done.returncode == 0, done
            assert done.stdout.endswith(b"old: unloaded\n"), done
            done = self.beside_modules(listed, in_use, now, *words)
            assert done.returncode == 1, done
            assert b"old: replaced, and still in use" in done.stdout, done

    def check_replaced_unknown(self):
        """What the kernel has forgotten is not said to be this or that."""
        # "back" was enabled and disabled before what is remembered.
        for first, state in ((1, "loaded"), (2, "unknown")):
            past = [r.history(first, "old"), r.history(first + 1, "demo")]
            now = self.scenario(r.kernel(
                "a history", [r.patch("demo", 2, "ENABLED")], past=past), "past")
            listed = "demo 16384 1 - Live 0x0 (OEK)\n" \
                "old 16384 1 - Live 0x0 (OEK)\nback 16384 0 - Live 0x0 (OEK)\n" \
                "coming 16384 1 - Loading 0x0 (OEK+)\n" \
                "going 16384 0 - Unloading 0x0 (OEK-)\n"
            gone = {"delete_module": 0}
            done = self.beside_modules(listed, gone, now, "patch", "list",
                                       "--all", "-j")
            told = {row["name"]: row["state"]
                    for row in self.validate(done.stdout)["modules"]}
            assert told == {"old": "replaced", "back": state}, told
            done = self.beside_modules(listed, gone, now, "unload",
                                       "--replaced", "-j")
            value = self.validate(done.stdout)
            unknown = ["back"] if state == "unknown" else []
            assert done.returncode == 0, done
            assert value["unloaded"] == ["old"], value
            assert value["unknown"] == unknown and "why" not in value, value
            done = self.beside_modules(listed, gone, now, "unload",
                                       "--replaced")
            lines = done.stdout.decode().splitlines()
            assert lines[0] == "old: unloaded", lines
            assert [line.partition(":")[0] for line in lines[1:]] == unknown
            assert not unknown or "does not remember" in lines[1], lines

    def check_replaced_none(self):
        """Where no module is left over, that is said; and no table is begun."""
        now = self.scenario(r.kernel(
            "nothing was replaced", [r.patch("demo", 1, "ENABLED")],
            past=[r.history(1, "demo")]), "none-replaced")
        listed = "demo 16384 1 - Live 0x0 (OEK)\n"
        done = self.beside_modules(listed, {}, now, "unload", "--replaced")
        assert done.returncode == 0, done
        assert done.stdout == b"no module of a replaced patch is loaded\n", done
        done = self.beside_modules(listed, {}, now, "patch", "list", "--all")
        lines = done.stdout.decode().splitlines()
        assert len(lines) == 2 and lines[1].startswith("demo"), lines

    def check_own_calls(self):
        """What klpctl cannot do itself is not told as the kernel's answer."""
        now = self.scenario(r.kernel(
            "demo has replaced old", [r.patch("demo", 2, "ENABLED")],
            past=[r.history(1, "old"), r.history(2, "demo")]), "own-calls")
        listed = "old 16384 1 - Live 0x0 (OEK)\n"
        good = os.fsdecode(self.file(koimage.module(vermagic=RELEASE)))
        gone = self.scenario(r.Scenario("old is not enabled").request(
            r.PATCH, "do", m.error(2, "no patch named 'old'")), "own-unload")
        # Looking for leaks takes such calls too; /sys has no module 'old'.
        env = {"ASAN_OPTIONS": "detect_leaks=0",
               "KLP_SYS_MODULE": "/nonexistent"}
        for call, told in (("clone", "fork"), ("pipe2", "pipe2")):
            fails = {call: errno.EAGAIN}
            why = f"the kernel was not asked: {told}: " + \
                os.strerror(errno.EAGAIN)
            done = self.beside_modules("", fails, "empty", "load", good, "-j",
                                       **env)
            error = self.validate(done.stdout)["error"]
            assert done.returncode == 1 and error["code"] == "failure", done
            assert error["message"] == \
                f"patch 'demo' was not loaded: {why}", error
            done = self.beside_modules(listed, fails, now, "unload",
                                       "--replaced", "-j", **env)
            value = self.validate(done.stdout)
            assert done.returncode == 1 and value["kept"] == ["old"], done
            assert value["why"] == f"not unloaded: {why}", value
            done = self.beside_modules(listed, fails, gone, "unload", "old",
                                       "-j", **env)
            error = self.validate(done.stdout)["error"]
            assert done.returncode == 1 and error["code"] == "failure", error
            assert error["message"].endswith(why), error

    def check_progress(self):
        done = self.run("stuck", "disable", "demo", "--wait", "--timeout", "2")
        lines = done.stderr.decode().splitlines()
        assert done.returncode == 4, done
        assert 2 <= sum("58 of 60 tasks" in line for line in lines) <= 4, lines

    def check_unload(self):
        self.expect_error("still", ["unload", "demo"], "busy", "is enabled")
        self.expect_error("stuck", ["unload", "demo"], "transition-running",
                          "still running")
        self.expect_error("gone", ["unload", "demo"], "not-found",
                          "no module named 'demo'")
