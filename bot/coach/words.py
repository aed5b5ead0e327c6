"""Text as the coach compares it: folded, cut into words, and measured for likeness."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

WORD = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[가-힣]+|[\u1100-\u11ff]+")  # the last: bare letters, "ㄱㅅ"
INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")


def folded(text: str) -> str:
    """The text in one form: compatibility characters unified, invisible ones gone, lower case, plain quotes."""
    unified = INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    return unified.casefold().replace("’", "'").replace("‘", "'")


def words(text: str) -> tuple[str, ...]:
    """The words and numbers of a text, apostrophes inside English words dropped."""
    return tuple(match.group().replace("'", "") for match in WORD.finditer(folded(text)))


def is_korean(text: str) -> bool:
    """Whether a text holds a Korean syllable, or a bare letter of one: "ㄱㅅ", "ㅋㅋ"."""
    return any("가" <= letter <= "힣" or "ㄱ" <= letter <= "ㆎ" or "\u1100" <= letter <= "\u11ff" for letter in text)


def grams(word: str, shortest: int = 3, longest: int = 4) -> Iterator[str]:
    """The character n-grams of one word with its ends marked; Korean syllables from pairs up, as they carry more."""
    low, high = (2, 3) if any("가" <= letter <= "힣" for letter in word) else (shortest, longest)
    marked = f"^{word}$"
    for size in range(low, high + 1):
        yield from (marked[start : start + size] for start in range(len(marked) - size + 1))


def letter_grams(said: Sequence[str], shortest: int = 3, longest: int = 5) -> Iterator[str]:
    """The n-grams of the bare letters of a Korean text, spaces left out: people put them as they like, and an ending
    changes letters, not syllables. Nothing of a text without Korean."""
    if not any(map(is_korean, said)):
        return
    letters = unicodedata.normalize("NFD", f"^{''.join(said)}$")
    for size in range(shortest, longest + 1):
        yield from (letters[start : start + size] for start in range(len(letters) - size + 1))


def edits(one: str, other: str, limit: int = 3) -> int:
    """Insertions, deletions, replacements and swaps of neighbours between two words, or limit + 1 if more.

    Optimal string alignment (Damerau 1964).
    """
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            swapped = i > 1 and j > 1 and a == other[j - 2] and b == one[i - 2]
            row.append(min(cost, older[j - 2] + 1) if swapped else cost)
        if min(row) > limit and min(before) > limit:
            return limit + 1  # no later row is less than the two before it
    return min(row[-1], limit + 1)


def allowed_edits(word: str) -> int:
    """How many slips a word bears before it could be another one: none under five letters, two from eleven on."""
    return 0 if len(word) < 5 else 1 if len(word) < 11 else 2


def alike(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` or a likely misspelling: two neighbours swapped, few edits after the first letter."""
    if typed == meant:
        return True
    slips = allowed_edits(meant)
    if len(meant) < 4 or abs(len(typed) - len(meant)) > slips:
        return False
    if not slips or typed[:1] != meant[0] or len({*typed} ^ {*meant}) > 2 * slips:  # a slip changes two letters at most
        return _swapped(typed, meant)
    return edits(typed, meant, slips) <= slips


def by_first_letter(known: Iterable[str]) -> dict[str, list[str]]:
    """The words under the letter that each begins with."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in known:
        found[word[0]].append(word)
    return found


def lookalikes(typed: str, known: Mapping[str, Sequence[str]]) -> list[str]:
    """The words, grouped by their first letters, that `typed` is or likely misspells: a slip spares the first letter,
    or exchanges it with the second."""
    return [word for start in {*typed[:2]} for word in known.get(start, ()) if alike(typed, word)]


def _swapped(typed: str, meant: str) -> bool:
    if len(typed) != len(meant):
        return False
    differing = [at for at, (a, b) in enumerate(zip(typed, meant, strict=True)) if a != b]
    return len(differing) == 2 and differing[1] == differing[0] + 1 and sorted(typed) == sorted(meant)
