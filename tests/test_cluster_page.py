"""The example for Spark in CLUSTER.md runs: on frames alone and, where there is one, in Spark."""

import json
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "data" / "examples" / "tide-mills.en.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def label() -> Callable[[Iterator[Any]], Iterator[Any]]:
    pytest.importorskip("pandas", reason="pandas is not installed")
    page = (ROOT / "CLUSTER.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code, names)
    found: Callable[[Iterator[Any]], Iterator[Any]] = names["label"]
    return found


def test_the_function_labels_frames(label: Callable[[Iterator[Any]], Iterator[Any]]) -> None:
    import pandas

    frame = pandas.DataFrame({"id": ["a", "b"], "text": [TEXT, ""]})
    (result,) = label(iter([frame]))
    records = [json.loads(record) for record in result["record"]]
    assert [record["id"] for record in records] == ["a", "b"]
    assert [len(record.get("clauses", [])) for record in records] == [12, 0]


@pytest.mark.slow
@pytest.mark.filterwarnings("default")
def test_spark_gives_the_same(
    label: Callable[[Iterator[Any]], Iterator[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, and there is none")
    monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
    spark = sql.SparkSession.builder.master("local[2]").getOrCreate()
    try:
        rows = spark.createDataFrame([(str(n), TEXT) for n in range(6)], "id string, text string")
        result = rows.mapInPandas(label, "id string, record string").collect()
    finally:
        spark.stop()
    assert sorted(row.id for row in result) == [str(n) for n in range(6)]
    assert {len(json.loads(row.record)["clauses"]) for row in result} == {12}
