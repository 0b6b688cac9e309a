#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""scenarios.py UAPI-HEADER DIR - writes what a kernel might answer, for replay.c."""
import os
import sys

import messages as m

C = {}
PATCH, FUNC, TRANSITION, INFO = "PATCH_GET", "FUNC_GET", "TRANSITION_GET", "INFO_GET"
GROUPS = (("other", 4), ("events", 5))
HOSTILE = b'q"\\\n\x1b[31m\xff\xc3\xa9\xe2\x80\xae\x7f'


def c(name):
    return C["KLP_ARM_" + name]


class Scenario:
    """Blocks of a replay file; see replay.h."""

    def __init__(self, comment, groups=GROUPS):
        self.lines = ["# " + comment, "request 0 do",
                      "datagram " + (m.family_reply(*groups) + m.ack()).hex()]

    def request(self, op, kind, *datagrams, text=""):
        self.lines.append(f"request {c('CMD_' + op)} {kind} {text}".rstrip())
        for datagram in datagrams:
            if isinstance(datagram, int):
                self.lines.append(f"error {datagram}")
            else:
                self.lines.append("datagram " + datagram.hex())
        return self


def obj(name, patched=True, loaded=True, funcs=1):
    return m.nest(c("A_PATCH_OBJECTS"),
                  m.string(c("A_OBJECT_NAME"), name),
                  m.flag(c("A_OBJECT_PATCHED"), patched),
                  m.flag(c("A_OBJECT_LOADED"), loaded),
                  m.u32(c("A_OBJECT_FUNC_COUNT"), funcs))


def patch(name, number, state, *objects, replace=False, forced=False,
          gen=7, flags=m.NLM_F_MULTI, count=None, extra=b""):
    count = len(objects) if count is None else count
    return m.data(c("CMD_PATCH_GET"),
                  m.u32(c("A_PATCH_GENERATION"), gen),
                  m.uint(c("A_PATCH_ID"), number),
                  m.string(c("A_PATCH_NAME"), name),
                  m.u32(c("A_PATCH_STATE"), c("PATCH_STATE_" + state)),
                  m.flag(c("A_PATCH_REPLACE"), replace),
                  m.flag(c("A_PATCH_FORCED"), forced),
                  m.u32(c("A_PATCH_OBJECT_COUNT"), count),
                  m.u32(c("A_PATCH_FUNC_COUNT"), count),
                  *objects, extra, flags=flags)


def func(owner, number, name, state="PATCHED", target="vmlinux", sympos=1,
         active=True, active_patch=None, nop=False, path="DIRECT",
         secret=True, flags=m.NLM_F_MULTI):
    attrs = [m.u32(c("A_FUNC_GENERATION"), 7),
             m.string(c("A_FUNC_PATCH"), owner),
             m.uint(c("A_FUNC_PATCH_ID"), number),
             m.string(c("A_FUNC_OBJECT"), target),
             m.string(c("A_FUNC_NAME"), name),
             m.u32(c("A_FUNC_SYMPOS"), sympos),
             m.u32(c("A_FUNC_STATE"), c("FUNC_STATE_" + state)),
             m.flag(c("A_FUNC_ACTIVE"), active),
             m.flag(c("A_FUNC_NOP"), nop)]
    if active_patch:
        attrs.append(m.string(c("A_FUNC_ACTIVE_PATCH"), active_patch))
    if path:
        attrs.append(m.u32(c("A_FUNC_ENTRY_PATH"), c("ENTRY_PATH_" + path)))
    if secret:
        attrs += [m.uint(c("A_FUNC_OLD_ADDR"), 0xc0208a30),
                  m.uint(c("A_FUNC_OLD_SIZE"), 52),
                  m.uint(c("A_FUNC_NEW_ADDR"), 0xbf000010),
                  m.uint(c("A_FUNC_NEW_SIZE"), 40),
                  m.u32(c("A_FUNC_SP_DELTA"), 16),
                  m.u32(c("A_FUNC_RESTORED"), 0x48f0)]
    return m.data(c("CMD_FUNC_GET"), *attrs, flags=flags)


def transition(name=None, direction="PATCHING", gen=7, total=60, switched=58,
               elapsed=12, turned=False):
    attrs = [m.u32(c("A_TRANSITION_GENERATION"), gen)]
    if name is not None:
        attrs += [m.string(c("A_TRANSITION_PATCH"), name),
                  m.uint(c("A_TRANSITION_PATCH_ID"), 1),
                  m.u32(c("A_TRANSITION_DIRECTION"), c("DIRECTION_" + direction)),
                  m.uint(c("A_TRANSITION_STARTED"), 123456789012),
                  m.uint(c("A_TRANSITION_STARTED_REAL"), 1700000000123456789),
                  m.uint(c("A_TRANSITION_ELAPSED_MS"), elapsed),
                  m.nest(c("A_TRANSITION_TASKS"),
                         m.u32(c("A_TASKS_TOTAL"), total),
                         m.u32(c("A_TASKS_SWITCHED"), switched),
                         m.u32(c("A_TASKS_REMAINING"), total - switched)),
                  m.flag(c("A_TRANSITION_REVERSED"), turned)]
    return m.data(c("CMD_TRANSITION_GET"), *attrs) + m.ack()


def info(gen=7, extra=b""):
    return m.data(c("CMD_INFO_GET"),
                  m.u32(c("A_INFO_GENERATION"), gen),
                  m.string(c("A_INFO_ARCH"), "arm"),
                  m.u32(c("A_INFO_ENTRY"), c("ENTRY_METHOD_MCOUNT")),
                  m.u32(c("A_INFO_UNWINDER"), c("UNWINDER_EHABI")),
                  extra) + m.ack()


def kernel(comment, patches=(), funcs=(), now=None, number=7):
    """A kernel in one state: every request has its answer."""
    scenario = Scenario(comment)
    scenario.request(INFO, "do", info(number))
    scenario.request(PATCH, "dump", *patches, m.done())
    scenario.request(FUNC, "dump", *funcs, m.done())
    scenario.request(TRANSITION, "do", now or transition(gen=number))
    return scenario


DEMO = {"name": "livepatch_demo", "number": 1}


def states():
    shown = func("livepatch_demo", 1, "cmdline_proc_show")
    demo = patch("livepatch_demo", 1, "ENABLED", obj("vmlinux"))
    yield "empty", kernel("no patch", number=1)
    yield "enabled", kernel("one patch", [demo], [shown])
    yield "unprivileged", kernel(
        "one patch, asked by a user", [demo],
        [func("livepatch_demo", 1, "cmdline_proc_show", secret=False)])
    yield "transition", kernel(
        "a patch on its way in",
        [patch("livepatch_demo", 1, "ENABLING", obj("vmlinux"))],
        [func("livepatch_demo", 1, "cmdline_proc_show", "PATCHING",
              path="HANDLER")],
        transition("livepatch_demo"))
    yield "stack", kernel(
        "three patches, one over another, one for an absent module",
        [patch("first", 1, "ENABLED", obj("vmlinux", funcs=2)),
         patch("second", 2, "ENABLED", obj("vmlinux"),
               obj("target_module", False, False)),
         patch("third", 1 << 40, "DISABLING", obj("vmlinux"), replace=True,
               forced=True)],
        [func("first", 1, "vm_show", active=False, active_patch="second",
              path="SHARED"),
         func("first", 1, "vm_show", sympos=2),
         func("second", 2, "vm_show"),
         func("second", 2, "absent", "TARGET_NOT_LOADED", "target_module",
              active=False, path=None, secret=False),
         func("third", 1 << 40, "vm_show", "UNPATCHING", active=False,
              active_patch="second", nop=True, path="HANDLER")],
        transition("third", "UNPATCHING", elapsed=61234, turned=True))
    yield "hostile", kernel(
        "names that are not fit for terminals",
        [patch(HOSTILE, 1, "ENABLED", obj(HOSTILE))],
        [func(HOSTILE, 1, HOSTILE, target=HOSTILE, active_patch=HOSTILE)],
        transition(HOSTILE))
    names = [f"object{i}" for i in range(40)]
    yield "many-objects", kernel(
        "a patch with more objects than a message lists",
        [patch("many", 1, "ENABLED", *(obj(n) for n in names[:32]), count=40)],
        [func("many", 1, f"f{i}", target=n) for i, n in enumerate(names)])
    yield "newer-kernel", kernel(
        "attributes and values that are not known yet",
        [m.data(c("CMD_PATCH_GET"), m.string(c("A_PATCH_NAME"), "new"),
                m.u32(c("A_PATCH_STATE"), 77), m.string(900, "what"),
                m.nest(c("A_PATCH_OBJECTS"),
                       m.string(c("A_OBJECT_NAME"), "vmlinux"),
                       m.u32(99, 1)))],
        [func("new", 0, "f") + m.message(m.FAMILY + 1, b"\1\1\0\0")],
        m.data(c("CMD_TRANSITION_GET"), m.u32(c("A_TRANSITION_GENERATION"), 7),
               m.string(901, "x")) + m.ack())


def answers():
    """Answers as such: how they end, how they fail, how they are cut."""
    one = patch("one", 1, "ENABLED", obj("vmlinux"))
    two = patch("two", 2, "ENABLED", obj("vmlinux"))
    torn = patch("one", 1, "ENABLED", obj("vmlinux"),
                 flags=m.NLM_F_MULTI | m.NLM_F_DUMP_INTR)

    def dump(comment, *datagrams):
        return Scenario(comment).request(PATCH, "dump", *datagrams)

    yield "one-datagram", dump("all in one datagram", one + two + m.done())
    yield "no-multi", dump(
        "messages without NLM_F_MULTI",
        patch("one", 1, "ENABLED", obj("vmlinux"), flags=0),
        patch("two", 2, "ENABLED", obj("vmlinux"), flags=0), m.done())
    yield "interrupted", dump(
        "a change during the first dump", torn, m.done()).request(
            PATCH, "dump", one, two, m.done())
    yield "interrupted-done", dump(
        "a change noticed at the end only", one,
        m.done(flags=m.NLM_F_DUMP_INTR)).request(PATCH, "dump", two, m.done())
    yield "interrupted-always", dump("it never stops changing", torn, m.done())
    yield "done-errno", dump("the dump ends with an errno", one, m.done(12))
    yield "done-text", dump("and with a text", one, m.done(22, "no dump today"))
    yield "overrun", dump("the socket lost messages", one, 105)
    yield "no-answer", dump("nothing comes", one)
    yield "cut-datagram", dump("a message longer than its datagram", one[:-8])
    yield "no-name", dump("a patch without a name", m.data(
        c("CMD_PATCH_GET"), m.u32(c("A_PATCH_STATE"), 0)), m.done())
    yield "no-state", dump("a patch without a state", m.data(
        c("CMD_PATCH_GET"), m.string(c("A_PATCH_NAME"), "x")), m.done())
    yield "bad-size", dump("a state of two bytes", m.data(
        c("CMD_PATCH_GET"), m.string(c("A_PATCH_NAME"), "x"),
        m.attr(c("A_PATCH_STATE"), b"\0\0")), m.done())
    yield "bad-string", dump("a name with a NUL inside", m.data(
        c("CMD_PATCH_GET"), m.attr(c("A_PATCH_NAME"), b"a\0b\0"),
        m.u32(c("A_PATCH_STATE"), 0)), m.done())
    yield "bad-nest", dump("an object longer than its nest", m.data(
        c("CMD_PATCH_GET"), m.string(c("A_PATCH_NAME"), "x"),
        m.u32(c("A_PATCH_STATE"), 0),
        m.attr(c("A_PATCH_OBJECTS"), b"\x40\0\1\0")), m.done())
    yield "short-message", dump("no generic header",
                                m.message(m.FAMILY, b""), m.done())

    def refuse(comment, datagram):
        return Scenario(comment).request(PATCH, "do", datagram)

    yield "refused-text", refuse("extack text",
                                 m.error(2, "no patch named 'x'"))
    yield "refused-echo", refuse("extack text behind the echoed request",
                                 m.error(2, "no patch named 'x'", b"12345"))
    yield "refused-plain", refuse("no text", m.error(1))
    yield "refused-odd", refuse("an errno that is none", m.error(-5))
    yield "refused-short", refuse("an error cut short",
                                  m.message(m.NLMSG_ERROR, b"\0\0\0\0"))
    yield "only-ack", refuse("no patch, but success", m.ack())
    stale = Scenario("a late answer to another request comes first")
    stale.request(PATCH, "do")
    stale.lines.append("raw " + m.message(m.NLMSG_ERROR, b"\xff" * 20,
                                          seq=0xdead).hex())
    stale.lines.append("datagram " + (one + m.ack()).hex())
    yield "stale-answer", stale

    moved = Scenario("the state changes between the requests of a snapshot")
    for before, after in ((7, 8), (8, 8)):
        moved.request(INFO, "do", info(before))
        moved.request(TRANSITION, "do", transition(gen=after))
    moved.request(PATCH, "dump", one, m.done())
    moved.request(PATCH, "dump", two, m.done())
    moved.request(FUNC, "dump", m.done())
    yield "moved", moved


def machines():
    """Kernels that cannot be asked, and what load and disable ask for."""
    none = Scenario("no such family")
    none.lines[2] = "datagram " + m.error(2).hex()
    yield "no-family", none
    closed = Scenario("no sockets for us")
    closed.lines.append("open-error 1")
    yield "no-socket", closed
    old = Scenario("a family without that request")
    old.request(INFO, "do", m.error(95))
    yield "old-family", old
    # Disabling: known at first, on its way, gone.
    leaving = Scenario("a patch on its way out")
    for _ in range(3):
        leaving.request(PATCH, "do",
                        patch("demo", 1, "DISABLING", flags=0) + m.ack())
    leaving.request(PATCH, "do", m.error(2, "no patch named 'demo'"))
    leaving.request(TRANSITION, "do", transition("demo", "UNPATCHING"))
    yield "leaving", leaving
    stuck = Scenario("a patch on its way out for ever")
    stuck.request(PATCH, "do", patch("demo", 1, "DISABLING", flags=0) + m.ack())
    stuck.request(TRANSITION, "do", transition("demo", "UNPATCHING"))
    yield "stuck", stuck
    turned = Scenario("a patch on its way out that comes back")
    for state in ("DISABLING", "DISABLING", "ENABLING", "ENABLED"):
        turned.request(PATCH, "do", patch("demo", 1, state, flags=0) + m.ack())
    turned.request(TRANSITION, "do", transition("demo", "UNPATCHING"))
    yield "turned", turned
    still = Scenario("an enabled patch")
    still.request(PATCH, "do", patch("demo", 1, "ENABLED", flags=0) + m.ack())
    still.request(TRANSITION, "do", transition())
    yield "still", still
    gone = Scenario("no patch")
    gone.request(PATCH, "do", m.error(2, "no patch named 'demo'"))
    gone.request(FUNC, "dump", m.done(2, "no patch named 'demo'"))
    gone.request(TRANSITION, "do", transition())
    yield "gone", gone
    busy = Scenario("another transition")
    busy.request(TRANSITION, "do", transition("other"))
    yield "busy", busy


def main():
    header, directory = sys.argv[1:]
    C.update(m.constants(header))
    os.makedirs(directory, exist_ok=True)
    for source in (states, answers, machines):
        for name, scenario in source():
            path = os.path.join(directory, name + ".replay")
            with open(path, "w", encoding="ascii") as file:
                file.write("\n".join(scenario.lines) + "\n")


if __name__ == "__main__":
    main()
