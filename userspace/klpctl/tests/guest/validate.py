#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""validate.py - is what klpctl printed in the guest what its schemas say?

    validate.py SCHEMAS OUTPUT...

Takes the lines "# json {...}" of the tests' outputs, and prints a TAP line for
each schema of klpctl: it must have had an output, and hold for all of them, with no
member that it does not list.
"""
import json
import pathlib
import sys

import jsonschema

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from strict_schema import strict  # pylint: disable=wrong-import-position

PREFIX = b"# json "


def outputs_of(paths):
    """The objects by the name of their schema; None has what names none."""
    outputs = {}
    for path in paths:
        for line in pathlib.Path(path).read_bytes().splitlines():
            if not line.startswith(PREFIX):
                continue
            value = json.loads(line[len(PREFIX):].decode("utf-8", "strict"))
            name = value.get("schema", "") if isinstance(value, dict) else ""
            if "error" in value and not name:
                name = "klpctl-error/1"
            outputs.setdefault(name, []).append(value)
    return outputs


def judge(schema, values):
    """What is wrong, or None."""
    if not values:
        return "no command printed it"
    validator = jsonschema.Draft7Validator(strict(schema))
    for value in values:
        for error in validator.iter_errors(value):
            place = "/".join(map(str, error.absolute_path))
            return f"{place}: {error.message[:300]}"
    return None


def main():
    outputs = outputs_of(sys.argv[2:])
    failed = 0
    for path in sorted(pathlib.Path(sys.argv[1]).glob("klpctl-*.json")):
        schema = json.loads(path.read_text(encoding="utf-8"))
        values = outputs.pop(f"{path.stem}/1", [])
        wrong = judge(schema, values)
        failed += wrong is not None
        verdict = "not ok" if wrong else "ok"
        print(f"{verdict} - schema: {path.stem} ({len(values)} outputs)")
        if wrong:
            print(f"# {wrong}")
    for name in outputs:
        failed += 1
        print(f"not ok - schema: none for '{name}'")
    sys.exit(failed != 0)


main()
