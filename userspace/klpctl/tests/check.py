#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""check.py - klpctl on the host, against recorded answers and broken files.

Two programs are run: one that replays scenarios in the place of a kernel, and
the real one, which finds no klp_arm family on a build machine. Every JSON
output is validated against the schema that it names.
"""
import argparse
import copy
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import unicodedata

import jsonschema
import koimage
from colour_cases import ColourCases
from fleet_cases import FleetCases, Skip
from follow_cases import FollowCases
from input_cases import InputCases
from load_cases import LoadCases
from loaded_cases import LoadedCases
from memory_cases import MemoryCases
from number_cases import NumberCases
from report_cases import ReportCases
from stream_cases import StreamCases
from strict_schema import strict
from table_cases import TableCases
from target_cases import TargetCases
from verify_cases import VerifyCases

RELEASE = platform.release()
STATES = ["empty", "enabled", "unprivileged", "transition", "stack", "hostile",
          "many-objects", "newer-kernel", "guest-empty", "guest-enabled",
          "guest-blocked"]
READERS = {"status": ["status"], "patch-list": ["patch", "list"],
           "func-list": ["func", "list"]}
EXIT = {"failure": 1, "usage": 2, "bad-file": 1, "not-livepatch": 1,
        "wrong-kernel": 1, "already-loaded": 1, "refused": 1, "busy": 1,
        "transition-running": 3, "timed-out": 4, "not-permitted": 5,
        "not-found": 6, "not-supported": 7, "other-version": 1}


def shapes_in(schema):
    """All objects of a schema that have a description."""
    if isinstance(schema, list):
        for entry in schema:
            yield from shapes_in(entry)
    elif isinstance(schema, dict):
        if schema.get("type") == "object" and "description" in schema:
            yield schema
        for entry in schema.values():
            yield from shapes_in(entry)


class Checker(ColourCases, FleetCases, FollowCases, InputCases, LoadCases,
              LoadedCases, MemoryCases, NumberCases, ReportCases, StreamCases,
              TableCases, TargetCases, VerifyCases):
    def __init__(self, options):
        self.options = options
        self.schemas = {}
        self.results = []
        self.directory = tempfile.mkdtemp(prefix="klpctl-check-")

    def run(self, scenario, *args, program=None, env=None, **kwargs):
        # Tables are those of no terminal, unless a case has one.
        env = {**os.environ, "LC_ALL": "C", "COLUMNS": "", **(env or {})}
        if scenario:
            env["KLP_REPLAY"] = os.path.join(self.options.scenarios,
                                             scenario + ".replay")
        program = program or (self.options.replay if scenario
                              else self.options.real)
        kwargs.setdefault("stdout", subprocess.PIPE)
        done = subprocess.run([program, *args], env=env, timeout=60,
                              stdin=subprocess.DEVNULL, check=False,
                              stderr=subprocess.PIPE, **kwargs)
        assert b"Sanitizer" not in done.stderr and b"runtime error" not in \
            done.stderr and done.returncode >= 0, done.stderr.decode()
        return done

    def needs_program(self, reason):
        """Where klpctl runs in another program, which a script starts, skips."""
        with open(self.options.replay, "rb") as program:
            if program.read(2) == b"#!":
                raise Skip("what klpctl runs in " + reason)

    def validate(self, output):
        """One line or pretty text of JSON, strictly UTF-8, with its schema."""
        value = json.loads(output.decode("utf-8", "strict"))
        name = value["schema"]
        stem, _, number = name.partition("/")
        assert number == "1", name
        if stem not in self.schemas:
            path = os.path.join(self.options.schemas, stem + ".json")
            with open(path, encoding="utf-8") as file:
                schema = json.load(file)
            assert schema["properties"]["schema"]["const"] == name
            self.schemas[stem] = strict(schema)
        jsonschema.Draft7Validator(self.schemas[stem]).validate(value)
        return value

    def expect_error(self, scenario, args, code, *words, begin="klpctl: "):
        """Both forms of an error: exit status, code, words, streams."""
        done = self.run(scenario, *args)
        text = done.stderr.decode("utf-8", "strict")
        assert done.returncode == EXIT[code], (args, done)
        assert done.stdout == b"" and text.startswith(begin), done
        as_json = self.run(scenario, "-j", *args)
        assert as_json.returncode == EXIT[code], (args, as_json)
        assert as_json.stderr == b"", as_json
        assert as_json.stdout.count(b"\n") == 1, as_json
        error = self.validate(as_json.stdout)["error"]
        assert error["code"] == code, (args, error)
        for word in words:
            assert word in text and word in error["message"], (word, text)
        return error

    def file(self, data, name="demo.ko"):
        path = os.path.join(os.fsencode(self.directory),
                            name if isinstance(name, bytes) else name.encode())
        with open(path, "wb") as file:
            file.write(data)
        return path

    def case(self, name, function):
        skipped = ""
        try:
            function()
            self.results.append(True)
        except Skip as reason:
            self.results.append(True)
            skipped = f" # SKIP {reason}"
        except Exception as error:  # pylint: disable=broad-except
            self.results.append(False)
            for line in f"{type(error).__name__}: {error}".splitlines():
                print("# " + line)
        verdict = "ok" if self.results[-1] else "not ok"
        print(f"{verdict} {len(self.results)} - klpctl: {name}{skipped}",
              flush=True)

    # The readers, over all states.

    def check_json(self):
        for state in STATES:
            for schema, words in READERS.items():
                line = self.run(state, *words, "--json")
                assert line.returncode == 0 and line.stderr == b"", line
                assert line.stdout.count(b"\n") == 1
                value = self.validate(line.stdout)
                assert value["schema"] == f"klpctl-{schema}/1"
                pretty = self.run(state, "--pretty", *words)
                assert pretty.stdout.count(b"\n") > 1
                assert self.validate(pretty.stdout) == value

    def check_schemas_bite(self):
        value = json.loads(self.run("stack", "status", "-j").stdout)
        schema = None
        for change in (lambda v: v.pop("kernel"),
                       lambda v: v["patches"][0].update(state=2),
                       lambda v: v["transition"]["tasks"].update(total=-1),
                       lambda v: v["patches"][0]["objects"][0]["funcs"][0]
                       .update(extra=1)):
            broken = copy.deepcopy(value)
            change(broken)
            self.validate(json.dumps(value).encode())
            schema = self.schemas["klpctl-status"]
            assert not jsonschema.Draft7Validator(schema).is_valid(broken)

    def check_schemas_agree(self):
        """What several schemas describe has one description, and one shape."""
        shapes = {}
        for name in sorted(os.listdir(self.options.schemas)):
            path = os.path.join(self.options.schemas, name)
            with open(path, encoding="utf-8") as file:
                properties = json.load(file)["properties"]
            for shape in shapes_in(properties):
                first, known = shapes.setdefault(shape["description"],
                                                 (name, shape))
                assert shape == known, (first, name, shape["description"])
        assert "A task that does not switch." in shapes, list(shapes)

    def check_minimum_shape(self):
        value = json.loads(self.run("transition", "status", "-j").stdout)
        assert value["schema"] == "klpctl-status/1"
        kernel = {"release": RELEASE, "arch": "arm", "entry": "mcount",
                  "unwinder": "ehabi", "core_busy": False}
        assert value["kernel"] == kernel
        moving = value["transition"]
        assert (moving["patch"], moving["direction"], moving["elapsed_ms"]) \
            == ("livepatch_demo", "patching", 12)
        assert moving["tasks"] == {"total": 60, "switched": 58, "remaining": 2}
        patch = value["patches"][0]
        assert patch["name"] == "livepatch_demo"
        assert patch["state"] == "enabling"
        assert patch["replace"] is False and patch["forced"] is False
        target = patch["objects"][0]
        assert target["name"] == "vmlinux" and target["patched"] is True
        func = target["funcs"][0]
        assert (func["name"], func["sympos"], func["state"], func["active"]) \
            == ("cmdline_proc_show", 1, "patching", True)
        empty = json.loads(self.run("empty", "status", "-j").stdout)
        assert empty["transition"] is None and empty["patches"] == []

    def check_func_values(self):
        value = json.loads(self.run("stack", "func", "list", "-j").stdout)
        func = value["funcs"][0]
        assert func["old_addr"] == "0xc0208a30", func
        assert func["restored"] == ["r4", "r5", "r6", "r7", "fp", "lr"], func
        assert func["active_patch"] == "second" and func["sp_delta"] == 16
        value = json.loads(self.run("unprivileged", "func", "list",
                                    "-j").stdout)
        assert not {"old_addr", "new_addr", "old_size", "new_size", "sp_delta",
                    "restored"} & set(value["funcs"][0])

    def check_unlisted_objects(self):
        value = json.loads(self.run("many-objects", "status", "-j").stdout)
        objects = value["patches"][0]["objects"]
        assert [o["name"] for o in objects] == \
            [f"object{i}" for i in range(40)]
        assert all(len(o["funcs"]) == 1 and o["patched"] for o in objects)

    def check_codes(self):
        """The manual and the schema list the codes that there are."""
        with open(self.options.manual, encoding="utf-8") as file:
            manual = file.read()
        with open(os.path.join(self.options.schemas, "klpctl-error.json"),
                  encoding="utf-8") as file:
            error = json.load(file)["properties"]["error"]
        assert error["properties"]["code"]["enum"] == list(EXIT)
        for code in EXIT:
            assert f"\n.Cm {code}" in manual, code
        # Outputs are validated, so the schema has all members that there are.
        members = manual.partition(".Pp\nAn error is an object\n")[2]
        members = members.partition("\n.Ss ")[0]
        assert {line.split()[1] for line in members.splitlines()
                if line.startswith(".Va ")} == {"error", *error["properties"]}
        value = self.validate(self.run(None, "help", "-j").stdout)
        for row in value["commands"]:
            words = [w for w in row["command"].split() if w.islower()
                     and w.isalpha()]
            assert f".Cm {' '.join(words)}\n" in manual, words
            assert f".It Cm {' '.join(words)}" in manual, words

    def compare_golden(self, state, name, words):
        done = self.run(state, *words)
        assert done.returncode == 0 and done.stderr == b"", done
        text = done.stdout.decode("utf-8", "strict").replace(RELEASE, "RELEASE")
        path = os.path.join(os.path.dirname(__file__), "golden",
                            f"{state}.{name}.txt")
        if self.options.update:
            with open(path, "w", encoding="utf-8") as file:
                file.write(text)
        with open(path, encoding="utf-8") as file:
            assert text == file.read(), f"{path} differs:\n{text}"

    def check_golden(self):
        for state in STATES:
            for name, words in READERS.items():
                self.compare_golden(state, name, words)

    def check_hostile(self):
        raw = b'q"\\\n\x1b[31m\xff\xc3\xa9\xe2\x80\xae\x7f'
        shown = 'q"\\\\\n\x1b[31m\\xff\u00e9\u202e\x7f'
        value = json.loads(self.run("hostile", "status", "-j").stdout)
        assert value["patches"][0]["name"] == shown, value["patches"][0]
        # The form can be undone, so two names never look the same.
        undone = shown.encode().replace(b"\\xff", b"\xff") \
            .replace(b"\\\\", b"\\")
        assert undone == raw
        for words in READERS.values():
            text = self.run("hostile", *words).stdout.decode("utf-8", "strict")
            for character in text.replace("\n", ""):
                assert unicodedata.category(character) not in \
                    ("Cc", "Cf", "Zl", "Zp"), repr(character)
            assert "q\"\\\\\\x0a\\x1b[31m\\xff\u00e9\\xe2\\x80\\xae\\x7f" in \
                text, text

    # Usage.

    def check_usage(self):
        for args, words in (
                ([], ["no command"]),
                (["nonsense"], ["unknown command 'nonsense'",
                                 "'klpctl help' lists"]),
                ([""], ["unknown command"]),
                (["patch", "nonsense"], ["unknown command 'nonsense'",
                                          "'klpctl help patch' lists"]),
                (["status", "x"], ["unexpected argument 'x'"]),
                (["func", "list", "a", "b"], ["unexpected argument 'b'"]),
                (["load"], ["needs FILE.ko"]),
                (["disable"], ["needs PATCH"]),
                (["unload"], ["needs PATCH"]),
                (["unload", "fix", "--replaced"], ["leave out 'fix'"]),
                (["load", "f.ko", "--replace-unload"], ["needs --wait"]),
                (["--nonsense"], ["unknown option '--nonsense'"]),
                (["-x"], ["unknown option '-x'"]),
                (["--wait", "-Vxy", "load"], ["unknown option '-x'"]),
                (["--json=1"], ["unknown option '--json=1'"]),
                (["status", "--wait"], ["'status' does not take --wait"]),
                (["load", "f.ko", "--object", "x"], ["not take --object"]),
                (["v"], ["'v' may mean 'verify' or 'version'"]),
                (["f"], ["'f' may mean 'func' or 'failures'"]),
                (["patch", "show"], ["'patch show' needs PATCH"]),
                (["func", "show"], ["needs FUNC"]),
                (["func", "count", "maybe"], ["'maybe'"]),
                (["counters", "maybe"], ["'maybe'"]),
                (["counters"], ["needs on|off"]),
                (["counters", "on", "fix"], ["unexpected argument 'fix'"]),
                (["status", "--color", "blue"], ["'blue'", "always"]),
                (["verify"], ["needs a function"]),
                (["load", "f.ko", "--on-timeout", "reverse"],
                 ["needs --wait"]),
                (["load", "f.ko", "--wait", "--on-timeout", "force"],
                 ["'force'", "reverse or leave"]),
                (["load", "f.ko", "--wait", "--timeout"], ["needs a value"]),
                (["load", "f.ko", "--wait", "--timeout", "-1"], ["'-1'"]),
                (["load", "f.ko", "--wait", "--timeout", "1.5"], ["'1.5'"]),
                (["load", "f.ko", "--wait", "--timeout", "99999999999999999"],
                 ["whole seconds"]),
                (["disable", "../enabled"], ["is a file: give the name of a patch"]),
                (["unload", ".."], ["cannot be a patch's name"]),
                (["disable", "n" * 60], ["59 at most"])):
            self.expect_error(None if "../" not in args else "still", args,
                              "usage", *words)

    def check_short_words(self):
        for args in (["st"], ["pa", "li"], ["fu", "l"], ["patch"], ["func"]):
            done = self.run("enabled", *args)
            assert done.returncode == 0 and done.stdout, (args, done)

    def check_version_and_help(self):
        for args in (["version"], ["--version"], ["-V"], ["vers"]):
            done = self.run(None, *args)
            assert done.returncode == 0, done
            assert done.stdout.startswith(b"klpctl 1."), done
            value = self.validate(self.run(None, *args, "-j").stdout)
            assert value["supported"] is False
            assert value["kernel"] == RELEASE
        value = self.validate(self.run("enabled", "version", "-p").stdout)
        assert value["supported"] is True
        for args in (["help"], ["--help"], ["-h"]):
            done = self.run(None, *args)
            assert done.returncode == 0 and b"klpctl unload [PATCH]" in \
                done.stdout, done
            value = self.validate(self.run(None, *args, "-j").stdout)
            assert len(value["commands"]) == 25, value
        done = self.run(None, "help", "disable")
        assert done.returncode == 0 and b"--vmlinux" not in done.stdout, done
        assert b"--wait" in done.stdout and b"4 not in time" in done.stdout
        for args in (["disable", "--help"], ["disable", "fix", "-h"],
                     ["--help", "disable"]):
            assert self.run(None, *args).stdout == done.stdout, args
        value = self.validate(self.run(None, "load", "--help", "-j").stdout)
        assert "--replace-unload" in [
            option["option"] for option in value["commands"][0]["options"]]
        # Of two words, the verb; a command takes what its help shows.
        force = self.run(None, "patch", "force", "--help").stdout
        assert b"--confirm" in force and b"patch list" not in force, force
        assert self.run(None, "help", "patch", "force").stdout == force
        self.expect_error(None, ["nonsense", "--help"], "usage", "nonsense")
        self.expect_error(None, ["help", "load", "x"], "usage", "'x'")
        assert done.stdout.count(b"klpctl disable PATCH") == 1, done
        value = self.validate(self.run(None, "help", "patch", "-j").stdout)
        assert [row["command"].split()[:2] for row in value["commands"]] == \
            [["patch", verb] for verb in
             ("list", "show", "disable", "reverse", "force")], value
        self.expect_error(None, ["help", "nonsense"], "usage", "nonsense")

    # Kernels that cannot answer.

    def check_no_family(self):
        good = self.file(koimage.module(vermagic=RELEASE + " SMP "))
        for args in (["status"], ["patch", "list"], ["func", "list", "x"],
                     ["disable", "x"], ["disable", "x", "--wait"],
                     ["unload", "x"], ["load", good]):
            error = self.expect_error(None, args, "not-supported", "klp_arm")
            assert "CONFIG_KLP_ARM_REPORT" in error["message"]
            self.expect_error("no-family", args, "not-supported", "klp_arm")
        self.expect_error("old-family", ["status"], "not-supported")

    def check_may_not_ask(self):
        """Who may not ask is told that, by every command."""
        good = self.file(koimage.module(vermagic=RELEASE + " SMP "))
        for scenario, words in (
                ("other-namespace", ["this network namespace has no",
                                     "the kernel has klp_arm"]),
                ("no-sysfs", ["this network namespace has no",
                              "without /sys/kernel it is not known"]),
                ("netlink-denied", ["netlink is denied",
                                    "the kernel has klp_arm"]),
                ("netlink-denied-no-sysfs",
                 ["netlink is denied", "without /sys/kernel"])):
            for args in (["status"], ["patch", "list"], ["func", "list", "x"],
                         ["blocking"], ["disable", "x", "--wait"],
                         ["unload", "x"], ["load", good], ["monitor"],
                         ["wait"], ["patch", "force", "x", "--confirm"]):
                self.expect_error(scenario, args, "not-permitted", *words)
            done = self.run(scenario, "check", "--desired",
                            self.wanted("demo\n"))
            assert done.returncode == 3, done
            assert done.stdout.startswith(b"KLP UNKNOWN - "), done
            done = self.run(scenario, "metrics", "--desired",
                            self.wanted("demo\n"))
            values = self.parse(done.stdout)
            assert done.returncode == 5 and done.stderr, done
            assert values["klp_collect_success", ()] == 0, values
            for name in ("klp_supported", "klp_desired_met"):
                assert not any(k[0] == name for k in values), values
            value = self.validate(self.run(scenario, "version", "-j").stdout)
            assert "supported" not in value, value
            text = self.run(scenario, "version").stdout.decode()
            assert words[1] in text and "without klp_arm" not in text, text
        self.expect_error("no-netlink", ["status"], "not-supported",
                          "CONFIG_KLP_ARM_REPORT")

    def without(self, path, scenario, *args):
        """Runs where this directory is empty: as root, by a namespace."""
        return self.run(scenario, "-m", "sh", "-c",
                        f"mount -t tmpfs none {path} && exec \"$0\" \"$@\"",
                        self.options.replay, *args, program="unshare")

    def check_no_proc_no_sys(self):
        """Not without all of /proc, which the sanitizers need."""
        if self.without("/sys", "full", "version").returncode:
            raise Skip("mounting needs root")
        done = self.without("/proc/sys", "full", "metrics")
        values = self.parse(done.stdout)
        assert done.returncode == 1, done
        assert b"/proc/sys/kernel/tainted" in done.stderr, done
        assert values["klp_collect_success", ()] == 0, values
        assert values["klp_supported", ()] == 1, values
        done = self.without("/sys", "full", "metrics")
        assert done.returncode == 0 and not done.stderr, done
        loaded = [name for name in os.listdir("/sys/module")
                  if os.path.exists(f"/sys/module/{name}/initstate")]
        # A kernel that takes no modules has no list of them either.
        listed = os.path.exists("/proc/modules")
        absent = "not-loaded" if listed else "not-enabled"
        for name, reason in (("absent", absent),
                             *((name, "disabled") for name in loaded[:1])):
            done = self.without("/sys", "empty", "check", "-j", "--desired",
                                self.wanted(name + "\n"))
            value = self.validate(done.stdout)
            assert value["desired"][0]["reasons"] == [reason], value
        done = self.without("/sys", "gone", "unload", "demo")
        assert done.returncode == (6 if listed else 1), done
        assert listed or b"neither /sys nor /proc" in done.stderr, done
        done = self.without("/sys", "still-new", "disable", "demo")
        assert done.returncode == 0 and done.stdout == b"demo: disabled\n", done

    def check_broken_answers(self):
        for scenario, code in (("no-socket", "not-permitted"),
                               ("overrun", "failure"),
                               ("bad-size", "failure"),
                               ("interrupted-always", "failure"),
                               ("done-text", "failure")):
            self.expect_error(scenario, ["patch", "list"], code)
        self.expect_error("gone", ["func", "list", "demo"], "not-found",
                          "no patch named 'demo'")


def main():
    parser = argparse.ArgumentParser()
    for name in ("replay", "real", "plain", "memory", "scenarios", "schemas", "manual"):
        parser.add_argument("--" + name, required=True)
    parser.add_argument("--promtool", default=shutil.which("promtool"),
                        help="Prometheus' own checker of metrics")
    parser.add_argument("--update", action="store_true",
                        help="write the golden files anew")
    parser.add_argument("--stride", type=int, default=1,
                        help="damage only every so many bytes of a file")
    parser.add_argument("--only", default="",
                        help="run the cases that have this in their names")
    checker = Checker(parser.parse_args())
    cases = (
        ("every reader's JSON fits its schema", checker.check_json),
        ("the schemas refuse what is wrong", checker.check_schemas_bite),
        ("the schemas describe one thing in one way",
         checker.check_schemas_agree),
        ("no number is above what readers hold exactly",
         checker.check_exact_numbers),
        ("metrics have no number that is above that",
         checker.check_exact_metrics),
        ("the schemas allow no number that is above that",
         checker.check_exact_schemas),
        ("times are in microseconds", checker.check_microseconds),
        ("status has the agreed shape", checker.check_minimum_shape),
        ("funcs have their values, addresses only where given",
         checker.check_func_values),
        ("objects beyond the kernel's list are there",
         checker.check_unlisted_objects),
        ("manual, schema and program have the same codes and commands",
         checker.check_codes),
        ("text is as it was", checker.check_golden),
        ("hostile names make valid JSON and safe text", checker.check_hostile),
        ("tables fit the terminal", checker.check_tables_fit),
        ("tables keep what counts", checker.check_tables_keep),
        ("numbers and durations have one form", checker.check_tables_form),
        ("states are coloured on a terminal", checker.check_colours),
        ("colours can be refused and asked for",
         checker.check_colour_choice),
        ("nothing but states is coloured", checker.check_colour_places),
        ("wrong usage is told apart", checker.check_usage),
        ("an empty word is wrong usage", checker.check_empty_words),
        ("a name that is too long is wrong usage", checker.check_long_names),
        ("a list of desired patches may come from a pipe",
         checker.check_desired_fifo),
        ("who writes metrics at the same time is counted",
         checker.check_counted_together),
        ("no part of a metrics file with a name stays",
         checker.check_named_part),
        ("a limit of the size of files is told",
         checker.check_file_size_limit),
        ("verify tells that a module is not loaded",
         checker.check_object_not_loaded),
        ("wait tells a name that nothing knows",
         checker.check_wait_unheard_of),
        ("words may be shortened", checker.check_short_words),
        ("version and help", checker.check_version_and_help),
        ("a kernel without the family is not supported",
         checker.check_no_family),
        ("who may not ask is told that", checker.check_may_not_ask),
        ("without /proc and /sys netlink decides",
         checker.check_no_proc_no_sys),
        ("broken answers are failures", checker.check_broken_answers),
        ("a result that cannot be written is a failure that is told",
         checker.check_full_disk),
        ("descriptors that are closed are filled",
         checker.check_closed_descriptors),
        ("failures that nobody has seen stay", checker.check_clear_unseen),
        ("what follows events ends with its reader",
         checker.check_reader_leaves),
        ("a writer that ends halfway leaves nothing",
         checker.check_halfway_writer),
        ("load refuses files that are no livepatch for this kernel",
         checker.check_bad_files),
        ("compressed modules are unpacked, within limits",
         checker.check_packed_files),
        ("load survives any damaged byte", checker.check_damaged_files),
        ("load refuses odd paths", checker.check_odd_paths),
        ("load refuses while it is not its turn", checker.check_load_refusals),
        ("load waits for its turn as long as it is told to",
         checker.check_load_in_turn),
        ("load tells another build of what is loaded",
         checker.check_other_build),
        ("load says of what is enabled already which modules do without it",
         checker.check_already_mismatched),
        ("load says that what is loaded could not be compared",
         checker.check_not_compared),
        ("load compares all of a long version", checker.check_long_version),
        ("disable ends where the patch is gone", checker.check_disable),
        ("waiting ends in time", checker.check_timeout),
        ("load tells a module that has another name than its .modinfo",
         checker.check_other_name),
        ("a module that stays until the next boot is told as that",
         checker.check_forced_out),
        ("a lack of descriptors is told",
         checker.check_few_descriptors),
        ("verify refuses a patch that has something twice",
         checker.check_verify_twice),
        ("unloading what was replaced says that there was nothing",
         checker.check_replaced_none),
        ("unloading what was replaced ends in time",
         checker.check_replace_unload),
        ("what became of a patch is not told once it is forgotten",
         checker.check_replaced_unknown),
        ("an errno of a call of klpctl's own names the call",
         checker.check_own_calls),
        ("unload tells of a module in use until the time is up",
         checker.check_unload_in_use),
        ("what may have been done is not told to have failed",
         checker.check_answer_lost),
        ("a patch is not disabled while its module is being loaded",
         checker.check_still_loading),
        ("disable waits for a module that is being loaded",
         checker.check_disabled_when_loaded),
        ("load does not begin after the time is up",
         checker.check_load_not_begun),
        ("what ends before it is reversed is told to have ended",
         checker.check_reversed_too_late),
        ("a reversal that has begun is told to go on",
         checker.check_reversed_since),
        ("no tasks are counted of a transition that nobody saw",
         checker.check_reversed_unseen),
        ("what cannot be reversed yet is told, and how to later",
         checker.check_not_reversed),
        ("an errno without a name is told as its number",
         checker.check_errno_without_name),
        ("progress is a line a second", checker.check_progress),
        ("unload refuses what is in use", checker.check_unload),
        ("every report's JSON fits its schema", checker.check_report_json),
        ("reports are as they were", checker.check_report_golden),
        ("what is not shown is said to be so", checker.check_not_shown),
        ("reports have what the kernel told", checker.check_report_values),
        ("users get reports without what is not theirs",
         checker.check_report_user),
        ("redirected calls are counted", checker.check_hits),
        ("a busy core is told", checker.check_core_busy),
        ("a kernel without reports is not supported",
         checker.check_report_old),
        ("failures are cleared once they were shown",
         checker.check_failures_clear),
        ("patches are disabled, turned and forced", checker.check_patch_set),
        ("changes are refused with the reason",
         checker.check_patch_set_refusals),
        ("what is busy is asked again in the time that is given",
         checker.check_busy_retried),
        ("a patch whose callback runs is not at its end",
         checker.check_callbacks),
        ("wait ends at the state that is waited for", checker.check_wait),
        ("an event ends the waiting at once", checker.check_wait_wakes),
        ("wait ends in time", checker.check_wait_ends),
        ("monitor shows every event", checker.check_monitor),
        ("monitor tells what was lost and what is now",
         checker.check_monitor_losses),
        ("monitor tells how far the state has come",
         checker.check_monitor_position),
        ("monitor refuses where nothing can be heard",
         checker.check_monitor_refusals),
        ("failures are followed without a gap",
         checker.check_failures_follow),
        ("check is a monitoring plugin", checker.check_plugin),
        ("check tells a mistake as a plugin does",
         checker.check_plugin_unknown),
        ("check tells that there is no memory", checker.check_plugin_memory),
        ("what cannot be allocated makes no wrong answer",
         checker.check_memory),
        ("metrics are what Prometheus reads", checker.check_metrics),
        ("promtool accepts the metrics of every state",
         checker.check_promtool),
        ("metrics tell that they could not be collected",
         checker.check_metrics_failures),
        ("metrics replace their file", checker.check_metrics_file),
        ("metrics compare with what is desired",
         checker.check_metrics_desired),
        ("check compares with what is desired", checker.check_plugin_desired),
        ("a list of desired patches that is none is refused",
         checker.check_desired_refusals),
        ("verify asks the kernel", checker.check_verify_kernel),
        ("names of modules are as modprobe takes them", checker.check_names),
        ("bash completes files and what can be unloaded",
         checker.check_completion_files),
        ("bash completes what there is", checker.check_completion),
        ("verify judges functions by name", checker.check_verify_names),
        ("verify takes no label for a function", checker.check_verify_labels),
        ("verify counts symbols as kallsyms does",
         checker.check_verify_counting),
        ("verify names the clones of what is not there",
         checker.check_verify_clones),
        ("verify refuses init text", checker.check_verify_init_text),
        ("verify refuses functions in which a task switches itself",
         checker.check_verify_self_switching_functions),
        ("verify judges the functions of a patch",
         checker.check_verify_module),
        ("verify looks up what livepatch relocations refer to",
         checker.check_verify_late_relocations),
        ("verify refuses livepatch relocations that cannot be written",
         checker.check_verify_late_refusals),
        ("verify refuses files that are not what they should be",
         checker.check_verify_refusals),
        ("verify refuses tables that would never end",
         checker.check_verify_bounds),
        ("verify reads no list for every object that claims it",
         checker.check_verify_shared),
        ("verify compares the code of a function", checker.check_verify_code),
        ("verify compares the size of a function",
         checker.check_verify_code_sizes),
        ("verify compares the function of the position",
         checker.check_verify_code_position),
        ("verify compares code of a module", checker.check_verify_code_of_module),
        ("verify compares code of the running kernel",
         checker.check_verify_code_running),
        ("verify leaves symbols to the running kernel",
         checker.check_verify_late_running),
        ("verify refuses a damaged section of code",
         checker.check_verify_code_damaged),
        ("verify survives any damaged byte", checker.check_verify_damaged),
        ("load refuses what is for another build", checker.check_target_load),
        ("verify refuses what is for another build",
         checker.check_target_verify),
        ("only a whole note is a build id", checker.check_target_notes),
        ("reports tell what a patch is for", checker.check_target_reports),
        ("check warns of what does not match", checker.check_target_warning),
        ("a version that was cut is not taken for the version",
         checker.check_version_cut),
        ("reports tell what is fixed", checker.check_fixes),
        ("metrics tell what is fixed", checker.check_fix_metric),
        ("what is fixed may not be known", checker.check_fixes_unknown),
        ("a version that is not known is not said to be wrong",
         checker.check_version_unknown),
    )
    cases = [case for case in cases if checker.options.only in case[0]]
    print(f"KTAP version 1\n1..{len(cases)}")
    for name, function in cases:
        checker.case(name, function)
    sys.exit(not all(checker.results))


if __name__ == "__main__":
    main()
