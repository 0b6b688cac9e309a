# SPDX-License-Identifier: GPL-2.0
"""table_cases.py - tables of text, and the room they have: cases of check.py."""
import fcntl
import os
import pty
import struct
import termios

TABLES = (("full", "failures"), ("full", "blocking"), ("full", "history"),
          ("stack", "func", "list"), ("hostile", "func", "list"))


class TableCases:
    """What Checker inherits; it has run()."""

    def table(self, state, *words, columns=None):
        env = {"COLUMNS": str(columns)} if columns is not None else {}
        done = self.run(state, *words, env=env)
        assert done.returncode == 0 and not done.stderr, done
        return done.stdout.decode().splitlines()

    def terminal_table(self, width, state, *words):
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ,
                    struct.pack("HHHH", 24, width, 0, 0))
        # The terminal holds the few lines of a table until they are read.
        done = self.run(state, "--color=never", *words, stdout=slave)
        os.close(slave)
        assert done.returncode == 0, done
        text = b""
        try:
            while True:
                text += os.read(master, 65536)
        except OSError:
            pass
        os.close(master)
        return text.decode().splitlines()

    def check_tables_fit(self):
        for state, *words in TABLES:
            whole = self.table(state, *words)
            assert max(map(len, whole)) > 80, whole
            for width in (60, 80, 100):
                for lines in (self.table(state, *words, columns=width),
                              self.terminal_table(width, state, *words)):
                    assert len(lines) == len(whole), lines
                    wide = [line for line in lines if len(line) > width
                            and not line.startswith("transition: ")]
                    assert not wide, (width, wide)
            for lines in (self.table(state, *words, "--wide", columns=60),
                          self.terminal_table(60, state, *words, "--wide"),
                          self.table(state, *words, columns=""),
                          self.table(state, *words, columns="many")):
                assert lines == whole, lines

    def check_tables_keep(self):
        """What counts is there to the last, and what is cut is marked."""
        lines = self.table("full", "blocking", columns=60)
        assert "COMM" in lines[1] and "REASON" in lines[1], lines
        assert "KTHREAD" not in lines[1], lines
        lines = self.table("hostile", "func", "list", columns=60)
        assert "..." in lines[1] and "FUNCTION" in lines[0], lines

    def check_tables_form(self):
        heading, *rows = self.table("full", "history")
        for name in ("ID", "TOOK", "ATTEMPTS", "SIGNALS"):
            end = heading.index(name) + len(name)
            for row in rows[:3]:
                assert row[end - 1] != " " and row[end:end + 1] in ("", " "), \
                    (name, row)
        assert "     1.234 s" in rows[0], rows
        assert "8589934.592 s" in rows[1], rows
        assert " for 65.000 s, " in self.table("full", "blocking")[0]
        assert ", 65.000 s ago" in "\n".join(
            self.table("full", "transition", "show"))
