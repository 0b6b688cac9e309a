# SPDX-License-Identifier: GPL-2.0
"""target_cases.py - is a livepatch for this build: cases of check.py."""
import json
import os
import platform

import elfimage as e
import koimage
from follow_cases import m, r

RELEASE = platform.release()

# What the kernels of the scenarios "full" and "targets" have; see reports.py.
KERNEL = bytes(range(40, 60)).hex()
OTHER = bytes(range(20)).hex()

# The kernel tells no more of a version (version-max of the specification).
LONG = "1." + "x" * 125


class TargetCases:
    """What Checker inherits; it has run(), file(), validate(), expect_error()."""

    def ready(self, *modinfo):
        return self.file(koimage.module(vermagic=RELEASE, modinfo=modinfo))

    def check_target_load(self):
        """The kernel is not asked to load what is for another one."""
        error = self.expect_error(
            "targets", ["load", self.ready("klp_target=" + OTHER)],
            "wrong-kernel", OTHER, KERNEL)
        assert error["wanted_build_id"] == OTHER, error
        assert error["build_id"] == KERNEL, error
        # Nothing but the whole id is an id, in whatever letters.
        for stamp in ("klp_target=", "klp_target=" + KERNEL[:-1],
                      "klp_target=" + KERNEL + "0", "klp_target=" + "x" * 40,
                      "klp_target_mod=", "klp_target_mod=drv",
                      "klp_target_mod=drv:" + KERNEL[:-1]):
            for args in (["load"], ["verify", "--module"]):
                self.expect_error("targets", [*args, self.ready(stamp)],
                                  "bad-file", "build the livepatch again")
        self.expect_error("targets", ["load", self.ready()], "refused",
                          "require_target")
        # These come as far as the transition that is under way.
        for modinfo in ([], ["klp_target=" + KERNEL],
                        ["klp_target=" + KERNEL.upper()],
                        ["klp_target=" + KERNEL, "klp_target_mod=nosuch:" + OTHER]):
            self.expect_error("full", ["load", self.ready(*modinfo)], "busy")

    def check_target_verify(self):
        good = ("good", e.TRACED)
        kernel = self.file(e.vmlinux(good, also=e.build_id(
            bytes.fromhex(KERNEL))), "vmlinux")
        bare = self.file(e.vmlinux(good), "bare")
        driver = self.file(e.target("drv", ("entry", e.TRACED),
                                    also=e.build_id(b"\x77" * 20)), "drv.ko")
        both = [(None, [("good", 0)]), ("drv", [("entry", 0)])]
        mine = "klp_target=" + KERNEL
        drv = "klp_target_mod=drv:" + "77" * 20
        wrong = "klp_target_mod=drv:" + "78" * 20
        longer = "klp_target_mod=drv2:" + "78" * 20

        def patch(*modinfo):
            return self.file(e.livepatch("demo", both, modinfo=modinfo))

        def verify(path, *args):
            return self.verify(0, "--vmlinux", kernel, "--target", driver,
                               "--module", path, *args)

        for modinfo, target in (((), "unknown"), ((mine,), "unknown"),
                                ((drv,), "unknown"), ((mine, drv), "matched"),
                                ((longer, mine, drv), "matched")):
            value = verify(patch(*modinfo))
            assert value["target"] == target, (modinfo, value)
        # A module without a file is compared with nothing.
        value = self.verify(6, "--vmlinux", kernel, "--module",
                            patch(mine, drv))
        assert value["target"] == "unknown", value
        files = ["--target", driver, "--vmlinux"]
        for path, modinfo, words in (
                (kernel, ("klp_target=" + OTHER, drv), (OTHER, KERNEL)),
                (kernel, (mine, wrong), ("78" * 20, "77" * 20)),
                (bare, (mine, drv), (KERNEL, "no build id"))):
            self.expect_error(None, ["verify", *files, path, "--module",
                                     patch(*modinfo)], "wrong-kernel", *words)
        # Without a vmlinux it is compared with the kernel that runs.
        self.expect_error("targets", ["verify", "--module", patch(
            "klp_target=" + OTHER)], "wrong-kernel", OTHER, KERNEL)

    def check_target_notes(self):
        """Notes that are cut short or lie about their lengths are none."""
        good = ("good", e.TRACED)
        patch = self.file(e.livepatch("demo", [(None, [("good", 0)])],
                                      modinfo=["klp_target=" + KERNEL]))
        whole = e.note(1, b"Linux\0", b"salt!") + \
            e.note(3, b"GNU\0", bytes.fromhex(KERNEL))

        def verify(notes):
            kernel = self.file(e.vmlinux(good, also=lambda elf: elf.section(
                ".notes", notes, kind=e.NOTE, addr=0xc0300000)), "vmlinux")
            return self.run(None, "verify", "-j", "--vmlinux", kernel,
                            "--module", patch).returncode

        assert verify(whole) == verify(whole + b"\0" * 7) == 0
        assert verify(whole[:-4] + whole) == 1
        for size in range(len(whole)):
            assert verify(whole[:size]) == 1, size
        for at in range(12):
            for value in (0xff, 0x80):
                broken = bytearray(whole)
                broken[at] = value
                assert verify(bytes(broken)) in (0, 1), at

    def check_target_reports(self):
        assert self.report("targets", "info")["build_id"] == KERNEL
        assert self.report("targets", "info")["require_target"] is True
        assert self.report("full", "info")["require_target"] is False
        assert "build_id" not in self.report("bare", "info")
        value = self.report("targets", "status")
        assert value["kernel"]["build_id"] == KERNEL, value
        targets = [p["target"] for p in value["patches"]]
        assert targets == ["matched", "unknown", "mismatched"], value
        assert value["patches"][2]["objects"][1]["left_out"] is True, value
        listed = self.report("targets", "patch", "list")["patches"]
        assert [p["target"] for p in listed] == targets, listed
        for words in (["status"], ["patch", "list"], ["info"]):
            self.compare_golden("targets", "-".join(words), words)
        text = self.run("targets", "metrics").stdout.decode()
        assert f'build_id="{KERNEL}",schema="1"}} 1' in text, text
        for target in targets:
            assert f',target="{target}",' in text, text

    def check_target_warning(self):
        """A module that does without a patch is something to look at."""
        line = self.run("targets", "check").stdout.decode()
        assert line.startswith("KLP WARNING - 3 patches enabled"), line
        assert "module 'drv' is from another build and runs without patch" \
            " 'for_other'" in line, line
        assert ", module 'early' runs with 2 functions as before patch" \
            " 'for_this': init text" in line, line
        assert "'silent'" not in line, line
        assert " patches_mismatched=1;;;0 " in line, line
        value = self.validate(self.run("targets", "check", "-j").stdout)
        assert value["status"] == "warning", value
        assert value["patches_mismatched"] == 1, value
        assert value["patches_incomplete"] == 1, value
        # As many objects as there may be are listed, this one is not.
        unlisted = r.kernel("mismatched", [r.patch(
            "many", 1, "ENABLED", r.obj("vmlinux"), count=40, extra=m.u32(
                r.c("A_PATCH_TARGET"), r.c("TARGET_MISMATCHED")))])
        done = self.run(self.scenario(unlisted, "unlisted"), "check")
        assert done.returncode == 1, done
        assert b"a module is from another build and runs without patch" \
            b" 'many'" in done.stdout, done
        # That is no less than critical if something else is.
        wanted = self.wanted("for_other 2\n")
        done = self.run("targets", "check", "--desired", wanted)
        assert done.returncode == 2, done
        value = self.validate(self.run("full", "check", "-j").stdout)
        assert value["patches_mismatched"] == 0, value
        assert value["patches_incomplete"] == 0, value
        # It is a warning by itself.
        early = r.kernel("incomplete", [r.patch(
            "fix", 1, "ENABLED", r.obj("early", patched=False, unpatched=1))])
        done = self.run(self.scenario(early, "incomplete"), "check")
        assert done.returncode == 1, done
        assert b"'early' runs with 1 function as before" in done.stdout, done

    def check_version_cut(self):
        """The beginning of a version is not the version."""
        shown = self.report("targets", "patch", "list")["patches"]
        assert shown[0]["version_cut"] is True, shown
        assert "version_cut" not in shown[2], shown
        assert shown[0]["version"] == shown[2]["version"], shown
        told = shown[0]["version"]
        # Here no /sys has the rest. There is a warning of its own in any case.
        for name, version, status, reason in (
                ("for_other", told, 1, None),
                ("for_other", told + "y", 2, "wrong-version"),
                ("for_this", told, 1, "version-unknown"),
                ("for_this", told + "y", 1, "version-unknown"),
                ("for_this", "2" + told, 2, "wrong-version")):
            wanted = self.file(f"{name} {version}\n".encode(), "desired")
            done = self.run("targets", "check", "--desired", wanted, "-j")
            assert done.returncode == status, (name, version, done)
            reasons = json.loads(done.stdout)["desired"][0]["reasons"]
            assert reasons == ([reason] if reason else []), (version, reasons)
        text = self.run("targets", "metrics").stdout.decode()
        assert text.count('version_cut="1"') == 1, text

    def check_fixes(self):
        """What a patch fixes is in effect if all of it is."""
        patches = self.report("fixed", "patch", "list")["patches"]
        told = [([f["name"] for f in p["fixes"]], p["fixes_in_effect"])
                for p in patches]
        for listed, shown in zip(
                patches, self.report("fixed", "status")["patches"], strict=True):
            for key in "fixes", "fixes_in_effect":
                assert shown[key] == listed[key], (key, shown)
        assert told[0] == (["CVE-2026-0001", "odd \x1b[31m"], True), told
        assert told[1] == (["CVE-2026-0001", "x" * 511], False), told
        assert told[2] == ([], True), told
        assert told[3] == (["CVE-2026-0002"], False), told
        assert [f.get("cut") for f in patches[1]["fixes"]] == [None, True]
        text = self.run("fixed", "patch", "show", "monday").stdout.decode()
        assert "\nfixes: CVE-2026-0001, odd \\x1b[31m, in effect\n" in text, text
        text = self.run("fixed", "patch", "show", "tuesday").stdout.decode()
        assert "xxx... (cut), not in effect\n" in text, text
        text = self.run("fixed", "status").stdout.decode()
        assert "\n  fixes: CVE-2026-0001, odd \\x1b[31m, in effect\n" in text, text
        assert text.count("  fixes: ") == 3, text
        text = self.run("fixed", "patch", "show", "quiet").stdout.decode()
        assert "fixes:" not in text, text

    def check_fix_metric(self):
        """One sample for each patch and what it says that it fixes."""
        text = self.run("fixed", "metrics").stdout.decode()
        samples = [line for line in text.splitlines()
                   if line.startswith("klp_fix_in_effect{")]
        assert len(samples) == len(set(samples)) == 5, samples
        assert 'klp_fix_in_effect{patch="monday",fix="CVE-2026-0001"} 1' \
            in samples, samples
        assert 'klp_fix_in_effect{patch="tuesday",fix="CVE-2026-0001"} 0' \
            in samples, samples

    def check_fixes_unknown(self):
        """A kernel that does not tell what is fixed is asked for all else."""
        silent = r.kernel("a kernel that does not tell", [r.patch(
            "demo", 1, "ENABLED", r.obj("vmlinux"),
            extra=m.flag(r.c("A_PATCH_HAS_FIXES"), True))],
                          fixes=[m.error(95)])
        silent = self.scenario(silent, "silent")
        for words in ("patch", "list"), ("status",):
            patches = json.loads(self.run(silent, *words, "-j").stdout)["patches"]
            assert "fixes" not in patches[0], patches
            assert "fixes_in_effect" not in patches[0], patches
        done = self.run(silent, "metrics")
        assert b"klp_collect_success 1" in done.stdout, done
        assert b"klp_fix_in_effect" not in done.stdout, done

    def check_version_unknown(self):
        """A version that cannot be compared is not said to be wrong."""
        extra = m.string(r.c("A_PATCH_VERSION"), LONG) + \
            m.flag(r.c("A_PATCH_VERSION_CUT"), True)
        def demo(state, name):
            return self.scenario(r.kernel("a long version", [r.patch(
                "demo", 1, state, extra=extra)]), name)
        enabled = demo("ENABLED", "long-version")
        moving = demo("ENABLING", "long-version-moving")
        root = os.path.join(self.directory, "sys-module-long")
        os.makedirs(os.path.join(root, "demo"))
        with open(os.path.join(root, "demo", "version"), "w",
                  encoding="ascii") as file:
            file.write(LONG + "yz\n")
        for scenario, sysfs, version, status, reasons in (
                (enabled, "/nonexistent", LONG + "yz", 3, ["version-unknown"]),
                (enabled, "/nonexistent", LONG, 3, ["version-unknown"]),
                (enabled, "/nonexistent", "1.1", 2, ["wrong-version"]),
                (moving, "/nonexistent", LONG + "yz", 1,
                 ["transition", "version-unknown"]),
                (enabled, root, LONG + "yz", 0, []),
                (enabled, root, LONG + "yy", 2, ["wrong-version"])):
            words = "check", "--desired", self.wanted(f"demo {version}\n")
            env = {"KLP_SYS_MODULE": sysfs}
            done = self.run(scenario, *words, "-j", env=env)
            value = self.validate(done.stdout)
            assert done.returncode == status, (version, done)
            told = value["desired"][0]
            assert sorted(told["reasons"]) == reasons, told
            assert told["met"] == (not reasons), told
            done = self.run(scenario, *words, env=env)
            assert done.returncode == status, (version, done)
            assert (b"not known of 'demo': version-unknown" in done.stdout) \
                == (status == 3), done
            done = self.run(scenario, "metrics", *words[1:], env=env)
            values = self.parse(done.stdout)
            assert values["klp_desired_unmet_reason", (
                ("patch", "demo"), ("reason", "version_unknown"))] == \
                ("version-unknown" in reasons), values
