"""The message that shows a set: chart, caption and buttons, sent once and drawn anew when the user corrects it."""

from __future__ import annotations

from collections.abc import Sequence

from telegram import Bot, InlineKeyboardMarkup, InputMediaPhoto
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.sentences import say
from bot.services import Services
from bot.transport.sending import patiently
from bot.words import buttons
from bot.words.captions import Corrections, Place, caption, workout_line
from bot.words.names import known_name
from bot.words.replies import weight
from models.loads import Said
from models.tables import User, WorkoutSet
from pipeline.report import from_json

LINES_SHOWN = 50  # of the longest names, they fit one message
CHART_ATTEMPTS = 8  # of five each, with doubled waits: four minutes of outage cost a measured set nothing


class SetMessages:
    """Sends and redraws the charts of sets."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def send_chart(
        self, bot: Bot, user: User, stored: WorkoutSet, chart_png: bytes, *, reply_to: int
    ) -> WorkoutSet | None:
        """The set's message is in the chat and known to the store, as a reply to `reply_to` while that still stands;
        returned is the set as it holds now: it may have been corrected while its chart was on the way."""
        text, markup = await self._caption(user, stored), _under_chart(stored, user)
        sent = await patiently(
            lambda: bot.send_photo(
                user.chat_id,
                chart_png,
                caption=text,
                filename="set.png",
                reply_to_message_id=reply_to,
                reply_markup=markup,
            ),
            CHART_ATTEMPTS,
        )
        return await self._services.store.sets.set_chart_message(user.id, stored.id, sent.message_id)

    async def send_summary(self, bot: Bot, user: User, rows: Sequence[WorkoutSet], *, reply_to: int) -> None:
        """The sets of a recording stand in the chat as one list, with a button for the chart of each."""
        text, markup = workout_text(rows, user.language), buttons.sets_of_workout(rows)
        await patiently(
            lambda: bot.send_message(
                user.chat_id,
                text,
                reply_to_message_id=reply_to,
                reply_markup=markup,
            ),
            CHART_ATTEMPTS,
        )

    async def ask_about_weights(self, bot: Bot, user: User, rows: Sequence[WorkoutSet], said: Said) -> None:
        """Of the caption's weights none of the sets could be given one: a single weight waits for the exercise it was
        lifted in; several, which are not as many as the sets, for the set each was lifted in."""
        if said.weight_kg is not None:
            await self._ask_whose_weight(bot, user, rows, said.weight_kg)
        elif said.weights_kg:
            listed = ", ".join(weight(one, user.units) for one in said.weights_kg)
            text = say(user.language, "weight.not_as_many", weights=listed, count=len(rows), unit=user.units)
            await bot.send_message(user.chat_id, text)

    async def _ask_whose_weight(self, bot: Bot, user: User, rows: Sequence[WorkoutSet], weight_kg: float) -> None:
        text = say(user.language, "weight.whose", weight=weight(weight_kg, user.units))
        kinds: dict[str, int] = {}
        for row in rows:
            kinds.setdefault(kind_of(row, user.language), row.id)
        markup = buttons.whose_weight(kinds)
        await bot.send_message(user.chat_id, text, reply_markup=markup)

    async def redraw(self, bot: Bot, user: User, stored: WorkoutSet, chart_png: bytes) -> None:
        """The set's own message shows the new chart; a new message where the old one is gone."""
        text, markup = await self._caption(user, stored), _under_chart(stored, user)
        media = InputMediaPhoto(chart_png, caption=text, parse_mode=ParseMode.HTML, filename="set.png")
        try:
            await bot.edit_message_media(
                media, chat_id=user.chat_id, message_id=stored.chart_message_id or 0, reply_markup=markup
            )
        except BadRequest:  # the user deleted it, or it was never sent
            sent = await bot.send_photo(user.chat_id, chart_png, caption=text, reply_markup=markup)
            await self._services.store.sets.set_chart_message(user.id, stored.id, sent.message_id)

    async def recaption(self, bot: Bot, user: User, stored: WorkoutSet) -> None:
        """The set's own message says what the user corrected; the chart stays as it is."""
        if stored.chart_message_id is None:
            return
        text, markup = await self._caption(user, stored), _under_chart(stored, user)
        try:
            await bot.edit_message_caption(user.chat_id, stored.chart_message_id, caption=text, reply_markup=markup)
        except BadRequest:
            return  # deleted, or said already: the store holds it

    async def _caption(self, user: User, stored: WorkoutSet) -> str:
        """With its place among the sets of its recording, where that holds several."""
        beside = max(row.place for row in (stored, *await self._services.store.sets.of_job(stored.job_id)))
        place = Place(stored.place, beside) if beside > 1 else None
        said = Corrections(stored.corrected_reps, stored.weight_kg)
        return caption(from_json(stored.report), user.language, user.units, said, place)


def _under_chart(stored: WorkoutSet, user: User) -> InlineKeyboardMarkup:
    return buttons.under_chart(stored.id, from_json(stored.report), user.language, stored.weight_kg)


def kind_of(row: WorkoutSet, language: str) -> str:
    """What sets of one recording share that are of the same exercise, as far as it is known."""
    return known_name(from_json(row.report).recognition, language)


def workout_text(rows: Sequence[WorkoutSet], language: str) -> str:
    """A line for each set: what, how often and when in the recording, HTML."""
    shown = (workout_line(row.place, from_json(row.report), language, row.corrected_reps) for row in rows[:LINES_SHOWN])
    lines = [say(language, "workout.title", count=len(rows)), *shown]
    if len(rows) > LINES_SHOWN:
        lines.append(say(language, "workout.more", count=len(rows) - LINES_SHOWN))
    return "\n".join([*lines, "", say(language, "workout.hint")])
