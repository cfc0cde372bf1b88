"""Label Studio: a JSON list of tasks with annotations; a model's guesses are predictions.

The labelling interface has a text named ``text`` (``$text``), labels named ``function``, and
choices for each region named ``also`` and ``addressees``; ``interface`` writes it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from xml.sax.saxutils import quoteattr

from whereas.corpus.annotations import CARRIED, ITEM, Annotated, Mark, annotate, restore
from whereas.corpus.formats import lines
from whereas.document import Document
from whereas.labels import Scheme

_LABELS = ("labels", "hypertextlabels")


def dump(documents: Iterable[Document]) -> Iterator[bytes]:
    """Yield a list of tasks; documents whose clauses have scores as predictions to correct."""
    before = b"[\n"
    for number, document in enumerate(documents, start=1):
        task = json.dumps(_task(document, number), ensure_ascii=False)
        yield before + task.encode("utf-8")
        before = b",\n"
    yield b"[]\n" if before == b"[\n" else b"\n]\n"


def _task(document: Document, number: int) -> dict[str, Any]:
    annotated = annotate(document)
    results = [
        result
        for place, mark in enumerate(annotated.marks)
        for result in _results(mark, f"m{place}", annotated.text)
    ]
    data = {**lines.head(annotated), "text": annotated.text, CARRIED: annotated.carried}
    task: dict[str, Any] = {"id": number, "data": data}
    scores = [mark.score for mark in annotated.marks if mark.score is not None]
    if scores:
        task["predictions"] = [{"result": results, "score": sum(scores) / len(scores)}]
    elif results:
        task["annotations"] = [{"result": results}]
    return task


def _results(mark: Mark, name: str, text: str) -> Iterator[dict[str, Any]]:
    place = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
    region = {"id": name, "to_name": "text"}
    labels = {**place, "labels": [mark.label]}
    result = {**region, "from_name": "function", "type": "labels", "value": labels}
    yield result if mark.score is None else {**result, "score": mark.score}
    for field, chosen in (("also", mark.also), ("addressees", mark.addressees)):
        if chosen:
            choices = {**place, "choices": list(chosen)}
            yield {**region, "from_name": field, "type": "choices", "value": choices}


def load(data: bytes, source: str) -> Iterator[Document]:
    """Yield the documents of an export; of each task the first annotation that was not cancelled,
    or the first prediction where there is no annotation.

    Raises:
        CorpusError: the file is not as Label Studio writes it.
    """
    tasks = lines.parse(data.removeprefix(b"\xef\xbb\xbf"), source)
    for number, each in enumerate(lines.as_list(tasks, source)):
        where = f"{source}: task {number}"
        task = lines.as_object(each, where)
        content = lines.as_object(task.get("data", task), f"{where}: data")
        text = lines.as_text(content.get("text"), f"{where}: data.text")
        results, checked = _chosen(task, where)
        marks = _marks(results, text, where)
        annotated = Annotated(text, tuple(marks), lines.carried(content, CARRIED, where), checked)
        name = content.get("id") or task.get("id") or f"{source}#{number}"
        yield restore(annotated, where, str(name))


def _chosen(task: dict[str, Any], where: str) -> tuple[list[Any], bool]:
    """Return the results that count, and whether a person made them."""
    for key in ("annotations", "completions", "predictions"):
        for number, each in enumerate(lines.as_list(task.get(key), f"{where}: {key}")):
            place = f"{where}: {key}.{number}"
            made = lines.as_object(each, place)
            if not made.get("was_cancelled"):
                results = lines.as_list(made.get("result"), f"{place}.result")
                return results, key != "predictions"
    return lines.as_list(task.get("label"), f"{where}: label"), False  # the short export


def _marks(results: list[Any], text: str, where: str) -> list[Mark]:
    marks: dict[str, list[Mark]] = {}
    sets: dict[str, dict[str, tuple[str, ...]]] = {}
    for number, each in enumerate(results):
        place = f"{where}: result {number}"
        result = lines.as_object(each, place)
        value = lines.as_object(result.get("value", result), f"{place}: value")
        name = str(result.get("id", f"#{number}"))
        for key in _LABELS:
            for label in lines.as_labels(value.get(key), f"{place}: {key}"):
                start, end = _offsets(value, text)
                marks.setdefault(name, []).append(lines.as_mark(start, end, label, text, place))
        field = result.get("from_name")
        if "choices" in value and field in ("also", "addressees"):
            chosen = lines.as_labels(value["choices"], f"{place}: choices")
            sets.setdefault(name, {})[field] = chosen
    return [
        mark
        if mark.label == ITEM
        else replace(
            mark,
            also=sets.get(name, {}).get("also", ()),
            addressees=sets.get(name, {}).get("addressees", ()),
        )
        for name, own in marks.items()
        for mark in own
    ]


def _offsets(value: dict[str, Any], text: str) -> tuple[Any, Any]:
    """Return start and end in characters; a browser may have counted UTF-16 units."""
    start, end, quoted = value.get("start"), value.get("end"), value.get("text")
    if type(start) is not int or type(end) is not int or not isinstance(quoted, str):
        return start, end
    if text[start:end] == quoted or text.isascii():
        return start, end
    units = text.encode("utf-16-le")
    before = units[: 2 * start].decode("utf-16-le", "ignore")
    until = units[: 2 * end].decode("utf-16-le", "ignore")
    if text[len(before) : len(until)] == quoted:
        return len(before), len(until)
    return start, end


def interface(scheme: Scheme) -> str:
    """Return the labelling interface for a scheme, to paste into the project's settings."""
    labels = [*scheme.function_labels]
    for zone in ("preambular", "operative"):
        labels += [f"{zone}:{label.label}" for label in scheme.functions if label.zone is None]
        labels.append(zone)
    parts = ["<View>", '  <Text name="text" value="$text" saveTextResult="yes"/>']
    parts.append('  <Labels name="function" toName="text">')
    parts += [f"    <Label value={quoteattr(label)}/>" for label in [*labels, ITEM]]
    parts.append("  </Labels>")
    for name, values in (("also", scheme.function_labels), ("addressees", scheme.addressee_labels)):
        parts.append(f'  <Choices name="{name}" toName="text" perRegion="true" choice="multiple">')
        parts += [f"    <Choice value={quoteattr(value)}/>" for value in values]
        parts.append("  </Choices>")
    return "\n".join([*parts, "</View>", ""])
