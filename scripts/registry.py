#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""registry.py SPEC - print docs/netlink/registry.md: every number and enum."""
import sys

import yaml


def flat(text):
    return " ".join((text or "").split()).replace("|", "\\|")


def limits(spec):
    print("## Limits and names\n")
    print("| name | value | meaning |\n|---|---|---|")
    for const in spec["definitions"]:
        if const["type"] == "const":
            print(f"| `{const['name']}` | `{const['value']}` "
                  f"| {flat(const.get('doc'))} |")


def enums(spec):
    for enum in spec["definitions"]:
        if enum["type"] != "enum":
            continue
        print(f"\n## {enum['name']}\n\n{flat(enum.get('doc'))}\n")
        print("| value | name | meaning |\n|---|---|---|")
        value = enum.get("value-start", 0)
        for entry in enum["entries"]:
            value = entry.get("value", value)
            print(f"| {value} | `{entry['name']}` | {flat(entry.get('doc'))} |")
            value += 1


def commands(spec):
    print("\n## Commands\n\n| value | name | meaning |\n|---|---|---|")
    for value, op in enumerate(spec["operations"]["list"], 1):
        print(f"| {value} | `{op['name']}` | {flat(op.get('doc'))} |")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        spec = yaml.safe_load(file)
    print("<!-- SPDX-License-Identifier: GPL-2.0 -->")
    print("<!-- Made from specs/klp_arm.yaml by scripts/ynl.sh: do not edit -->")
    print("# Registry of the netlink family\n")
    print("Numbers are those of the protocol, names those of JSON and of text."
          "\nBoth are added to and never change.\n")
    limits(spec)
    enums(spec)
    commands(spec)


main()
