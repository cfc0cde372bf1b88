"""Fuzz the readers, the segmenter and the rest with Atheris (`pip install atheris`).

    python tests/fuzz/run.py --seconds 60                  each target for a minute
    python tests/fuzz/run.py --seconds 600 pdf segmenter   these two for ten minutes each

Starts from the inputs of ``seeds.py`` and what earlier runs have kept in ``--work``. Prints how
many inputs ran. An input that breaks a law, takes more than a minute or 2 GB is kept in
``--work``; fix the cause and put the input into ``tests/fuzz/found/TARGET/``, which the plain
tests run.
"""

import argparse
import hashlib
import os
import re
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parents[1] / "pipeline"), str(HERE.parent), str(HERE)]

_LIMITS = ("-timeout=60", "-rss_limit_mb=2048", "-max_len=20000", "-print_final_stats=1")


def fuzz(name: str, corpus: Path, options: list[str]) -> None:
    """Run one target in this process, which libFuzzer ends."""
    import atheris

    with atheris.instrument_imports(include=["whereas"]):
        import targets
    atheris.Setup([sys.argv[0], str(corpus), *options], targets.TARGETS[name])
    atheris.Fuzz()


def start(name: str, seconds: int, work: Path) -> bool:
    """Run one target in a process of its own; return whether it held."""
    from seeds import seeds

    corpus = work / name
    corpus.mkdir(parents=True, exist_ok=True)
    found = HERE / "found" / name
    for data in [*seeds(name), *(path.read_bytes() for path in sorted(found.glob("*")))]:
        (corpus / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data)
    options = [f"-max_total_time={seconds}", f"-artifact_prefix={work}/{name}-", *_LIMITS]
    line = [sys.executable, __file__, "--only", name, "--work", str(corpus), *options]
    log = work / f"{name}.log"
    began = time.monotonic()
    with log.open("wb") as output:
        done = subprocess.run(
            line, stdout=output, stderr=subprocess.STDOUT, env=os.environ | {"PYTHONHASHSEED": "0"}
        )
    said = log.read_text(encoding="utf-8", errors="replace")
    count = re.findall(r"number_of_executed_units: (\d+)|^#(\d+)\t", said, re.MULTILINE)
    ran = max((int(a or b) for a, b in count), default=0)
    verdict = "holds" if done.returncode == 0 else f"BROKEN, see {log}"
    print(f"{name:10} {ran:9} inputs {time.monotonic() - began:5.0f} s  {verdict}", flush=True)
    return done.returncode == 0


def main() -> int:
    """Run the targets one after the other."""
    from targets import TARGETS

    parser = argparse.ArgumentParser(description="Fuzz whereas.")
    parser.add_argument("targets", nargs="*", help=f"some of {', '.join(TARGETS)}; all if none")
    parser.add_argument("--seconds", type=int, default=60, help="time for each target")
    parser.add_argument("--work", type=Path, default=Path(".fuzz"), help="what is kept")
    wanted = parser.parse_args()
    if unknown := set(wanted.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}")
    held = [start(name, wanted.seconds, wanted.work) for name in wanted.targets or TARGETS]
    return 0 if all(held) else 1


if __name__ == "__main__":
    if sys.argv[1:2] == ["--only"]:
        fuzz(sys.argv[2], Path(sys.argv[4]), sys.argv[5:])
    else:
        sys.exit(main())
