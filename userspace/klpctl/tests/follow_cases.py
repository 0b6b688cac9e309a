# SPDX-License-Identifier: GPL-2.0
"""follow_cases.py - changing patches, waiting and following: cases of check.py."""
import os
import sys
import time

from stream_cases import NO_SPACE

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../lib/tests"))
import messages as m  # noqa: E402
import replies as r  # noqa: E402

r.C.update(m.constants(os.path.join(os.path.dirname(__file__),
                                    "../../../uapi/linux/klp_arm.h")))


def moves(*states, heard=(), groups=r.GROUPS):
    """A kernel whose patch 'demo' has these states, one look after another."""
    scenario = r.Scenario("demo moves", groups=groups)
    for state in states:
        answer = m.error(2, "no patch named 'demo'") if state == "GONE" else \
            r.patch("demo", 1, state, flags=0) + m.ack()
        scenario.request(r.PATCH, "do", answer)
    way = "UNPATCHING" if "DISABLING" in states else "PATCHING"
    scenario.request(r.TRANSITION, "do", r.transition("demo", way))
    scenario.request(r.SET, "do", m.ack())
    scenario.request(r.BLOCKER, "dump", m.done())
    return scenario.events(*heard)


class FollowCases:
    """What Checker inherits; it has run(), validate(), expect_error()."""

    def scenario(self, scenario, name):
        """A file of it, as a name for run()."""
        path = os.path.join(self.directory, name)
        with open(path + ".replay", "w", encoding="ascii") as file:
            file.write("\n".join(scenario.lines) + "\n")
        return path

    def make(self, name, *states, **kwargs):
        return self.scenario(moves(*states, **kwargs), name)

    def lines(self, scenario, status, *words):
        done = self.run(scenario, *words, "-j")
        assert done.returncode == status and not done.stderr, done
        return [self.validate(line) for line in done.stdout.splitlines()]

    def check_patch_set(self):
        leaves = self.make("leaves", "ENABLED", "DISABLING", "GONE")
        done = self.run(leaves, "patch", "disable", "demo", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 3 and value["state"] == "disabling", done
        assert value["schema"] == "klpctl-patch-set/1", value
        done = self.run(leaves, "patch", "disable", "demo", "--wait")
        assert done.returncode == 0 and done.stdout == b"demo: disabled\n", done
        already = r.Scenario("a patch on its way out")
        already.request(r.PATCH, "do",
                        r.patch("demo", 1, "DISABLING", flags=0) + m.ack())
        already.request(r.TRANSITION, "do", r.transition("demo", "UNPATCHING"))
        already.request(r.SET, "do", m.error(114, "is being disabled already"))
        done = self.run(self.scenario(already, "already"), "patch", "disable",
                        "demo")
        assert done.returncode == 3 and b"demo: disabling" in done.stdout, done
        turns = self.make("turns", "DISABLING", "ENABLING", "ENABLED")
        done = self.run(turns, "patch", "reverse", "demo", "--wait", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 0 and value["state"] == "enabled", done
        back = self.make("back", "ENABLING", "DISABLING", "GONE")
        done = self.run(back, "patch", "reverse", "demo", "--wait")
        assert done.returncode == 0 and done.stdout == b"demo: disabled\n", done
        forced = self.make("forced", "ENABLING", "ENABLED")
        done = self.run(forced, "patch", "force", "demo", "--confirm")
        assert done.returncode == 0 and done.stdout == b"demo: enabled\n", done

    def check_patch_set_refusals(self):
        for state in ("full", "no-family"):
            self.expect_error(state, ["patch", "force", "demo"], "usage",
                              "--confirm", "'demo'")
        for verb in ("disable", "reverse"):
            self.expect_error("full-user", ["patch", verb, "livepatch_demo"],
                              "not-permitted", "CAP_SYS_ADMIN")
            self.expect_error("full", ["patch", verb, "nosuch"], "not-found",
                              "no patch named 'nosuch'")
        self.expect_error("full-user", ["patch", "force", "livepatch_demo",
                                        "--confirm"], "not-permitted")
        self.expect_error("full", ["patch", "disable", "x", "--confirm"],
                          "usage", "does not take --confirm")
        busy = r.Scenario("another transition")
        busy.request(r.PATCH, "do",
                     r.patch("demo", 1, "ENABLED", flags=0) + m.ack())
        busy.request(r.SET, "do", m.error(16, "patch 'other' is moving"))
        self.expect_error(self.scenario(busy, "busy-set"),
                          ["patch", "disable", "demo"], "busy",
                          "patch-set 'demo': patch 'other'")

    def check_busy_retried(self):
        """A core that is busy is asked again, for as long as was asked for."""
        text = "the livepatch core is busy with a callback"
        demo = r.patch("demo", 1, "ENABLED", flags=0) + m.ack()
        leaves = r.patch("demo", 1, "DISABLING", flags=0) + m.ack()
        returns = r.patch("demo", 1, "ENABLING", flags=0) + m.ack()
        for state, then, verb, action in (
                (demo, leaves, "disable", 0), (leaves, returns, "reverse", 1)):
            busy = r.Scenario("busy twice").request(r.PATCH, "do", state)
            busy.request(r.PATCH, "do", then)
            for answer in (m.error(16, text), m.error(16, text), m.ack()):
                busy.request(r.SET, "do", answer, text=f"demo,{action}")
            busy.request(r.TRANSITION, "do", r.transition("demo"))
            name = self.scenario(busy, "busy-twice")
            for words in (["patch", verb, "demo"], [verb, "demo"])[
                    :2 if verb == "disable" else 1]:
                self.expect_error(name, words, "busy", text)
                done = self.run(name, *words, "--timeout", "30")
                assert done.returncode == 3, done
                assert b"transition still running" in done.stdout, done
        counting = r.Scenario("busy once").request(
            r.COUNTER, "do", m.error(16, text)).request(
            r.COUNTER, "do", m.ack())
        name = self.scenario(counting, "busy-counting")
        self.expect_error(name, ["counters", "on"], "busy", text)
        done = self.run(name, "counters", "on", "--timeout", "30")
        assert done.returncode == 0, done
        # It ends: with the answer that there is.
        always = r.Scenario("always busy").request(r.PATCH, "do", demo)
        always.request(r.SET, "do", m.error(16, text))
        self.expect_error(self.scenario(always, "busy-always"),
                          ["disable", "demo", "--timeout", "1"], "busy", text)

    def check_callbacks(self):
        """A patch whose callback runs is not yet what it will be."""
        coming = self.make("coming", "DISABLED", "DISABLED", "ENABLING",
                           "ENABLED")
        for words in ([], ["--for", "enabled"]):
            value, = self.lines(coming, 0, "wait", "demo", *words)
            assert value["state"] == "enabled", (words, value)
        going = self.make("going", "DISABLED", "DISABLED", "GONE")
        for words in ([], ["--for", "disabled"]):
            value, = self.lines(going, 0, "wait", "demo", *words)
            assert value["state"] == "disabled", (words, value)
            assert value["waited_ms"] >= 1000, (words, value)
        stays = self.make("stays", "DISABLED")
        for words in ([], ["--for", "disabled"], ["--for", "enabled"]):
            self.expect_error(stays, ["wait", "demo", "--timeout", "1", *words],
                              "timed-out", "a callback of the patch")
        self.expect_error(stays, ["unload", "demo"], "transition-running",
                          "a callback of the patch")
        # A pre-unpatch callback runs while the patch is enabled still.
        leaving = r.Scenario("in its pre-unpatch callback")
        for answer in [r.patch("demo", 1, "ENABLED", flags=0) + m.ack()] * 3 + \
                [m.error(2, "no patch named 'demo'")]:
            leaving.request(r.PATCH, "do", answer)
        leaving.request(r.SET, "do", m.ack())
        leaving.request(r.TRANSITION, "do", r.transition())
        leaving.request(r.INFO, "do", r.info(
            extra=m.flag(r.c("A_INFO_CORE_BUSY"), True)))
        name = self.scenario(leaving, "leaving-callback")
        done = self.run(name, "disable", "demo")
        assert done.returncode == 3, done
        assert b"demo: enabled, livepatch core busy" in done.stdout, done
        done = self.run(name, "disable", "demo", "--wait")
        assert done.returncode == 0, done
        assert done.stdout == b"demo: disabled\n", done
        # check and metrics have the same from one reading of the state.
        busy = r.kernel("in its pre-patch callback",
                        [r.patch("demo", 1, "DISABLED")],
                        told=m.flag(r.c("A_INFO_CORE_BUSY"), True))
        name = self.scenario(busy, "callback")
        wanted = self.wanted("demo\n")
        done = self.run(name, "check", "--desired", wanted)
        assert done.returncode == 1, done
        assert b", livepatch core busy" in done.stdout, done
        assert b"not 'demo': core-busy |" in done.stdout, done
        done = self.run(name, "check", "-j", "--desired", wanted)
        value = self.validate(done.stdout)
        assert value["core_busy"] is True, value
        assert value["desired"][0]["reasons"] == ["core-busy"], value
        done = self.run(name, "check")
        assert done.returncode == 0 and b"core busy" in done.stdout, done
        done = self.run("enabled", "check")
        assert b"core busy" not in done.stdout, done

    def check_wait(self):
        for name, args, state in (
                ("wait-enabled", ["demo", "--for", "enabled"], "enabled"),
                ("wait-enabled", ["demo"], "enabled"),
                ("wait-lost", ["demo", "--for", "enabled"], "enabled"),
                ("wait-disabled", ["demo", "--for", "disabled"], "disabled"),
                ("wait-disabled", ["demo"], "disabled")):
            value, = self.lines(name, 0, "wait", *args)
            assert value["state"] == state, (name, value)
            assert value["transition"] is None, value
            done = self.run(name, "wait", *args)
            assert done.stdout.decode() == f"demo: {state}\n", done
        # A patch that is not there yet, and one that comes.
        late = self.make("late", "GONE", "ENABLING", "ENABLED")
        value, = self.lines(late, 0, "wait", "demo", "--for", "enabled")
        assert value["state"] == "enabled", value
        self.expect_error(self.make("typo", "GONE"), ["wait", "demo"],
                          "not-found", "no patch named 'demo'")
        value, = self.lines("empty", 0, "wait")
        assert value["transition"] is None and "patch" not in value, value
        # Without events it works as well.
        plain = self.make("plain", "ENABLING", "ENABLING", "ENABLED", groups=())
        value, = self.lines(plain, 0, "wait", "demo")
        assert value["state"] == "enabled" and value["waited_ms"] >= 100, value

    def check_wait_wakes(self):
        """An event ends the waiting, not the next look at the clock."""
        heard = [r.event(1, "PATCH_ENABLED",
                         r.about_patch("demo", 1, "ENABLED"))]
        woken = self.make("woken", "ENABLING", "ENABLED", heard=heard)
        value, = self.lines(woken, 0, "wait", "demo")
        slow, = self.lines(self.make("slow", "ENABLING", "ENABLED"), 0, "wait",
                           "demo")
        assert value["waited_ms"] < slow["waited_ms"] >= 1000, (value, slow)

    def check_wait_ends(self):
        for args in (["demo"], ["demo", "--for", "enabled"], []):
            started = time.monotonic()
            error = self.expect_error(
                "wait-stuck", ["wait", *args, "--timeout", "1"], "timed-out",
                "2 tasks remain", begin="patching 'demo'")
            assert 2 <= time.monotonic() - started < 20
            assert error["patch"] == "demo", error
        one = r.Scenario("one task is left").request(
            r.PATCH, "do", r.patch("demo", 1, "ENABLING", flags=0) + m.ack())
        one.request(r.TRANSITION, "do", r.transition("demo", total=60, switched=59))
        one.request(r.BLOCKER, "dump", m.done())
        self.expect_error(self.scenario(one, "one"),
                          ["wait", "demo", "--timeout", "1"], "timed-out",
                          "1 task remains", begin="patching 'demo'")
        never = moves("GONE").request(r.HISTORY, "dump", r.history(1, "demo"),
                                      m.done())
        self.expect_error(self.scenario(never, "never"), ["wait", "demo", "--for", "enabled", "--timeout",
                           "1"], "timed-out", "disabled, and not enabled")
        other = r.Scenario("moves without a transition").request(
            r.PATCH, "do", r.patch("demo", 1, "ENABLING", flags=0) + m.ack())
        other.request(r.TRANSITION, "do", r.transition("other", "PATCHING"))
        self.expect_error(self.scenario(other, "other"),
                          ["wait", "demo", "--timeout", "1"], "timed-out",
                          "'demo': still enabling after waiting 1 s")
        self.expect_error("empty", ["wait", "--for", "enabled"], "usage",
                          "--for needs PATCH")
        self.expect_error("empty", ["wait", "x", "--for", "ever"], "usage",
                          "'ever'")
        self.expect_error("no-family", ["wait"], "not-supported")

    def check_monitor(self):
        seen = self.lines("events", 1, "monitor")
        assert seen[0]["kind"] == "resync" and seen[0]["patches"] == [], seen
        assert seen[-1]["error"]["code"] == "failure", seen[-1]
        events = seen[1:-1]
        assert [e["seq"] for e in events] == list(range(1, 14)), events
        assert events[0]["module"] == "target_module", events[0]
        assert events[1]["patch"]["name"] == "livepatch_demo", events[1]
        assert events[3]["transition"]["reasons"]["running"] == 1, events[3]
        assert events[4]["blocker"]["func"] == "cmdline_proc_show", events[4]
        assert events[5]["failure"]["stack_reason"] == "trampoline", events[5]
        for event in events:
            assert event["time_us"] == 126000000, event
            assert event["time_real_us"] == 1700000002000000, event
        # --pretty does not break lines.
        done = self.run("events", "monitor", "--pretty")
        assert len(done.stdout.splitlines()) == len(seen), done
        text = self.run("events", "monitor").stdout.decode()
        assert len(text.splitlines()) == len(events) + 1, text
        for line, event in zip(text.splitlines()[1:], events):
            assert f" {event['seq']} {event['kind']} " in line, line
        kinds = [e["kind"] for e in self.lines("events-newer", 0, "monitor",
                                               "--timeout", "1")]
        assert "unknown" in kinds, kinds

    def check_monitor_losses(self):
        for name, status, kinds in (
                ("events-overrun", 1, ["module-coming", "patch-added", 6,
                                       "transition-completed"]),
                ("events-gap", 0, ["module-coming", "patch-added", 5,
                                   "transition-forced", None,
                                   "transition-forced"]),
                ("events-overrun-last", 1, ["module-coming", "patch-added",
                                            None, 3, "stack-failure"])):
            seen = self.lines(name, status, "monitor", "--timeout", "1")
            wanted = ["resync"]
            for kind in kinds:
                lost = not isinstance(kind, str)
                wanted += ["lost", "resync"] if lost else [kind]
            shown = [e["kind"] for e in seen if "kind" in e]
            assert shown == wanted, (name, shown)
            assert [e["lost"] for e in seen if e.get("kind") == "lost"] == \
                [k for k in kinds if not isinstance(k, str)], seen
            text = self.run(name, "monitor", "--timeout", "1").stdout.decode()
            assert text.count("lost: ") == wanted.count("lost"), text
            assert text.count("now: ") == wanted.count("resync"), text

        # A state that cannot be read for now is shown when it can be.
        busy = r.kernel("no memory for the second look")
        busy.request(r.INFO, "do", 12).request(r.INFO, "do", r.info(7, b""))
        busy.events(r.event(1, "MODULE_COMING"), 105)
        seen = self.lines(self.scenario(busy, "busy-monitor"), 0, "monitor",
                          "--timeout", "3")
        assert [e["kind"] for e in seen] == [
            "resync", "module-coming", "lost", "resync"], seen
        assert seen[3]["time_us"] - seen[2]["time_us"] >= 900000, seen

    def check_monitor_position(self):
        """The state that is shown has a place among the events."""
        demo = r.patch("demo", 1, "ENABLING")
        for told, seq, patches, moving in (
                (b"", None, [], None), (r.counters(), 40, [], None),
                (r.counters(EVENT_SEQ=0), 0, [], None),
                (r.counters(), 40, [demo], r.transition("demo", gen=9))):
            quiet = r.kernel("a state", patches, number=9, told=told,
                             now=moving)
            name = self.scenario(quiet.events(5), "position")
            seen, _ = self.lines(name, 1, "monitor")
            assert seen["generation"] == 9, seen
            assert seen.get("event_seq") == seq, seen
            text = self.run(name, "monitor").stdout.decode()
            wanted = ", generation 9" + (f", event {seq}" if seq is not None
                                         else "")
            assert text.splitlines()[0].endswith(wanted), text
        # After a loss as well, and of the state as it is then.
        later = r.kernel("it moves on", now=r.transition(gen=9), number=9,
                         told=r.counters(EVENT_SEQ=3))
        later.request(r.INFO, "do", r.info(12, r.counters(EVENT_SEQ=70)))
        later.request(r.TRANSITION, "do", r.transition(gen=12))
        name = self.scenario(later.events(105, "quiet", 5), "position")
        seen = self.lines(name, 1, "monitor")
        assert [(e["generation"], e["event_seq"]) for e in seen
                if e.get("kind") == "resync"] == [(9, 3), (12, 70)], seen

    def check_monitor_refusals(self):
        for name, code in (("no-events", "not-supported"),
                           ("no-family", "not-supported"),
                           ("events-refused", "not-permitted")):
            for words in (["monitor"], ["failures", "--follow"]):
                self.expect_error(name, words, code)
        with open("/dev/full", "wb") as full:
            done = self.run("events", "monitor", stdout=full)
        assert done.returncode == 1, done

    def check_failures_follow(self):
        first = r.failure(7, 82, "cat", "SLEEPING_ON_FUNC", func_name="vm_show")
        then = r.failure(9, 5, r.HOSTILE, "UNRELIABLE_STACK", stack="TOO_DEEP")
        scenario = r.Scenario("failures come").request(
            r.FAILURE, "dump", first, m.done()).request(
            r.FAILURE, "dump", then, m.done(), text="8").request(
            r.FAILURE, "dump", m.done(), text="10").events(
            r.event(1, "STACK_FAILURE"), r.event(2, "PATCH_ENABLED"), 105,
            r.event(3, "TRANSITION_PROGRESS"))
        name = self.scenario(scenario, "failing")
        args = ["failures", "--follow", "--timeout", "1"]
        seen = self.lines(name, 0, *args)
        assert [e["failure"]["id"] for e in seen] == [7, 9], seen
        done = self.run(name, *args)
        assert done.returncode == 0, done
        assert b" 7 82 'cat', sleeping-on-func vm_show\n" in done.stdout, done
        assert b"unreliable-stack, too-deep\n" in done.stdout, done
        self.expect_error("full", ["failures", "--follow", "--clear"],
                          "usage", "--follow")

    def check_failures_clear(self):
        """What was shown is forgotten, and not what came meanwhile."""
        shown = [r.failure(7, 82, "cat", "RUNNING"),
                 r.failure(9, 5, "sh", "RUNNING")]
        scenario = r.Scenario("two failures").request(
            r.FAILURE, "dump", *shown, m.done()).request(
            r.CLEAR, "do", m.ack(), text="9").request(
            r.CLEAR, "do", m.error(22, "not what was shown"))
        name = self.scenario(scenario, "clear")
        value, = self.lines(name, 0, "failures", "--clear")
        assert value["cleared"] is True and len(value["failures"]) == 2, value
        value, = self.lines(name, 0, "failures")
        assert value["cleared"] is False, value
        # With nothing to clear only who may clear is told that it was done.
        for answer, status in ((m.error(34, "the name is too long"), 0),
                               (m.error(16, "busy"), 0),
                               (m.error(1, "needs CAP_SYS"), 5)):
            none = r.Scenario("no failure").request(
                r.FAILURE, "dump", m.done()).request(r.VERDICT, "dump", answer)
            value, = self.lines(self.scenario(none, "clear-none"), status,
                                "failures", "--clear")
            assert status or value["failures"] == [] and value["cleared"]
            assert not status or value["error"]["code"] == "not-permitted"
        # They are shown first, and told of again if the kernel refuses.
        refused = self.lines("full-user", 5, "failures", "--clear")
        assert refused[0]["failures"], refused
        assert refused[1]["error"]["code"] == "not-permitted", refused
        done = self.run("full-user", "failures", "--clear")
        assert done.returncode == 5 and b" ID  DATE " in done.stdout, done
        assert b"CAP_SYS_ADMIN" in done.stderr, done
        # What could not be shown is not forgotten: that would be refused.
        with open("/dev/full", "wb") as full:
            done = self.run("full-user", "failures", "--clear", stdout=full)
        assert done.returncode == 1 and done.stderr == NO_SPACE, done
