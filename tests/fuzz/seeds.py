#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""seeds.py SCENARIOS DIR - writes what the fuzzers begin with.

SCENARIOS is a directory of replay files, which replay.h of the library's tests
describes; tape.h says what becomes of them. DIR gets a directory for each
fuzzer whose inputs are not those of case-seeds.
"""
import glob
import os
import struct
import sys

TOP = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
for place in ("userspace/klpctl/tests", "userspace/lib/tests"):
    sys.path.insert(0, os.path.join(TOP, place))

import elfimage as e  # pylint: disable=wrong-import-position
import koimage  # pylint: disable=wrong-import-position
import messages  # pylint: disable=wrong-import-position

# The order of answers.c: what each of its requests asks for.
REQUESTS = (("PATCH_GET", "dump"), ("PATCH_GET", "do"), ("FUNC_GET", "dump"),
            ("TRANSITION_GET", "do"), ("BLOCKER_GET", "dump"),
            ("FAILURE_GET", "dump"), ("HISTORY_GET", "dump"),
            ("VERDICT_GET", "dump"), ("INFO_GET", "do"),
            ("FIX_GET", "dump"), ("CODE_GET", "do"))
SNAPSHOT, ORDER = len(REQUESTS), len(REQUESTS) + 1
STATE = (("INFO_GET", "do"), ("PATCH_GET", "dump"), ("FUNC_GET", "dump"),
         ("TRANSITION_GET", "do"))
ORDERS = (("PATCH_SET", "do"), ("COUNTER_SET", "do"), ("FAILURE_CLEAR", "do"))
LOOKUP = 0x80
EVENTS = "events"
# Lines about the machine that answers: the fuzzers have their own.
MACHINE = ("absent", "admin-error", "listen-error", "open-error", "present")


def record(line):
    """A line of an answer as the tape has it."""
    word, _, rest = line.partition(" ")
    if word == "error":
        return struct.pack("<H", 0xf000 | int(rest))
    if word == "quiet":
        return struct.pack("<H", 0xf000)
    if word not in ("datagram", "raw"):
        sys.exit(f"'{line}': neither an answer nor one of {MACHINE}")
    data = bytes.fromhex(rest)
    raw = 0x8000 if word == "raw" else 0
    return struct.pack("<H", len(data) | raw) + data


def read_scenario(path):
    """A list of answers for each request: (command, kind) or EVENTS."""
    answers = {}
    current = None
    with open(path, encoding="ascii") as file:
        lines = [line.strip() for line in file]
    for line in lines:
        words = line.split()
        if not words or words[0] == "#" or words[0] in MACHINE:
            continue
        if words[0] == "request":
            current = answers.setdefault((int(words[1]), words[2]), [])
            current.append(b"")
        elif words[0] == "events":
            current = answers.setdefault(EVENTS, [])
            current.append(b"")
        else:
            current[-1] += record(line)
    return answers


class Writer:
    def __init__(self, directory, constants):
        self.directory = directory
        self.constants = constants
        self.written = set()

    def put(self, fuzzer, name, data):
        """The same bytes twice would teach nothing."""
        if (fuzzer, data) in self.written:
            return
        self.written.add((fuzzer, data))
        directory = os.path.join(self.directory, fuzzer)
        os.makedirs(directory, exist_ok=True)
        with open(os.path.join(directory, name), "wb") as file:
            file.write(data)

    def find(self, answers, requests):
        """The first answer to each of the requests, or None if one lacks."""
        found = b""
        for op, kind in requests:
            key = (self.constants["KLP_ARM_CMD_" + op], kind)
            if key not in answers:
                return None
            found += answers[key][0]
        return found

    def scenario(self, name, answers):
        lookup = answers.get((0, "do"), [b""])[0]
        for number, (op, kind) in enumerate(REQUESTS):
            key = (self.constants["KLP_ARM_CMD_" + op], kind)
            for turn, answer in enumerate(answers.get(key, [])):
                self.put("answers", f"{name}-{number}-{turn}",
                         bytes([number]) + answer)
            if key in answers:
                self.put("answers", f"{name}-{number}-lookup",
                         bytes([number | LOOKUP]) + lookup + answers[key][0])
        for number, requests in ((SNAPSHOT, STATE), (ORDER, ORDERS)):
            answer = self.find(answers, requests)
            if answer:
                self.put("answers", f"{name}-{number}",
                         bytes([number]) + answer)
        for heard in answers.get(EVENTS, []):
            self.put("events", name, b"\0" + heard)
            # Whatever is lost first, the state is read after it.
            state = self.find(answers, STATE) or b""
            self.put("events", name + "-resync", b"\1" + heard + state + heard)
            self.put("events", name + "-overrun", b"\1" +
                     struct.pack("<HH", 0xf069, 0xf000) + state + heard)

    def images(self):
        funcs = (("good", e.TRACED), ("twin", e.TRACED), ("bad", e.REFUSED),
                 ("twin", e.PLAIN))
        # Its own target, as image.c gives no other.
        own = [("drv", [("replacement", 0), ("patch", 1)]), (None, [("x", 0)])]
        codes = e.old_code("replacement", e.TRACED, [(e.SITE, 4)], "drv") + \
            e.old_code("patch", e.PLAIN, [(0, 2), (6, 1)], "drv", 1) + \
            e.old_code("x", e.TRACED[:14], flags=1)
        for name, data in (
                ("vmlinux", e.vmlinux(*funcs)),
                ("stripped", e.vmlinux(*funcs, sites=False)),
                ("target", e.target("drv", *funcs)),
                ("livepatch", e.livepatch("drv", own, 24, 28)),
                ("large-structs", e.livepatch("drv", own)),
                ("no-sizes", e.livepatch("drv", own, 24, 28, sizes=False)),
                ("codes", e.livepatch("drv", own, 24, 28, codes=codes)),
                ("empty", e.livepatch("drv", [])),
                ("ko", koimage.module()), ("lost", koimage.module(lost=8))):
            self.put("image", name, data)


def main():
    scenarios, directory = sys.argv[1:]
    header = os.path.join(TOP, "uapi", "linux", "klp_arm.h")
    writer = Writer(directory, messages.constants(header))
    paths = sorted(glob.glob(os.path.join(scenarios, "*.replay")))
    if not paths:
        sys.exit(f"no replay files in {scenarios}")
    for path in paths:
        name = os.path.basename(path)[:-len(".replay")]
        writer.scenario(name, read_scenario(path))
    writer.images()


if __name__ == "__main__":
    main()
