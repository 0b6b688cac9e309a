#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""mutate.py - make a mistake in a livepatch

Usage: mutate.py FROM TO SECTION SYMBOL HOW [OTHER]

The first relocation in SECTION against a symbol that begins with SYMBOL:
  add     its addend is 4 more (of a RELA section), or its field is (of a word)
  drop    it is none any more
  symbol  it and all others against its symbol are against the first symbol that begins
          with OTHER
"""
import struct
import sys

SHT_SYMTAB = 2
SHT_RELA = 4


class Section:
    """A header of a section, by what is used here."""

    def __init__(self, data, at):
        (self.name, self.type, self.flags, self.address, self.offset, self.size,
         self.link, self.info, self.align, self.entry) = struct.unpack_from('<10I', data, at)


def text(data, at):
    """The string that begins there"""
    return data[at:data.index(0, at)].decode()


def symbol_names(data, sections):
    """The names of all symbols, by index"""
    table = next(s for s in sections if s.type == SHT_SYMTAB)
    strings = sections[table.link].offset
    return [text(data, strings + struct.unpack_from('<I', data, table.offset + at)[0])
            for at in range(0, table.size, 16)]


def main():
    """Do what the arguments say"""
    source, target, name, begins, how = sys.argv[1:6]
    with open(source, 'rb') as file:
        data = bytearray(file.read())
    headers, = struct.unpack_from('<I', data, 32)
    count, names = struct.unpack_from('<2H', data, 48)
    sections = [Section(data, headers + 40 * i) for i in range(count)]
    section = next(s for s in sections
                   if text(data, sections[names].offset + s.name) == name)
    symbols = symbol_names(data, sections)
    for at in range(section.offset, section.offset + section.size, section.entry):
        place, info = struct.unpack_from('<2I', data, at)
        if symbols[info >> 8].startswith(begins):
            break
    else:
        sys.exit(f'{name} has no relocation against {begins}')
    if how == 'drop':
        struct.pack_into('<I', data, at + 4, info & ~0xff)
    elif how == 'symbol':
        other = next(i for i, symbol in enumerate(symbols)
                     if symbol.startswith(sys.argv[6]))
        for at in range(section.offset, section.offset + section.size, section.entry):
            each, = struct.unpack_from('<I', data, at + 4)
            if each >> 8 == info >> 8:
                struct.pack_into('<I', data, at + 4, other << 8 | each & 0xff)
    else:
        field = at + 8 if section.type == SHT_RELA else sections[section.info].offset + place
        struct.pack_into('<I', data, field, struct.unpack_from('<I', data, field)[0] + 4)
    with open(target, 'wb') as file:
        file.write(data)


main()
