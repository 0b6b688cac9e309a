# SPDX-License-Identifier: GPL-2.0
"""fleet_cases.py - check, metrics, verify on a kernel, completion: cases of check.py."""
import os
import re
import resource
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


class Skip(Exception):
    """What a case needs is not there."""


class FleetCases:
    """What Checker inherits; it has run(), validate(), expect_error()."""

    def promtool(self, output):
        return subprocess.run([self.options.promtool, "check", "metrics"],
                              input=output, check=False, timeout=60,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)

    def parse(self, output):
        """The samples of metrics that every reader of the format takes."""
        if self.options.promtool:
            done = self.promtool(output)
            assert done.returncode == 0 and not done.stdout, (output, done)
        return parse_metrics(output.decode("utf-8", "strict"))

    def parse_file(self, path):
        with open(path, "rb") as file:
            return self.parse(file.read())

    def check_plugin(self):
        for state, args, status, word in (
                ("full", [], 1, "warning"),
                ("full", ["-w", "66"], 1, "warning"),  # one was forced
                ("enabled", [], 0, "ok"),
                ("targets", [], 1, "warning"),  # one does not match
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
        for state, words in (("empty", "0 patches"), ("enabled", "1 patch"),
                             ("targets", "3 patches")):
            line = self.run(state, "check").stdout.decode()
            assert f"- {words} enabled, " in line, line
        done = self.run("full", "check").stdout.decode()
        assert "transition_age=65s;60;600;0 tasks_remaining=4;;;0\n" in done
        self.expect_error("full", ["status", "-w", "1"], "usage", "not take -w")

    def check_plugin_unknown(self):
        """Whatever goes wrong, there is a line, and nothing on stderr."""
        for args, words in ((["-w", "9", "-c", "8"], "later than"),
                            (["-w", "x"], "'x'"), (["-c"], "needs a value"),
                            (["--nonsense"], "'--nonsense'"),
                            (["-x"], "'-x'"), (["word"], "'word'"),
                            (["--stack"], "not take --stack"),
                            (["--desired", self.wanted("a b c\n")], "line 1"),
                            (["--desired", self.wanted(b"a\0", "nul")], "NUL"),
                            (["--desired", "/nonexistent"], "No such file")):
            for command in ("check", "ch"):
                done = self.run("full", command, *args)
                line = done.stdout.decode("utf-8", "strict")
                assert done.returncode == 3 and not done.stderr, done
                assert line.startswith("KLP UNKNOWN - "), line
                assert words in line and line.count("\n") == 1, line
                assert "|" not in line, line
            done = self.run("full", "-j", "check", *args)
            value = self.validate(done.stdout)
            assert done.returncode == 3 and not done.stderr, done
            assert value["status"] == "unknown", value
            assert words in value["message"], value

    def check_plugin_memory(self):
        """Without memory for anything else there still is a line."""
        def limit():
            resource.setrlimit(resource.RLIMIT_AS, (space, space))
        told = set()
        # Fewer MiB than it takes, up to enough, by the memory of its list.
        wanted = self.wanted("#" * (1 << 20))
        for space in range(6 << 20, 18 << 20, 1 << 20):
            for args in ([], ["-j"]):
                done = subprocess.run(
                    [self.options.plain, "check", "--desired", wanted, *args],
                    preexec_fn=limit, check=False, timeout=60,
                    stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                    stderr=subprocess.PIPE)
                # The loader itself cannot begin.
                if done.returncode in (127, -11, -6) and not told:
                    continue
                assert done.returncode == 3 and not done.stderr, (space, done)
                told.add(b"out of memory" in done.stdout)
                if args:
                    value = self.validate(done.stdout)
                    assert value["status"] == "unknown", value
                else:
                    assert done.stdout.startswith(b"KLP UNKNOWN - "), done
        assert told == {True, False}, told

    def check_metrics(self):
        done = self.run("full", "metrics")
        assert done.returncode == 0 and not done.stderr, done
        values = self.parse(done.stdout)

        def value(name, **labels):
            return values["klp_" + name, tuple(labels.items())]

        assert value("supported") == value("collect_success") == 1
        assert value("patch_enabled", patch="forced") == 1
        assert value("patch_enabled", patch="livepatch_demo") == 0
        assert value("patch_transition", patch="livepatch_demo") == 1
        assert value("patch_forced", patch="forced") == 1
        assert value("patch_info", patch="livepatch_demo", version="1.2",
                     build_id=bytes(range(20)).hex(), target="matched",
                     replace="0") == 1
        assert value("transition_tasks_pending") == 4
        assert value("transition_age_seconds") == 65
        assert value("transitions_total", result="completed") == 11
        assert value("stack_checks_total") == 1 << 33
        assert value("stack_check_failures_total", reason="unreliable") == 7
        assert value("last_transition_duration_seconds") == 1.234
        assert not any("comm" in dict(k[1]) for k in values)
        text = self.run("hostile", "metrics").stdout
        hostile = [dict(k[1])["patch"] for k in self.parse(text)
                   if k[0] == "klp_patch_enabled"]
        assert hostile == ['q\\"\\\\\\\\\\\\x0a\\\\x1b[31m\\\\xff\u00e9'
                           '\\\\xe2\\\\x80\\\\xae\\\\x7f'], hostile
        for state in ("empty", "stack", "many-objects", "newer-kernel"):
            self.parse(self.run(state, "metrics").stdout)
        as_json = self.validate(self.run("hostile", "metrics", "-j").stdout)
        assert as_json["text"] == text.decode(), as_json

    def check_promtool(self):
        """Elsewhere parse() asks it on the way, here for every state."""
        if not self.options.promtool:
            raise Skip("promtool is not there: scripts/promtool.sh gets it")
        for bad in (b"klp_a 1\n", b"# HELP klp_a_total x\n"
                    b"# TYPE klp_a_total gauge\nklp_a_total 1\n", b"{\n"):
            assert self.promtool(bad).returncode != 0, bad
        wanted = self.wanted("livepatch_demo 1.2\nforced 3\nabsent\n")
        for state in ("empty", "enabled", "unprivileged", "transition",
                      "stack", "hostile", "many-objects", "newer-kernel",
                      "full", "full-user", "counting", "no-family"):
            for args in ([], ["--desired", wanted]):
                done = self.run(state, "metrics", *args)
                assert done.returncode == 0, (state, done)
                self.parse(done.stdout)

    def check_metrics_failures(self):
        done = self.run("no-family", "metrics")
        values = self.parse(done.stdout)
        assert done.returncode == 0 and values["klp_supported", ()] == 0, done
        path = os.path.join(self.directory, "broken.prom")
        done = self.run("no-socket", "metrics", "--output", path)
        assert done.returncode == 5 and done.stderr, done
        values = self.parse_file(path)
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
            values = self.parse_file(path + ".prom")
            assert values["klp_collect_success", ()] == (status == 0), values
            assert values["klp_transition_tasks_pending", ()] == 4, values

    def check_metrics_file(self):
        path = os.path.join(self.directory, "klp.prom")
        for beat in (1, 2, 3):
            done = self.run("full", "metrics", "--output", path)
            assert done.returncode == 0 and not done.stdout, done
            values = self.parse_file(path)
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

    def wanted(self, text, name="desired"):
        """A file for --desired, in text or bytes."""
        data = text if isinstance(text, bytes) else text.encode()
        return os.fsdecode(self.file(data, name))

    def desired(self, state, text):
        """What the metrics say: name by name the reasons that hold."""
        path = os.path.join(self.directory, "desired.prom")
        self.run(state, "metrics", "--desired", self.wanted(text), "--output",
                 path)
        values = self.parse_file(path)
        told = {}
        for (name, labels), value in values.items():
            labels = dict(labels)
            if name == "klp_desired_met":
                told[labels["patch"]] = (value == 1, set(), set())
            elif name == "klp_desired_unmet_reason":
                entry = told[labels["patch"]]
                entry[1].add(labels["reason"])
                if value:
                    entry[2].add(labels["reason"])
        for name, (met, named, held) in told.items():
            assert named == {"not_loaded", "disabled", "transition",
                             "wrong_version", "version_unknown",
                             "not_enabled", "core_busy"}, (name, named)
            assert met == (not held), (name, met, held)
        return {name: held for name, (_, _, held) in told.items()}

    def check_metrics_desired(self):
        listed = ("# what ought to run\n\n  forced \t# any version\r\n"
                  "livepatch_demo 1.2\nabsent 7")
        told = self.desired("full", listed)
        assert told == {"forced": set(), "livepatch_demo": {"transition"},
                        "absent": {"not_loaded"}}, told
        told = self.desired("full", "livepatch_demo 1.3\nforced 1\n")
        assert told == {"livepatch_demo": {"transition", "wrong_version"},
                        "forced": {"wrong_version"}}, told
        assert self.desired("full", "# none\n") == {}
        told = self.desired("stack", "first\nsecond\nthird\n")
        assert told == {"first": set(), "second": set(),
                        "third": {"transition"}}, told
        # A kernel that has no live patching runs no patch either.
        assert self.desired("no-family", "demo") == {"demo": {"not_loaded"}}
        # Of one that does not answer nothing is known.
        assert self.desired("no-socket", "demo") == {}
        dumped = r.kernel("a patch that is being added",
                          [r.patch("demo", 1, "DISABLED")])
        assert self.desired(self.scenario(dumped, "added"),
                            "demo") == {"demo": {"core_busy"}}
        loaded = [name for name in os.listdir("/sys/module")
                  if os.path.exists(f"/sys/module/{name}/initstate")]
        for name in loaded[:1]:
            assert self.desired("empty", name) == {name: {"disabled"}}, name

    def check_plugin_desired(self):
        for state, listed, args, status, told in (
                ("full", "forced\n", ["-w", "66"], 1, {"forced": []}),
                ("enabled", "livepatch_demo\n", [], 0,
                 {"livepatch_demo": []}),
                ("full", "forced 1\n", ["-w", "66"], 2,
                 {"forced": ["wrong-version"]}),
                ("full", "livepatch_demo 1.2\n", ["-w", "66"], 1,
                 {"livepatch_demo": ["transition"]}),
                ("full", "livepatch_demo\n", ["-w", "1", "-c", "2"], 2,
                 {"livepatch_demo": ["transition"]}),
                ("full", "forced\nlivepatch_demo 2\nabsent\n", [], 2,
                 {"forced": [], "absent": ["not-loaded"],
                  "livepatch_demo": ["transition", "wrong-version"]}),
                ("empty", "#", [], 0, {}),
                ("empty", "a|b\n", [], 2, {"a|b": ["not-loaded"]})):
            words = ["check", *args, "--desired", self.wanted(listed)]
            done = self.run(state, *words, "-j")
            value = self.validate(done.stdout)
            assert done.returncode == status, (listed, done)
            assert {e["patch"]: e["reasons"]
                    for e in value["desired"]} == told, value
            for entry in value["desired"]:
                assert entry["met"] == (not entry["reasons"]), value
            done = self.run(state, *words)
            line = done.stdout.decode("utf-8", "strict")
            unmet = sum(bool(reasons) for reasons in told.values())
            assert done.returncode == status, (listed, done)
            assert line.count("|") == 1, line
            assert line.endswith(f" desired_unmet={unmet};;;0\n"), line
            for name, reasons in told.items():
                named = f"not '{name.replace('|', '/')}': " + " ".join(reasons)
                assert (named in line) == bool(reasons), (named, line)
        done = self.run("full", "check", "-j")
        assert "desired" not in self.validate(done.stdout), done
        for state, path in (("full", "/nonexistent"),
                            ("no-family", self.wanted("demo\n"))):
            done = self.run(state, "check", "--desired", path)
            assert done.returncode == 3 and not done.stderr, done
            assert done.stdout.startswith(b"KLP UNKNOWN - "), done

    def check_desired_refusals(self):
        many = "".join(f"p{i}\n" for i in range(1025))
        for text, words in (
                ("fix\n\nfix 2 3\n", ["line 3", "'3' is too much"]),
                ("ok\n../x\n", ["line 2", "'../x' cannot be a patch's"]),
                ("n" * 60, ["line 1", "cannot be a patch's name"]),
                ("a\nb 1\n# c\na 2\n", ["line 4", "'a' is there already"]),
                (many, ["line 1025", "more than 1024"]),
                (b"fix\0", ["NUL"]), ("#" * (1 << 20) + "\n", ["too large"])):
            path = self.wanted(text)
            self.expect_error("full", ["metrics", "--desired", path], "usage",
                              path, *words)
        self.expect_error("full", ["metrics", "--desired", "/nonexistent"],
                          "not-found", "/nonexistent: No such file")
        self.expect_error("full", ["metrics", "--desired", self.directory],
                          "failure", "Is a directory")
        self.expect_error("full", ["status", "--desired", "x"], "usage",
                          "does not take --desired")

    def check_verify_kernel(self):
        done = self.run("full", "verify", "vm_show", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 1 and value["refused"] == 1, done
        first, second = value["funcs"]
        assert first["patched"] is True and first["sp_delta"] == 16, first
        assert second["reason"] == "load-unproven", second
        assert second["offset"] == 12 and "literal" in second["why"], second
        assert "sp_delta" not in second and "restored" not in second, second
        self.expect_error("full-user", ["verify", "vm_show"], "not-permitted",
                          "CAP_SYS_ADMIN", "--vmlinux FILE")
        done = self.run("full", "verify", "show", "--object", "target_module",
                        "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 1, done
        assert value["funcs"][0]["reason"] == "not-traced", value
        done = self.run("full", "verify", "vm_show", "nosuch", "-j")
        value = self.validate(done.stdout)
        assert done.returncode == 6 and value["missing"] == 1, done
        text = self.run("full", "verify", "vm_show", "nosuch").stdout
        assert b"3 checked: 1 can be redirected, 1 cannot, 1 not found\n" in text
        self.expect_error("old-requests", ["verify", "x"], "not-supported")
        self.expect_error("full", ["verify"], "usage", "needs a function")
        self.expect_error("no-family", ["verify", "x"], "not-supported",
                          "--vmlinux FILE")

    def check_names(self):
        """As for modprobe, '-' is '_' in names of modules."""
        for args in (["patch", "show", "livepatch_demo"],
                     ["func", "list", "livepatch_demo"],
                     ["func", "show", "cmdline_proc_show", "--patch",
                      "livepatch_demo"]):
            done = self.run("full", *args)
            assert done.returncode == 0, done
            args[-1] = "livepatch-demo"
            assert self.run("full", *args).stdout == done.stdout, args
        wanted = self.run("enabled", "check", "--desired", self.file(
            b"livepatch_demo\n", "desired"))
        assert wanted.returncode == 0, wanted
        for text in (b"livepatch-demo\n", b"\xef\xbb\xbflivepatch_demo\n"):
            done = self.run("enabled", "check", "--desired", self.file(
                text, "desired"))
            assert done.stdout == wanted.stdout, (text, done)
        done = self.run("enabled", "check", "--desired", self.file(
            b"\xef\xbb\xbfmissing\n", "desired"))
        assert done.returncode == 2 and b"'missing'" in done.stdout, done

    def complete_lines(self, *words, table=""):
        """What bash offers, a line each, and whether as names of files.

        klpctl prints the table.
        """
        script = os.path.join(os.path.dirname(__file__), "../klpctl.bash")
        return subprocess.run(
            ["bash", "-c", 'source "$1"; table=$2; shift 2;'
             'klpctl() { printf %s "$table"; };'
             'compopt() { [[ $* == "-o filenames" ]] && echo FILES; };'
             'COMP_WORDS=(klpctl "$@"); COMP_CWORD=$#; _klpctl;'
             "printf '%s\\n' \"${COMPREPLY[@]}\"", "-",
             os.path.abspath(script), table, *words], check=True, timeout=60,
            stdout=subprocess.PIPE, cwd=os.path.join(
                self.directory, "files")).stdout.decode().splitlines()

    def check_completion_files(self):
        """Bash quotes names of files, and goes on in directories."""
        os.makedirs(os.path.join(self.directory, "files", "a dir"))
        for name in ("a fix.ko", "a fix.ko.xz", "a text"):
            self.file(b"", os.path.join("files", name))
        for words in (["load"], ["verify", "--module"],
                      ["verify", "--target"]):
            assert self.complete_lines(*words, "a") == [
                "FILES", "a dir", "a fix.ko", "a fix.ko.xz"], words
        assert self.complete_lines("metrics", "--output", "a") == [
            "FILES", "a dir", "a fix.ko", "a fix.ko.xz", "a text"]
        table = "PATCH STATE\none enabled\ntwo enabling\nMODULE STATE\n" \
            "three replaced\nfour disabled\nfive loaded\nsix unknown\n"
        assert self.complete_lines("unload", "", table=table) == [
            "three", "four", "five", "six"]

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
