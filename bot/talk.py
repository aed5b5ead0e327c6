"""Free text is a conversation about the user's sets: what is asked and answered is remembered, per user."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import replace

from telegram import Bot, InlineKeyboardMarkup, Update
from telegram.ext import ContextTypes

from bot.coach.coach import Said, Voice
from bot.coach.facts import Facts, Turn
from bot.coach.hearing import unsure
from bot.coach.hearing.corrections import is_wrongly_named
from bot.coach.hearing.open_goals import goal_chosen, goal_of, goals_in
from bot.coach.hearing.told import Learned, outdated
from bot.coach.words import is_korean, words
from bot.facts_of import facts_of, told_facts
from bot.pressed import pressed_set, replied_set
from bot.sentences import plain, say
from bot.services import Services
from bot.sets.counts import Counts
from bot.sets.in_hand import InHand
from bot.transport.draft import Draft
from bot.words import buttons
from bot.words.names import names_instead
from bot.words.replies import ordinal
from models.tables import Turn as StoredTurn
from models.tables import User, WorkoutSet
from pipeline.report import from_json

NEWEST_TURNS = 60  # more than a prompt of 2048 tokens holds; the coach takes what fits and sums up the rest
OPEN_MINUTES = 60.0  # after which what a caption asked is of a clip that was never told
SAME_MOMENT_MINUTES = 0.01  # between a clip's row and that of its caption, whichever clock reads first
LONGEST_CHOICE = 16  # characters: "140 kg", "the second one"
TURNS_A_STEP = 8  # half of what the coach keeps word for word: its window moves as seldom

Takes = Callable[[Update, str], Awaitable[bool]]  # True where the text was something to note: a weight, a place
Saying = Callable[[Callable[[int], None]], AsyncIterator[Said]]


class Talk:
    """Handlers of free text, and the coach's first remark on a new set."""

    def __init__(self, services: Services, counts: Counts, in_hand: InHand, takes: Sequence[Takes]) -> None:
        self._services, self._counts, self._in_hand, self._takes = services, counts, in_hand, takes
        self._answering = Counter[int]()

    async def listen(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """What `takes` it is noted; anything else is answered by the coach: a reply to a chart about that set."""
        message = update.effective_message
        if message is None or not message.text:
            return
        text = single_spaced(message.text)
        if not await self.answers_offer(update, text):
            for take in self._takes:
                if await take(update, text):
                    return
        user, replied = await self._services.meet(update), await replied_set(self._services, update)
        if update.edited_message and await self._says_the_same(user, text):
            return
        stored = await self._in_hand.meant(user, update)
        await self._answer(update.get_bot(), user, stored, text, pointed=replied is not None)

    async def answers_offer(self, update: Update, text: str) -> bool:
        """Whether a text takes one of the goals that the coach has just offered: "kg" is then no unit to be set."""
        if len(text) > LONGEST_CHOICE:
            return False
        turns = await self._turns(await self._services.meet(update))
        return bool(turns) and goal_chosen(text, turns[-1].text if turns[-1].role == "assistant" else "") is not None

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """ "Ask the coach" shows what can be asked; an example is asked as if it had been typed."""
        found = await pressed_set(self._services, update)
        if found is None:
            return
        query, user, stored, pressed = found.query, found.user, found.stored, found.press
        await self._in_hand.take(user, stored)
        await found.acknowledge()
        if pressed.verb == "ask":
            markup = buttons.example_questions(stored.id, from_json(stored.report), user.language)
            await query.get_bot().send_message(user.chat_id, say(user.language, "talk.ask_hint"), reply_markup=markup)
            return
        question = _pressed_question(pressed.argument, user.language)
        if question is None:
            await query.get_bot().send_message(user.chat_id, say(user.language, "problem.unknown_button"))
            return
        await query.get_bot().send_message(user.chat_id, f"<i>{html.escape(question)}</i>")
        await self._answer(query.get_bot(), user, stored, question, pointed=True)

    async def first_remark(self, bot: Bot, user: User, stored: WorkoutSet) -> None:
        """The coach's own word on a set that was just measured, and the answer to what its caption asked."""
        turns, facts = await self._turns(user), await facts_of(self._services, user, stored, user.language)
        await self._speak(bot, user, stored, lambda _: self._services.coach.first_remark(facts, turns))
        if question := await self._left_open(user, stored, turns):
            await self._answer(bot, user, stored, question, pointed=True, noted=True)

    async def _left_open(self, user: User, stored: WorkoutSet, turns: Sequence[Turn]) -> str | None:
        """The question that the set's caption asked while its clip was read; None where all was answered or is being,
        and where it came before the clip: then it is of one that was never told."""
        newest = turns[-1] if turns else None
        if newest is None or newest.role != "user" or self._answering[user.id]:
            return None
        job = await self._services.store.jobs.as_it_stands(stored.job_id)
        minutes_ago = (self._services.now() - job.created_at).total_seconds() / 60 if job else OPEN_MINUTES
        return newest.text if newest.minutes_ago <= min(minutes_ago + SAME_MOMENT_MINUTES, OPEN_MINUTES) else None

    async def _answer(
        self,
        bot: Bot,
        user: User,
        stored: WorkoutSet | None,
        question: str,
        *,
        pointed: bool = False,
        noted: bool = False,
    ) -> None:
        """The question is answered: about the set where it is `pointed` at, else about a photo that came after it.
        `noted`: it is among the turns already."""
        self._answering[user.id] += 1
        try:
            await self._answer_from(bot, user, stored, question, pointed=pointed, noted=noted)
        finally:
            self._answering[user.id] -= 1
            self._answering += Counter()  # who is answered no more is forgotten

    async def _answer_from(
        self, bot: Bot, user: User, stored: WorkoutSet | None, question: str, *, pointed: bool, noted: bool
    ) -> None:
        set_id, talk, coach = stored.id if stored else None, self._services.store.talk, self._services.coach
        turns = await self._turns(user)
        if noted:
            turns = tuple(turn for turn in turns if (turn.role, turn.text) != ("user", question))
        else:
            await talk.add_turn(user.id, "user", question, set_id=set_id)
        learned = coach.learn(question, stored.exercise if stored else None, turns)
        await self._remember(user, learned)
        language = "ko" if is_korean(question) else user.language
        facts = await facts_of(self._services, user, stored, language)
        facts = replace(facts, photo=None) if pointed else facts
        reps = coach.count_put_right(question, facts, () if pointed else turns)
        if stored and reps is not None:
            await self._count_put_right(bot, user, stored, reps, facts)
            return
        found = coach.correction(question, facts) if stored else None
        markup = buttons.corrections(stored.id, found, user.language) if stored and found else None
        if stored and found is None and not facts.photo and is_wrongly_named(question):
            names = names_instead(from_json(stored.report).recognition, stored.measured_exercise)
            markup = buttons.choose_exercise(stored.id, names, user.language)
        await self._speak(
            bot, user, stored, lambda place: coach.answer(question, facts, turns, user.id, place, learned), markup
        )

    async def _count_put_right(self, bot: Bot, user: User, stored: WorkoutSet, reps: int, facts: Facts) -> None:
        """The count that the user plainly said holds at once, with a button that takes it back; who says the one that
        was seen takes theirs back."""
        said = None if reps == stored.counted_reps else reps
        changed = await self._counts.put_right(bot, user, stored, said)
        if changed is None or facts.this is None:
            return
        now = replace(facts, this=replace(facts.this, corrected_reps=said))
        markup = buttons.take_back_count(stored.id, stored.counted_reps, user.language) if said is not None else None
        await self._speak(bot, user, stored, lambda _: self._services.coach.counted_by_user(now, user.id), markup)
        await self._counts.redraw(bot, user, changed)

    async def _says_the_same(self, user: User, text: str) -> bool:
        """Whether an edited message has the words of the question that was answered last."""
        asked = next((turn for turn in reversed(await self._turns(user)) if turn.role == "user"), None)
        return asked is not None and words(asked.text) == words(text)

    async def _turns(self, user: User) -> tuple[Turn, ...]:
        """The conversation so far, oldest first."""
        rows = await self._services.store.talk.turns_in_steps(user.id, NEWEST_TURNS, TURNS_A_STEP)
        return tuple(self._turn(row) for row in rows)

    def _turn(self, row: StoredTurn) -> Turn:
        ago_s = (self._services.now() - row.created_at).total_seconds()
        return Turn("user" if row.role == "user" else "assistant", row.text, minutes_ago=ago_s / 60)

    async def _remember(self, user: User, learned: Learned) -> None:
        """What the user told is kept instead of what no longer holds."""
        talk = self._services.store.talk
        known = told_facts(await talk.facts_of(user.id)) if learned else ()
        for one in outdated(known, learned):
            await talk.drop_fact(user.id, one.kind, one.value)
        for one in learned.facts:
            await talk.add_fact(user.id, one.kind, one.value)

    async def _speak(
        self,
        bot: Bot,
        user: User,
        stored: WorkoutSet | None,
        saying: Saying,
        markup: InlineKeyboardMarkup | None = None,
    ) -> None:
        draft = Draft(bot, user.chat_id, draft_id=int(self._services.now().timestamp()))
        said: list[Said] = []

        def waiting(place: int) -> None:
            if place > 1 and not said:
                draft.tell(plain(user.language, "talk.queue", place=ordinal(place, user.language)))

        async with draft.showing():
            async for sentence in saying(waiting):
                said.append(sentence)
                draft.tell(_joined(said))
        if not said:
            return  # the user wrote again meanwhile: the newer question is answered
        voice, text = _voice(said), _joined(said)
        signed = f"{html.escape(text, quote=False)}\n\n<i>— {say(user.language, f'talk.voice_{voice}')}</i>"
        about = stored.id if stored else None
        if await self._services.store.talk.add_turn(user.id, "coach", text, voice=voice, set_id=about) is None:
            return  # who erased everything while it was written wants no answer any more
        offers = {**unsure.offered_in(text, "ko" if is_korean(text) else "en"), **goals_in(text)} if stored else {}
        shown = markup or buttons.offered(stored.id if stored else 0, offers)
        await bot.send_message(user.chat_id, signed, reply_markup=shown)


def _pressed_question(name: str, language: str) -> str | None:
    """The question of a button: an example, or one that the coach offered, in the language that has it; None where
    neither is offered any more."""
    if name in buttons.EXAMPLES:
        return plain(language, f"talk.example_{name}")
    return goal_of(name, "ko" if language == "ko" else "en") or unsure.question(name, language)


def single_spaced(text: str) -> str:
    """The lines that say something, without blanks in a row: thousands of them hold up whoever looks for words."""
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def _voice(said: Sequence[Said]) -> Voice:
    """Whose words they are: the model's where it said any of them."""
    return "model" if any(one.voice == "model" for one in said) else "rules"


def _joined(said: list[Said]) -> str:
    return " ".join(sentence.text for sentence in said)
