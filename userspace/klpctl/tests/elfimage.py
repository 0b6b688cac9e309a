# SPDX-License-Identifier: GPL-2.0
"""elfimage.py - makes a vmlinux and modules that have what verify looks at."""
import hashlib
import struct

ET_REL, ET_EXEC = 1, 2
PROGBITS, SYMTAB, STRTAB, RELA, NOTE, NOBITS, REL = 1, 2, 3, 4, 7, 8, 9
EXIDX = 0x70000001
WRITE, ALLOC, EXEC, LATE = 1, 2, 4, 0x100000
FUNC, OBJECT, SECTION, NOTYPE = 2, 1, 3, 0
ABSOLUTE, LIVEPATCH = 0xfff1, 0xff20
ABS32, CALL, PREL31, NONE = 2, 28, 42, 0

# push {r4, lr}; push {lr}; bl: the traced call is at 8, and the unwind word
# for it. With a condition on the first instruction nobody knows what it does.
TRACED = struct.pack("<4I", 0xe92d4010, 0xe52de004, 0xebfffffe, 0xe8bd8010)
REFUSED = struct.pack("<4I", 0x192d4010, 0xe52de004, 0xebfffffe, 0xe8bd8010)
PLAIN = struct.pack("<4I", 0xe92d4010, 0xe3a00001, 0xe1a00000, 0xe8bd8010)
UNWIND = 0x80a8b0b0
SITE = 8


class Elf:
    """Sections by name; symbols and relocations as they are added."""

    def __init__(self, kind, base=0):
        self.kind = kind
        self.base = base
        self.sections = []
        self.symbols = []
        self.rels = {}
        self.twins = []

    def section(self, name, data, flags=ALLOC, kind=PROGBITS, addr=0):
        self.sections.append([name, kind, flags, addr, bytearray(data), 0, 0])
        return len(self.sections)

    def data(self, section):
        return self.sections[section - 1][4]

    def symbol(self, name, section, value, size=0, kind=FUNC):
        self.symbols.append((name, value, size, kind, section))
        return len(self.symbols)

    def rel(self, section, offset, symbol, kind=ABS32):
        self.rels.setdefault(section, []).append((offset, symbol, kind))

    def twin(self, section, count):
        """More headers for the bytes of a section."""
        self.twins += [section] * count

    def rel_table(self, section, body):
        """A table of relocations on its own."""
        self.sections.append([".rel", REL, 0, 0, bytearray(body), 0, section])

    def image(self):
        strings = bytearray(b"\0")
        table = bytearray(16)
        for name, value, size, kind, section in self.symbols:
            table += struct.pack("<IIIBBH", len(strings), value, size, kind, 0,
                                 section)
            strings += name.encode() + b"\0"
        sections = list(self.sections)
        at = len(sections) + 1
        sections.append([".symtab", SYMTAB, 0, 0, table, at + 1, 0])
        sections.append([".strtab", STRTAB, 0, 0, strings, 0, 0])
        for target, rels in self.rels.items():
            body = b"".join(struct.pack("<II", offset, symbol << 8 | kind)
                            for offset, symbol, kind in sorted(rels))
            sections.append([".rel", REL, 0, 0, body, at, target])
        names = bytearray(b"\0")
        sections.append([".shstrtab", STRTAB, 0, 0, names, 0, 0])
        offsets = []
        for entry in sections:
            offsets.append(len(names))
            names += entry[0].encode() + b"\0"
        body = bytearray()
        headers = bytearray(40)
        for entry, name in zip(sections, offsets):
            body += b"\0" * (-len(body) % 4)
            headers += struct.pack("<10I", name, entry[1], entry[2], entry[3],
                                   52 + len(body), len(entry[4]), entry[5],
                                   entry[6], 4, 0)
            body += entry[4]
        body += b"\0" * (-len(body) % 4)
        for twin in self.twins:
            headers += headers[40 * twin:40 * (twin + 1)]
        count = len(headers) // 40
        head = b"\x7fELF\1\1\1" + b"\0" * 9 + struct.pack(
            "<HHIIIIIHHHHHH", self.kind, 40, 1, 0, 0, 52 + len(body), 0, 52, 0,
            0, 40, count, len(sections))
        return bytes(head + body + headers)


def note(kind, name, description):
    """One entry of a section of notes."""
    def padded(data):
        return data + b"\0" * (-len(data) % 4)
    return struct.pack("<III", len(name), len(description), kind) + \
        padded(name) + padded(description)


def build_id(value):
    """What may be the also of an image: notes, the last of them a build id."""
    notes = note(1, b"Linux\0", b"salt") + note(3, b"GNU\0", value)

    def also(elf):
        elf.section(".notes", notes, kind=NOTE, addr=0xc0300000)
    return also


def vmlinux(*funcs, sites=True, also=None):
    """funcs: (name, code) from 0xc0000000 on, 16 bytes each.

    also() may add to the Elf before it becomes a file.
    """
    elf = Elf(ET_EXEC)
    text = 0xc0000000
    code = b"".join(code for _, code in funcs)
    where = [text + 16 * i + SITE for i, (_, code) in enumerate(funcs)
             if code != PLAIN]
    at_text = elf.section(".text", code, ALLOC | EXEC, addr=text)
    listed = 0xc0100000
    at_list = elf.section(".init.data", struct.pack(f"<{len(where)}I", *where),
                          addr=listed)
    index = 0xc0200000
    words = []
    for i in range(len(funcs)):
        distance = text + 16 * i - (index + 8 * i)
        words += [distance & 0x7fffffff, UNWIND]
    elf.section(".ARM.exidx", struct.pack(f"<{len(words)}I", *words),
                kind=EXIDX, addr=index)
    if sites:
        elf.symbol("__stop_mcount_loc", at_list, listed + 4 * len(where),
                   kind=0)
        elf.symbol("__start_mcount_loc", at_list, listed, kind=0)
    # Not by address: the order of a symbol table says nothing.
    for i, (name, _) in reversed(list(enumerate(funcs))):
        elf.symbol(name, at_text, text + 16 * i, 16)
    if also:
        also(elf)
    return elf.image()


def _modinfo(elf, name, livepatch, more=()):
    pairs = [f"name={name}".encode(), b"vermagic=6.12.0 SMP "]
    pairs += [pair.encode() for pair in more]
    if livepatch:
        pairs.append(b"livepatch=Y")
    elf.section(".modinfo", b"\0".join(pairs) + b"\0")


def target(name, *funcs, also=None):
    """A module with functions: (name, code), 16 bytes each."""
    elf = Elf(ET_REL)
    at_text = elf.section(".text", b"".join(code for _, code in funcs),
                          ALLOC | EXEC)
    base = elf.symbol("", at_text, 0, kind=SECTION)
    traced = [i for i, (_, code) in enumerate(funcs) if code != PLAIN]
    at_list = elf.section("__mcount_loc", struct.pack(
        f"<{len(traced)}I", *(16 * i + SITE for i in traced)))
    at_index = elf.section(".ARM.exidx", b"".join(
        struct.pack("<II", 16 * i, UNWIND) for i in range(len(funcs))),
        kind=EXIDX)
    for i in range(len(traced)):
        elf.rel(at_list, 4 * i, base)
    for i in range(len(funcs)):
        elf.rel(at_index, 8 * i, base, PREL31)
    for i, (name_, _) in enumerate(funcs):
        elf.symbol(name_, at_text, 16 * i, 16)
    _modinfo(elf, name, False)
    if also:
        also(elf)
    return elf.image()


def old_code(name, code, masks=(), target="vmlinux", sympos=0, flags=0,
             magic=b"KLPF", version=1, digest=None, size=None, count=None,
             names=None, length=None):
    """What klp-build notes of one function; masks: (offset, size).

    What is given behind sympos is what is wrong.
    """
    def padded(data):
        return data + b"\0" * (-len(data) % 4)
    code = bytearray(code)
    for at, many in masks:
        code[at:at + many] = bytes(len(code[at:at + many]))
    names = f"{target}\0{name}\0".encode() if names is None else names
    body = b"".join(struct.pack("<II", *mask) for mask in masks) + \
        padded(bytes(code)) + padded(names)
    return struct.pack(
        "<4s7I", magic, version, 64 + len(body) if size is None else size,
        sympos, flags, len(code) if length is None else length,
        len(masks) if count is None else count, len(names)) + \
        (digest or hashlib.sha256(code).digest()) + body


def livepatch(name, objects, func_size=80, object_size=88, sizes=True,
              shared=False, late=(), thumb=False, modinfo=(), codes=None):
    """objects: (object or None, [(function, sympos)]); modinfo: "tag=value".

    late has livepatch relocations: (section, symbol, type), the section's kind and
    the symbol's section behind that if they are not what they should be.
    codes: the section of what old_code() makes.

    The sizes of the kernel's structures depend on its configuration. If the
    lists are shared, all objects have that of the first.
    """
    elf = Elf(ET_REL)
    at_text = elf.section(".text", TRACED, ALLOC | EXEC)
    code = elf.symbol("replacement", at_text, int(thumb), 16)
    strings = bytearray(b"\0")
    at_strings = elf.section(".rodata.str1.4", b"")
    base = elf.symbol("", at_strings, 0, kind=SECTION)
    at_data = elf.section(".data", b"", ALLOC | WRITE)
    data_base = elf.symbol("", at_data, 0, kind=SECTION)
    this = elf.symbol("__this_module", 0, 0, kind=0)
    data = elf.data(at_data)
    data += bytes(4 + 100 + object_size * (len(objects) + 1))

    def put(offset, value, symbol):
        struct.pack_into("<I", data, offset, value)
        elf.rel(at_data, offset, symbol)

    def string(text):
        at = len(strings)
        strings.extend(text.encode() + b"\0")
        return at

    put(4, 0, this)
    put(8, 104, data_base)
    elf.symbol("patch", at_data, 4, 100, OBJECT)
    if sizes:
        elf.symbol("objs", at_data, 104, object_size * (len(objects) + 1),
                   OBJECT)
    at_first = len(data)
    for number, (target_name, funcs) in enumerate(objects):
        start = 104 + object_size * number
        if target_name is not None:
            put(start, string(target_name), base)
        put(start + 4, at_first if shared else len(data), data_base)
        put(start + 8, 0, code)  # A callback.
        at_funcs = len(data)
        data += bytes(func_size * (len(funcs) + 1))
        elf.symbol(f"funcs{number}", at_data, at_funcs,
                   func_size * (len(funcs) + 1), OBJECT)
        for index, (func, sympos) in enumerate(funcs):
            offset = at_funcs + func_size * index
            put(offset, string(func), base)
            put(offset + 4, 0, code)
            struct.pack_into("<I", data, offset + 8, sympos)
    elf.data(at_strings).extend(strings)
    for section, symbol, kind, *odd in late:
        section_kind = odd[0] if odd else RELA
        where = odd[1] if len(odd) > 1 else LIVEPATCH
        number = elf.symbol(symbol, where, 0) if symbol else 1 << 20
        elf.section(section, struct.pack("<IIi", 8, number << 8 | kind, -8),
                    ALLOC | LATE, section_kind)
    if codes is not None:
        elf.section(".klp_arm.funcs", codes, 0)
    _modinfo(elf, name, True, modinfo)
    return elf.image()
