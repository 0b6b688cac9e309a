# SPDX-License-Identifier: GPL-2.0
"""koimage.py - makes files that look like kernel modules, more or less."""
import struct


def module(name="demo", vermagic="6.12.0 SMP ", livepatch="Y", machine=40,
           elf_type=1, bits=1, order=1, section=b".modinfo", lost=None,
           modinfo=(), notes=b""):
    """A whole ELF file with one section of modinfo and one of names.

    lost is a type that the first one has, and its place is not in the file.
    If there are notes, they are a section of their own.
    """
    pairs = [f"name={name}".encode() if isinstance(name, str)
             else b"name=" + name]
    if vermagic is not None:
        pairs.append(f"vermagic={vermagic}".encode())
    if livepatch is not None:
        pairs.append(f"livepatch={livepatch}".encode())
    pairs += [pair.encode() for pair in modinfo]
    modinfo = b"\0".join(pairs) + b"\0"
    names = b"\0" + section + b"\0.shstrtab\0"
    at_modinfo = 52
    at_names = at_modinfo + len(modinfo)
    at_notes = (at_names + len(names) + 3) & ~3
    at_table = at_notes + len(notes)
    ident = b"\x7fELF" + bytes([bits, order, 1]) + b"\0" * 9
    head = ident + struct.pack("<HHIIIIIHHHHHH", elf_type, machine, 1, 0, 0,
                               at_table, 0, 52, 0, 0, 40,
                               4 if notes else 3, 2)
    sections = [(0,) * 10,
                (1, 1, 2, 0, at_modinfo, len(modinfo), 0, 0, 1, 0),
                (2 + len(section), 3, 0, 0, at_names, len(names), 0, 0, 1, 0)]
    if lost is not None:
        sections[1] = (1, lost, 2, 0, 0x7ffffff0, 64, 0, 0, 1, 0)
    body = modinfo + names
    body += b"\0" * (at_notes - at_modinfo - len(body)) + notes
    if notes:
        sections.append((0, 7, 2, 0, at_notes, len(notes), 0, 0, 4, 0))
    return head + body + b"".join(struct.pack("<10I", *s) for s in sections)
