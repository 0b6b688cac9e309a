# SPDX-License-Identifier: GPL-2.0
"""report_cases.py - what the kernel reports of transitions: cases of check.py."""
REPORTS = {"blocking": ["blocking"], "failures": ["failures"],
           "history": ["history"], "info": ["info"],
           "transition-show": ["transition", "show"],
           "func-show": ["func", "show", "cmdline_proc_show"],
           "patch-show": ["patch", "show", "livepatch_demo"]}


class ReportCases:
    """What Checker inherits; it has run(), validate(), expect_error()."""

    def report(self, state, *words):
        done = self.run(state, *words, "-j")
        assert done.returncode == 0 and not done.stderr, done
        return self.validate(done.stdout)

    def check_report_json(self):
        for state in ("full", "full-user"):
            for schema, words in REPORTS.items():
                value = self.report(state, *words)
                assert value["schema"] == f"klpctl-{schema}/1"
                pretty = self.run(state, *words, "--pretty")
                assert pretty.stdout.count(b"\n") > 1
                assert self.validate(pretty.stdout) == value
        # Nothing to report is no error, and what is not known no crash.
        for state in ("empty", "hostile", "stack"):
            for schema in ("blocking", "failures", "history", "info",
                           "transition-show"):
                self.report(state, *REPORTS[schema])
        for schema in ("blocking", "failures", "history", "info",
                       "transition-show"):
            value = self.report("bare", *REPORTS[schema])
            if schema == "blocking":
                assert value["blockers"][0]["reason"] == "unknown", value

    def check_report_golden(self):
        for state in ("full", "full-user"):
            for name, words in REPORTS.items():
                self.compare_golden(state, name, words)
            self.compare_golden(state, "blocking-stack",
                                ["blocking", "--stack"])
        self.compare_golden("empty", "blocking", ["blocking"])
        self.compare_golden("empty", "transition-show", ["transition"])

    def check_report_values(self):
        rows = self.report("full", "blocking")["blockers"]
        assert [(r["tid"], r["reason"]) for r in rows] == [
            (71, "running"), (82, "sleeping-on-func"), (5, "unreliable-stack"),
            (0, "idle")], rows
        assert rows[1]["func"] == "cmdline_proc_show" and rows[1]["pid"] == 80
        assert rows[2]["stack_reason"] == "exception-frame", rows
        assert rows[3]["cpu"] == 3 and "cpu" not in rows[0], rows
        assert not any("stack" in r for r in rows), rows
        rows = self.report("full", "blocking", "--stack")["blockers"]
        assert rows[0]["stack"][1] == {
            "symbol": "cmdline_proc_show+0x20/0x34", "addr": "0xc0208a50",
            "reliable": True}
        assert [frame["reliable"] for frame in rows[2]["stack"]] == [
            True, True, False, False], rows
        assert all(frame["reliable"] for frame in rows[1]["stack"]), rows
        moving = self.report("full", "transition", "show")["transition"]
        assert moving["reasons"] == {
            "running": 1, "sleeping-on-func": 1, "unreliable-stack": 1,
            "idle": 1} and moving["blockers_dropped"] == 2, moving
        past = self.report("full", "history")["transitions"]
        assert [t["result"] for t in past] == [
            "completed", "reversed", "forced"], past
        assert past[0]["worst"]["comm"] == "spinner", past
        value = self.report("full", "info")
        assert value["stack_failures"]["unreliable-stack"] == 7, value
        assert value["unreliable_stacks"]["trampoline"] == 4, value
        assert value["stack_checks"] == 1 << 33, value
        shown = self.report("full", "patch", "show", "livepatch_demo")["patch"]
        assert shown["build_id"] == bytes(range(20)).hex(), shown
        assert shown["loaded"]["comm"] == "klpctl", shown
        listed = self.report("full", "patch", "list")["patches"]
        assert listed[0] == shown and "force" in listed[1], listed
        assert self.report("full", "status")["patches"][0]["version"] == "1.2"
        self.expect_error("full", ["patch", "show", "nosuch"], "not-found",
                          "no patch named 'nosuch'")
        for args in (["nosuch"], ["cmdline_proc_show", "--object", "other"]):
            self.expect_error("full", ["func", "show", *args], "not-found",
                              f"'{args[0]}'")

    def check_report_user(self):
        rows = self.report("full-user", "blocking", "--stack")["blockers"]
        assert not any("stack" in r or "where" in r for r in rows), rows
        shown = self.report("full-user", "patch", "show",
                            "livepatch_demo")["patch"]
        assert set(shown["loaded"]) == {"date", "time_us", "time_real_us",
                                        "not_shown"}, shown
        rows = self.report("full-user", "failures")["failures"]
        assert len(rows) == 2 and not any("where" in r for r in rows), rows

    def check_not_shown(self):
        """What may not be known is said to be so, and is not 0 or empty."""
        wanted = "task not shown: needs CAP_SYS_ADMIN"
        told = {"tid", "pid", "comm", "cpu", "kthread", "func", "where"}
        rows = self.report("full-user", "blocking")["blockers"]
        rows += self.report("full-user", "failures")["failures"]
        rows.append(self.report("full-user", "history")["transitions"][0]
                    ["worst"])
        for row in rows:
            assert row["not_shown"] == wanted and not told & set(row), row
        for row in self.report("full", "blocking")["blockers"]:
            assert "not_shown" not in row, row
        for words in (["blocking"], ["failures"], ["history"],
                      ["patch", "show", "livepatch_demo"]):
            text = self.run("full-user", *words).stdout.decode()
            assert wanted in text and "(null)" not in text, text
            assert wanted not in self.run("full", *words).stdout.decode()
        row = self.report("elsewhere", "blocking")["blockers"][0]
        assert row["comm"] == "cat" and "tid" not in row, row
        assert "PID namespace" in row["not_shown"], row
        text = self.run("elsewhere", "blocking").stdout
        assert b"this PID namespace" in text, text
        lines = self.lines("events-user", 1, "monitor")
        heard = [line for line in lines if line.get("seq")]
        assert heard[0]["blocker"]["not_shown"] == wanted, heard
        assert heard[1]["failure"]["not_shown"] == wanted, heard
        text = self.run("events-user", "monitor").stdout.decode()
        assert f"{wanted} (sleeping-on-func)\n" in text, text

    def check_hits(self):
        funcs = self.report("counting", "func", "list")["funcs"]
        assert [f["hits"] for f in funcs] == [(1 << 33) + 5, 0], funcs
        self.compare_golden("counting", "func-list", ["func", "list"])
        assert self.report("counting", "info")["counting"] is True
        assert self.report("full", "info")["counting"] is False
        for noun in (["counters"], ["func", "count"]):
            for word in ("on", "off"):
                words = [*noun, word]
                value = self.report("full", *words)
                assert value == {"counting": word == "on", "schema":
                                 f"klpctl-{'-'.join(noun)}/1"}, value
                text = self.run("full", *words).stdout
                assert text == f"counting: {word}\n".encode(), text
                self.expect_error("full-user", words, "not-permitted")
                self.expect_error("old-requests", words, "not-supported")

    def check_core_busy(self):
        """Whether the core was busy is told by what one looks at first."""
        for state, busy in (("counting", True), ("full", False)):
            assert self.report(state, "info")["core_busy"] is busy
            assert self.report(state, "status")["kernel"]["core_busy"] is busy
            text = self.run(state, "status").stdout
            assert (b", livepatch core busy\n" in text) is busy, text
        moving = self.report("full", "transition", "show")["transition"]
        assert moving["core_busy"] is True, moving

    def check_report_old(self):
        for words in (["failures"], ["history"]):
            self.expect_error("old-requests", words, "not-supported")
        self.expect_error("no-family", ["info"], "not-supported")
        self.expect_error("no-family", ["blocking"], "not-supported")
