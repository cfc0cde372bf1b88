"""Frames: how an act is built from its verb, complement, object, predicate and infinitives.

The words that this rests on are data (``[frame]`` in ``configs/cues.<language>.toml``). A
language without them has no frames.
"""

from collections.abc import Collection, Iterator, Sequence

from whereas.features.cues import Cues, FrameWords

PUNCTUATION = frozenset({",", ";", ":", "(", ")"})
_FAR = 60  # words after the verb that are searched for predicates and infinitives
_MOST = 4  # infinitives of an act that are looked at
_PHRASE = 8  # words of a noun phrase


def frame_features(words: Sequence[str], zone: str, cues: Cues) -> Iterator[str]:
    """Describe how an act, given with its punctuation, is built."""
    known, size = cues.frame, len(words)
    verb_at = 0
    while verb_at < size and (words[verb_at] in PUNCTUATION or words[verb_at] in cues.decoration):
        verb_at += 1
    if verb_at == size or not known.breaks:
        return
    verb, after = words[verb_at], _past_aside(words, _past(words, verb_at + 1, cues.after))
    if verb in known.repeating and after + 1 < size and words[after] in known.determiners:
        noun = next(
            (n for n in range(after + 1, min(size, after + 4)) if words[n] in known.repeated), 0
        )
        if noun:
            verb, after = known.repeated[words[noun]], _past_aside(words, noun + 1)
            yield f"again={verb}"
    yield f"verb={verb}"
    start = _subordinate(words, after, known)
    kind = "clause" if start else "phrase"
    yield f"complement={kind}"
    yield f"{verb}>complement={kind}"
    yield f"{zone}>complement={kind}"
    if start:
        yield from _predicate(words, start, verb, known)
    else:
        yield from _object(words, after, verb, zone, known)
    yield from _infinitives(words, after, verb, cues)
    for word in words[after:_FAR]:
        if word in known.modals:
            yield f"modal={word}"
            yield f"{verb}>modal={word}"


def _past(words: Sequence[str], place: int, some: Collection[str]) -> int:
    while place < len(words) and words[place] in some:
        place += 1
    return place


def _past_aside(words: Sequence[str], place: int) -> int:
    """Return what follows an aside between commas, such as ", in this regard,"."""
    if place < len(words) and words[place] == ",":
        for end in range(place + 1, min(len(words), place + 14)):
            if words[end] == ",":
                return end + 1
        return place + 1
    return place


def _subordinate(words: Sequence[str], after: int, known: FrameWords) -> int:
    """Return where the clause that a "that" near the verb begins starts, or 0."""
    for place in range(after, min(len(words), after + 7)):
        word = words[place]
        if word in known.conjunctions:
            return place + 1
        follows = words[place + 1 : place + 2]
        if follows and follows[0] in known.conjunctions:
            return place + 2
        if word in known.determiners or word in PUNCTUATION:
            return 0
    return 0


def _predicate(words: Sequence[str], start: int, verb: str, known: FrameWords) -> Iterator[str]:
    subject, _ = _noun_phrase(words, _past_aside(words, start), known)
    if subject:
        yield f"subject={subject[-1]}"
        yield f"subject={' '.join(subject[-2:])}"
    places = [
        place
        for place in range(start, min(len(words), start + _FAR))
        if words[place] in known.predicates
    ]
    for place in places[:3]:
        yield f"finite={words[place]}"
    if places:
        first = places[0]
        yield f"predicate={' '.join(words[first : first + 2])}"
        yield f"predicate={' '.join(words[first : first + 3])}"
        yield f"{verb}>finite={words[first]}"
        for word in words[first + 1 : first + 5]:
            yield f"predicate={word}"
    yield f"predicates={min(len(places), 3)}"


def _object(
    words: Sequence[str], after: int, verb: str, zone: str, known: FrameWords
) -> Iterator[str]:
    start = after
    while start < min(len(words), after + 4) and words[start] in known.particles:
        start += 1
    phrase, end = _noun_phrase(words, start, known)
    if not phrase:
        return
    head = phrase[-1]
    determiner = words[start] if words[start] in known.determiners else "no"
    yield f"object={head}"
    yield f"object={' '.join(phrase[-2:])}"
    yield f"{verb}>object={head}"
    yield f"{zone}>object={head}"
    yield f"object={determiner}>{head}"
    yield f"{verb}>determiner={determiner}"
    if len(phrase) > 1:
        yield f"modifier={phrase[-2]}"
    if end < len(words):
        link = words[end]
        yield f"object={head}>{link}"
        if second := _noun_phrase(words, end + 1, known)[0]:
            yield f"object 2={second[-1]}"
            yield f"object 2={link}>{second[-1]}"
            yield f"object={head}>{link}>{second[-1]}"


def _noun_phrase(words: Sequence[str], start: int, known: FrameWords) -> tuple[Sequence[str], int]:
    """Return the words of a noun phrase without its determiners, and where it ends."""
    start = end = _past(words, start, known.determiners)
    while end < min(len(words), start + _PHRASE) and words[end] not in known.breaks:
        end += 1
    return words[start:end], end


def _infinitives(words: Sequence[str], after: int, verb: str, cues: Cues) -> Iterator[str]:
    known, found = cues.frame, 0
    for place in range(after + 1, min(len(words), after + _FAR + 30)):
        if found == _MOST or words[place - 1] not in known.infinitive:
            continue
        word = words[place]
        if word in known.determiners or word in known.breaks:
            continue
        act = word
        if word in known.light:
            rest = _past(words, place + 1, known.infinitive)
            act = " ".join((word, *words[rest : rest + 1]))
        things, _ = _noun_phrase(words, place + 1, known)
        thing = things[-1] if things else "none"
        yield f"to={act}"
        yield f"to={act}>{thing}"
        yield f"to {found}={act}"
        if not found:
            yield f"{verb}>to={act}"
            yield f"to 0={act}>{thing}"
        if words[place - 2] in (",", "and"):
            yield f"and to={act}"
            yield f"and to={act}>{thing}"
        if act.split()[-1] in cues.reports:
            yield f"reports in {found}"
        found += 1
    yield f"infinitives={min(found, 3)}"
