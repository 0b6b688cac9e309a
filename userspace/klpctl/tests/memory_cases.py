# SPDX-License-Identifier: GPL-2.0
"""memory_cases.py - klpctl while one allocation fails: cases of check.py."""
import json
import os

OUT = b"klpctl: out of memory\n"
NO_WATCH = b"klpctl: no thread can be made to watch the time\n"


class MemoryCases:
    """What Checker inherits; it has run() and validate()."""

    def starved(self, number, scenario, *args):
        """Where this allocation fails, and how many there were."""
        counted, count = os.pipe()
        try:
            done = self.run(scenario, *args, program=self.options.memory,
                            pass_fds=[count], env={
                                "KLP_FAIL_AT": str(number),
                                "KLP_COUNT_FD": str(count)})
            os.close(count)
            return done, int(os.read(counted, 20))
        finally:
            os.close(counted)

    def tells_the_lack(self, done, whole):
        """It is told by a plugin, by klpctl, or by libklp as an error."""
        if whole.args[1] == "check":
            value = self.validate(done.stdout)
            return done.returncode == 3 and value["status"] == "unknown" and \
                "memory" in value["message"]
        if done.returncode == 1 and done.stderr.endswith(OUT):
            # What had been printed by then is the beginning of the text.
            return whole.stdout.startswith(done.stdout)
        if "-j" not in whole.args:
            return done.returncode == 1 and not done.stdout and \
                done.stderr.endswith(b": Cannot allocate memory\n")
        error = self.validate(done.stdout)["error"]
        # The text that the kernel gave with its errno may be lost.
        return error["message"].endswith("Cannot allocate memory") and \
            done.returncode == 1 or \
            done.returncode == whole.returncode != 0 and \
            error["code"] == json.loads(whole.stdout)["error"]["code"]

    def check_memory(self):
        """Whatever cannot be allocated, nothing wrong is told."""
        for scenario, *args in (("no-family", "metrics", "-j"),
                                ("gone", "disable", "demo", "-j"),
                                ("enabled", "patch", "list"),
                                ("enabled", "check", "-j")):
            whole, count = self.starved(0, scenario, *args)
            assert count > 20, (args, whole)
            told = 0
            for number in range(1, count + 1):
                done, _ = self.starved(number, scenario, *args)
                if (done.returncode, done.stdout) == (whole.returncode,
                                                      whole.stdout):
                    assert done.stderr in (whole.stderr, NO_WATCH), done
                    continue
                assert self.tells_the_lack(done, whole), (number, done)
                told += 1
            assert told > count / 2, (args, told, count)
