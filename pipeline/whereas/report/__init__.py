"""Reports of an evaluation: HTML to read, Markdown to paste, JSON to compute with, predictions."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from whereas.errors import WriteError
from whereas.evaluation import Evaluation
from whereas.evaluation.comparison import Comparison
from whereas.evaluation.curve import LearningCurve
from whereas.report.about import About
from whereas.scratch import scratch_for

SCHEMA = 1  # of report.json; raised when a field changes its meaning or goes
NAMES = ("report.html", "report.md", "report.json", "predictions.jsonl")


@dataclass(frozen=True)
class Report:
    """An evaluation and what it is of, with a comparison and a learning curve if asked for."""

    about: About
    evaluation: Evaluation
    comparison: Comparison | None = None
    curve: LearningCurve | None = None


def to_tree(report: Report) -> dict[str, Any]:
    """Return every figure of a report as a tree for JSON."""
    return {"schema": SCHEMA, **asdict(report)}


def render(report: Report, predictions: str) -> dict[str, str]:
    """Return the content of the files of a report, by name.

    Args:
        predictions: the content of ``predictions.jsonl``; see ``prediction_lines``.
    """
    from whereas.report.pages import render_page

    tree = json.dumps(to_tree(report), ensure_ascii=False, indent=1, allow_nan=False)
    return {
        "report.html": render_page("report.html.j2", report),
        "report.md": render_page("report.md.j2", report),
        "report.json": tree + "\n",
        "predictions.jsonl": predictions,
    }


def check_folder(folder: Path) -> None:
    """Raise WriteError if a report cannot be written to ``folder``, before long work begins."""
    if folder.exists() and not folder.is_dir():
        raise WriteError(f"{folder}: is a file; name a folder for the report")


def write_report(folder: Path, content: Mapping[str, str]) -> None:
    """Write the files of a report in place of older ones, each of them whole.

    They get their names one after the other once all are written: what goes wrong before leaves
    the older report as it was, what goes wrong then may leave some files of each.

    Raises:
        WriteError: the folder cannot be written.
    """
    check_folder(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with ExitStack() as stack:  # no file gets its name before all are written
            for name, text in content.items():
                scratch = stack.enter_context(scratch_for(folder / name))
                scratch.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise WriteError(f"{folder}: cannot be written ({error.strerror})") from None
