# SPDX-License-Identifier: GPL-2.0
"""number_cases.py - numbers that readers hold exactly: cases of check.py."""
import json
import os
import re
import struct
from unittest import mock

from follow_cases import m, r
import followed  # noqa: E402, from the directory that follow_cases adds
import reports

# jq, JavaScript and Prometheus have doubles: larger ones would be rounded.
MOST_EXACT = (1 << 53) - 1

# What 64-bit numbers are at least: nanoseconds since 1970 in 2006, and all.
LARGEST = (1 << 64) - 1
LATE = (1 << 60, LARGEST)

EVERYTHING = (["status"], ["patch", "list"], ["func", "list"],
              ["patch", "show", "livepatch_demo"], ["transition", "show"],
              ["func", "show", "cmdline_proc_show"], ["blocking"],
              ["blocking", "--stack"], ["failures"], ["history"], ["info"],
              ["check"], ["check", "--desired", "/dev/null"],
              ["patch", "disable", "livepatch_demo"],
              ["disable", "livepatch_demo"],
              ["disable", "livepatch_demo", "--wait", "--timeout", "1"],
              ["wait", "--timeout", "1"], ["failures", "--clear"],
              ["failures", "--follow", "--timeout", "1"])


def numbers_in(value, path=""):
    """Every number of a JSON value, with the names that lead to it."""
    if isinstance(value, dict):
        for name, entry in value.items():
            yield from numbers_in(entry, f"{path}.{name}")
    elif isinstance(value, list):
        for entry in value:
            yield from numbers_in(entry, path + "[]")
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield path, value


def integers_of(schema, path=""):
    """Every schema of an integer in a schema, with its place."""
    if isinstance(schema, dict):
        if "integer" in schema.get("type", ""):
            yield path, schema
        for name, entry in schema.items():
            yield from integers_of(entry, f"{path}.{name}")
    elif isinstance(schema, list):
        for entry in schema:
            yield from integers_of(entry, path + "[]")


class NumberCases:
    """What Checker inherits; it has run(), validate(), scenario()."""

    def late_kernels(self, least):
        """Kernels all of whose 64-bit numbers are that large."""
        def uint(kind, value):
            return m.attr(kind, struct.pack("=Q", min(least + value, LARGEST)))
        with mock.patch.object(m, "uint", uint):
            stuck = reports.full("late", True)
            heard = dict(followed.followed())["events"]
            counting = reports.counting()
        return [(self.scenario(kernel, f"late-{name}"), name)
                for name, kernel in (("full", stuck), ("events", heard),
                                     ("counting", counting))]

    def check_exact_numbers(self):
        for least in LATE:
            seen = set()
            for scenario, name in self.late_kernels(least):
                commands = EVERYTHING if name == "full" else \
                    [["monitor", "--timeout", "1"], ["info"],
                     ["func", "list"], ["status"]]
                for words in commands:
                    done = self.run(scenario, "-j", *words)
                    assert done.stdout, (words, done)
                    # 2 is critical to check, and wrong usage to the others.
                    assert done.returncode != 2 or words[0] == "check", done
                    for line in done.stdout.splitlines():
                        large = [found for found in numbers_in(json.loads(line))
                                 if found[1] > MOST_EXACT]
                        assert not large, (words, large)
                        self.validate(line)
                        seen |= {path for path, number in
                                 numbers_in(json.loads(line)) if number >
                                 MOST_EXACT // 10}
            # They were there to be seen.
            for path in (".blockers[].first_seen_us", ".failures[].time_us",
                         ".transitions[].started_real_us", ".stack_checks",
                         ".patches[].loaded.time_real_us", ".seq",
                         ".transition.started_us", ".time_real_us",
                         ".funcs[].hits", ".stack_failures.idle"):
                assert path in seen or least == LATE[0] and "_us" in path, \
                    (path, seen)

    def check_exact_metrics(self):
        for least in LATE:
            scenario = self.late_kernels(least)[0][0]
            path = os.path.join(self.directory, "late.prom")
            for beat in (least, MOST_EXACT):
                with open(path, "w", encoding="ascii") as file:
                    file.write(f"klp_collections_total {beat}\n")
                self.run(scenario, "metrics", "--output", path)
                values = self.parse_file(path)
                assert values["klp_collections_total", ()] == MOST_EXACT, beat
                assert values["klp_stack_checks_total", ()] == MOST_EXACT
                with open(path, encoding="ascii") as file:
                    large = [line for line in file if line[0] != "#" and
                             float(line.split()[-1]) > MOST_EXACT]
                assert not large, large
            line = self.run(scenario, "check").stdout.decode()
            numbers = re.findall(r"=([0-9]+)", line.partition("|")[2])
            assert numbers and max(map(int, numbers)) <= MOST_EXACT, line

    def check_exact_schemas(self):
        """Every number that a schema allows is one that readers hold."""
        for name in sorted(os.listdir(self.options.schemas)):
            path = os.path.join(self.options.schemas, name)
            with open(path, encoding="utf-8") as file:
                schema = json.load(file)
            for place, integer in integers_of(schema):
                assert integer.get("maximum", MOST_EXACT + 1) <= MOST_EXACT, \
                    (name, place)
                assert not re.search("(?i)nanoseconds",
                                     integer.get("description", "")), place

    def check_microseconds(self):
        """Times are those of the kernel, in microseconds."""
        row = self.report("full", "blocking")["blockers"][0]
        assert row["first_seen_us"] == 123456799, row
        assert row["last_seen_us"] == 125456789, row
        moving = self.report("full", "transition", "show")["transition"]
        assert moving["started_us"] == 123456789, moving
        assert moving["started_real_us"] == 1700000000123456, moving
        row = self.report("full", "history")["transitions"][0]
        assert row["started_us"] == 100000000, row
        assert row["started_real_us"] == 1700000000000000, row
        row = self.report("full", "failures")["failures"][0]
        assert row["time_us"] == 124000000, row
        assert row["time_real_us"] == 1700000001000000, row
        shown = self.report("full", "patch", "show", "livepatch_demo")["patch"]
        assert shown["changed"]["time_us"] == (6 << 32) // 1000, shown
        assert shown["changed"]["time_real_us"] == \
            1700000000000000 + (6 << 32) // 1000, shown
