"""What the coach may speak of, out of what is stored of one user."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args
from zoneinfo import ZoneInfo

from bot.coach.facts import Facts, FactsOptions, PastSet, SetFacts, Told, ToldKind, past_set, set_facts
from bot.coach.phrases import set_label
from bot.photos import memory
from bot.services import Services
from bot.words.names import recognised_name
from bot.words.replies import cue
from models.sets import Logged
from models.tables import Fact, User, WorkoutSet
from pipeline.report import from_json

HISTORY_SETS = 100  # whose reports are read, half a millisecond each; the best of all time come beside them


async def facts_of(services: Services, user: User, stored: WorkoutSet | None, language: str) -> Facts:
    """All that an answer on the stored set may rest on, or on none of them."""
    sets = services.store.sets
    rows, logged = await _read(services, user), await sets.log_of(user.id)
    told = await services.store.talk.facts_of(user.id)
    others = [row for row in rows if stored is None or row.id != stored.id]
    this = _set_facts(stored, user, language) if stored else None
    history = await asyncio.to_thread(_past_sets, others, user, language)
    known = {row.id: past for row, past in zip(others, history, strict=True)}
    return Facts(
        today=services.now().astimezone(ZoneInfo(user.time_zone)).date(),
        this=this,
        history=history,
        newer=sum(stored is not None and row.id > stored.id for row in rows),
        told=told_facts(told),
        language="ko" if language == "ko" else "en",
        units="lb" if user.units == "lb" else "kg",
        photo=memory.seen(told, language),
        log=_log(logged, known | ({stored.id: past_set(this)} if stored and this else {}), user),
    )


async def _read(services: Services, user: User) -> list[WorkoutSet]:
    """The user's newest sets and the best of all time, newest first."""
    sets = services.store.sets
    found = {row.id: row for row in (*await sets.sets_of(user.id, HISTORY_SETS), *await sets.bests_of(user.id))}
    return sorted(found.values(), key=lambda row: (row.performed_at, row.id), reverse=True)


def told_facts(rows: Iterable[Fact]) -> tuple[Told, ...]:
    """What the user told, as the coach takes it; a row of a kind unknown to it is left out."""
    return tuple(Told(kind, row.text) for row in rows for kind in get_args(ToldKind) if kind == row.kind)


def _set_facts(row: WorkoutSet, user: User, language: str) -> SetFacts:
    report = from_json(row.report)
    options = FactsOptions(
        label=set_label(recognised_name(report.recognition, language), "ko" if language == "ko" else "en"),
        weight_kg=row.weight_kg,
        corrected_reps=row.corrected_reps,
        cue=lambda finding: cue(finding, language),
    )
    return set_facts(report, row.performed_at.astimezone(ZoneInfo(user.time_zone)).date(), options)


def _past_sets(rows: Sequence[WorkoutSet], user: User, language: str) -> tuple[PastSet, ...]:
    """Earlier sets as the coach takes them: a report is read for each, which a thread of its own does."""
    return tuple(past_set(_set_facts(row, user, language)) for row in rows)


def _log(rows: Sequence[Logged], known: Mapping[int, PastSet], user: User) -> tuple[PastSet, ...]:
    """All sets in short. One whose report was not read is called as another of its exercise, of which the best is
    always among those that were."""
    labels = {past.exercise: past.label for past in known.values()}
    return tuple(
        known.get(row.id) or _in_short(row, labels[row.exercise], user) for row in rows if row.exercise in labels
    )


def _in_short(row: Logged, label: str, user: User) -> PastSet:
    done_on = row.performed_at.astimezone(ZoneInfo(user.time_zone)).date()
    return PastSet(row.exercise, label, done_on, row.reps, hold_s=row.hold_s, weight_kg=row.weight_kg)
