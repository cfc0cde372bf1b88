"""Pages of a report: templates filled with its figures."""

from functools import cache
from typing import TYPE_CHECKING

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from whereas.evaluation.estimate import LEVEL, Estimate
from whereas.report import figures

if TYPE_CHECKING:
    from whereas.report import Report

TITLES = {
    "accuracy": "Accuracy",
    "macro_f1": "Macro-F1",
    "weighted_f1": "Weighted F1",
    "kappa": "Cohen’s kappa",
    "matthews": "Matthews",
}
_LONGEST = 160  # characters of a clause in Markdown


def render_page(template: str, report: "Report") -> str:
    """Fill a template with a report."""
    return (
        _environment()
        .get_template(template)
        .render(
            about=report.about,
            e=report.evaluation,
            comparison=report.comparison,
            curve=report.curve,
            figures=figures,
            titles=TITLES,
            level=LEVEL,
        )
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("whereas.report"),
        autoescape=select_autoescape(("html.j2",), default_for_string=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "figure": figure,
        "points": points,
        "chance": chance,
        "interval": interval,
        "cell": markdown_cell,
    }
    return environment


def figure(value: Estimate | float | None) -> str:
    """Print a figure with three digits, or why there is none."""
    if value is None:
        return "n/a"
    if isinstance(value, Estimate):
        return f"n/a (needs {value.needs})" if value.value is None else f"{value.value:.3f}"
    return f"{value:.3f}"


def interval(value: Estimate) -> str:
    """Print the interval of a figure, or nothing where there is none."""
    if value.low is None or value.high is None:
        return ""
    return f"{value.low:.3f}–{value.high:.3f}"


def points(value: Estimate) -> str:
    """Print a difference with its sign and its interval."""
    if value.value is None:
        return f"n/a (needs {value.needs})"
    shown = f"{value.value:+.3f}"
    if value.low is not None and value.high is not None:
        shown = f"{shown} ({value.low:+.3f} to {value.high:+.3f})"
    return shown.replace("-", "−")


def chance(p: float | None) -> str:
    """Print a p-value; a tiny one is not zero."""
    return "<0.001" if p is not None and p < 0.001 else figure(p)


def markdown_cell(text: str, longest: int = _LONGEST) -> str:
    """Return a text that stands in a cell of a Markdown table as it is, shortened."""
    short = text if len(text) <= longest else f"{text[: longest - 1]}…"
    for sign in "\\`*[]<>|~&":
        short = short.replace(sign, f"\\{sign}")
    return " ".join(short.split())
