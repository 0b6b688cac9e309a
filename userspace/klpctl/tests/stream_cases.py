# SPDX-License-Identifier: GPL-2.0
"""stream_cases.py - closed descriptors, full disks, readers that leave: cases of check.py."""
import os
import signal
import subprocess

NO_SPACE = b"klpctl: cannot write to standard output: No space left on device\n"


class StreamCases:
    """What Checker inherits; it has run(), file(), validate(), options."""

    def closed(self, scenario, numbers, *args, **kwargs):
        """Runs with these descriptors closed; what it wrote, and its status."""
        def close():
            for number in numbers:
                os.close(number)
        return self.run(scenario, *args, preexec_fn=close, **kwargs)

    def check_closed_descriptors(self):
        """What is printed goes to no socket, and a lost result is no success."""
        self.needs_program("takes the descriptors that are closed")
        for scenario, args, status in (
                ("full", ["check", "-w", "66"], 3), ("empty", ["check"], 3),
                ("full", ["status"], 1), ("full", ["status", "-j"], 1),
                ("full", ["metrics"], 1), ("full", ["version"], 1)):
            for numbers in ([1], [0, 1], [0, 1, 2]):
                done = self.closed(scenario, numbers, *args)
                assert done.returncode == status, (args, numbers, done)
                assert b"Bad file descriptor" in done.stderr or 2 in numbers, \
                    (args, numbers, done)
        done = self.closed("full", [0, 2], "status")
        assert done.returncode == 0 and b"patches: 2" in done.stdout, done

    def check_clear_unseen(self):
        """Failures that could not be shown are not forgotten."""
        self.needs_program("takes the descriptors that are closed")
        done = self.closed("full", [1], "failures", "--clear")
        assert done.returncode == 1 and done.stderr, done

    def check_full_disk(self):
        for scenario, args, status in (
                ("enabled", ["status", "-j"], 1), ("enabled", ["status"], 1),
                ("full", ["check"], 3), ("full", ["check", "-j"], 3),
                ("full", ["metrics"], 1), ("full", ["failures"], 1),
                ("full", ["failures", "--clear"], 1), ("full", ["info"], 1),
                ("full", ["check", "--nonsense"], 3),
                ("full", ["--nonsense", "-j"], 2),
                (None, ["help"], 1), (None, ["version"], 1)):
            with open("/dev/full", "wb") as full:
                done = self.run(scenario, *args, stdout=full)
            assert done.returncode == status, (args, done)
            assert done.stderr.endswith(NO_SPACE), (args, done)

    def check_reader_leaves(self):
        """What follows events ends when nobody can read them any more."""
        for args in (["monitor"], ["monitor", "-j"]):
            env = dict(os.environ, LC_ALL="C", KLP_REPLAY=os.path.join(
                self.options.scenarios, "events-newer.replay"))
            with subprocess.Popen([self.options.replay, *args], env=env,
                                  stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE,
                                  stderr=subprocess.PIPE) as process:
                try:
                    assert process.stdout.readline(), args
                    process.stdout.close()
                    status = process.wait(timeout=20)
                finally:
                    process.kill()
                assert status in (1, -signal.SIGPIPE), (args, status)

    def check_halfway_writer(self):
        """A writer that ends wherever it allocates leaves no part of a file."""
        path = os.path.join(self.directory, "killed.prom")
        args = ("empty", "metrics", "--output", path)
        _, count = self.starved(0, *args)
        assert os.path.exists(path)
        os.unlink(path)
        ends = 0
        # Where the file is written, which is behind all that is read.
        for number in range(count - 15, count + 1):
            done, _ = self.starved(number, *args)
            left = [n for n in os.listdir(self.directory) if "killed" in n]
            assert left in ([], ["killed.prom"]), left
            if left:
                self.parse_file(path)
                os.unlink(path)
            ends += done.returncode != 0
        assert ends, count
        # One who was killed between his two last steps is not in the way.
        self.file(b"old", "killed.prom.new")
        done = self.run("full", "metrics", "--output", path)
        left = [n for n in os.listdir(self.directory) if "killed" in n]
        assert done.returncode == 0 and left == ["killed.prom"], (done, left)
