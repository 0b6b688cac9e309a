# SPDX-License-Identifier: GPL-2.0
"""fleet_cases.py - check, metrics, verify on a kernel, completion: cases of check.py."""
import os
import re
import subprocess

from follow_cases import r

SAMPLE = re.compile(
    r'([a-z_]+)(?:\{((?:[a-z_]+="(?:[^"\\\n]|\\["\\n])*",?)*)\})?'
    r' ([0-9]+(?:\.[0-9]+)?)')
LABEL = re.compile(r'([a-z_]+)="((?:[^"\\]|\\.)*)"')


def parse_metrics(text):
    """The text format of Prometheus, strictly: samples by name and labels."""
    assert text.endswith("\n") and "\n\n" not in text, text
    kinds, helped, values, last = {}, set(), {}, None
    for line in text.splitlines():
        if line.startswith("# HELP "):
            name, _, words = line[7:].partition(" ")
            assert words and name not in helped, line
            helped.add(name)
        elif line.startswith("# TYPE "):
            name, kind = line[7:].split(" ")
            assert name in helped and name not in kinds, line
            assert (kind == "counter") == name.endswith("_total"), line
            assert kind in ("counter", "gauge"), line
            kinds[name] = last = kind and name
        else:
            match = SAMPLE.fullmatch(line)
            assert match and match[1] == last, line
            labels = tuple(LABEL.findall(match[2] or ""))
            assert (match[1], labels) not in values, line
            values[match[1], labels] = float(match[3])
    assert kinds.keys() == helped
    return values


class FleetCases:
    """What Checker inherits; it has run(), validate(), expect_error()."""

    def check_plugin(self):
        for state, args, status, word in (
                ("full", [], 1, "warning"),
                ("full", ["-w", "66"], 0, "ok"),
                ("full", ["-w", "65", "-c", "66"], 1, "warning"),
                ("full", ["-w", "1", "-c", "65"], 2, "critical"),
                ("empty", ["--warning", "0", "--critical", "0"], 0, "ok"),
                ("transition", ["-w", "0"], 1, "warning"),
                ("no-family", [], 3, "unknown"),
                ("no-socket", [], 3, "unknown"),
                ("hostile", [], 0, "ok")):
            done = self.run(state, "check", *args)
            assert done.returncode == status and not done.stderr, done
            line = done.stdout.decode("utf-8", "strict")
            assert line.startswith(f"KLP {word.upper()} - "), line
            assert line.count("\n") == 1 and line.count("|") == (status < 3)
            done = self.run(state, "check", *args, "-j")
            value = self.validate(done.stdout)
            assert done.returncode == status and value["status"] == word, done
        with open("/dev/full", "wb") as full:
            for args in ([], ["-j"], ["-w", "66"]):
                done = self.run("full", "check", *args, stdout=full)
                assert done.returncode == 3, done
        done = self.run("full", "check").stdout.decode()
        assert "transition_age=65s;60;600;0 tasks_remaining=4;;;0\n" in done
        for args, words in ((["-w", "9", "-c", "8"], "later than"),
                            (["-w", "x"], "'x'"), (["-c"], "needs a value")):
            self.expect_error("full", ["check", *args], "usage", words)
        self.expect_error("full", ["status", "-w", "1"], "usage", "not take -w")

    def check_metrics(self):
        done = self.run("full", "metrics")
        assert done.returncode == 0 and not done.stderr, done
        values = parse_metrics(done.stdout.decode("utf-8", "strict"))

        def value(name, **labels):
            return values["klp_" + name, tuple(labels.items())]

        assert value("supported") == value("collect_success") == 1
        assert value("patch_enabled", patch="forced") == 1
        assert value("patch_enabled", patch="livepatch_demo") == 0
        assert value("patch_transition", patch="livepatch_demo") == 1
        assert value("patch_forced", patch="forced") == 1
        assert value("patch_info", patch="livepatch_demo", version="1.2",
                     build_id=bytes(range(20)).hex(), replace="0") == 1
        assert value("transition_tasks_pending") == 4
        assert value("transition_age_seconds") == 65
        assert value("transitions_total", result="completed") == 11
        assert value("stack_checks_total") == 1 << 33
        assert value("stack_check_failures_total", reason="unreliable") == 7
        assert value("last_transition_duration_seconds") == 1.234
        assert not any("comm" in dict(k[1]) for k in values)
        text = self.run("hostile", "metrics").stdout.decode("utf-8", "strict")
        hostile = [dict(k[1])["patch"] for k in parse_metrics(text)
                   if k[0] == "klp_patch_enabled"]
        assert hostile == ['q\\"\\\\\\\\\\\\x0a\\\\x1b[31m\\\\xff\u00e9'
                           '\\\\xe2\\\\x80\\\\xae\\\\x7f'], hostile
        for state in ("empty", "stack", "many-objects", "newer-kernel"):
            parse_metrics(self.run(state, "metrics").stdout.decode())
        as_json = self.validate(self.run("hostile", "metrics", "-j").stdout)
        assert as_json["text"] == text, as_json

    def check_metrics_failures(self):
        done = self.run("no-family", "metrics")
        values = parse_metrics(done.stdout.decode())
        assert done.returncode == 0 and values["klp_supported", ()] == 0, done
        path = os.path.join(self.directory, "broken.prom")
        done = self.run("no-socket", "metrics", "--output", path)
        assert done.returncode == 5 and done.stderr, done
        with open(path, encoding="utf-8") as file:
            values = parse_metrics(file.read())
        assert values["klp_collect_success", ()] == 0, values

        with open(os.path.join(self.options.scenarios, "full.replay"),
                  encoding="ascii") as file:
            lines = file.read().splitlines()
        at = lines.index(f"request {r.c('CMD_' + r.HISTORY)} dump")
        path = os.path.join(self.directory, "no-history")
        for number, status in ((5, 1), (95, 0)):
            lines[at + 1] = f"error {number}"
            with open(path + ".replay", "w", encoding="ascii") as file:
                file.write("\n".join(lines) + "\n")
            done = self.run(path, "metrics", "--output", path + ".prom")
            assert done.returncode == status, done
            with open(path + ".prom", encoding="utf-8") as file:
                values = parse_metrics(file.read())
            assert values["klp_collect_success", ()] == (status == 0), values
            assert values["klp_transition_tasks_pending", ()] == 4, values

    def check_metrics_file(self):
        path = os.path.join(self.directory, "klp.prom")
        for beat in (1, 2, 3):
            done = self.run("full", "metrics", "--output", path)
            assert done.returncode == 0 and not done.stdout, done
            with open(path, encoding="utf-8") as file:
                values = parse_metrics(file.read())
            assert values["klp_collections_total", ()] == beat, values
        assert os.stat(path).st_mode & 0o777 == 0o644
        inode = os.stat(path).st_ino
        value = self.validate(self.run("full", "metrics", "-j", "--output",
                                       path).stdout)
        assert value["file"] == path and os.stat(path).st_ino != inode
        left = [n for n in os.listdir(self.directory) if "klp.prom." in n]
        assert not left, left
        self.expect_error("full", ["metrics", "--output", "/nonexistent/x"],
                          "not-found", "cannot write")
        self.expect_error("full", ["metrics", "--output", self.directory],
                          "failure", "not a regular file")
        link = os.path.join(self.directory, "link.prom")
        os.symlink(path, link)
        fifo = os.path.join(self.directory, "fifo.prom")
        os.mkfifo(fifo)
        for odd in (link, fifo, "/dev/null"):
            self.expect_error("full", ["metrics", "--output", odd], "failure",
                              "not a regular file", odd)
        assert os.path.islink(link) and os.path.exists(fifo)
        left = [n for n in os.listdir(os.path.dirname(self.directory))
                if n.startswith(os.path.basename(self.directory) + ".")]
        assert not left, left

    def check_verify_kernel(self):
        done = self.run("full", "verify", "vm_show", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 1 and value["refused"] == 1, done
        first, second = value["funcs"]
        assert first["patched"] is True and first["sp_delta"] == 16, first
        assert second["reason"] == "load-unproven", second
        assert second["offset"] == 12 and "literal" in second["why"], second
        assert "sp_delta" not in second and "restored" not in second, second
        done = self.run("full-user", "verify", "vm_show", "-j")
        first = self.validate(done.stdout)["funcs"][0]
        assert first["redirectable"] is True, first
        assert "sp_delta" not in first and "restored" not in first, first
        done = self.run("full", "verify", "show", "--object", "target_module",
                        "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 1, done
        assert value["funcs"][0]["reason"] == "not-traced", value
        done = self.run("full", "verify", "vm_show", "nosuch", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 6 and value["missing"] == 1, done
        text = self.run("full", "verify", "vm_show", "nosuch").stdout
        assert b"3 checked, 1 cannot be redirected, 1 not found\n" in text
        self.expect_error("old-requests", ["verify", "x"], "not-supported")
        self.expect_error("full", ["verify"], "usage", "needs a function")

    def complete(self, *words):
        """What bash offers for the last word."""
        script = os.path.join(os.path.dirname(__file__), "../klpctl.bash")
        bin_dir = os.path.join(self.directory, "bin")
        os.makedirs(bin_dir, exist_ok=True)
        if not os.path.exists(bin_dir + "/klpctl"):
            os.symlink(os.path.abspath(self.options.replay),
                       bin_dir + "/klpctl")
        env = dict(os.environ, PATH=bin_dir + ":" + os.environ["PATH"],
                   KLP_REPLAY=os.path.join(self.options.scenarios,
                                           "full.replay"))
        done = subprocess.run(
            ["bash", "-c", 'source "$1"; shift; COMP_WORDS=(klpctl "$@");'
             "COMP_CWORD=$#; _klpctl; printf '%s\\n' \"${COMPREPLY[@]}\"", "-",
             script, *words], env=env, check=True, stdout=subprocess.PIPE,
            timeout=60)
        return done.stdout.decode().split()

    def check_completion(self):
        value = self.validate(self.run(None, "help", "-j").stdout)
        rows = [[w for w in row["command"].split() if w.islower()
                 and w.isalpha()] for row in value["commands"]]
        nouns = {words[0] for words in rows}
        assert set(self.complete("")) == nouns, self.complete("")
        assert self.complete("counters", "") == ["on", "off"]
        for noun in nouns:
            verbs = {words[1] for words in rows if words[0] == noun
                     and len(words) > 1}
            if verbs:
                assert set(self.complete(noun, "")) == verbs, noun
        names = ["livepatch_demo", "forced"]
        for words in (["disable"], ["patch", "show"], ["wait"], ["--json",
                      "patch", "force"], ["wait", "--timeout", "5"]):
            assert self.complete(*words, "") == names, words
        assert self.complete("patch", "show", "f") == ["forced"]
        assert self.complete("func", "show", "") == ["cmdline_proc_show"]
        assert self.complete("wait", "x", "--for", "e") == ["enabled"]
        assert self.complete("blocking", "--st") == ["--stack"]
        for words in (["--color", "al"], ["--color", "=", "al"]):
            assert self.complete(*words) == ["always"], words
        assert len(self.complete("--color", "=")) == 3
        assert self.complete("--color", "=", "never", "patch", "sh") == ["show"]
        with open(os.path.join(os.path.dirname(__file__), "../klpctl.bash"),
                  encoding="utf-8") as file:
            script = file.read()
        for option in re.findall(r"--[a-z]+", self.run(
                None, "help").stdout.decode()):
            assert option in script, option
