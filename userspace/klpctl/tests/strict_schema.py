# SPDX-License-Identifier: GPL-2.0
"""strict_schema.py - schemas as klpctl's tests take them."""


def strict(schema):
    """The schema without room for members that it does not list."""
    if isinstance(schema, dict):
        schema = {key: strict(value) for key, value in schema.items()}
        if schema.get("type") == "object" and "properties" in schema:
            schema["additionalProperties"] = False
    elif isinstance(schema, list):
        schema = [strict(entry) for entry in schema]
    return schema
