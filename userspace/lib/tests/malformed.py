# SPDX-License-Identifier: LGPL-2.1-or-later
"""malformed.py - answers that make no sense, each in another way."""
import messages as m
from replies import (BLOCKER, CODE, FAILURE, HISTORY, INFO, PATCH, Scenario,
                     TRANSITION, VERDICT, c)


def damaged(op, command):
    """A request whose answer is malformed, each in another way."""
    def answer(*attrs):
        body = m.data(c("CMD_" + op), *attrs)
        return body + m.ack() if command == "do" else body

    return [answer(*attrs) for attrs in {
        BLOCKER: broken_blockers, FAILURE: broken_failures,
        HISTORY: broken_histories, VERDICT: broken_verdicts,
        PATCH: broken_patches, TRANSITION: broken_transitions,
        INFO: broken_infos, CODE: broken_codes}[op]()]


TORN = b"\x40\0\1\0"     # an attribute longer than the nest that has it


def broken_blockers():
    tid = m.u32(c("A_BLOCKER_TID"), 1)
    comm = m.string(c("A_BLOCKER_COMM"), "x")
    why = m.u32(c("A_BLOCKER_REASON"), 0)
    yield tid, comm
    yield m.attr(c("A_BLOCKER_TID"), b"\1\0"), comm, why
    yield tid, m.attr(c("A_BLOCKER_COMM"), b"a\0b"), why
    yield tid, comm, m.attr(c("A_BLOCKER_REASON"), b"\0" * 8)
    yield tid, comm, why, m.u32(c("A_BLOCKER_CPU"), 0xffffffff)
    yield tid, comm, why, m.attr(c("A_BLOCKER_CPU"), b"")
    yield tid, comm, why, m.attr(c("A_BLOCKER_STACK"), TORN)
    yield tid, comm, why, m.nest(c("A_BLOCKER_STACK"))
    yield tid, comm, why, m.nest(c("A_BLOCKER_STACK"), m.attr(
        c("A_FRAME_ADDR"), b"\0" * 5), m.string(c("A_FRAME_SYMBOL"), "f"))
    yield tid, comm, why, m.attr(c("A_BLOCKER_FIRST_SEEN"), b"\0" * 3)
    yield tid, comm, why, b"\3\0\1\0"


def broken_failures():
    number = m.uint(c("A_FAILURE_ID"), 1)
    comm = m.string(c("A_FAILURE_COMM"), "x")
    why = m.u32(c("A_FAILURE_REASON"), 0)
    yield number, comm
    yield comm, why
    yield m.attr(c("A_FAILURE_ID"), b"\1"), comm, why
    yield number, comm, why, m.attr(c("A_FAILURE_WHERE"), b"\0a")
    yield number, comm, why, m.attr(c("A_FAILURE_TIME"), b"")


def broken_histories():
    number = m.uint(c("A_HISTORY_ID"), 1)
    name = m.string(c("A_HISTORY_PATCH"), "x")
    result = m.u32(c("A_HISTORY_RESULT"), 0)
    yield number, name
    yield number, result
    yield name, result
    yield number, name, result, m.attr(c("A_HISTORY_WORST"), TORN)
    yield number, name, result, m.nest(c("A_HISTORY_WORST"))
    yield number, name, result, m.attr(c("A_HISTORY_DURATION_MS"), b"\0" * 6)


def broken_verdicts():
    target = m.string(c("A_VERDICT_OBJECT"), "vmlinux")
    name = m.string(c("A_VERDICT_NAME"), "f")
    yes = m.flag(c("A_VERDICT_REDIRECTABLE"), True)
    yield target, name
    yield target, yes
    yield name, yes
    yield target, name, yes, m.attr(c("A_VERDICT_OFFSET"), b"\0" * 8)


def broken_codes():
    offset = m.u32(c("A_CODE_OFFSET"), 0)
    size = m.u32(c("A_CODE_SIZE"), 8)
    part = m.attr(c("A_CODE_BYTES"), b"12345678")
    yield offset, part
    yield offset, m.u32(c("A_CODE_SIZE"), 0), part
    yield offset, m.u32(c("A_CODE_SIZE"), 0xffffffff), part
    yield offset, m.attr(c("A_CODE_SIZE"), b"\10\0"), part
    yield m.u32(c("A_CODE_OFFSET"), 4), size, part
    yield offset, size
    yield offset, size, m.attr(c("A_CODE_BYTES"))
    yield offset, size, m.attr(c("A_CODE_BYTES"), b"123456789")


def broken_patches():
    name = m.string(c("A_PATCH_NAME"), "x")
    state = m.u32(c("A_PATCH_STATE"), 0)
    for kind in ("LOADED", "CHANGED", "FORCE"):
        yield name, state, m.attr(c("A_PATCH_" + kind), TORN)
    yield name, state, m.nest(c("A_PATCH_LOADED"), m.attr(
        c("A_ACTOR_PID"), b"\0\0"))
    yield name, state, m.nest(c("A_PATCH_LOADED"), m.attr(
        c("A_ACTOR_TIME"), b"\0" * 12))
    yield name, state, m.nest(c("A_PATCH_LOADED"), m.attr(
        c("A_ACTOR_COMM"), b"a\0b"))
    yield name, state, m.attr(c("A_PATCH_VERSION"), b"1\0002\0")


def broken_transitions():
    gen = m.u32(c("A_TRANSITION_GENERATION"), 7)
    yield gen, m.attr(c("A_TRANSITION_REASONS"), TORN)
    yield gen, m.nest(c("A_TRANSITION_REASONS"))
    yield gen, m.nest(c("A_TRANSITION_REASONS"), m.u32(
        c("A_REASON_COUNT_REASON"), 1), m.attr(
            c("A_REASON_COUNT_COUNT"), b"\0" * 7))
    yield gen, m.attr(c("A_TRANSITION_ATTEMPTS"), b"\0" * 8)
    yield gen, m.attr(c("A_TRANSITION_TASKS"), TORN)


def broken_infos():
    known = (m.u32(c("A_INFO_GENERATION"), 7), m.string(c("A_INFO_ARCH"), "arm"))
    yield *known, m.attr(c("A_INFO_STACK_FAILURES"), TORN)
    yield *known, m.nest(c("A_INFO_STACK_FAILURES"), m.uint(
        c("A_REASON_COUNT_COUNT"), 1))
    yield *known, m.attr(c("A_INFO_EVENT_SEQ"), b"\0\0")
    yield known[:1]
    yield known[1:]


def malformed():
    for op, kind in ((BLOCKER, "dump"), (FAILURE, "dump"), (HISTORY, "dump"),
                     (CODE, "do"), (VERDICT, "dump"), (PATCH, "dump"), (TRANSITION, "do"),
                     (INFO, "do")):
        name = op.split("_", maxsplit=1)[0].lower()
        for number, answer in enumerate(damaged(op, kind)):
            scenario = Scenario("malformed: " + name)
            scenario.request(op, kind, answer, m.done())
            yield f"bad-{name}-{number}", scenario
    for number, groups in enumerate((TORN, m.attr(1, TORN), m.nest(
            1, m.string(1, "events"), m.attr(2, b"\0")))):
        scenario = Scenario("malformed: groups of the family")
        scenario.lines[2] = "datagram " + m.message(
            m.GENL_ID_CTRL, b"\1\2\0\0" + m.attr(1, b"\x1f\0") +
            m.attr(7, groups)).hex() + m.ack().hex()
        yield f"bad-family-{number}", scenario
