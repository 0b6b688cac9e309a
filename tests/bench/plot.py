# SPDX-License-Identifier: GPL-2.0
"""What a patched call costs, as SVG.

Both axes are logarithmic: one line goes up with the number of functions, the
others have to be told apart over five orders of magnitude.
"""
import math

WIDTH, HEIGHT = 800, 460
LEFT, RIGHT, TOP, BOTTOM = 95, 225, 50, 60
X_RANGE = (1, 1000)
Y_RANGE = (0.5, 1000000)

# In the order of their cost; colours that the colour-blind can tell apart
# (Okabe and Ito), and marks for who sees none.
LINES = [
    ("stock", "stock, no trampolines", "#d55e00", "square"),
    ("shared", "shared with a tracer", "#cc79a7", "diamond"),
    ("handler", "handler, in a transition", "#e69f00", "triangle"),
    ("direct", "direct, no transition", "#0072b2", "circle"),
    ("branch", "branch, and no more", "#555555", "cross"),
]

STYLE = """
text { font: 13px sans-serif; fill: #222 }
.title { font-size: 16px; font-weight: bold }
.grid { stroke: #ddd }
.axis { stroke: #222 }
"""


def position(value, limits, start, end):
    """Where a value is between two coordinates."""
    low, high = map(math.log10, limits)
    return start + (math.log10(value) - low) / (high - low) * (end - start)


def x_of(functions):
    """Where a number of functions is."""
    return position(functions, X_RANGE, LEFT, WIDTH - RIGHT)


def y_of(overhead):
    """Where a number of instructions is."""
    return position(overhead, Y_RANGE, HEIGHT - BOTTOM, TOP)


def mark(shape, x, y, colour):
    """A point of a line."""
    outlines = {
        "square": "M-4 -4h8v8h-8z", "diamond": "M0 -6l6 6l-6 6l-6 -6z",
        "triangle": "M0 -5l5 9h-10z", "circle": "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0 -8 0z",
        "cross": "M-4 -1h3v-3h2v3h3v2h-3v3h-2v-3h-3z"}
    return (f'<path d="{outlines[shape]}" fill="{colour}" '
            f'transform="translate({x:.1f} {y:.1f})"/>')


def text(x, y, words, anchor="middle", more=""):
    """Words at a place."""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{more}>{words}</text>'


def axes():
    """The frame, and what the axes are."""
    right, bottom = WIDTH - RIGHT, HEIGHT - BOTTOM
    for power in range(0, 7):
        y = y_of(10 ** power)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{right}"/>'
        yield text(LEFT - 8, y + 4, f"{10 ** power:,}", "end")
    for power in range(0, 4):
        x = x_of(10 ** power)
        yield f'<path class="grid" d="M{x:.1f} {TOP}V{bottom}"/>'
        yield text(x, bottom + 20, f"{10 ** power:,}")
    yield f'<path class="axis" fill="none" d="M{LEFT} {TOP}V{bottom}H{right}"/>'
    yield text(LEFT, 28, "Instructions that redirecting adds to a call",
               "start", ' class="title"')
    yield text((LEFT + right) / 2, bottom + 44,
               "functions of each kind that are patched")
    middle = (TOP + bottom) / 2
    yield text(18, middle, "instructions more than an unpatched call", "middle",
               f' transform="rotate(-90 18 {middle})"')


def line(calls, path, words, colour, shape):
    """One path's figures, with its name behind the last one."""
    points = sorted((row["functions"], row["overhead"]) for row in calls
                    if row["path"] == path and row["kind"] == "leaf")
    places = [(x_of(functions), y_of(overhead)) for functions, overhead in points]
    joined = "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
    yield f'<path d="M{joined}" fill="none" stroke="{colour}" stroke-width="2"/>'
    for x, y in places:
        yield mark(shape, x, y, colour)
    x, y = places[-1]
    yield text(x + 12, y + 4, f"{words}: {points[-1][1]:,}", "start",
               f' style="fill:{colour}"')


def draw(calls):
    """The whole picture, line by line."""
    yield "<!-- SPDX-License-Identifier: GPL-2.0 -->"
    yield "<!-- Made by tests/bench/document from what make bench has measured. -->"
    yield (f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" '
           f'height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}">')
    yield "<title>Cost of a patched call by the number of patched functions</title>"
    yield f"<style>{STYLE}</style>"
    yield f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>'
    yield from axes()
    for entry in LINES:
        yield from line(calls, *entry)
    yield "</svg>"
