# SPDX-License-Identifier: GPL-2.0
"""loaded_cases.py - load, where the name is taken: cases of check.py."""
import errno
import os
import platform
import subprocess
import time

import elfimage as e
import koimage
from follow_cases import m, r
from load_cases import answering

RELEASE = platform.release()
MINE, OTHER = bytes(range(20)), bytes(range(1, 21))
CUT = "1." + "x" * 125


class LoadedCases:
    """What Checker inherits; it has run(), file(), validate(), scenario()."""

    def loaded(self, scenario, files, *args, **kwargs):
        """Runs where the module 'demo' is loaded, with these files in sysfs."""
        root = os.path.join(self.directory, "sys-module")
        for name in ("version", "srcversion", "notes/.note.gnu.build-id"):
            path = os.path.join(root, "demo", name)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            if os.path.exists(path):
                os.unlink(path)
        for name, data in {"initstate": b"live\n", **files}.items():
            with open(os.path.join(root, "demo", name), "wb") as file:
                file.write(data)
        return self.run(scenario, *args, env={"KLP_SYS_MODULE": root},
                        **kwargs)

    def running(self, version=None, build_id=None, cut=False):
        """A kernel that runs the patch 'demo' and tells this of it."""
        extra = m.flag(r.c("A_PATCH_VERSION_CUT"), cut)
        if version:
            extra += m.string(r.c("A_PATCH_VERSION"), version)
        if build_id:
            extra += m.attr(r.c("A_PATCH_BUILD_ID"), build_id)
        scenario = r.Scenario("demo is enabled").request(
            r.PATCH, "do", r.patch("demo", 1, "ENABLED", flags=0,
                                   extra=extra) + m.ack())
        return self.scenario(scenario, "running")

    def demo(self, *modinfo, build_id=None):
        """A file of the patch 'demo'; other notes are before its build id."""
        notes = e.note(1, b"Linux\0", b"salt") + \
            e.note(3, b"GNU\0", build_id) if build_id else b""
        return os.fsdecode(self.file(koimage.module(
            vermagic=RELEASE, modinfo=modinfo, notes=notes)))

    def is_same(self, scenario, files, path):
        done = self.loaded(scenario, files, "load", path, "--wait")
        assert done.returncode == 0 and not done.stderr, done
        assert done.stdout == b"demo: enabled already\n", done

    def is_other(self, scenario, files, path, *words):
        """Its error, whose message has these words."""
        for wait in ([], ["--wait"]):
            done = self.loaded(scenario, files, "load", path, "-j", *wait)
            assert done.returncode == 1, done
            error = self.validate(done.stdout)["error"]
            assert error["code"] == "other-version", error
            for word in words:
                assert word in error["message"], (word, error)
        return error

    def check_unload_in_use(self):
        """That a module is in use is told, not that removing it goes on."""
        gone = r.Scenario("demo was disabled").request(
            r.PATCH, "do", m.error(2)).request(r.HISTORY, "dump", m.done())
        done = self.loaded(self.scenario(gone, "was-disabled"),
                           {"taint": b"OK\n"}, "unload", "demo",
                           "--timeout", "1", preexec_fn=answering(
                               {"delete_module": errno.EAGAIN}))
        assert done.returncode == 1, done
        assert b"still in use" in done.stderr, done

    def check_answer_lost(self):
        """Of what may have been done it is not said that it was not."""
        done = self.beside_modules("", {"finit_module": None}, "empty", "load",
                                   self.demo(), "-j")
        error = self.validate(done.stdout)["error"]
        assert done.returncode == 1, done
        assert "answer was lost" in error["message"], error
        assert "shows whether it was loaded" in error["message"], error
        gone = r.Scenario("demo was disabled").request(
            r.PATCH, "do", m.error(2)).request(r.HISTORY, "dump", m.done())
        done = self.loaded(self.scenario(gone, "was-disabled"),
                           {"taint": b"OK\n"}, "unload", "demo",
                           preexec_fn=answering({"delete_module": None}))
        assert done.returncode == 1, done
        assert b"shows whether its module was removed" in done.stderr, done

    def check_still_loading(self):
        """What a module may enable yet is not disabled already."""
        absent = self.scenario(r.Scenario("demo has not enabled it").request(
            r.PATCH, "do", m.error(2)), "coming")
        coming = {"initstate": b"coming\n", "taint": b"OK\n"}
        told = b"its module is still being loaded"
        for status, *args in ((1, "disable", "demo"),
                              (1, "disable", "demo", "--wait", "--timeout",
                               "1"),
                              (1, "patch", "disable", "demo", "--wait",
                               "--timeout", "1"),
                              (4, "wait", "demo", "--for", "disabled",
                               "--timeout", "1")):
            done = self.loaded(absent, coming, *args)
            assert done.returncode == status and not done.stdout, (args, done)
            assert told in done.stderr, (args, done)
        done = self.loaded(absent, coming, "load", self.demo(), "--wait")
        assert done.returncode == 1, done
        assert b"is being loaded already" in done.stderr, done

    def check_disabled_when_loaded(self):
        """Who waits to disable a patch waits for its module to be loaded."""
        later = r.Scenario("demo enables it").request(
            r.PATCH, "do", m.error(2)).request(
            r.PATCH, "do", r.patch("demo", 1, "ENABLED", flags=0) +
            m.ack()).request(r.SET, "do", m.ack()).request(
            r.PATCH, "do", m.error(2))
        done = self.loaded(self.scenario(later, "enables-later"),
                           {"initstate": b"coming\n", "taint": b"OK\n"},
                           "disable", "demo", "--wait", "--timeout", "30")
        assert done.returncode == 0, done
        assert done.stdout == b"demo: disabled\n", done

    def check_load_not_begun(self):
        """What was not begun is not said to go on."""
        fifo = os.path.join(self.directory, "modules-fifo")
        os.mkfifo(fifo)
        path = self.demo()
        env = {**os.environ, "KLP_SYS_MODULE": "/nonexistent",
               "KLP_MODULES": fifo, "KLP_REPLAY": os.path.join(
                   self.options.scenarios, "empty.replay")}
        with subprocess.Popen(
                [self.options.replay, "load", path, "--timeout", "1"],
                env=env, stderr=subprocess.PIPE,
                preexec_fn=answering({"finit_module": 0})) as process:
            # It reads from here until all of its time is over.
            with open(fifo, "wb"):
                time.sleep(1.1)
            message = process.communicate(timeout=60)[1]
        assert process.returncode == 4, (process.returncode, message)
        # On a machine that is slow, the watch was first.
        assert b"nothing was begun" in message or \
            b"has not answered within 1 s" in message, message

    def reversed_at_timeout(self, answer, last, told, reversal):
        """The kernel's answer, and what the patch is then."""
        moves = r.patch("demo", 1, "ENABLING", flags=0) + m.ack()
        late = r.Scenario("its time is up").request(r.INFO, "do", r.info())
        late.request(r.TRANSITION, "do", r.transition())
        late.request(r.TRANSITION, "do", r.transition("demo"))
        # Once after loading, and at 0 s and at 1 s of the waiting.
        for state in (moves, moves, moves, last or moves):
            late.request(r.PATCH, "do", state)
        late.request(r.BLOCKER, "dump", m.done())
        late.request(r.SET, "do", answer)
        done = self.beside_modules("", {"finit_module": 0}, self.scenario(
            late, "reversed-at-timeout"), "load", self.demo(), "--wait",
            "--timeout", "1", "--on-timeout", "reverse", "-j")
        error = self.validate(done.stdout)["error"]
        assert done.returncode == 4 and told in error["message"], error
        assert error["reversal"] == reversal, error

    def check_reversed_too_late(self):
        """A transition that ends before it is turned round has ended."""
        demo = r.patch("demo", 1, "ENABLED", flags=0) + m.ack()
        for last, told, reversal in (
                (demo, "the patch is enabled", "too-late"),
                (m.error(2), "the patch is disabled", "too-late"),
                (None, "could not be reversed", "failed")):
            self.reversed_at_timeout(m.error(22, "not in transition"), last,
                                     told, reversal)

    def check_reversed_since(self):
        """What the kernel has begun to reverse is not said to have failed."""
        stays = r.patch("demo", 1, "ENABLED", flags=0) + m.ack()
        for last, told, reversal in (
                (m.error(12), "is being reversed, and that goes on", "running"),
                (stays, "enabled again by somebody else", "failed"),
                (m.error(2), "was reversed, and its module", "done")):
            self.reversed_at_timeout(m.ack(), last, told, reversal)

    def check_reversed_unseen(self):
        """A transition that nobody has seen has no tasks to be counted."""
        unseen = r.Scenario("begins just then").request(
            r.INFO, "do", r.info()).request(
            r.TRANSITION, "do", r.transition()).request(
            r.PATCH, "do",
            r.patch("demo", 1, "ENABLING", flags=0) + m.ack()).request(
            r.SET, "do", m.error(22, "not in transition"))
        done = self.beside_modules(
            "", {"finit_module": 0}, self.scenario(unseen, "reversed-unseen"),
            "load", self.demo(), "--wait", "--timeout", "2", "--on-timeout",
            "reverse", "-j")
        error = self.validate(done.stdout)["error"]
        assert done.returncode == 4 and error["reversal"] == "failed", error
        assert "tasks remain" not in error["message"], error

    def check_not_reversed(self):
        """A transition that has not begun is not said to go on or to be turned."""
        stays = r.Scenario("in its pre-patch callback").request(
            r.INFO, "do", r.info()).request(
            r.TRANSITION, "do", r.transition()).request(
            r.PATCH, "do", r.patch("demo", 1, "DISABLED", flags=0) + m.ack())
        name = self.scenario(stays, "not-reversed")
        words = "load", self.demo(), "--wait", "--timeout", "2", "-j"
        taken = {"finit_module": 0}
        done = self.beside_modules("", taken, name, *words)
        error = self.validate(done.stdout)["error"]
        assert done.returncode == 4 and error["code"] == "timed-out", error
        assert "reversal" not in error, error
        assert "reversed" not in error["message"], error
        done = self.beside_modules("", taken, name, *words, "--on-timeout",
                                   "reverse")
        error = self.validate(done.stdout)["error"]
        assert done.returncode == 4 and error["code"] == "timed-out", error
        assert error["reversal"] == "not-begun", error
        # On a machine that is slow, it is loading that took all of the time.
        assert "callback of the patch" in error["message"], error
        assert "; it was not reversed, because" in error["message"], error
        assert "'klpctl disable demo --wait --timeout 0'" in \
            error["message"], error

    def check_errno_without_name(self):
        """A module may return what only the kernel has a name for."""
        path = self.demo()
        for err, name in ((524, "524"), (errno.ENOSPC, "ENOSPC")):
            done = self.beside_modules("", {"finit_module": err}, "empty",
                                       "load", path, "-j")
            error = self.validate(done.stdout)["error"]
            assert done.returncode == 1, done
            assert error["errno"] == name, error

    def check_other_build(self):
        """Without a version, the build id tells builds from each other."""
        in_sysfs = {"notes/.note.gnu.build-id": e.note(3, b"GNU\0", MINE)}
        for build_id, files in ((MINE, {}), (None, in_sysfs)):
            same = self.demo(build_id=MINE)
            kernel = self.running(build_id=build_id)
            self.is_same(kernel, files, same)
            other = self.demo(build_id=OTHER)
            error = self.is_other(kernel, files, other, "its build id is",
                                  MINE.hex(), OTHER.hex())
            assert error["loaded_build_id"] == MINE.hex(), error
            assert error["file_build_id"] == OTHER.hex(), error
            error = self.is_other(kernel, files, self.demo(), "'none'")
            assert "file_build_id" not in error, error
        # The same version is no proof if the build ids differ.
        self.is_other(self.running("1.0", MINE), {}, self.demo(
            "version=1.0", build_id=OTHER), "its build id is")
        self.is_other(self.running("1.0", MINE), {}, self.demo(
            "version=1.1", build_id=OTHER), "its version is '1.0'")

    def check_not_compared(self):
        """What could not be compared is not said to be the same."""
        for build_id in (None, MINE):
            path = self.demo(build_id=build_id)
            for wait in ([], ["--wait"]):
                done = self.loaded(self.running(), {}, "load", path, "-j",
                                   *wait)
                error = self.validate(done.stdout)["error"]
                assert done.returncode == 1, done
                assert error["code"] == "already-loaded", error
                assert "could not be compared" in error["message"], error
        # One thing that is known of both is enough.
        self.is_same(self.running("1.0"), {}, self.demo("version=1.0"))
        self.is_same(self.running(), {"srcversion": b"ABC\n"},
                     self.demo("srcversion=ABC"))
        self.is_other(self.running(), {"srcversion": b"ABC\n"},
                      self.demo("srcversion=ABD"), "its srcversion is 'ABC'")

    def check_forced_out(self):
        """Nobody is told to unload what stays until the next boot."""
        past = r.history(1, "demo", "UNPATCHING", "FORCED")
        gone = self.scenario(r.kernel("demo is gone", [], past=[past]).request(
            r.PATCH, "do", m.error(2)).request(r.SET, "do", m.error(2)),
                             "forced-out")
        for args in (["load", self.demo(), "--wait"], ["patch", "show", "demo"],
                     ["patch", "reverse", "demo"]):
            done = self.loaded(gone, {"taint": b"OK\n"}, *args)
            assert done.returncode, done
            assert b"until the next boot" in done.stderr, (args, done)
            assert b"klpctl unload" not in done.stderr, (args, done)

    def check_already_mismatched(self):
        """That a module does without the patch is said where it is enabled."""
        scenario = r.Scenario("demo is not for a module").request(
            r.PATCH, "do", r.patch(
                "demo", 1, "ENABLED", flags=0,
                extra=m.string(r.c("A_PATCH_VERSION"), "1.0") + m.u32(
                    r.c("A_PATCH_TARGET"), r.c("TARGET_MISMATCHED"))) + m.ack())
        kernel = self.scenario(scenario, "mismatched")
        load = ["load", self.demo("version=1.0"), "--wait"]
        done = self.loaded(kernel, {}, *load)
        assert done.returncode == 0, done
        assert done.stdout.startswith(
            b"demo: enabled already; target mismatched: "), done
        for args in (load, ["wait", "demo", "--for", "enabled"]):
            done = self.loaded(kernel, {}, *args, "-j")
            assert done.returncode == 0, done
            assert self.validate(done.stdout)["target"] == "mismatched", done

    def check_long_version(self):
        """The same file is not another version because its version is long."""
        for build_id in (None, MINE):
            kernel = self.running(CUT, build_id, cut=True)
            whole = {"version": (CUT + "yz\n").encode()}
            path = self.demo(f"version={CUT}yz", build_id=build_id)
            self.is_same(kernel, whole, path)
            self.is_other(kernel, whole, self.demo(
                f"version={CUT}yy", build_id=build_id), "its version is")
        # Without sysfs nothing but the build id is left.
        path = self.demo(f"version={CUT}yz", build_id=MINE)
        self.is_same(kernel, {}, path)
        self.is_other(kernel, {}, self.demo("version=1.y", build_id=MINE),
                      "its version is")
        done = self.loaded(self.running(CUT, cut=True), {}, "load",
                           self.demo(f"version={CUT}yz"), "--wait")
        assert done.returncode == 1, done
        assert b"could not be compared" in done.stderr, done
