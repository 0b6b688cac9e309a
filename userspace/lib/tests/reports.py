# SPDX-License-Identifier: LGPL-2.1-or-later
"""reports.py - kernels that have much to tell."""
import messages as m
from replies import (BLOCKER, CLEAR, CODE, COUNTER, FAILURE, FIX, HISTORY, HOSTILE, INFO, PATCH,
                     SET, Scenario, TRANSITION, VERDICT, actor, blocker,
                     blocker_attrs, c, code, counters, failure, fix, func, history, info,
                     kernel, obj, patch, transition, verdict, waiting)

STUCK = [
    ("RUNNING", dict(tid=71, comm="spinner", attempts=9)),
    ("SLEEPING_ON_FUNC", dict(tid=82, pid=80, comm=HOSTILE,
                              func_name="cmdline_proc_show")),
    ("UNRELIABLE_STACK", dict(tid=5, comm="kworker/0:0", kthread=True,
                              stack="EXCEPTION_FRAME",
                              where="worker_thread+0x1c/0x3b0", attempts=1)),
    ("IDLE", dict(tid=0, comm="swapper/3", cpu=3, kthread=True)),
]
CODE_NEEDS = "asking about the code of the running kernel needs CAP_SYS_ADMIN"
FRAMES = (("schedule+0x48/0xb0", 0xc0901234),
          ("cmdline_proc_show+0x20/0x34", 0xc0208a50))
BEHIND = (("worker_thread+0x1c/0x3b0", 0xc0145678, "unreliable"),
          ("kthread+0xf8/0x118", 0xc014c0de, "unreliable"))


# What the kernel that reports was linked with.
KERNEL_ID = bytes(range(40, 60))


def stuck(privileged=True, stacks=False):
    """The blockers of a transition that cannot end."""
    for why, shown in STUCK:
        shown = dict(shown, who=privileged)
        if stacks:
            shown["frames"] = FRAMES + (BEHIND if "stack" in shown else ())
        yield blocker(shown.pop("tid"), shown.pop("comm"), why, **shown)


def full(comment, privileged):
    """A transition that is stuck, with all that there is to tell."""
    who = {"who": privileged}
    demo = patch(
        "livepatch_demo", 1, "ENABLING", obj("vmlinux"),
        extra=m.string(c("A_PATCH_VERSION"), "1.2") +
        m.attr(c("A_PATCH_BUILD_ID"), bytes(range(20))) +
        m.u32(c("A_PATCH_TARGET"), c("TARGET_MATCHED")) +
        actor("LOADED", **who) + actor("CHANGED", time=6 << 32, uid=1000,
                                       comm=HOSTILE, **who))
    forced = patch(
        "forced", 2, "ENABLED", obj("vmlinux"), forced=True,
        extra=actor("LOADED", **who) + actor("FORCE", **who))
    where = {"where": "worker_thread+0x1c/0x3b0", **who}
    worst = blocker_attrs(71, "spinner", "RUNNING", attempts=9, **who)
    scenario = kernel(
        comment, [demo, forced],
        [func("livepatch_demo", 1, "cmdline_proc_show", "PATCHING",
              path="HANDLER", secret=privileged)],
        transition("livepatch_demo", total=60, switched=56, elapsed=65000,
                   extra=waiting(1, 1, 1, 1, dropped=2, busy=True)),
        told=counters() + m.attr(c("A_INFO_BUILD_ID"), KERNEL_ID),
        blockers=stuck(privileged),
        failures=[failure(7, 82, HOSTILE, "SLEEPING_ON_FUNC",
                          func_name="cmdline_proc_show", **who),
                  failure(1 << 35, 5, "kworker/0:0", "UNRELIABLE_STACK",
                          stack="EXCEPTION_FRAME", **where)],
        past=[history(5, "livepatch_demo", worst=worst),
              history(6, "livepatch_demo", "UNPATCHING", "REVERSED",
                      duration=1 << 33),
              history(7, "forced", result="FORCED", patch_id=2)],
        verdicts=[verdict("vm_show", delta=16, restored=0x48f0, patched=True,
                          recipe=True),
                  verdict("vm_show", sympos=2, why="LOAD_UNPROVEN",
                          offset=12)] if privileged else
        [m.done(1, CODE_NEEDS)])
    scenario.request(BLOCKER, "dump", *stuck(privileged, privileged),
                     m.done(), text="yes")
    scenario.request(FAILURE, "dump", failure(1 << 35, 5, "kworker/0:0",
                     "UNRELIABLE_STACK", stack="EXCEPTION_FRAME", **where),
                     m.done(), text="8")
    scenario.request(HISTORY, "dump", history(7, "forced", result="FORCED",
                     patch_id=2), m.done(), text="7")
    scenario.request(VERDICT, "dump", verdict("vm_show", sympos=2,
                     why="LOAD_UNPROVEN", offset=12), m.done(),
                     text="vm_show,2")
    scenario.request(VERDICT, "dump", m.done(), text="nosuch")
    scenario.request(VERDICT, "dump", verdict(
        "show", target="target_module", why="NOT_TRACED"), m.done(),
        text="target_module,show")
    scenario.request(PATCH, "do", demo[:6] + b"\0\0" + demo[8:] + m.ack(),
                     text="livepatch_demo")
    scenario.request(PATCH, "do", m.error(2, "no patch named 'nosuch'"))
    for name, action in (("DISABLE", "0"), ("REVERSE", "1")):
        answer = m.ack() if privileged else m.error(1)
        scenario.request(SET, "do", answer, text="livepatch_demo," + action)
    scenario.request(SET, "do", m.ack() if privileged else m.error(1),
                     text="livepatch_demo,2,yes")
    scenario.request(SET, "do", m.error(
        22, "forcing breaks consistency, and needs to be confirmed"),
        text="livepatch_demo,2")
    scenario.request(SET, "do", m.error(2, "no patch named 'nosuch'"))
    for number in ("0", str((1 << 35) + 9)):
        scenario.request(CLEAR, "do", m.ack(), text=number)
    scenario.request(CLEAR, "do", m.error(1))
    for enabled in ("0", "1"):
        scenario.request(COUNTER, "do", m.ack() if privileged else m.error(1),
                         text=enabled)
    return scenario


def fixing():
    """What a patch message has if fix-get has more to tell of the patch."""
    return m.flag(c("A_PATCH_HAS_FIXES"), True)


def targets():
    """Patches for this kernel, for no one knows which, for another module."""
    long = "1." + "x" * 125
    return kernel(
        "patches that are for this build, or not",
        [patch("for_this", 1, "ENABLED", obj("vmlinux"),
               obj("early", funcs=3, unpatched=2), extra=m.u32(
                   c("A_PATCH_TARGET"), c("TARGET_MATCHED")) +
               m.string(c("A_PATCH_VERSION"), long) +
               m.flag(c("A_PATCH_VERSION_CUT"), True) +
               fixing()),
         patch("silent", 2, "ENABLED", obj("vmlinux"),
               extra=m.u32(c("A_PATCH_TARGET"), c("TARGET_UNKNOWN"))),
         patch("for_other", 3, "ENABLED", obj("vmlinux"),
               obj("drv", patched=False, loaded=False, left_out=True),
               extra=m.u32(c("A_PATCH_TARGET"), c("TARGET_MISMATCHED")) +
               m.string(c("A_PATCH_VERSION"), long))],
        told=m.attr(c("A_INFO_BUILD_ID"), KERNEL_ID) +
        m.flag(c("A_INFO_REQUIRE_TARGET"), True))


def counting():
    """Calls are counted: of one func many, of the other none."""
    return kernel(
        "redirected calls are counted",
        [patch("counted", 1, "ENABLED", obj("vmlinux", funcs=2))],
        [func("counted", 1, "cmdline_proc_show", hits=(1 << 33) + 5),
         func("counted", 1, "vm_show", hits=0, secret=False)],
        told=counters() + m.flag(c("A_INFO_COUNTING"), True) +
        m.flag(c("A_INFO_CORE_BUSY"), True))


def fixed():
    """Patches that say what they fix; of the names one is cut, and one is there twice."""
    scenario = kernel(
        "patches fix something, and not all of it is in effect",
        [patch("monday", 1, "ENABLED", obj("vmlinux"), extra=fixing()),
         patch("tuesday", 2, "DISABLING", obj("vmlinux"), extra=fixing()),
         patch("quiet", 3, "ENABLED", obj("vmlinux")),
         patch("partly", 4, "ENABLED",
               obj("drv", patched=False, unpatched=2), extra=fixing())],
        fixes=[fix("monday", 1, "CVE-2026-0001"),
               fix("monday", 1, b"odd \x1b[31m"),
               fix("monday", 1, "CVE-2026-0001"),
               fix("tuesday", 2, "CVE-2026-0001"),
               fix("tuesday", 2, "x" * 511, cut=True),
               fix("partly", 4, "CVE-2026-0002")])
    for name, number, state, said in (
            ("monday", 1, "ENABLED", ("CVE-2026-0001", b"odd \x1b[31m")),
            ("tuesday", 2, "DISABLING", ("CVE-2026-0001",)),
            ("quiet", 3, "ENABLED", ())):
        scenario.request(PATCH, "do", patch(
            name, number, state, obj("vmlinux"), flags=0) + m.ack(), text=name)
        scenario.request(FIX, "dump", *(fix(name, number, one) for one in said),
                         *([fix(name, number, "x" * 511, cut=True)]
                           if name == "tuesday" else []), m.done(), text=name)
    return scenario


# push {r4, lr}; push {lr}; bl; pop {r4, pc}, and what aligns the next function
TRACED = bytes.fromhex("10402de904e02de5fffffebe1080bde8") + bytes(4)


def codes():
    """The code of functions: in two parts, of another build, not there, freed."""
    scenario = kernel("code is read",
                      told=m.attr(c("A_INFO_BUILD_ID"), KERNEL_ID))
    for target in ("", "vmlinux,"):
        scenario.request(CODE, "do", code(
            "good", TRACED[:12], size=len(TRACED)), text=target + "good,0")
        scenario.request(CODE, "do", code(
            "good", TRACED[12:], size=len(TRACED), offset=12),
            text=target + "good,12")
        scenario.request(CODE, "do", code(
            "moving", TRACED[:12], size=len(TRACED)), text=target + "moving,0")
        scenario.request(CODE, "do", code(
            "moving", TRACED[12:], size=24, offset=12),
            text=target + "moving,12")
        scenario.request(CODE, "do", m.error(
            2, "no such function in 'vmlinux'"), text=target + "none,0")
        scenario.request(CODE, "do", m.error(6, "the symbol is no function"),
                         text=target + "early,0")
    scenario.request(CODE, "do", code(
        "entry", TRACED, target="drv", sympos=2), text="drv,entry,2,0")
    for name in ("good", "moving"):
        scenario.request(VERDICT, "dump", verdict(
            name, delta=8, recipe=True), m.done(), text="vmlinux," + name)
    scenario.request(VERDICT, "dump", verdict("early", why="INIT_TEXT"),
                     m.done(), text="vmlinux,early")
    scenario.request(VERDICT, "dump", verdict("twin", delta=8, recipe=True),
                     verdict("twin", sympos=2, delta=8, recipe=True), m.done(),
                     text="vmlinux,twin")
    scenario.request(VERDICT, "dump", m.done(), text="vmlinux,none")
    scenario.request(VERDICT, "dump", verdict(
        "entry", target="drv", sympos=2, delta=8, recipe=True), m.done(),
        text="drv,entry,2")
    return scenario


def reports():
    """Kernels that have much to tell."""
    yield "counting", counting()
    yield "targets", targets()
    yield "fixed", fixed()
    yield "codes", codes()
    yield "codes-user", kernel(
        "code is read, by a user", verdicts=[m.done(1, CODE_NEEDS)],
        told=m.attr(c("A_INFO_BUILD_ID"), KERNEL_ID))
    yield "full", full("a stuck transition, asked by root", True)
    yield "full-user", full("the same, asked by a user", False)
    yield "elsewhere", kernel(
        "a transition is stuck, asked by root in a PID namespace of its own",
        [patch("livepatch_demo", 1, "ENABLING", obj("vmlinux"))],
        now=transition("livepatch_demo"),
        blockers=[blocker(82, "cat", "SLEEPING_ON_FUNC", numbers=False,
                          func_name="cmdline_proc_show")])
    old = Scenario("a family that has only the first four requests")
    for op in (BLOCKER, FAILURE, FIX, HISTORY, VERDICT):
        old.request(op, "dump", m.error(95))
    for op in (SET, CLEAR, CODE, COUNTER):
        old.request(op, "do", m.error(95))
    yield "old-requests", old
    bare = Scenario("as little as can be told")
    bare.request(BLOCKER, "dump", m.data(
        c("CMD_BLOCKER_GET"), m.u32(c("A_BLOCKER_TID"), 9),
        m.attr(c("A_BLOCKER_COMM"), b"no end"),
        m.u32(c("A_BLOCKER_REASON"), 77),
        m.u32(c("A_BLOCKER_STACK_REASON"), 78), m.string(900, "what")),
        m.done())
    bare.request(FAILURE, "dump", m.data(
        c("CMD_FAILURE_GET"), m.uint(c("A_FAILURE_ID"), 9),
        m.attr(c("A_FAILURE_COMM")), m.u32(c("A_FAILURE_REASON"), 77)),
        m.done())
    bare.request(HISTORY, "dump", m.data(
        c("CMD_HISTORY_GET"), m.uint(c("A_HISTORY_ID"), 9),
        m.string(c("A_HISTORY_PATCH"), "p"),
        m.u32(c("A_HISTORY_RESULT"), 77)), m.done())
    bare.request(VERDICT, "dump", m.data(
        c("CMD_VERDICT_GET"), m.string(c("A_VERDICT_OBJECT"), "vmlinux"),
        m.string(c("A_VERDICT_NAME"), "f"),
        m.u32(c("A_VERDICT_REASON"), 77)), m.done())
    bare.request(FIX, "dump", m.data(
        c("CMD_FIX_GET"), m.string(c("A_FIX_PATCH"), "p"),
        m.u32(c("A_FIX_GENERATION"), 7)), m.done())
    bare.request(TRANSITION, "do", m.data(
        c("CMD_TRANSITION_GET"), m.u32(c("A_TRANSITION_GENERATION"), 7),
        m.string(c("A_TRANSITION_PATCH"), "p"),
        m.nest(c("A_TRANSITION_REASONS"),
               m.u32(c("A_REASON_COUNT_REASON"), 77),
               m.uint(c("A_REASON_COUNT_COUNT"), 1 << 33))) + m.ack())
    bare.request(INFO, "do", info())
    yield "bare", bare
    moving = Scenario("a dump of blockers that a change cuts")
    torn = m.data(c("CMD_BLOCKER_GET"), blocker_attrs(1, "one", "RUNNING"),
                  flags=m.NLM_F_MULTI | m.NLM_F_DUMP_INTR)
    moving.request(BLOCKER, "dump", torn, m.done())
    moving.request(BLOCKER, "dump", blocker(2, "two", "RUNNING"), m.done())
    moving.request(HISTORY, "dump", m.done(flags=m.NLM_F_DUMP_INTR))
    yield "torn-blockers", moving
