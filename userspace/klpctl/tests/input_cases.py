# SPDX-License-Identifier: GPL-2.0
"""input_cases.py - names and files that a user gives wrongly: cases of check.py."""
import errno
import fcntl
import os
import resource
import subprocess

from follow_cases import m, r
from load_cases import answering

LONGEST_NAME, LONGEST_FUNC = 59, 511


class InputCases:
    """What Checker inherits; it has run(), scenario(), expect_error()."""

    def check_empty_words(self):
        for args in (["patch", "show", ""], ["disable", ""], ["unload", ""],
                     ["wait", ""], ["func", "list", ""], ["func", "show", ""],
                     ["verify", ""], ["verify", "vm_show", ""], ["load", ""],
                     ["patch", "reverse", ""], ["help", ""],
                     ["metrics", "--output", ""], ["metrics", "--output="],
                     ["metrics", "--desired", ""], ["status", "--color", ""],
                     ["func", "show", "f", "--patch", ""],
                     ["verify", "f", "--object", ""],
                     ["verify", "--vmlinux", ""], ["verify", "--module", ""],
                     ["verify", "--target", ""],
                     ["wait", "x", "--for", ""], ["wait", "--timeout", ""]):
            name = [word for word in args if word.startswith("--")]
            self.expect_error("full", args, "usage", "is empty",
                              *(word.rstrip("=") for word in name))
        done = self.run("full", "check", "--desired", "")
        assert done.returncode == 3 and b"--desired" in done.stdout, done

    def check_long_names(self):
        """Names that no kernel takes are not asked for."""
        name, func = "n" * LONGEST_NAME, "f" * LONGEST_FUNC
        for args in (["patch", "show", name], ["func", "list", name],
                     ["func", "show", "f", "--patch", name],
                     ["wait", name], ["func", "show", func],
                     ["patch", "reverse", name]):
            done = self.run("full", *args)
            assert done.returncode != 2, done
            long = [word + "x" if word in (name, func) else word
                    for word in args]
            limit = LONGEST_FUNC if func in args else LONGEST_NAME
            self.expect_error("full", long, "usage", f"has {limit + 1} bytes",
                              f"{limit} at most")
        for args, what in ((["verify", func + "x"], "FUNC"),
                           (["disable", name + "x"], "PATCH"),
                           (["unload", name + "x"], "PATCH"),
                           (["patch", "force", name + "x", "--confirm"],
                            "PATCH"),
                           (["verify", "f", "--object", name + "x"],
                            "--object"),
                           (["verify", "--vmlinux", "/nonexistent",
                             "--object", name + "x"], "--object")):
            self.expect_error("full", args, "usage", what, "at most")

    def check_object_not_loaded(self):
        directory = os.path.join(self.directory, "sys-module")
        os.makedirs(os.path.join(directory, "target_module"), exist_ok=True)
        with open(os.path.join(directory, "target_module", "initstate"), "w",
                  encoding="ascii") as file:
            file.write("live\n")
        env = {"KLP_SYS_MODULE": directory}
        none = self.scenario(r.Scenario("no function").request(
            r.VERDICT, "dump", m.done()), "no-function")
        for name, reason in (("nosuchmodule", "object-not-loaded"),
                             ("target_module", "not-found"),
                             ("vmlinux", "not-found")):
            done = self.run(none, "verify", "nosuch", "-j", "--object", name,
                            env=env)
            value = self.validate(done.stdout)
            assert done.returncode == 6 and value["missing"] == 1, done
            assert value["funcs"][0]["reason"] == reason, value
        text = self.run(none, "verify", "nosuch", "--object", "nosuchmodule",
                        env=env).stdout
        assert b"no module of this name is loaded" in text, text

    def check_wait_unheard_of(self):
        """A name that nothing knows is no patch that is disabled."""
        def kernel(*past):
            gone = r.Scenario("no patch").request(
                r.PATCH, "do", m.error(2, "no patch named 'demo'"))
            gone.request(r.HISTORY, "dump", *past)
            return gone.events()
        empty = os.path.join(self.directory, "sys-none")
        os.makedirs(empty, exist_ok=True)
        unknown = self.scenario(kernel(m.done()), "unheard")
        known = self.scenario(kernel(r.history(3, "demo"), m.done()), "heard")
        old = self.scenario(kernel(95), "no-history")
        env = {"KLP_SYS_MODULE": empty}

        def wait(scenario, goal):
            done = self.run(scenario, "wait", "demo", "--for", goal,
                            "--timeout", "1", "-j", env=env)
            return done.returncode, self.validate(done.stdout)
        status, value = wait(unknown, "disabled")
        assert status == 6 and value["error"]["code"] == "not-found", value
        assert "no patch named 'demo'" in value["error"]["message"], value
        for scenario in (known, old):
            status, value = wait(scenario, "disabled")
            assert status == 0 and value["state"] == "disabled", value
        status, value = wait(unknown, "enabled")
        assert status == 4 and "state" not in value["error"], value
        assert "no patch named 'demo' has come" in value["error"]["message"]
        status, value = wait(known, "enabled")
        assert status == 4 and value["error"]["state"] == "disabled", value

    def check_counted_together(self):
        """Of two who write the file at once, each is counted."""
        path = os.path.join(self.directory, "together", "klp.prom")
        os.makedirs(os.path.dirname(path))
        env = dict(os.environ, KLP_REPLAY=os.path.join(
            self.options.scenarios, "full.replay"))
        lock = os.open(os.path.dirname(path), os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        # It has to see the number that another writes while that has the lock.
        with subprocess.Popen([self.options.replay, "metrics", "--output",
                               path], env=env) as writer:
            try:
                writer.wait(timeout=2)
            except subprocess.TimeoutExpired:
                pass
            self.file(b"klp_collections_total 41\n", path)
            os.close(lock)
            assert writer.wait(timeout=60) == 0
        assert self.parse_file(path)["klp_collections_total", ()] == 42
        assert os.listdir(os.path.dirname(path)) == ["klp.prom"]
        # Who keeps the lock does not keep others from writing.
        lock = os.open(os.path.dirname(path), os.O_RDONLY)
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = self.run("full", "metrics", "--output", path, "--timeout", "5")
        os.close(lock)
        assert done.returncode == 0, done
        assert self.parse_file(path)["klp_collections_total", ()] == 43

    def check_named_part(self):
        """Where a file has a name from the start, no part of it stays."""
        directory = os.path.join(self.directory, "named")
        path = os.path.join(directory, "klp.prom")
        os.makedirs(directory)
        for answers, status in (({"linkat": errno.EPERM}, 0),
                                ({"linkat": errno.EPERM,
                                  "fsync": errno.EIO}, 1)):
            done = self.run("full", "metrics", "--output", path,
                            preexec_fn=answering(answers))
            assert done.returncode == status, done
            assert os.listdir(directory) == ["klp.prom"], done
            assert self.parse_file(path)["klp_collections_total", ()] == 1

    def check_file_size_limit(self):
        """A file that may not grow is told, and no signal ends klpctl."""
        self.needs_program("writes files, too")

        def limit():
            resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
        path = os.path.join(self.directory, "limited.prom")
        done = self.run("full", "metrics", "--output", path, preexec_fn=limit)
        assert done.returncode == 1, done
        assert b"cannot write: File too large" in done.stderr, done
        for args, status in ((["status"], 1), (["check"], 3)):
            with open(os.path.join(self.directory, "limited.out"),
                      "wb") as out:
                done = self.run("full", *args, preexec_fn=limit, stdout=out)
            assert done.returncode == status, done
            assert done.stderr.endswith(b"output: File too large\n"), done
        left = [n for n in os.listdir(self.directory) if "limited.prom" in n]
        assert not left, left

    def check_few_descriptors(self):
        """What cannot be opened for lack of descriptors is not called absent."""
        def limit(count):
            return lambda: resource.setrlimit(resource.RLIMIT_NOFILE,
                                              (count, count))
        self.needs_program("needs descriptors of its own")
        gone = self.scenario(r.Scenario("demo is gone").request(
            r.PATCH, "do", m.error(2)).request(r.HISTORY, "dump", m.done()),
                             "few")
        modules = os.fsdecode(self.file(b"demo 16384 1 - Live 0x0 (OEK)\n",
                                        "few-modules"))
        env = {"KLP_MODULES": modules, "KLP_SYS_MODULE": "/nonexistent"}
        seen = False
        for count in range(3, 16):
            done = self.run(gone, "unload", "demo", env=env,
                            preexec_fn=limit(count))
            told = done.stderr.decode()
            if "shared libraries" in told:
                continue
            assert done.returncode, (count, done)
            assert "is not a livepatch" not in told, (count, done)
            lacking = "descriptors" in told or "open files" in told
            seen = seen or lacking
            if not lacking:
                # There were enough of them: only the module is not there.
                assert seen and "cannot be removed" in told, (count, done)
                break

    def from_pipe(self, text, *args):
        """Runs it with a pipe for its input, which has the text."""
        return subprocess.run(
            [self.options.replay, *args], check=False, timeout=60, input=text,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=dict(os.environ, KLP_REPLAY=os.path.join(
                self.options.scenarios, "enabled.replay")))

    def check_desired_fifo(self):
        """A list comes from any file, and a FIFO without a writer has none."""
        fifo = os.path.join(self.directory, "fifo.desired")
        os.mkfifo(fifo)
        for args in ([], ["--timeout", "1"]):
            done = self.run("enabled", "check", "--desired", fifo, *args)
            assert done.returncode == 3 and not done.stderr, done
            assert fifo.encode() + b": a FIFO that nobody has" in done.stdout
        self.expect_error("enabled", ["metrics", "--desired", fifo], "failure",
                          fifo, "a FIFO that nobody has written to")
        # What is kept by a writer is not kept by the kernel.
        writer = os.open(fifo, os.O_RDWR)
        error = self.expect_error("enabled", ["metrics", "--desired", fifo,
                                              "--timeout", "1"], "timed-out",
                                  fifo)
        assert "kernel" not in error["message"], error
        os.write(writer, b"livepatch_demo\n")
        env = dict(os.environ, KLP_REPLAY=os.path.join(
            self.options.scenarios, "enabled.replay"))
        with subprocess.Popen([self.options.replay, "check", "--desired",
                               fifo], env=env,
                              stdout=subprocess.PIPE) as reader:
            # It waits for the end, and reads what comes until then.
            os.close(os.open(fifo, os.O_WRONLY))
            while reader.poll() is None and self.unread(writer):
                pass
            os.close(writer)
            line = reader.stdout.read()
            assert reader.wait(timeout=60) == 0, line
        assert b"1 of 1 desired" in line, line
        for words in (["check"], ["metrics"]):
            done = self.from_pipe(b"livepatch_demo\n", *words, "--desired",
                              "/dev/stdin")
            assert done.returncode == 0 and not done.stderr, done
        done = subprocess.run(
            ["bash", "-c", '"$0" check --desired <(sleep 0.2; echo '
             'livepatch_demo)', self.options.replay], check=False, timeout=60,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env)
        assert done.returncode == 0 and b"1 of 1" in done.stdout, done

    @staticmethod
    def unread(fd):
        """Is there data in the FIFO that nobody has taken?"""
        data = fcntl.ioctl(fd, 0x541b, b"\0\0\0\0")  # FIONREAD
        return any(data)
