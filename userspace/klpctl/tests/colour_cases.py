# SPDX-License-Identifier: GPL-2.0
"""colour_cases.py - colours, on a terminal and elsewhere: cases of check.py."""
import os
import pty
import re

GREEN, YELLOW, RED = "32", "33", "31"
COLOURED = re.compile("\x1b\\[(3[0-9])m([^\x1b]*)\x1b\\[0m")
TERMINAL = {"TERM": "xterm", "NO_COLOR": ""}
PLACES = (["status"], ["patch", "list"], ["patch", "show", "livepatch_demo"],
          ["transition"], ["blocking", "--stack"], ["func", "list"])


class ColourCases:
    """What Checker inherits; it has run(), validate(), expect_error()."""

    def on_terminal(self, state, *args, env=None):
        """What a terminal receives, with the ends of lines as they were."""
        master, slave = pty.openpty()
        text = b""
        try:
            # The buffer of a terminal has room for all of it.
            done = self.run(state, *args, stdout=slave,
                            env=dict(TERMINAL, **env or {}))
            os.close(slave)
            assert done.returncode == 0 and not done.stderr, done
            while True:
                try:
                    text += os.read(master, 65536)
                except OSError:  # There is no other end any more.
                    break
        finally:
            os.close(master)
        return text.decode("utf-8", "strict").replace("\r\n", "\n")

    def piped(self, state, *args, env=None, status=0):
        done = self.run(state, *args, env=env)
        assert done.returncode == status and not done.stderr, done
        return done.stdout.decode("utf-8", "strict")

    def check_colours(self):
        for state, words, wanted in (
                ("stack", ["status"], {
                    (YELLOW, "unpatching"), (GREEN, "enabled"),
                    (GREEN, "patched"), (YELLOW, "disabling"),
                    (RED, "forced")}),
                ("stack", ["patch", "list"], {
                    (GREEN, "enabled"), (YELLOW, "disabling"), (RED, "yes")}),
                ("full", ["transition"], {
                    (YELLOW, "patching"), (RED, "running"), (RED, "idle"),
                    (RED, "sleeping-on-func"), (RED, "unreliable-stack")}),
                ("full", ["blocking"], {
                    (YELLOW, "patching"), (RED, "running"), (RED, "idle"),
                    (RED, "sleeping-on-func"), (RED, "unreliable-stack")}),
                ("full", ["patch", "show", "livepatch_demo"], {
                    (YELLOW, "enabling")})):
            text = self.on_terminal(state, *words)
            assert set(COLOURED.findall(text)) == wanted, text
        # Colours take no room in a table, and names make none.
        for state in ("full", "stack", "hostile", "empty"):
            for words in (["status"], ["patch", "list"], ["blocking"],
                          ["transition"]):
                text = COLOURED.sub(r"\2", self.on_terminal(state, *words))
                assert text == self.piped(state, *words), text

    def check_colour_choice(self):
        plain = self.piped("full", "status")
        shown = self.on_terminal("full", "status")
        assert "\x1b" in shown and "\x1b" not in plain, (shown, plain)
        for args, env in (([], {"NO_COLOR": "1"}), ([], {"TERM": "dumb"}),
                          (["--color", "never"], {}),
                          (["--color=auto"], {"NO_COLOR": "x"}),
                          (["--color=always", "--color=never"], {})):
            text = self.on_terminal("full", "status", *args, env=env)
            assert text == plain, (args, env, text)
        assert self.on_terminal("full", "status", "--color=auto") == shown
        for env in (TERMINAL, {"NO_COLOR": "1"}, {"TERM": "dumb"}):
            assert self.piped("full", "status", "--color=always",
                              env=env) == shown, env
            assert self.piped("full", "status", "--color=auto",
                              env=env) == plain, env

    def check_colour_places(self):
        for words in PLACES:
            for form in ("--json", "--pretty"):
                plain = self.piped("full", *words, form)
                assert "\x1b" not in plain, plain
                assert self.piped("full", *words, form,
                                  "--color=always") == plain, words
        # A patch of this state was forced, which check warns of.
        for words, status in ((["metrics"], 0), (["history"], 0), (["info"], 0),
                              (["version"], 0), (["help"], 0),
                              (["check", "-w", "66"], 1)):
            text = self.piped("full", *words, "--color=always", status=status)
            assert "\x1b" not in text, text
