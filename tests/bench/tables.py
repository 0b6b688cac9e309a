# SPDX-License-Identifier: GPL-2.0
"""Figures as tables: lists of rows, of which the first is the heading."""

# Of what has more than one figure, those that are worth a table.
SHOWN = {"calls": ["overhead"], "func_dump": ["instructions"]}


def label(row):
    """What a row of figures is of."""
    return " ".join(value for value in row.values() if isinstance(value, str))


def numeric(rows):
    """The names of the figures in rows that are alike."""
    return [key for key, value in rows[0].items()
            if key != "functions" and not isinstance(value, str)]


def by_functions(rows, key):
    """A figure: what it is of goes down, the number of functions across."""
    numbers = sorted({row["functions"] for row in rows})
    table = [["functions"] + numbers]
    for name in dict.fromkeys(label(row) for row in rows):
        cells = {row["functions"]: row[key] for row in rows if label(row) == name}
        table.append([name or key] + [cells.get(number, "") for number in numbers])
    return table


def tables(name, figures):
    """All tables of a part, each with its title."""
    if isinstance(figures, dict):
        yield name, [["figure", "value"], *map(list, figures.items())]
    elif "functions" in figures[0]:
        for key in SHOWN.get(name, numeric(figures)):
            yield f"{name}: {key}", by_functions(figures, key)
    else:
        keys = numeric(figures)
        yield name, [keys] + [[row[key] for key in keys] for row in figures]


def cell(value):
    """A figure as it is printed."""
    if isinstance(value, float):
        return f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else str(value)


def text(title, table):
    """A table for a terminal."""
    lines = [title]
    for first, *others in table:
        lines.append(f"  {cell(first):<32}" +
                     "".join(f" {cell(other):>14}" for other in others))
    return "\n".join(lines)


def markdown(table):
    """A table for a document."""
    rows = [[cell(value) for value in row] for row in table]
    rows.insert(1, ["---"] + ["---:"] * (len(rows[0]) - 1))
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)
