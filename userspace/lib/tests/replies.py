# SPDX-License-Identifier: LGPL-2.1-or-later
"""replies.py - what the kernel says of each object, and files of it for replay.c."""
import messages as m

C = {}
PATCH, FUNC, TRANSITION, INFO = "PATCH_GET", "FUNC_GET", "TRANSITION_GET", "INFO_GET"
BLOCKER, FAILURE, HISTORY = "BLOCKER_GET", "FAILURE_GET", "HISTORY_GET"
VERDICT, SET, CLEAR = "VERDICT_GET", "PATCH_SET", "FAILURE_CLEAR"
COUNTER = "COUNTER_SET"
FIX = "FIX_GET"
CODE = "CODE_GET"
GROUPS = (("other", 4), ("events", 5), ("more", 6), ("events-admin", 7))
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
        return self.receive(*datagrams)

    def events(self, *datagrams):
        self.lines.append("events")
        return self.receive(*datagrams)

    def receive(self, *answers):
        """Datagrams, errnos, or what else a line can say."""
        for answer in answers:
            if isinstance(answer, int):
                self.lines.append(f"error {answer}")
            elif isinstance(answer, str):
                self.lines.append(answer)
            else:
                self.lines.append("datagram " + answer.hex())
        return self


def obj(name, patched=True, loaded=True, funcs=1, left_out=False,
        unpatched=None):
    rest = b"" if unpatched is None else m.u32(
        c("A_OBJECT_UNPATCHED_COUNT"), unpatched)
    return m.nest(c("A_PATCH_OBJECTS"),
                  m.string(c("A_OBJECT_NAME"), name),
                  m.flag(c("A_OBJECT_PATCHED"), patched),
                  m.flag(c("A_OBJECT_LOADED"), loaded),
                  m.flag(c("A_OBJECT_LEFT_OUT"), left_out),
                  m.u32(c("A_OBJECT_FUNC_COUNT"), funcs), rest)


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


def fix(owner, number, name, cut=False, flags=m.NLM_F_MULTI):
    return m.data(c("CMD_FIX_GET"),
                  m.u32(c("A_FIX_GENERATION"), 7),
                  m.string(c("A_FIX_PATCH"), owner),
                  m.uint(c("A_FIX_PATCH_ID"), number),
                  m.string(c("A_FIX_NAME"), name),
                  m.flag(c("A_FIX_CUT"), cut), flags=flags)


def func(owner, number, name, state="PATCHED", target="vmlinux", sympos=1,
         active=True, active_patch=None, nop=False, path="DIRECT",
         secret=True, hits=None, flags=m.NLM_F_MULTI):
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
    if hits is not None:
        attrs.append(m.uint(c("A_FUNC_HITS"), hits))
    return m.data(c("CMD_FUNC_GET"), *attrs, flags=flags)


def actor(kind, *, who=True, uid=0, comm="klpctl", time=5000000000):
    attrs = [m.uint(c("A_ACTOR_TIME"), time),
             m.uint(c("A_ACTOR_TIME_REAL"), 1700000000000000000 + time)]
    if who:
        attrs += [m.u32(c("A_ACTOR_PID"), 321), m.u32(c("A_ACTOR_UID"), uid),
                  m.string(c("A_ACTOR_COMM"), comm)]
    return m.nest(c("A_PATCH_" + kind), *attrs)


def reason(kind, why, count, stack=None):
    """One entry of the counts by reason of a transition or of info."""
    attrs = [m.u32(c("A_REASON_COUNT_REASON"), c("BLOCKER_REASON_" + why)),
             m.uint(c("A_REASON_COUNT_COUNT"), count)]
    if stack:
        attrs.append(m.u32(c("A_REASON_COUNT_STACK_REASON"),
                           c("STACK_REASON_" + stack)))
    return m.nest(c(kind), *attrs)


def transition_attrs(name=None, direction="PATCHING", gen=7, total=60,
                     switched=58, elapsed=12, turned=False, forced=False,
                     extra=b""):
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
                  m.flag(c("A_TRANSITION_FORCED"), forced),
                  m.flag(c("A_TRANSITION_REVERSED"), turned)]
    return b"".join(attrs) + extra


def transition(*args, **kwargs):
    return m.data(c("CMD_TRANSITION_GET"),
                  transition_attrs(*args, **kwargs)) + m.ack()


def waiting(running=0, sleeping=0, unreliable=0, idle=0, attempts=3,
            signals=1, dropped=0, busy=False):
    """What a transition says of the tasks that it waits for."""
    why = {"RUNNING": running, "SLEEPING_ON_FUNC": sleeping,
           "UNRELIABLE_STACK": unreliable, "IDLE": idle}
    return b"".join(
        [m.u32(c("A_TRANSITION_ATTEMPTS"), attempts),
         m.u32(c("A_TRANSITION_SIGNALS"), signals)] +
        [reason("A_TRANSITION_REASONS", k, n) for k, n in why.items() if n] +
        [m.u32(c("A_TRANSITION_BLOCKERS"), sum(why.values())),
         m.u32(c("A_TRANSITION_BLOCKERS_DROPPED"), dropped),
         m.flag(c("A_TRANSITION_CORE_BUSY"), busy)])


def info(gen=7, extra=b""):
    return m.data(c("CMD_INFO_GET"),
                  m.u32(c("A_INFO_GENERATION"), gen),
                  m.string(c("A_INFO_ARCH"), "arm"),
                  m.u32(c("A_INFO_ENTRY"), c("ENTRY_METHOD_MCOUNT")),
                  m.u32(c("A_INFO_UNWINDER"), c("UNWINDER_EHABI")),
                  extra) + m.ack()


def counters(**changed):
    """The limits and counters of info."""
    values = {"NAME_MAX": 59, "FUNC_NAME_MAX": 511, "OBJECTS_MAX": 32,
              "BLOCKERS_MAX": 256, "FAILURES_MAX": 128, "HISTORY_MAX": 32,
              "EVENT_SEQ": 40, "STACK_CHECKS": 1 << 33, "FAILURES_DROPPED": 6,
              "HISTORY_DROPPED": 4, "COMPLETED": 11, "REVERSED": 2,
              "FORCED": 1}
    values.update(changed)
    return b"".join(
        [m.uint(c("A_INFO_" + k), v) for k, v in values.items()] +
        [reason("A_INFO_STACK_FAILURES", "RUNNING", 100),
         reason("A_INFO_STACK_FAILURES", "SLEEPING_ON_FUNC", 20),
         reason("A_INFO_STACK_FAILURES", "UNRELIABLE_STACK", 3,
                "EXCEPTION_FRAME"),
         reason("A_INFO_STACK_FAILURES", "UNRELIABLE_STACK", 4, "TRAMPOLINE"),
         reason("A_INFO_STACK_FAILURES", "IDLE", 1)])


def blocker_attrs(tid, comm, why, *, pid=None, cpu=None, kthread=False,
                  func_name=None, stack=None, where=None, attempts=3,
                  frames=(), owner="livepatch_demo", who=True, numbers=True):
    """who: the reader may know the task; numbers: and its numbers."""
    attrs = [m.u32(c("A_BLOCKER_GENERATION"), 7),
             m.string(c("A_BLOCKER_PATCH"), owner)]
    if who and numbers:
        attrs += [m.u32(c("A_BLOCKER_PID"), tid if pid is None else pid),
                  m.u32(c("A_BLOCKER_TID"), tid)]
    if who:
        attrs += [m.string(c("A_BLOCKER_COMM"), comm),
                  m.flag(c("A_BLOCKER_KTHREAD"), kthread)]
    else:
        cpu, func_name, where, frames = None, None, None, ()
    attrs += [m.u32(c("A_BLOCKER_REASON"), c("BLOCKER_REASON_" + why)),
              m.u32(c("A_BLOCKER_ATTEMPTS"), attempts),
              m.uint(c("A_BLOCKER_FIRST_SEEN"), 123456799012),
              m.uint(c("A_BLOCKER_LAST_SEEN"), 125456789012)]
    if cpu is not None:
        attrs.append(m.u32(c("A_BLOCKER_CPU"), cpu))
    if func_name:
        attrs.append(m.string(c("A_BLOCKER_FUNC"), func_name))
    if stack:
        attrs.append(m.u32(c("A_BLOCKER_STACK_REASON"),
                           c("STACK_REASON_" + stack)))
    if where:
        attrs.append(m.string(c("A_BLOCKER_WHERE"), where))
    for symbol, addr, *unreliable in frames:
        attrs.append(m.nest(c("A_BLOCKER_STACK"),
                            m.string(c("A_FRAME_SYMBOL"), symbol),
                            m.uint(c("A_FRAME_ADDR"), addr),
                            m.flag(c("A_FRAME_UNRELIABLE"), unreliable)))
    return b"".join(attrs)


def blocker(*args, **kwargs):
    return m.data(c("CMD_BLOCKER_GET"), blocker_attrs(*args, **kwargs),
                  flags=m.NLM_F_MULTI)


def failure_attrs(number, tid, comm, why, *, func_name=None, stack=None,
                  where=None, owner="livepatch_demo", who=True):
    attrs = [m.uint(c("A_FAILURE_ID"), number),
             m.uint(c("A_FAILURE_TIME"), 124000000000 + number),
             m.uint(c("A_FAILURE_TIME_REAL"), 1700000001000000000 + number),
             m.string(c("A_FAILURE_PATCH"), owner),
             m.u32(c("A_FAILURE_REASON"), c("BLOCKER_REASON_" + why))]
    if who:
        attrs += [m.u32(c("A_FAILURE_PID"), tid),
                  m.u32(c("A_FAILURE_TID"), tid),
                  m.string(c("A_FAILURE_COMM"), comm)]
    else:
        func_name, where = None, None
    if func_name:
        attrs.append(m.string(c("A_FAILURE_FUNC"), func_name))
    if stack:
        attrs.append(m.u32(c("A_FAILURE_STACK_REASON"),
                           c("STACK_REASON_" + stack)))
    if where:
        attrs.append(m.string(c("A_FAILURE_WHERE"), where))
    return b"".join(attrs)


def failure(*args, **kwargs):
    return m.data(c("CMD_FAILURE_GET"), failure_attrs(*args, **kwargs),
                  flags=m.NLM_F_MULTI)


def history(number, name, direction="PATCHING", result="COMPLETED", *,
            patch_id=1, duration=1234, worst=b"", started=None):
    if started is None:
        started = 100000000000 + number
    if worst:
        worst = m.nest(c("A_HISTORY_WORST"), worst)
    return m.data(c("CMD_HISTORY_GET"),
                  m.uint(c("A_HISTORY_ID"), number),
                  m.string(c("A_HISTORY_PATCH"), name),
                  m.uint(c("A_HISTORY_PATCH_ID"), patch_id),
                  m.u32(c("A_HISTORY_DIRECTION"), c("DIRECTION_" + direction)),
                  m.u32(c("A_HISTORY_RESULT"), c("RESULT_" + result)),
                  m.uint(c("A_HISTORY_STARTED"), started),
                  m.uint(c("A_HISTORY_STARTED_REAL"),
                         1700000000000000000 + number),
                  m.uint(c("A_HISTORY_DURATION_MS"), duration),
                  m.u32(c("A_HISTORY_ATTEMPTS"), 5),
                  m.u32(c("A_HISTORY_SIGNALS"), 2), worst,
                  flags=m.NLM_F_MULTI)


def verdict(name, *, target="vmlinux", sympos=1, why="NONE", offset=0,
            delta=0, restored=0, patched=False, recipe=False):
    undo = (m.u32(c("A_VERDICT_SP_DELTA"), delta) +
            m.u32(c("A_VERDICT_RESTORED"), restored)) if recipe else b""
    return m.data(c("CMD_VERDICT_GET"),
                  m.string(c("A_VERDICT_OBJECT"), target),
                  m.string(c("A_VERDICT_NAME"), name),
                  m.u32(c("A_VERDICT_SYMPOS"), sympos),
                  m.flag(c("A_VERDICT_REDIRECTABLE"), why == "NONE"),
                  m.u32(c("A_VERDICT_REASON"), c("VERDICT_REASON_" + why)),
                  m.u32(c("A_VERDICT_OFFSET"), offset),
                  undo, m.flag(c("A_VERDICT_PATCHED"), patched),
                  flags=m.NLM_F_MULTI)


def code(name, part, *, offset=0, size=None, target="vmlinux", sympos=1):
    """A part of a function's code."""
    return m.data(c("CMD_CODE_GET"),
                  m.string(c("A_CODE_OBJECT"), target),
                  m.string(c("A_CODE_NAME"), name),
                  m.u32(c("A_CODE_SYMPOS"), sympos),
                  m.u32(c("A_CODE_OFFSET"), offset),
                  m.u32(c("A_CODE_SIZE"), len(part) if size is None else size),
                  m.attr(c("A_CODE_BYTES"), part)) + m.ack()


def event(seq, kind, *about, gen=7):
    """about: nests, or what else follows the attributes of every event."""
    return m.data(c("CMD_EVENT"),
                  m.uint(c("A_EVENT_SEQ"), seq),
                  m.u32(c("A_EVENT_KIND"), c("EVENT_KIND_" + kind)),
                  m.uint(c("A_EVENT_TIME"), 126000000000 + seq),
                  m.uint(c("A_EVENT_TIME_REAL"), 1700000002000000000 + seq),
                  m.u32(c("A_EVENT_GENERATION"), gen), *about)


def about_patch(*args, **kwargs):
    return m.nest(c("A_EVENT_PATCH"), patch(*args, **kwargs)[20:])


def about_transition(*args, **kwargs):
    return m.nest(c("A_EVENT_TRANSITION"), transition_attrs(*args, **kwargs))


def kernel(comment, patches=(), funcs=(), now=None, number=7, *,
           told=b"", blockers=(), failures=(), past=(), verdicts=(),
           fixes=()):
    """A kernel in one state: every request has its answer."""
    scenario = Scenario(comment)
    scenario.request(INFO, "do", info(number, told))
    scenario.request(PATCH, "dump", *patches, m.done())
    scenario.request(FUNC, "dump", *funcs, m.done())
    scenario.request(TRANSITION, "do", now or transition(gen=number))
    scenario.request(BLOCKER, "dump", *blockers, m.done())
    scenario.request(FAILURE, "dump", *failures, m.done())
    scenario.request(HISTORY, "dump", *past, m.done())
    scenario.request(VERDICT, "dump", *verdicts, m.done())
    scenario.request(FIX, "dump", *fixes, m.done())
    scenario.request(CODE, "do", code("f", b"\x1e\xff\x2f\xe1"))
    return scenario
