# SPDX-License-Identifier: GPL-2.0
"""Instruction counts of the guest: run instructions.sh, and read what it says.

The guest runs with -icount: what is counted depends on nothing but its code.
"""
import os
import pathlib
import shutil
import subprocess

HERE = pathlib.Path(__file__).resolve().parent
TOP = HERE.parent.parent
BUILD = pathlib.Path(os.environ.get("BUILD", TOP / "build"))
CROSS_COMPILE = "arm-linux-gnueabihf-"
# After the sysroot's, which may be older, and has not linux/klp_arm.h.
USER_FLAGS = ["-std=c11", "-O2", "-Wall", "-Wextra", "-Werror", "-D_GNU_SOURCE",
              "-idirafter", TOP / "uapi"]


class BenchError(Exception):
    """What was measured makes no sense."""


def build(kernel):
    """Builds the modules for a kernel, and returns what the guest needs."""
    place = BUILD / "bench" / kernel.parent.name
    modules, guest = place / "modules", place / "guest"
    modules.mkdir(parents=True, exist_ok=True)
    guest.mkdir(exist_ok=True)
    # Kbuild writes beside the sources, so it works on a copy of them.
    for source in (HERE / "modules").iterdir():
        copy = modules / source.name
        if not copy.exists() or copy.read_bytes() != source.read_bytes():
            shutil.copy(source, copy)
    subprocess.run(["make", "-C", kernel, f"M={modules}", "O=", "W=1", "ARCH=arm",
                    f"CROSS_COMPILE={CROSS_COMPILE}", "modules"],
                   check=True, stdout=subprocess.DEVNULL)
    subprocess.run([HERE / "check-bodies.sh", CROSS_COMPILE + "objdump", modules],
                   check=True)
    subprocess.run([CROSS_COMPILE + "gcc", f"--sysroot={BUILD / 'sysroot'}/",
                    *USER_FLAGS, "-o", guest / "func-dump",
                    HERE / "func-dump.c", "-lmnl"], check=True)
    shutil.copy(HERE / "instructions.sh", guest)
    for module in modules.glob("*.ko"):
        shutil.copy(module, guest)
    return guest


def run_guest(kernel, guest, path, numbers):
    """Returns the lines of one guest, where calls take a path."""
    command = [TOP / "scripts" / "guest-run", "--icount", "--timeout", "1500",
               "--kernel", kernel, "--file", f"{guest}:/bench"]
    if path == "stock":
        command += ["--append", "klp_arm.trampolines=0"]
    command += ["--", "/bench/instructions.sh", path, *map(str, numbers)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)
    return done.stdout.decode().splitlines()


class Calls:
    """Instructions of single calls, by path, number, kind and position."""

    def __init__(self):
        self.counts = {}

    def add(self, path, number, words):
        """Takes a line that klp_bench's file "calls" has of one function."""
        state, kind, position, code = words[:4]
        counts = set(map(int, words[4:]))
        if len(counts) != 1:
            raise BenchError(f"{path} {number} {kind}: calls differ: {counts}")
        # A task that has not switched runs the old code, all others the new.
        patched = position in ("first", "middle", "last") and path != "unpatched"
        expected = "new" if patched and state != "0" else "old"
        if code != expected:
            raise BenchError(f"{path} {number} {kind} {position}: ran {code} code")
        self.counts.setdefault((path, number, kind), {}).setdefault(
            position, set()).update(counts)

    def patched(self, path, number, kind):
        """The counts of all functions that were patched, and of all tasks."""
        counts = self.counts[path, number, kind]
        return counts["first"] | counts["middle"] | counts["last"]

    def figure(self, path, number, kind, counts):
        """What one path costs, and how much more that is than a plain call."""
        plain, = self.patched("unpatched", number, kind)
        return {"path": path, "kind": kind, "functions": number,
                "instructions": max(counts), "least": min(counts),
                "overhead": max(counts) - plain}

    def figures(self):
        """All paths but "unpatched", which is of a function without a patch
        while others have one; "branch" is the least that could be."""
        result = []
        for path, number, kind in self.counts:
            if path == "unpatched":
                continue
            result.append(self.figure(path, number, kind,
                                      self.patched(path, number, kind)))
            if path == "direct":
                counts = self.counts[path, number, kind]
                result += [
                    self.figure("unpatched", number, kind, counts["other"]),
                    self.figure("branch", number, kind, counts["branch"])]
        return result


def read(lines):
    """Makes figures of what guests have said."""
    calls = Calls()
    result = {"calls": [], "enable": [], "disable": [], "stack_check": [],
              "func_dump": []}
    path = number = None
    for line in lines:
        key, *words = line.split()
        if key == "path":
            path, number = words[0], int(words[1])
        elif key == "call":
            calls.add(path, number, words)
        elif key in ("enable", "disable"):
            result[key].append({"path": words[0], "functions": int(words[1]),
                                "instructions": int(words[2]),
                                "stop_machine": int(words[3])})
        elif key == "dump":
            counts = list(map(int, words[2:]))
            # A tick of the clock may be in one of them.
            result["func_dump"].append({"functions": int(words[0]),
                                        "messages": int(words[1]),
                                        "instructions": min(counts),
                                        "most": max(counts)})
        elif key == "stack":
            result["stack_check"].append({"frames": int(words[0]),
                                          "instructions": int(words[1])})
        else:
            raise BenchError(f"not understood: {line}")
    result["calls"] = calls.figures()
    return result
