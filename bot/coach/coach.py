"""The coach: question, safety gate, intent, facts, prompt, model, guard, user. Knows no Telegram and no database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from bot.coach.facts import Facts, Turn
from bot.coach.hearing.aims import aim_told
from bot.coach.hearing.corrections import Correction, sure_count
from bot.coach.hearing.followups import forget_texts
from bot.coach.hearing.intents import Listener
from bot.coach.hearing.open_goals import goal_chosen
from bot.coach.hearing.references import on_another_day
from bot.coach.hearing.told import NOTHING, Learned, aching, learn
from bot.coach.model.chat_model import ChatModel
from bot.coach.model.line import OnPlace
from bot.coach.model.prompt import opened
from bot.coach.rehearsal import rehearse
from bot.coach.reply import Caution, correction_of, reply
from bot.coach.safety import gate as safety
from bot.coach.talk import Talk, speakable
from bot.coach.telling import rules
from bot.coach.telling.adapt import noted
from bot.coach.telling.put_right import counted_by_user
from bot.coach.telling.rough import told_roughly
from bot.coach.writing import USUAL, CoachSettings, Writer
from pipeline.catalogue.exercise import Exercise

Voice = Literal["rules", "model"]
TURNS_ALARMED = 2  # of the user's, after which another matter may be spoken of again
MINUTES_A_SITTING = 120.0  # after which a conversation is another one


@dataclass(frozen=True, slots=True)
class Said:
    """One sentence that passed the guard, and whose voice it is. `alarm` is the kind that the safety gate saw."""

    text: str
    voice: Voice
    alarm: str | None = None


class Coach:
    """Answers questions sentence by sentence; without a model, or where it adds nothing, from the rules alone."""

    def __init__(
        self,
        model: ChatModel | None = None,
        exercises: Iterable[Exercise] = (),
        settings: CoachSettings = USUAL,
    ) -> None:
        self._model = model
        self._listener = Listener(exercises)
        rehearse(self._listener)
        self._settings = settings
        self._writer = Writer(settings)
        self._writing: dict[int, asyncio.Task[None]] = {}

    @property
    def model_ready(self) -> bool:
        """Whether a model would be asked at all."""
        return self._model is not None and self._model.ready

    @property
    def waiting(self) -> int:
        """How many answers wait for the model."""
        return len(self._writer.line)

    async def answer(
        self,
        question: str,
        facts: Facts,
        turns: Sequence[Turn] = (),
        user_id: int = 0,
        on_place: OnPlace | None = None,
        learned: Learned = NOTHING,
    ) -> AsyncGenerator[Said, None]:
        """The answer's sentences as they pass the guard; it ends early when the same user asks again.

        turns are the conversation so far, oldest first, without the question. `on_place` is told the place in line if
        the model is busy with others. `learned` is what `learn` found in the question; `facts` hold it already.
        """
        self.cancel(user_id)
        alarm = safety.check(question, facts.language)
        if alarm:
            yield Said(alarm.reply, "rules", alarm.kind)
            return
        facts = replace(
            on_another_day(question, facts, self.exercise_in(question)),
            aching=aching([turn.text for turn in _of_user(turns)] + [question]),
        )
        for sentence in noted(learned, facts):
            yield Said(sentence, "rules")
        kinds = _alarms_in(turns)
        caution = Caution(
            alarmed=_just_alarmed(turns), cleared_first=bool(kinds & safety.CLEARED_FIRST), young=safety.YOUNG in kinds
        )
        answer = reply(self._listener, question, facts, learned, turns, caution)
        talk = Talk(question, replace(facts, summed=answer.summed), turns, answer)
        said = list[str]()
        async with aclosing(self._say(talk, user_id, on_place)) as sentences:
            async for one in sentences:
                said.append(one.text)
                yield one
        self._read_ahead(facts, (*turns, Turn("user", question), Turn("assistant", " ".join(said))))

    def learn(self, question: str, about: str | None = None, turns: Sequence[Turn] = ()) -> Learned:
        """The lasting facts that a message tells after these turns, where the exercise with the slug `about` is talked
        about; none from one that the safety gate stops."""
        said = turns[-1].text if turns and turns[-1].role == "assistant" else ""
        question = goal_chosen(question, said) or question
        aim = partial(aim_told, mentioned=self.exercise_in, about=about)
        return NOTHING if safety.check(question, "en") else learn(question, aim)

    def exercise_in(self, text: str) -> str | None:
        """The slug of the exercise that a text names, the longest name winning; None where it names none."""
        return self._listener.mentioned(text)

    def correction(self, question: str, facts: Facts) -> Correction | None:
        """What a message puts right of the set in question, so that a button can be offered for it."""
        return None if safety.check(question, "en") else correction_of(self._listener, question, facts)

    def count_put_right(self, question: str, facts: Facts, turns: Sequence[Turn] = ()) -> int | None:
        """The count that a message plainly gives the set in question instead of the one that holds."""
        this = facts.this
        if this is None or this.is_hold or facts.photo or safety.check(question, "en"):
            return None
        before = next((turn.text for turn in reversed(turns) if turn.role == "assistant"), None)
        return sure_count(question, this.rep_count, before)

    async def counted_by_user(self, facts: Facts, user_id: int) -> AsyncGenerator[Said, None]:
        """What is said once the user has set the count of the set in question."""
        self.cancel(user_id)
        for sentence in counted_by_user(facts):
            yield Said(sentence, "rules")

    async def first_remark(self, facts: Facts, turns: Sequence[Turn] = ()) -> AsyncGenerator[Said, None]:
        """The coach's first words on a fresh report, of the rules alone: they come at once, and while the user reads
        them the model reads the facts. An answer that the same user is getting goes on beside it."""
        facts = replace(facts, aching=aching([turn.text for turn in _of_user(turns)]))
        said = told_roughly(facts, Talk("", facts, (), rules.first_remark(facts)).safe_sentences)
        for sentence in said:
            yield Said(sentence, "rules")
        self._read_ahead(facts, (*turns, Turn("assistant", " ".join(said))))

    def _read_ahead(self, facts: Facts, turns: Sequence[Turn]) -> None:
        """Where a model may be asked next, it reads what is known of that prompt while the user thinks."""
        if self._model and self.model_ready and speakable(facts) and not self._writer.line.busy:
            self._model.read_ahead(opened(facts, turns, self._settings.budget))

    def cancel(self, user_id: int) -> None:
        """The answer that this user is getting, if any, ends with the sentence that was shown last."""
        if task := self._writing.pop(user_id, None):
            task.cancel()

    def forget(self, user_id: int) -> None:
        """The same, and no message of anybody's stays in memory."""
        self.cancel(user_id)
        safety.forget_texts()
        forget_texts()

    async def _say(self, talk: Talk, user_id: int, on_place: OnPlace | None) -> AsyncGenerator[Said, None]:
        shown: list[str] = []
        if self._model and self.model_ready and talk.wordable:
            sentences: asyncio.Queue[str | None] = asyncio.Queue()
            task = asyncio.create_task(self._writer.write(self._model, talk, user_id, on_place, sentences.put_nowait))
            task.add_done_callback(lambda _: sentences.put_nowait(None))
            self._writing[user_id] = task
            try:
                while (sentence := await sentences.get()) is not None:
                    shown.append(sentence)
                    yield Said(sentence, "model")
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)
                if self._writing.get(user_id) is task:
                    del self._writing[user_id]
            if task.cancelled():
                return
        for sentence in told_roughly(talk.facts, talk.still_to_say(shown, self._settings.least_cover)):
            yield Said(sentence, "rules")


def _of_user(turns: Sequence[Turn]) -> list[Turn]:
    """What the user said in this sitting, oldest first."""
    return [turn for turn in turns if turn.role == "user" and turn.minutes_ago < MINUTES_A_SITTING]


def _just_alarmed(turns: Sequence[Turn]) -> bool:
    """Whether one of the user's newest turns told of something that training must wait for."""
    alarms = (safety.check(turn.text, "en") for turn in _of_user(turns)[-TURNS_ALARMED:])
    return any(alarm and alarm.kind in safety.ACUTE for alarm in alarms)


def _alarms_in(turns: Sequence[Turn]) -> frozenset[str]:
    """The kinds of what the safety gate heard in this sitting."""
    alarms = (safety.check(turn.text, "en") for turn in _of_user(turns))
    return frozenset(alarm.kind for alarm in alarms if alarm)
