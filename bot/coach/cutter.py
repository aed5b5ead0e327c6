"""Cuts what a model writes into sentences while it is still writing."""

from __future__ import annotations

import re

# A sentence ends at . ! ? … followed by space, not inside a number nor after an abbreviation; or at the end of a line.
END = re.compile(r"(?:[.!?…]+[\"')\]]*(?=\s)|\n)")
ABBREVIATIONS = ("e.g.", "i.e.", "approx.", "etc.", "vs.", "no.", "dr.", "sec.", "min.", "max.", "lbs.", "kg.")
LIST_MARK = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s*")


class SentenceCutter:
    """Takes pieces of text and gives whole sentences, each as soon as it is sure to be over."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> list[str]:
        """The sentences that this piece ends."""
        self._rest += piece
        done: list[str] = []
        at = 0
        for match in END.finditer(self._rest):
            if not self._is_abbreviation(self._rest[at : match.end()]):
                done.append(self._rest[at : match.end()])
                at = match.end()
        self._rest = self._rest[at:]
        return [sentence for sentence in map(_clean, done) if sentence]

    def flush(self) -> str:
        """What is left when the model stops; empty where it stopped at a sentence's end."""
        rest, self._rest = self._rest, ""
        return _clean(rest)

    @staticmethod
    def _is_abbreviation(text: str) -> bool:
        return text.rstrip().lower().endswith(ABBREVIATIONS) or re.fullmatch(r"\s*\d{1,2}\.", text) is not None


def split(text: str) -> tuple[str, ...]:
    """The sentences of a finished text."""
    cutter = SentenceCutter()
    return tuple(sentence for sentence in (*cutter.feed(text), cutter.flush()) if sentence)


def is_whole(sentence: str) -> bool:
    """Whether a sentence came to its end: a model that ran out of tokens leaves a torso."""
    return sentence.rstrip("\"')]").endswith((".", "!", "?", "…"))


def _clean(sentence: str) -> str:
    return LIST_MARK.sub("", " ".join(sentence.split()))
