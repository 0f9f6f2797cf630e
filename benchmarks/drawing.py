"""The growth of cost as a picture: CPU time of an article beside the number of articles, drawn from the table of it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from math import log10

WIDTH, HEIGHT = 720, 360
LEFT, RIGHT, TOP, BOTTOM = 64, 170, 56, 52
INK, FAINT, LINE, BAR = "#1b1f24", "#8a929c", "#0b5cad", "#b3382c"


def draw_growth(points: Sequence[tuple[int, float]], most: float) -> str:
    """An SVG of ``points``, each a number of articles and the milliseconds of CPU that one of them takes.

    The dashed line is what an article may take at most: ``most`` times what it takes of the fewest.
    """
    bound = most * points[0][1]
    highest = 1.25 * max(bound, *(cost for _, cost in points))
    first, last = log10(points[0][0]), log10(points[-1][0])

    def place(articles: float, cost: float) -> tuple[float, float]:
        along = (log10(articles) - first) / max(last - first, 1e-9)
        return LEFT + along * (WIDTH - LEFT - RIGHT), HEIGHT - BOTTOM - cost / highest * (HEIGHT - TOP - BOTTOM)

    marks = [_label(LEFT, 26, "What an article costs, as there are more of them", INK, 16)]
    marks.append(_label(LEFT, 44, "CPU milliseconds an article, onrecord build", FAINT))
    base = HEIGHT - BOTTOM
    marks.append(_line(LEFT, base, WIDTH - RIGHT, base, FAINT))
    marks.append(_label(WIDTH - RIGHT, HEIGHT - 12, "articles", FAINT, anchor="end"))
    for articles, cost in points:
        x, y = place(articles, cost)
        marks.append(_label(x, base + 20, f"{articles:,}", INK, anchor="middle"))
        marks.append(_label(x, y - 12, f"{cost:.0f}", LINE, anchor="middle"))
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{LINE}"/>')
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in (place(*point) for point in points))
    marks.append(f'<polyline points="{path}" fill="none" stroke="{LINE}" stroke-width="2.5"/>')
    _, y = place(points[0][0], bound)
    marks.append(_line(LEFT, y, WIDTH - RIGHT, y, BAR, dashed=True))
    marks.append(_label(WIDTH - RIGHT + 10, y + 4, f"at most {most:g} x the first", BAR))
    inside = "\n".join(marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="system-ui, sans-serif">\n'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>\n{inside}\n</svg>\n'
    )


def _line(x: float, y: float, to_x: float, to_y: float, colour: str, dashed: bool = False) -> str:
    dash = ' stroke-dasharray="6 5"' if dashed else ""
    return f'<line x1="{x:.1f}" y1="{y:.1f}" x2="{to_x:.1f}" y2="{to_y:.1f}" stroke="{colour}"{dash}/>'


def _label(x: float, y: float, words: str, colour: str, size: int = 13, anchor: str = "start") -> str:
    look = f'font-size="{size}" fill="{colour}" text-anchor="{anchor}"'
    return f'<text x="{x:.1f}" y="{y:.1f}" {look}>{escape(words)}</text>'
