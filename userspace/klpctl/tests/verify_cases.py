# SPDX-License-Identifier: GPL-2.0
"""verify_cases.py - klpctl verify on files: cases of check.py."""
import hashlib
import json
import os
import struct

import elfimage as e


class VerifyCases:
    """What Checker inherits; it has run(), file(), validate(), expect_error()."""

    def verify(self, status, *args):
        """Both forms must agree; returns the JSON."""
        done = self.run(None, "verify", "-j", *args)
        assert done.returncode == status, (args, done)
        value = self.validate(done.stdout)
        text = self.run(None, "verify", *args)
        assert text.returncode == status and not text.stderr, text
        last = text.stdout.decode().splitlines()[-1]
        checked, refused = value["checked"], value["refused"]
        missing = value["missing"]
        assert last == f"{checked} checked: {checked - refused - missing} " \
            f"can be redirected, {refused} cannot, {missing} not found", last
        for func in value["funcs"]:
            assert func["name"] in text.stdout.decode(), text
        return value

    def kernel(self):
        return self.file(e.vmlinux(
            ("good", e.TRACED), ("twin", e.TRACED), ("bad", e.REFUSED),
            ("twin", e.PLAIN), ("plain", e.PLAIN)), "vmlinux")

    def check_verify_names(self):
        kernel = ["--vmlinux", self.kernel()]
        value = self.verify(0, *kernel, "good")
        assert value == {
            "schema": "klpctl-verify/1", "checked": 1, "refused": 0,
            "missing": 0, "funcs": [{
                "object": "vmlinux", "name": "good", "sympos": 1,
                "redirectable": True, "sp_delta": 8, "restored": []}]}, \
            value
        value = self.verify(1, *kernel, "good", "bad", "plain")
        rows = [(f["name"], f.get("reason"), f.get("offset"))
                for f in value["funcs"]]
        assert rows == [("good", None, None), ("bad", "conditional", 0),
                        ("plain", "not-traced", None)], rows
        value = self.verify(6, *kernel, "bad", "nowhere")
        assert value["funcs"][1]["reason"] == "not-found", value
        assert (value["refused"], value["missing"]) == (1, 1), value
        # Of one name all are told, by address as in kallsyms.
        value = self.verify(1, *kernel, "twin")
        rows = [(f["sympos"], f["redirectable"]) for f in value["funcs"]]
        assert rows == [(1, True), (2, False)], rows
        value = self.verify(1, *kernel)
        assert value["checked"] == 3 and len(value["funcs"]) == 1, value

    def check_verify_labels(self):
        """A symbol without size is a place in a function, not a function."""
        def labels(elf):
            elf.symbol("at_start", 1, 0xc0000000)
            elf.symbol("a_middle", 1, 0xc0000004)
            elf.symbol("a_middle", 1, 0xc0000014)
            elf.symbol("zz_end", 1, 0xc0000020)

        kernel = ["--vmlinux", self.file(e.vmlinux(
            ("good", e.TRACED), ("other", e.TRACED), also=labels), "labels")]
        value = self.verify(0, *kernel)
        assert value["checked"] == 2, value
        value = self.verify(0, *kernel, "at_start")
        assert value["funcs"][0]["sp_delta"] == 8, value
        value = self.verify(1, *kernel, "a_middle")
        assert [f["reason"] for f in value["funcs"]] == ["not-traced"] * 2

    def check_verify_counting(self):
        """Symbols of one name are those of kallsyms: data too, but no others."""
        def twins(elf):
            bss = elf.section(".bss", bytes(16), e.ALLOC | e.WRITE,
                              kind=e.NOBITS, addr=0xc0300000)
            elf.symbol("good", bss, 0xc0300000, 4, e.OBJECT)
            elf.symbol("ended", bss, 0xc0300010, 0, e.NOTYPE)
            debug = elf.section(".debug", bytes(4), 0)
            elf.symbol("other", debug, 0, 4, e.OBJECT)
            elf.symbol("other", e.ABSOLUTE, 0xc0000000, 0, e.NOTYPE)

        kernel = self.file(e.vmlinux(
            ("good", e.TRACED), ("ended", e.TRACED), ("other", e.TRACED),
            also=twins), "counted")
        for name, sympos, status, reason in (
                ("good", 0, 1, "ambiguous"), ("good", 1, 0, None),
                ("good", 2, 1, "not-traced"), ("good", 3, 6, "not-found"),
                ("ended", 0, 1, "ambiguous"), ("ended", 2, 1, "not-traced"),
                ("other", 0, 0, None), ("other", 2, 6, "not-found")):
            patch = self.file(e.livepatch("demo", [(None, [(name, sympos)])]))
            value = self.verify(status, "--vmlinux", kernel, "--module", patch)
            assert value["funcs"][0].get("reason") == reason, value

    def check_verify_twice(self):
        """The kernel makes a directory of each object and of each function."""
        kernel = self.file(e.vmlinux(("good", e.TRACED), ("other", e.TRACED)),
                           "twice")
        for objects, told in (
                ([(None, [("good", 0), ("other", 0), ("good", 0)])], "twice"),
                ([(None, [("good", 0), ("good", 1)])], "twice"),
                ([(None, [("good", 0)]), (None, [("other", 0)])],
                 "two objects 'vmlinux'"),
                ([("", [("good", 0)])], "empty name"),
                ([("vmlinux", [("good", 0)])], "name 'vmlinux'"),
                ([(None, [("good", 1), ("good", 2)]), ("drv", [("good", 1)])],
                 None)):
            patch = self.file(e.livepatch("demo", objects))
            done = self.run(None, "verify", "--vmlinux", kernel, "--module",
                            patch)
            if told:
                assert done.returncode == 1, done
                assert told in done.stderr.decode(), (objects, done)
            else:
                assert b"twice" not in done.stderr, done

    def check_verify_clones(self):
        kernel = ["--vmlinux", self.file(e.vmlinux(
            ("gone.constprop.0", e.TRACED), ("gone.cold", e.PLAIN),
            ("goner", e.TRACED), ("there.part.0", e.TRACED),
            ("there", e.TRACED), also=lambda elf: elf.symbol(
                "none.1", 2, 0xc0100000, 4, e.OBJECT)), "clones")]
        value = self.verify(6, *kernel, "gone")
        func = value["funcs"][0]
        assert func["reason"] == "not-found", func
        assert func["clones"] == ["gone.cold", "gone.constprop.0"], func
        assert "'gone.cold', 'gone.constprop.0'" in func["why"], func
        assert "clone" in func["why"], func
        for name in ("none", "gon"):
            value = self.verify(6, *kernel, name)
            assert "clones" not in value["funcs"][0], value
            assert "inlined" in value["funcs"][0]["why"], value
        value = self.verify(0, *kernel, "there", "gone.constprop.0")
        assert value["checked"] == 2, value

    def check_verify_init_text(self):
        """Code that is freed: by the kernel's bounds, or by its section."""
        def bounds(elf):
            elf.symbol("_sinittext", 1, 0xc0000010, 0, e.NOTYPE)
            elf.symbol("_einittext", 1, 0xc0000020, 0, e.NOTYPE)

        def section(elf):
            init = elf.section(".init.text", e.TRACED, e.ALLOC | e.EXEC)
            elf.symbol("setup", init, 0, 16)

        kernel = ["--vmlinux", self.file(e.vmlinux(
            ("before", e.TRACED), ("setup", e.TRACED), ("after", e.TRACED),
            also=bounds), "vmlinux")]
        driver = ["--target", self.file(e.target(
            "drv", ("entry", e.TRACED), also=section), "drv.ko")]
        for args in (kernel, [*driver, "--object", "drv"]):
            func = self.verify(1, *args, "setup")["funcs"][0]
            assert func["reason"] == "init-text", func
            assert "freed" in func["why"], func
        self.verify(0, *kernel, "before", "after")
        value = self.verify(0, *kernel)
        assert (value["checked"], value["init_text"]) == (2, 1), value
        patch = self.file(e.livepatch("demo", [(None, [("setup", 0)]),
                                               ("drv", [("setup", 0)])]))
        value = self.verify(1, *kernel, *driver, "--module", patch)
        assert [f["reason"] for f in value["funcs"]] == ["init-text"] * 2
    def check_verify_self_switching_functions(self):
        names = ("klp_update_patch_state", "do_work_pending", "do_idle",
                 "cpu_startup_entry", "rest_init", "secondary_start_kernel",
                 "do_idle.constprop.0")
        kernel = self.file(e.vmlinux(
            *((name, e.TRACED) for name in names),
            ("do_idler", e.TRACED)), "vmlinux")
        value = self.verify(1, "--vmlinux", kernel, *names, "do_idler")
        rows = {f["name"]: f.get("reason") for f in value["funcs"]}
        assert rows == {**dict.fromkeys(names, "switches-task"),
                        "do_idler": None}, rows
        patch = self.file(e.livepatch("demo", [
            (None, [("do_work_pending", 0)])]))
        value = self.verify(1, "--vmlinux", kernel, "--module", patch)
        assert value["funcs"][0]["reason"] == "switches-task", value
        # A module may have a function of that name: it is another.
        driver = self.file(e.target("drv", ("do_idle", e.TRACED)), "drv.ko")
        value = self.verify(0, "--target", driver, "--object", "drv",
                            "do_idle")
        assert value["refused"] == 0, value

    def check_verify_module(self):
        kernel = ["--vmlinux", self.kernel()]
        patch = self.file(e.livepatch("demo", [
            (None, [("good", 0), ("twin", 1), ("bad", 0)]),
            ("drv", [("entry", 0)])]))
        driver = self.file(e.target("drv", ("first", e.PLAIN),
                                    ("entry", e.TRACED)), "drv.ko")
        args = [*kernel, "--module", patch]
        value = self.verify(1, *args, "--target", driver)
        assert value["patch"] == "demo"
        rows = [(f["object"], f["name"], f.get("sympos"), f["redirectable"])
                for f in value["funcs"]]
        assert rows == [("vmlinux", "good", 1, True),
                        ("vmlinux", "twin", 1, True),
                        ("vmlinux", "bad", 1, False),
                        ("drv", "entry", 1, True)], rows
        value = self.verify(6, *args)
        assert value["funcs"][3]["reason"] == "object-not-given", value
        value = self.verify(6, "--module", patch)
        assert "add --vmlinux; without files" in value["funcs"][0]["why"], value
        value = self.verify(0, *kernel, "--target", driver, "--object", "drv")
        assert value["checked"] == 1, value
        # Elements of other sizes, as other configurations have them.
        for sizes in ((40, 44), (104, 96), (132, 176)):
            for funcs, status, reason in (
                    ([("good", 0)], 0, None), ([("twin", 0)], 1, "ambiguous"),
                    ([("twin", 2)], 1, "not-traced"),
                    ([("twin", 3)], 6, "not-found"),
                    ([("good", 1), ("twin", 1)], 0, None)):
                patch = self.file(e.livepatch("demo", [(None, funcs)], *sizes))
                value = self.verify(status, *kernel, "--module", patch)
                assert len(value["funcs"]) == len(funcs), value
                assert value["funcs"][-1].get("reason") == reason, value

    def late(self, *late):
        """A patch that has these livepatch relocations, and its kernel."""
        patch = self.file(e.livepatch("demo", [(None, [("good", 0)])],
                                      late=late), "late.ko")
        kernel = self.file(e.vmlinux(
            ("good", e.TRACED), ("hidden.part.0", e.PLAIN), ("twin", e.PLAIN),
            ("twin", e.PLAIN)), "vmlinux")
        return ["verify", "--vmlinux", kernel, "--module", patch]

    def check_verify_late_relocations(self):
        text = ".klp.rela.vmlinux..text"
        self.verify(0, *self.late(
            (text, ".klp.sym.vmlinux.hidden.part.0,0", e.CALL),
            (text, ".klp.sym.vmlinux.twin,2", e.CALL),
            (".klp.rela.vmlinux..data", ".klp.sym.vmlinux.good,1",
             e.ABS32))[1:])
        driver = self.file(e.target("drv", ("entry", e.TRACED)), "drv.ko")
        args = self.late((".klp.rela.drv..text", ".klp.sym.drv.entry,0", e.CALL))
        self.verify(0, *args[1:], "--target", driver)
        self.expect_error(None, args, "not-found", "of 'drv', for which no file")

    def check_verify_late_refusals(self):
        text = ".klp.rela.vmlinux..text"
        for late, code, words in (
                ((text, ".klp.sym.vmlinux.none,0", e.CALL), "refused",
                 "symbols 'none' of 'vmlinux', which has 0"),
                ((text, ".klp.sym.vmlinux.twin,3", e.CALL), "refused",
                 "number 3 of the symbols 'twin' of 'vmlinux', which has 2"),
                ((text, ".klp.sym.vmlinux.twin,0", e.CALL), "refused",
                 "which has 2 symbols of this name, without saying which"),
                ((text, ".klp.sym.vmlinux.good,0", 255), "refused",
                 "relocation 0 of section '.klp.rela.vmlinux..text' is of an"),
                ((text, None, e.CALL), "refused", "has no symbol"),
                ((text, "good", e.CALL), "refused", "not against a livepatch"),
                ((text, ".klp.sym.vmlinux.good,0", e.CALL, e.RELA, 0),
                 "refused", "not against a livepatch"),
                ((".klp.rela.drv..text", ".klp.sym.vmlinux.good,0", e.CALL),
                 "refused", "is against vmlinux, in a section of another"),
                ((text, ".klp.sym.vmlinux.good,0", e.CALL, e.PROGBITS),
                 "bad-file", "is not one of livepatch relocations"),
                ((".lost", ".klp.sym.vmlinux.good,0", e.CALL), "bad-file",
                 "symbol '.klp.sym.vmlinux.good,0' is for livepatch relocations")):
            self.expect_error(None, self.late(late), code, words)

    def check_verify_refusals(self):
        kernel = self.kernel()
        patch = self.file(e.livepatch("demo", [(None, [("good", 0)])]))
        driver = self.file(e.target("drv", ("entry", e.TRACED)), "drv.ko")
        bare = self.file(e.livepatch("demo", [(None, [("good", 0)])],
                                     sizes=False), "bare.ko")
        empty = self.file(e.livepatch("demo", []), "empty.ko")
        other = self.file(e.livepatch("demo", [(None, [("good", 0)])],
                                      thumb=True), "other.ko")
        huge = self.file(b"", "huge")
        os.truncate(huge, (1 << 30) + 1)
        silent = self.file(e.vmlinux(("good", e.TRACED), sites=False), "silent")
        for args, code, words in (
                (["--module", patch, "x"], "usage", "leave out 'x'"),
                ([patch], "usage", "is a file and no function: --module"),
                (["fix.ko.xz"], "usage", "--module fix.ko.xz"),
                (["--vmlinux", "/nonexistent", "x"], "not-found", "No such"),
                (["--vmlinux", self.directory, "x"], "bad-file", "regular"),
                (["--vmlinux", self.file(b"x" * 100, "text"), "x"], "bad-file",
                 "not an ELF file: of a kernel, give the vmlinux"),
                (["--vmlinux", self.file(b"", "nothing"), "x"], "bad-file",
                 "nothing: empty"),
                (["--vmlinux", huge, "x"], "bad-file", "too large: klpctl"
                 " reads files of up to 1 GiB"),
                (["--module", "/absent.ko", "--vmlinux", "/nonexistent"],
                 "not-found", "/absent.ko: No such"),
                (["--vmlinux", driver, "x"], "bad-file", "not a vmlinux"),
                (["--vmlinux", silent, "x"], "bad-file", "no traced calls"),
                (["--vmlinux", kernel, "--module", driver], "not-livepatch",
                 "'drv' is not a livepatch"),
                (["--vmlinux", kernel, "--module", bare], "bad-file",
                 "unstripped"),
                (["--vmlinux", kernel, "--module", empty], "bad-file",
                 "no list of functions"),
                (["--vmlinux", kernel, "--module", other], "refused",
                 "Thumb code, and 'vmlinux' is ARM code"),
                (["--vmlinux", kernel, "--object", "none"], "not-found",
                 "object 'none'"),
                (["--vmlinux", kernel, "--target", kernel, "x"], "bad-file",
                 "modules are relocatable")):
            self.expect_error(None, ["verify", *args], code, words)

    def refused(self, option, data, words):
        path = self.file(data, "crafted.ko")
        self.expect_error(None, ["verify", option, path], "bad-file", words)

    def check_verify_bounds(self):
        """Tables that would make the work grow faster than the file."""
        good = ("good", e.TRACED)
        for count in (1, 60000):
            self.refused("--vmlinux", e.vmlinux(
                good, also=lambda elf, n=count: elf.twin(3, n)), "overlap")

        def sections(count):
            return lambda elf: [elf.section(".more", b"", addr=0xd0000000)
                                for _ in range(count)]

        # There are three already.
        self.verify(0, "--vmlinux", self.file(e.vmlinux(
            good, also=sections(1021)), "vmlinux"))
        self.refused("--vmlinux", e.vmlinux(good, also=sections(1022)),
                     "more sections than any vmlinux")

        def tables(count):
            return lambda elf: [elf.rel_table(2, bytes(8))
                                for _ in range(count)]

        # The list of traced calls has one, which is found behind the others.
        self.verify(0, "--target", self.file(e.target(
            "drv", good, also=tables(15)), "drv.ko"))
        self.refused("--target", e.target("drv", good, also=tables(16)),
                     "too many tables of relocations")

        def nothings(count):
            return lambda elf: [elf.rel(2, 0, 0, e.NONE) for _ in range(count)]

        self.verify(0, "--target", self.file(e.target(
            "drv", good, also=nothings(15)), "drv.ko"))
        self.refused("--target", e.target("drv", good, also=nothings(16)),
                     "a traced call in no section")
        for length in (511, 512):
            name = "n" * length
            kernel = self.file(e.vmlinux((name, e.TRACED)), "vmlinux")
            if length == 511:
                self.verify(0, "--vmlinux", kernel, name)
            else:
                self.verify(6, "--vmlinux", kernel, name[1:])

    def check_verify_shared(self):
        """One list that every object claims is not read for each of them."""
        kernel = ["--vmlinux", self.kernel()]
        for size, status in ((2, 6), (80, None)):
            funcs = [("good", at + 1) for at in range(size)]
            objects = [(None, funcs)] + [(f"drv{at}", []) for at in range(size)]
            path = self.file(e.livepatch("demo", objects, 16, 12, shared=True))
            if status is None:
                self.expect_error(None, ["verify", *kernel, "--module", path],
                                  "bad-file", "lists", "overlap")
                continue
            value = self.verify(status, *kernel, "--module", path)
            assert len(value["funcs"]) == size * (size + 1), value

    def compared(self, status, codes, funcs, kernel=None, driver=None):
        """What verify says of the code of a livepatch's functions."""
        objects = [(None, funcs)] + ([("drv", [("entry", 0)])] if driver else [])
        patch = self.file(e.livepatch("demo", objects, codes=codes), "code.ko")
        args = ["--vmlinux", kernel or self.kernel(), "--module", patch]
        if driver:
            args += ["--target", driver]
        value = self.verify(status, *args)
        return value, [(f.get("code"), f.get("code_offset"))
                       for f in value["funcs"]]

    def check_verify_code(self):
        """The function that is there is the one that was diffed, or not."""
        mask = [(e.SITE, 4)]
        good = e.old_code("good", e.TRACED, mask)
        value, rows = self.compared(0, good, [("good", 0)])
        assert rows == [("same", None)] and value["differing"] == 0, value
        assert value["funcs"][0]["code_sha256"] == \
            hashlib.sha256(e.TRACED[:8] + bytes(4) + e.TRACED[12:]).hexdigest()
        # The tracing call is the only thing that may be another.
        for at in range(16):
            code = bytearray(e.TRACED)
            code[at] ^= 1
            status, row = (0, ("same", None)) if 8 <= at < 12 else \
                (1, ("differs", at))
            value, rows = self.compared(status, e.old_code("good", code, mask),
                                        [("good", 0)])
            assert rows == [row] and value["differing"] == status, (at, value)
        value, rows = self.compared(
            1, e.old_code("good", e.TRACED), [("good", 0)],
            self.file(e.vmlinux(("good", e.TRACED[:8] + struct.pack(
                "<I", 0xebfffff0) + e.TRACED[12:])), "other"))
        assert rows == [("differs", 8)], value

    def check_verify_code_sizes(self):
        for code, status, row in (
                (e.TRACED + bytes(4), 1, ("differs", 16)),
                (e.TRACED[:12], 1, ("differs", 12)), (e.TRACED, 0, ("same", None))):
            value, rows = self.compared(
                status, e.old_code("good", code), [("good", 0)])
            assert rows == [row], value

    def check_verify_code_position(self):
        """Of two of one name it is the one of the position; or it is gone."""
        codes = e.old_code("twin", e.TRACED, sympos=1)
        assert self.compared(0, codes, [("twin", 1)])[1] == [("same", None)]
        codes = e.old_code("twin", e.TRACED, sympos=2)
        assert self.compared(1, codes, [("twin", 2)])[1] == [("differs", 4)]
        codes = e.old_code("twin", e.TRACED, sympos=3)
        assert self.compared(6, codes, [("twin", 3)])[1] == [("gone", None)]
        codes = e.old_code("none", e.TRACED)
        value, rows = self.compared(6, codes, [("none", 0)])
        assert rows == [("gone", None)] and "differing" not in value, value

    def check_verify_code_of_module(self):
        driver = self.file(e.target("drv", ("entry", e.TRACED)), "drv.ko")
        codes = e.old_code("entry", e.TRACED, target="drv") + \
            e.old_code("good", e.PLAIN)
        value, rows = self.compared(1, codes, [("good", 0)], driver=driver)
        assert rows == [("differs", 4), ("same", None)], value
        # Without its file nothing is known of it.
        patch = os.path.join(self.directory, "code.ko")
        value = self.verify(6, "--vmlinux", self.kernel(), "--module", patch)
        assert "code" not in value["funcs"][1], value

    def check_verify_code_running(self):
        """Without files the kernel that runs is asked: "codes" tells of one."""
        code = e.TRACED[:8] + b"\xff\xff\xfe\xbe" + e.TRACED[12:]
        objects = [(None, [("good", 0), ("moving", 0), ("early", 0), ("none", 0),
                           ("twin", 0)]), ("drv", [("entry", 2)])]
        names = [(name, target or "vmlinux", sympos)
                 for target, funcs in objects for name, sympos in funcs]

        def ask(scenario, status, code, mask=((e.SITE, 4),), **kwargs):
            codes = b"".join(e.old_code(name, code, mask, target, sympos)
                             for name, target, sympos in names)
            patch = self.file(e.livepatch("demo", objects, codes=codes, **kwargs),
                              "code.ko")
            done = self.run(scenario, "verify", "-j", "--module", patch)
            assert done.returncode == status, done
            return patch, self.validate(done.stdout)

        patch, value = ask("codes", 6, code)
        rows = [(f["name"], f.get("reason"), f.get("code"))
                for f in value["funcs"]]
        assert rows == [("good", None, "same"), ("moving", None, None),
                        ("early", "init-text", None),
                        ("none", "not-found", "gone"),
                        ("twin", "ambiguous", None),
                        ("entry", None, "same")], rows
        text = self.run("codes", "verify", "--module", patch).stdout.decode()
        assert "2 compared: 2 of the code that the patch was made for, 0 of " \
            "other code\n" in text, text
        # Nothing is masked that the kernel has not written to; another size.
        for other, mask, offset in (
                (code, (), None), (e.TRACED, (), 8), (code + bytes(4), (), None),
                (code + bytes(8), (), 20),
                (code[:4] + b"\5" + code[5:], ((e.SITE, 4),), 4)):
            _, value = ask("codes", 6, other, mask)
            good = value["funcs"][0]
            assert good.get("code_offset") == offset, (other, good)
            assert good["code"] == ("same" if offset is None else "differs")
        # Who may not ask has what a file alone tells, as on any other machine.
        _, value = ask("codes-user", 6, code)
        assert value["funcs"][0]["reason"] == "object-not-given", value

    def check_verify_late_running(self):
        """Symbols without a file are looked up when the patch is loaded."""
        patch = self.file(e.livepatch("demo", [("drv", [("entry", 2)])], late=[
            (".klp.rela.vmlinux..text", ".klp.sym.vmlinux.hidden,0", e.CALL)]))
        done = self.run("codes", "verify", "-j", "--module", patch)
        assert done.returncode == 0 and self.validate(done.stdout), done
        self.expect_error(None, ["verify", "--module", patch], "not-found",
                          "of 'vmlinux', for which no file")

    def check_verify_code_damaged(self):
        good = {"name": "good", "code": e.TRACED}
        for codes, words in (
                (b"", "has nothing in it"),
                (bytes(12), "12 bytes behind its end"),
                (bytes(64), "entry 1 does not begin like one"),
                (e.old_code(**good) + b"\0\0\0\0", "4 bytes behind its end"),
                (e.old_code(**good, version=2), "has version 2, and this klpctl"
                 " reads version 1"),
                (e.old_code(**good, size=68), "entry 1 has 68 bytes, and should"
                 " have 96 of 96"),
                (e.old_code(**good)[:-4], "of 92"),
                (e.old_code(**good, count=1), "should have 104 of 96"),
                (e.old_code(**good, count=0xffffffff), "entry 1 has 96 bytes"),
                (e.old_code(**good, length=0xffffffff), "entry 1 has 96"),
                (e.old_code("good", b""), "entry 1 has no code"),
                (e.old_code("good", e.TRACED[:14], length=13), "more code than"),
                (e.old_code(**good, flags=2), "unknown flags"),
                (e.old_code(**good, names=b"vmlinux\0good"), "not name a func"),
                (e.old_code(**good, names=b"vmlinux good\0"), "not name a func"),
                (e.old_code(**good, names=b"\0good\0"), "not name a function"),
                (e.old_code(**good, names=b"vmlinux\0good\0x\0"), "not name a"),
                (e.old_code(**good, masks=[(8, 0)]), "mask 0 of 'good' is out"),
                (e.old_code(**good, masks=[(8, 9)]), "mask 0 of 'good' is out"),
                (e.old_code(**good, masks=[(17, 1)]), "mask 0 of 'good' is out"),
                (e.old_code(**good, masks=[(8, 0xffffffff)]), "is outside"),
                (e.old_code(**good, masks=[(4, 4), (6, 4)]), "mask 1 of 'good'"
                 " overlaps"),
                (e.old_code(**good, masks=[(8, 4), (4, 4)]), "overlaps"),
                (e.old_code(**good, masks=[(4, 4), (8, 4)]), "touches"),
                (e.old_code(**good, digest=bytes(31) + b"\1"), "the SHA-256 of"
                 " 'good' is not that of its code"),
                (e.old_code(**good) * 2, "has 'good' of 'vmlinux' twice"),
                (e.old_code(**good) + e.old_code(**good, sympos=1), "twice"),
                (e.old_code("plain", e.PLAIN), "lacks 'good' of 'vmlinux'"),
                (e.old_code(**good, sympos=2), "lacks 'good' of 'vmlinux'"),
                (e.old_code(**good, target="drv"), "lacks 'good'"),
                (e.old_code(**good) + e.old_code("plain", e.PLAIN),
                 "has 2 functions, and the livepatch replaces 1")):
            patch = self.file(e.livepatch("demo", [(None, [("good", 0)])],
                                          codes=codes), "code.ko")
            self.expect_error(None, ["verify", "--vmlinux", self.kernel(),
                                     "--module", patch], "bad-file", words)

    def check_verify_damaged(self):
        """Files that are wrong in any one place are judged or refused."""
        images = {
            "vmlinux": e.vmlinux(("good", e.TRACED), ("bad", e.REFUSED)),
            "demo.ko": e.livepatch("demo", [("drv", [("entry", 0)])], 24, 28,
                                   codes=e.old_code("entry", e.TRACED, [(8, 4)],
                                                    "drv")),
            "drv.ko": e.target("drv", ("entry", e.TRACED))}
        paths = {name: self.file(data, "whole-" + name)
                 for name, data in images.items()}
        for name, data in images.items():
            for at in range(0, len(data), self.options.stride):
                broken = bytearray(data)
                broken[at] ^= (0xff, 0x40, 0x7f)[at % 3]
                if at % 11 == 0:
                    broken = broken[:at]
                given = dict(paths, **{name: self.file(broken, name)})
                args = ["--vmlinux", given["vmlinux"], "--target",
                        given["drv.ko"], "--module", given["demo.ko"]]
                done = self.run(None, "verify", "-j", *args)
                assert done.returncode in (0, 1, 6), (name, at, done)
                assert json.loads(done.stdout), (name, at)
