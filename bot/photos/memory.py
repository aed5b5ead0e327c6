"""The photos that the coach speaks of: the newest, and the one before it. Kept as facts of the user."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from bot.coach.facts import PhotoFacts
from bot.photos.facts import job_of, photo_facts, to_text
from models.tables import Fact
from models.talk import Talk
from pipeline.photo.report import PhotoReport

NEWEST, BEFORE = "photo", "photo_before"  # kinds of facts; what is asked is asked of the newest, until a set comes
KINDS: Final = frozenset({NEWEST, BEFORE})


async def remember(talk: Talk, user_id: int, job_id: int, report: PhotoReport) -> None:
    """The photo is the newest; the one that was is the one before it. A photo seen already, named anew, keeps its
    place."""
    kept = await _kept(talk, user_id)
    newest, before = kept.get(NEWEST), kept.get(BEFORE)
    again = next((fact.kind for fact in (newest, before) if fact and job_of(fact.text) == job_id), None)
    if again is None and newest:
        await talk.add_fact(user_id, BEFORE, newest.text, instead=True)
    await talk.add_fact(user_id, again or NEWEST, to_text(report, job_id), instead=True)


async def set_aside(talk: Talk, user_id: int) -> None:
    """Questions are of a photo no more; the next one can be held against it all the same."""
    newest = (await _kept(talk, user_id)).get(NEWEST)
    if newest:
        await talk.add_fact(user_id, BEFORE, newest.text, instead=True)
        await talk.remove_fact(user_id, newest.id)


def seen(facts: Sequence[Fact], language: str) -> PhotoFacts | None:
    """What is known of the newest photo beside the one before it; None where no question is of a photo."""
    told = {fact.kind: json.loads(fact.text) for fact in facts if fact.kind in KINDS}
    return photo_facts(told[NEWEST], language, told.get(BEFORE)) if NEWEST in told else None


async def _kept(talk: Talk, user_id: int) -> dict[str, Fact]:
    return {fact.kind: fact for fact in await talk.facts_of(user_id) if fact.kind in KINDS}
