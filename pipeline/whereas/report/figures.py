"""Pictures of a report, as SVG inside the page; its style sheet gives them their colours."""

from collections.abc import Iterator, Sequence

from markupsafe import Markup, escape

from whereas.evaluation.calibration import Calibration
from whereas.evaluation.curve import LearningCurve
from whereas.evaluation.estimate import Estimate
from whereas.evaluation.functions import FunctionScores

_CELL, _MARGIN = 27, 172  # pixels of the confusion matrix: a cell, the room for labels
_SLANT = 88  # the room to the right for the last of the slanting labels
_WIDE, _HIGH, _LEFT, _BOTTOM, _TOP, _RIGHT = 440, 330, 50, 44, 14, 14


def _drawing(
    width: float, height: float, title: str, parts: Iterator[str], least: float = 0
) -> Markup:
    """Wrap parts as a picture that is as wide as its place, but at least ``least`` pixels."""
    head = (
        f'<svg viewBox="0 0 {width:g} {height:g}" style="min-width: {least:g}px" role="img" '
        f'aria-label="{escape(title)}" xmlns="http://www.w3.org/2000/svg">'
    )
    return Markup("".join((head, f"<title>{escape(title)}</title>", *parts, "</svg>")))


def confusion_matrix(scores: FunctionScores) -> Markup:
    """Draw gold labels (rows) against predicted ones (columns), those that occur at all.

    A cell's shade is its share of the row; the number in it counts clauses.
    """
    used = [
        at
        for at in range(len(scores.labels))
        if any(scores.confusion[at]) or any(row[at] for row in scores.confusion)
    ]
    size = _MARGIN + _CELL * len(used)
    return _drawing(size + _SLANT, size + 8, "Confusion matrix", _matrix(scores, used), 0.8 * size)


def _matrix(scores: FunctionScores, used: Sequence[int]) -> Iterator[str]:
    end = _MARGIN + _CELL * len(used)
    yield f'<text class="axis" x="{_MARGIN - 8}" y="{_MARGIN - 8}" text-anchor="end">gold ↓</text>'
    yield (
        f'<text class="axis" transform="translate({_MARGIN - 8} {_MARGIN - 24})" '
        f'text-anchor="end">predicted →</text>'
    )
    for row, label in enumerate(used):
        name = escape(scores.labels[label])
        middle = _MARGIN + _CELL * row + _CELL / 2
        yield (
            f'<text class="name" x="{_MARGIN - 8}" y="{middle + 4:g}" text-anchor="end">'
            f"{name}</text>"
            f'<text class="name" transform="translate({middle + 4:g} {_MARGIN - 8}) rotate(-60)">'
            f"{name}</text>"
            f'<path class="grid" d="M{_MARGIN} {middle + _CELL / 2:g}H{end}'
            f'M{middle + _CELL / 2:g} {_MARGIN}V{end}"/>'
        )
    for row, gold in enumerate(used):
        total = sum(scores.confusion[gold])
        for column, found in enumerate(used):
            if count := scores.confusion[gold][found]:
                names = scores.labels[gold], scores.labels[found]
                yield _cell(row, column, *names, count, count / total)


def _cell(row: int, column: int, gold: str, found: str, count: int, share: float) -> str:
    x, y = _MARGIN + _CELL * column, _MARGIN + _CELL * row
    kind = "hit" if gold == found else "miss"
    strong = " strong" if share > 0.55 else ""
    return (
        f'<g class="cell"><title>{escape(gold)} given as {escape(found)}: {count} clauses, '
        f"{share:.0%} of the gold label</title>"
        f'<rect class="{kind}" x="{x}" y="{y}" width="{_CELL}" height="{_CELL}" '
        f'fill-opacity="{0.12 + 0.88 * share:.2f}"/>'
        f'<text class="count{strong}" x="{x + _CELL / 2:g}" y="{y + _CELL / 2 + 4:g}" '
        f'text-anchor="middle">{count}</text></g>'
    )


def whisker(estimate: Estimate) -> Markup:
    """Draw a figure between 0 and 1 as a dot with its interval as a line."""
    if estimate.value is None:
        return Markup("")
    parts = ['<path class="grid" d="M1 8H121"/>']
    if estimate.low is not None and estimate.high is not None:
        parts.append(
            f'<path class="interval" d="M{1 + 120 * estimate.low:.1f} 8'
            f'H{1 + 120 * estimate.high:.1f}"/>'
        )
    parts.append(f'<circle class="dot" cx="{1 + 120 * estimate.value:.1f}" cy="8" r="3.5"/>')
    drawing = (
        f'<svg class="whisker" viewBox="-4 0 130 16" aria-hidden="true">{"".join(parts)}</svg>'
    )
    return Markup(drawing)


class _Axes:
    """A chart whose x goes from 0 to ``right`` and y from ``low`` to ``high``."""

    def __init__(self, right: float, low: float, high: float) -> None:
        self.right, self.low, self.high = right, low, high

    def x(self, value: float) -> float:
        return _LEFT + (_WIDE - _LEFT - _RIGHT) * value / self.right

    def y(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return _HIGH - _BOTTOM - (_HIGH - _BOTTOM - _TOP) * share

    def frame(self, across: str, up: str, places: Sequence[float]) -> Iterator[str]:
        for step in range(6):
            value = self.low + (self.high - self.low) * step / 5
            shown = f"{value:.1f}" if self.high - self.low > 0.5 else f"{value:.3g}"
            yield (
                f'<path class="grid" d="M{_LEFT} {self.y(value):.1f}H{_WIDE - _RIGHT}"/>'
                f'<text class="tick" x="{_LEFT - 6}" y="{self.y(value) + 4:.1f}" '
                f'text-anchor="end">{shown}</text>'
            )
        for value in places:
            yield (
                f'<text class="tick" x="{self.x(value):.1f}" y="{_HIGH - _BOTTOM + 16}" '
                f'text-anchor="middle">{value:g}</text>'
            )
        along, beside = (_LEFT + _WIDE - _RIGHT) / 2, (_HIGH - _BOTTOM + _TOP) / 2
        for name, x, y, turn in ((across, along, _HIGH - 8, 0), (up, 13, beside, -90)):
            yield (
                f'<text class="axis" transform="translate({x:g} {y:g}) rotate({turn})" '
                f'text-anchor="middle">{name}</text>'
            )

    def line(self, points: Sequence[tuple[float, float]], kind: str) -> str:
        steps = "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in points)
        return f'<path class="{kind}" d="M{steps}"/>'


_FIFTHS = (0, 0.2, 0.4, 0.6, 0.8, 1)


def reliability_diagram(calibration: Calibration) -> Markup:
    """Draw how often clauses are right by how sure the system was; dots as large as bins."""
    axes = _Axes(1, 0, 1)
    largest = max((each.clauses for each in calibration.bins), default=1)

    def parts() -> Iterator[str]:
        yield from axes.frame("score", "share right", _FIFTHS)
        yield axes.line([(0, 0), (1, 1)], "ideal")
        yield axes.line([(each.score, each.accuracy) for each in calibration.bins], "line")
        for each in calibration.bins:
            radius = 2.5 + 7 * (each.clauses / largest) ** 0.5
            yield (
                f'<circle class="dot" cx="{axes.x(each.score):.1f}" '
                f'cy="{axes.y(each.accuracy):.1f}" r="{radius:.1f}"><title>'
                f"scores {each.low:.2f} to {each.high:.2f}: {each.clauses} clauses, mean score "
                f"{each.score:.3f}, {each.accuracy:.1%} right</title></circle>"
            )

    return _drawing(_WIDE, _HIGH, "Reliability diagram", parts())


def risk_coverage(calibration: Calibration) -> Markup:
    """Draw the share of wrong clauses among the surest ones, by how many are kept."""
    worst = max((risk for _, risk in calibration.risk_coverage), default=0.0)
    axes = _Axes(1, 0, _round_up(worst))

    def parts() -> Iterator[str]:
        yield from axes.frame("share of clauses kept", "share wrong", _FIFTHS)
        yield axes.line(calibration.risk_coverage, "line")
        for kept, risk in calibration.risk_coverage[-1:]:
            yield f'<circle class="dot" cx="{axes.x(kept):.1f}" cy="{axes.y(risk):.1f}" r="4"/>'

    return _drawing(_WIDE, _HIGH, "Risk-coverage curve", parts())


def _round_up(value: float) -> float:
    return next((top for top in (0.02, 0.05, 0.1, 0.15, 0.2, 0.25, 0.5) if value <= top), 1.0)


def learning_curve(curve: LearningCurve) -> Markup:
    """Draw accuracy and macro-F1 by how many documents a model was trained on."""
    points = [p for p in curve.points if p.accuracy.value is not None]
    most = max((point.documents for point in points), default=1)
    least = min((p.macro_f1.low or p.macro_f1.value or 0 for p in points), default=0.0)
    axes = _Axes(most, 0.5 if least >= 0.5 else 0, 1)
    lines = (("accuracy", "accuracy", "line", -10), ("macro_f1", "macro-F1", "line second", 20))

    def parts() -> Iterator[str]:
        yield from axes.frame("training documents", "score", [p.documents for p in points])
        for field, name, kind, offset in lines:
            pairs = [(point.documents, getattr(point, field)) for point in points]
            yield axes.line([(x, each.value) for x, each in pairs], kind)
            for x, each in pairs:
                if each.low is not None:
                    yield axes.line([(x, each.low), (x, each.high)], f"{kind} thin")
            for x, each in pairs[-1:]:
                place = f'x="{axes.x(x) - 8:.1f}" y="{axes.y(each.value) + offset:.1f}"'
                yield f'<text class="tick" {place} text-anchor="end">{name}</text>'

    return _drawing(_WIDE, _HIGH, "Learning curve", parts())
