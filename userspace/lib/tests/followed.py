# SPDX-License-Identifier: LGPL-2.1-or-later
"""followed.py - what listeners hear, and the state when they look."""
import messages as m
from replies import (BLOCKER, HOSTILE, INFO, PATCH, SET, Scenario, TRANSITION,
                     about_patch, about_transition, blocker_attrs, c, event,
                     failure_attrs, info, kernel, obj, patch, transition,
                     waiting)


def followed():
    """What listeners hear, and what the state is when they look."""
    blocked = m.nest(c("A_EVENT_BLOCKER"),
                     blocker_attrs(82, HOSTILE, "SLEEPING_ON_FUNC",
                                   func_name="cmdline_proc_show"))
    failed = m.nest(c("A_EVENT_FAILURE"),
                    failure_attrs(7, 5, "kworker/0:0", "UNRELIABLE_STACK",
                                  stack="TRAMPOLINE"))
    module = m.string(c("A_EVENT_MODULE"), "target_module")
    demo = "livepatch_demo"
    story = [
        event(1, "MODULE_COMING", module, gen=2),
        event(2, "PATCH_ADDED", about_patch(demo, 1, "DISABLED",
                                            obj("vmlinux")), gen=3),
        event(3, "TRANSITION_STARTED", about_transition(
            demo, switched=0, elapsed=0), gen=4),
        event(4, "TRANSITION_PROGRESS", about_transition(
            demo, elapsed=10, extra=waiting(1, 1)), gen=4),
        event(5, "TRANSITION_BLOCKED", blocked, gen=4),
        event(6, "STACK_FAILURE", failed, gen=4),
        event(7, "TRANSITION_REVERSED", about_transition(
            demo, "UNPATCHING", turned=True), gen=5),
        event(8, "TRANSITION_FORCED", about_transition(
            demo, "UNPATCHING", forced=True), gen=6),
        event(9, "TRANSITION_COMPLETED", about_transition(
            demo, "UNPATCHING", switched=60), gen=7),
        event(10, "PATCH_ENABLED", about_patch(demo, 1, "ENABLED"), gen=8),
        event(11, "PATCH_DISABLED", about_patch(demo, 1, "DISABLED"), gen=9),
        event(12, "PATCH_REMOVED", about_patch(demo, 1, "DISABLED"), gen=10),
        event(13, "MODULE_GOING", module, gen=11)]

    def following(comment, *heard, **kwargs):
        return kernel(comment, **kwargs).events(*heard)

    yield "events", following("every kind of event, and then an error",
                              *story, 5)
    nobody = {"who": False}
    user = following(
        "what is told to whoever may not know tasks",
        event(5, "TRANSITION_BLOCKED", m.nest(
            c("A_EVENT_BLOCKER"), blocker_attrs(
                82, HOSTILE, "SLEEPING_ON_FUNC", **nobody))),
        event(6, "STACK_FAILURE", m.nest(
            c("A_EVENT_FAILURE"), failure_attrs(
                7, 5, "x", "UNRELIABLE_STACK", stack="TRAMPOLINE",
                **nobody))), 5)
    user.lines.append("admin-error 1")
    yield "events-user", user
    yield "events-quiet", following("nothing happens")
    yield "events-packed", following("several in one datagram, and a pause",
                                     b"".join(story[:4]), "quiet",
                                     b"".join(story[4:]))
    yield "events-gap", following("five are missing, then one comes twice",
                                  story[0], story[1], story[7], story[7])
    yield "events-overrun", following(
        "the socket was full: what was queued, then the gap",
        105, story[0], story[1], story[8], 5)
    yield "events-overrun-last", following(
        "the socket was full, and nothing comes after it",
        story[0], 105, story[1], "quiet", story[5], 5)
    other = m.data(c("CMD_EVENT") + 50, m.u32(1, 1))
    yield "events-newer", following(
        "what a newer kernel may send",
        other + m.message(m.FAMILY + 1, b"\1\1\0\0") + story[0],
        m.data(c("CMD_EVENT"), m.uint(c("A_EVENT_SEQ"), 2),
               m.u32(c("A_EVENT_KIND"), 77), m.string(900, "x")),
        event(3, "TRANSITION_COMPLETED",
              m.nest(c("A_EVENT_TRANSITION"),
                     m.u32(c("A_TRANSITION_GENERATION"), 7))))
    bad = [story[0][:-4],
           m.message(m.FAMILY, b""),
           m.data(c("CMD_EVENT"), m.u32(c("A_EVENT_KIND"), 1)),
           m.data(c("CMD_EVENT"), m.uint(c("A_EVENT_SEQ"), 1)),
           m.data(c("CMD_EVENT"), m.uint(c("A_EVENT_SEQ"), 1),
                  m.u32(c("A_EVENT_KIND"), 0x10000)),
           m.data(c("CMD_EVENT"), m.attr(c("A_EVENT_SEQ"), b"\1\0"),
                  m.u32(c("A_EVENT_KIND"), 1))]
    bad += [event(1, "PATCH_ADDED", nest) for nest in (
        m.attr(c("A_EVENT_PATCH"), b"\x40\0\1\0"),
        m.nest(c("A_EVENT_PATCH")),
        m.nest(c("A_EVENT_BLOCKER"), m.u32(c("A_BLOCKER_TID"), 1)),
        m.nest(c("A_EVENT_FAILURE"), m.uint(c("A_FAILURE_ID"), 1)),
        m.attr(c("A_EVENT_TRANSITION"), b"\x40\0\1\0"),
        m.attr(c("A_EVENT_MODULE"), b"a\0b\0"))]
    del bad[1]
    yield "events-malformed", following(
        "events that are none, and one that is", *bad, story[0])
    refused = following("nobody may listen")
    refused.lines.append("listen-error 1")
    yield "events-refused", refused
    yield "no-events", Scenario("a family without events",
                                groups=()).request(INFO, "do", info())

    # For those who wait: the state moves on with the events.
    def waits(comment, *states, heard=()):
        scenario = Scenario(comment)
        for state in states:
            if state == "GONE":
                answer = m.error(2, "no patch named 'demo'")
            else:
                answer = patch("demo", 1, state, flags=0) + m.ack()
            scenario.request(PATCH, "do", answer)
        scenario.request(TRANSITION, "do", transition(
            "demo", extra=waiting(sleeping=2)))
        scenario.request(SET, "do", m.ack())
        scenario.request(BLOCKER, "dump", m.done())
        return scenario.events(*heard)

    moving = about_transition("demo", extra=waiting(sleeping=1))
    yield "wait-enabled", waits(
        "an event tells that the patch is enabled", "ENABLING", "ENABLED",
        heard=[event(1, "TRANSITION_PROGRESS", moving),
               event(2, "TRANSITION_COMPLETED", moving),
               event(3, "PATCH_ENABLED", about_patch("demo", 1, "ENABLED"))])
    yield "wait-disabled", waits(
        "an event tells that the patch is gone", "DISABLING", "GONE",
        heard=[event(1, "TRANSITION_PROGRESS", moving), event(
            2, "PATCH_DISABLED", about_patch("demo", 1, "DISABLED"))])
    yield "wait-lost", waits(
        "the event that was waited for is lost", "ENABLING", "ENABLED",
        heard=[event(1, "TRANSITION_PROGRESS", moving), 105, "quiet"])
    yield "wait-stuck", waits(
        "it never ends", "ENABLING",
        heard=[event(1, "TRANSITION_PROGRESS", moving)])
