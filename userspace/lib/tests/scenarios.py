#!/usr/bin/env python3
# SPDX-License-Identifier: LGPL-2.1-or-later
"""scenarios.py UAPI-HEADER DIR - writes what a kernel might answer, for replay.c."""
import os
import sys

import messages as m
from followed import followed
from malformed import malformed
from replies import (BLOCKER, C, FUNC, HOSTILE, INFO, PATCH, SET, Scenario,
                     TRANSITION, blocker, c, func, info, kernel, obj, patch, transition)
from reports import reports


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
    for name, comment, line in (
            ("no-family", "no such family", ["absent"]),
            ("other-namespace", "a family that is not seen from here",
             ["present"]),
            ("no-sysfs", "no such family, and nothing that tells why", [])):
        none = Scenario(comment)
        none.lines[2] = "datagram " + m.error(2).hex()
        none.lines.extend(line)
        yield name, none
    for name, line in (("no-netlink", ["absent"]),
                       ("netlink-denied", ["present"]),
                       ("netlink-denied-no-sysfs", [])):
        denied = Scenario("no netlink at all")
        denied.lines.extend(["open-error 97"] + line)
        yield name, denied
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
    stuck.request(BLOCKER, "dump", blocker(
        82, "cat", "SLEEPING_ON_FUNC", func_name="vm_show", owner="demo"),
        blocker(83, "sh", "UNRELIABLE_STACK", stack="TOO_DEEP", owner="demo",
                who=False),
        m.done())
    yield "stuck", stuck
    turned = Scenario("a patch on its way out that comes back")
    for state in ("DISABLING", "DISABLING", "ENABLING", "ENABLED"):
        turned.request(PATCH, "do", patch("demo", 1, state, flags=0) + m.ack())
    turned.request(TRANSITION, "do", transition("demo", "UNPATCHING"))
    turned.request(INFO, "do", info())
    yield "turned", turned
    for name, answer in (("still", m.error(95)), ("still-new", m.ack()),
                         ("still-user", m.error(
                             1, "changing live patches needs CAP_SYS_ADMIN"))):
        still = Scenario("an enabled patch, of kernels that can be told"
                         " to disable it or not")
        for state in ["ENABLED"] + ["DISABLED"] * (name == "still-new"):
            still.request(PATCH, "do",
                          patch("demo", 1, state, flags=0) + m.ack())
        still.request(SET, "do", answer)
        still.request(TRANSITION, "do", transition())
        yield name, still
    gone = Scenario("no patch")
    gone.request(PATCH, "do", m.error(2, "no patch named 'demo'"))
    gone.request(FUNC, "dump", m.done(2, "no patch named 'demo'"))
    gone.request(TRANSITION, "do", transition())
    yield "gone", gone
    busy = Scenario("another transition")
    busy.request(INFO, "do", info())
    busy.request(TRANSITION, "do", transition("other"))
    yield "busy", busy


def write_names(path):
    """The names of all enum values: what names.c must say of them."""
    enums = ("PATCH_STATE", "FUNC_STATE", "DIRECTION", "ENTRY_METHOD",
             "ENTRY_PATH", "UNWINDER", "BLOCKER_REASON", "STACK_REASON",
             "RESULT", "VERDICT_REASON", "PATCH_ACTION", "EVENT_KIND")
    with open(path, "w", encoding="ascii") as file:
        for enum in enums:
            prefix = "KLP_ARM_" + enum + "_"
            for key, value in C.items():
                if key.startswith(prefix):
                    name = key[len(prefix):].lower().replace("_", "-")
                    file.write(f"{enum} {value} {name}\n")


def main():
    header, directory = sys.argv[1:]
    C.update(m.constants(header))
    os.makedirs(directory, exist_ok=True)
    write_names(os.path.join(directory, "names.txt"))
    for source in (states, reports, followed, malformed, answers, machines):
        for name, scenario in source():
            path = os.path.join(directory, name + ".replay")
            with open(path, "w", encoding="ascii") as file:
                file.write("\n".join(scenario.lines) + "\n")


if __name__ == "__main__":
    main()
