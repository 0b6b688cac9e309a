#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""trace_names.py SPEC - print kernel/klp_arm/trace_names.h: words for numbers."""
import sys

import yaml

# What the trace events print of the protocol's enums
ENUMS = ("event-kind", "blocker-reason", "stack-reason")
# What debugfs prints, too
TABLES = ("stack-reason",)


def constant(enum, entry):
    return f"KLP_ARM_{enum}_{entry}".upper().replace("-", "_")


def lines(enum):
    name = enum["name"]
    entries = [entry["name"] for entry in enum["entries"]]
    yield ""
    for entry in entries:
        yield f"TRACE_DEFINE_ENUM({constant(name, entry)});"
    yield ""
    yield f"#define klp_arm_show_{name.replace('-', '_')}(value) \\"
    yield "\t__print_symbolic(value, \\"
    for entry in entries[:-1]:
        yield f"\t\t{{ {constant(name, entry)}, \"{entry}\" }}, \\"
    yield f"\t\t{{ {constant(name, entries[-1])}, \"{entries[-1]}\" }})"
    if name not in TABLES:
        return
    yield f"\n#define klp_arm_{name.replace('-', '_')}_words \\"
    for entry in entries[:-1]:
        yield f"\t[{constant(name, entry)}] = \"{entry}\", \\"
    yield f"\t[{constant(name, entries[-1])}] = \"{entries[-1]}\""


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = yaml.safe_load(file)
    enums = {enum["name"]: enum for enum in spec["definitions"]}
    print("/* SPDX-License-Identifier: GPL-2.0 */")
    print("/* Made from specs/klp_arm.yaml by scripts/ynl.sh: do not edit */")
    print("#if !defined(_KLP_ARM_TRACE_NAMES_H) || "
          "defined(TRACE_HEADER_MULTI_READ)")
    print("#define _KLP_ARM_TRACE_NAMES_H")
    print("\n/*\n * perf and others read the numbers that the kernel puts in the"
          " place of these\n * constants in the format files.\n */", end="")
    for name in ENUMS:
        print("\n".join(lines(enums[name])))
    print("\n#endif /* _KLP_ARM_TRACE_NAMES_H */")


main()
