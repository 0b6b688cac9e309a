# SPDX-License-Identifier: LGPL-2.1-or-later
"""messages.py - makes netlink datagrams, as a second opinion on the format.

The numbers come from the uapi header alone. The library's parsers are written
in C from the same header, so that what both agree on is what the header says.
"""
import re
import struct

NLMSG_ERROR = 2
NLMSG_DONE = 3
GENL_ID_CTRL = 16
FAMILY = 0x1f

NLM_F_MULTI = 0x02
NLM_F_DUMP_INTR = 0x10
NLM_F_CAPPED = 0x100
NLM_F_ACK_TLVS = 0x200

NLA_F_NESTED = 0x8000


def constants(path):
    """The values of the header's enums and number macros, by name."""
    with open(path, encoding="utf-8") as file:
        text = re.sub(r"/\*.*?\*/", "", file.read(), flags=re.S)
    values = {}
    for name, value in re.findall(r"#define\s+(\w+)\s+(\d+)", text):
        values[name] = int(value)
    for body in re.findall(r"enum\s*\w*\s*\{(.*?)\}", text, flags=re.S):
        number = 0
        for entry in filter(None, (e.strip() for e in body.split(","))):
            name, _, value = (part.strip() for part in entry.partition("="))
            if value.isdigit():
                number = int(value)
            elif value:
                continue
            values[name] = number
            number += 1
    return values


def attr(kind, payload=b""):
    size = 4 + len(payload)
    return struct.pack("=HH", size, kind) + payload + b"\0" * (-size % 4)


def nest(kind, *children):
    return attr(kind | NLA_F_NESTED, b"".join(children))


def string(kind, text):
    if isinstance(text, str):
        text = text.encode()
    return attr(kind, text + b"\0")


def u32(kind, value):
    return attr(kind, struct.pack("=I", value))


def uint(kind, value):
    if value < 1 << 32:
        return u32(kind, value)
    return attr(kind, struct.pack("=Q", value))


def flag(kind, value):
    return attr(kind) if value else b""


def message(kind, body, flags=0, seq=0):
    size = 16 + len(body)
    head = struct.pack("=IHHII", size, kind, flags, seq, 0)
    return head + body + b"\0" * (-size % 4)


def data(cmd, *attrs, flags=0, family=FAMILY):
    return message(family, struct.pack("=BBH", cmd, 1, 0) + b"".join(attrs),
                   flags)


def ack():
    return message(NLMSG_ERROR, struct.pack("=i", 0) + b"\0" * 16,
                   NLM_F_CAPPED)


def error(err, text=None, echo=b""):
    """A refusal: capped unless the request is echoed."""
    tlvs = string(1, text) if text is not None else b""
    flags = NLM_F_ACK_TLVS if tlvs else 0
    if echo:
        head = struct.pack("=IHHII", 16 + len(echo), FAMILY, 0, 0, 0)
        body = head + echo + b"\0" * (-len(echo) % 4)
    else:
        flags |= NLM_F_CAPPED
        body = b"\0" * 16
    return message(NLMSG_ERROR, struct.pack("=i", -err) + body + tlvs, flags)


def done(err=0, text=None, flags=0):
    tlvs = string(1, text) if text is not None else b""
    if tlvs:
        flags |= NLM_F_ACK_TLVS
    return message(NLMSG_DONE, struct.pack("=i", -err) + tlvs,
                   flags | NLM_F_MULTI)


def family_reply(*groups):
    """What the controller says of the family; each group is (name, id)."""
    entries = [nest(i + 1, u32(2, number), string(1, name))
               for i, (name, number) in enumerate(groups)]
    attrs = attr(1, struct.pack("=H", FAMILY)) + string(2, "klp_arm")
    if entries:
        attrs += nest(7, *entries)
    return message(GENL_ID_CTRL, struct.pack("=BBH", 1, 2, 0) + attrs)
