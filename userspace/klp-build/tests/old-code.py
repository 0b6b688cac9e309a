#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""old-code.py - a second reader of what klp-build notes of the code it replaces.

Usage: old-code.py FILE [LINKED]

Prints for each function: object, name, position, flags and size; and for each part
of it that is masked: offset, size, and its bytes in LINKED. Fails if the SHA-256 is
not that of the function in LINKED with zeros in these parts.
"""
import hashlib
import struct
import sys


class Elf:
    """Sections and functions of a 32-bit file."""

    def __init__(self, path):
        with open(path, "rb") as file:
            self.data = file.read()
        self.relocatable = struct.unpack_from("<H", self.data, 16)[0] == 1
        at, = struct.unpack_from("<I", self.data, 32)
        count, names = struct.unpack_from("<HH", self.data, 48)
        self.headers = [struct.unpack_from("<10I", self.data, at + 40 * i)
                        for i in range(count)]
        self.names = [self.text(names, header[0]) for header in self.headers]

    def body(self, number):
        """The bytes of a section."""
        _, kind, _, _, offset, size = self.headers[number][:6]
        return b"" if kind == 8 else self.data[offset:offset + size]

    def text(self, table, at):
        """A string of a table."""
        body = self.body(table)
        return body[at:body.index(b"\0", at)].decode()

    def section(self, name):
        """The bytes of the only section of a name."""
        number, = [i for i, found in enumerate(self.names) if found == name]
        return self.body(number)

    def functions(self, name):
        """The code of each function of a name, by address."""
        table, = [i for i, header in enumerate(self.headers) if header[1] == 2]
        found = []
        for entry in struct.iter_unpack("<IIIBBH", self.body(table)):
            at, value, size, info, _, where = entry
            if info & 15 != 2 or self.text(self.headers[table][6], at) != name:
                continue
            body = self.body(where)
            start = (value & ~1) - self.headers[where][3]
            found.append((where, start, body[start:start + size]))
        return [code for _, _, code in sorted(found)]


def check(linked, name, position, code, masks, digest):
    """Compares one function with what was linked."""
    found = linked.functions(name)
    if not position:
        assert len(found) == 1, (name, len(found))
    old = found[position - 1 if position else 0]
    masked = bytearray(old)
    assert len(old) == len(code), (name, len(old), len(code))
    for offset, size in masks:
        print(offset, size, old[offset:offset + size].hex())
        masked[offset:offset + size] = bytes(size)
    assert bytes(masked) == code, (name, masked.hex(), code.hex())
    assert hashlib.sha256(masked).digest() == digest, name


def main():
    """See above."""
    section = Elf(sys.argv[1]).section(".klp_arm.funcs")
    linked = Elf(sys.argv[2]) if len(sys.argv) > 2 else None
    at = 0
    while at < len(section):
        magic, version, size, position, flags, code_size, count, names = \
            struct.unpack_from("<4s7I", section, at)
        assert (magic, version) == (b"KLPF", 1), (magic, version)
        digest = section[at + 32:at + 64]
        masks = [struct.unpack_from("<II", section, at + 64 + 8 * i)
                 for i in range(count)]
        start = at + 64 + 8 * count
        code = section[start:start + code_size]
        start += (code_size + 3) & ~3
        target, name, rest = \
            section[start:start + names].decode().split("\0")
        assert not rest and size == start + ((names + 3) & ~3) - at
        print(target, name, position, flags, code_size)
        if linked:
            check(linked, name, position, code, masks, digest)
        at += size


main()
