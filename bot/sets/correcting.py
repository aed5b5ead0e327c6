"""What users do with a set that was measured: correct it, weigh it, see it annotated."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from telegram import CallbackQuery, InlineKeyboardMarkup, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.executor_errors import ExecutorError
from bot.pressed import pressed_set, replied_set, rewritten
from bot.sentences import say
from bot.services import Services
from bot.sets.counts import Counts
from bot.sets.in_hand import HELD_FOR, InHand
from bot.sets.messages import SetMessages, kind_of
from bot.sets.recounts import Recounts
from bot.tasks import Annotate, AnnotatedClip
from bot.transport.acting import acting
from bot.transport.sending import fetch
from bot.words import buttons
from bot.words.buttons import AS_COUNTED, Press
from bot.words.captions import title
from bot.words.names import known_name, names_instead
from bot.words.replies import html, problem, weight
from bot.words.weights import unit_typed, weight_kg
from models.tables import User, WorkoutSet
from pipeline.catalogue import find
from pipeline.errors import AnalysisError
from pipeline.report import from_json

Pressed = Callable[[CallbackQuery, User, WorkoutSet, Press], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A set whose weight the user was asked for, and when."""

    set_id: int
    at: datetime


class SetHandlers:
    """Handlers of the buttons under a chart."""

    def __init__(
        self, services: Services, messages: SetMessages, recounts: Recounts, counts: Counts, in_hand: InHand
    ) -> None:
        self._services, self._messages, self._recounts = services, messages, recounts
        self._counts, self._in_hand = counts, in_hand
        self._awaiting_weight: dict[int, _Asked] = {}  # by user id; lost at a restart, when a unit must be typed
        self._annotating: set[int] = set()  # set ids
        self._verbs: dict[str, Pressed] = {
            "open": self._open,
            "wrong": self._offer_names,
            "names": self._list_names,
            "is": self._recount,
            "count": self._offer_counts,
            "reps": self._correct_count,
            "weight": self._ask_weight,
            "clip": self._annotate,
            "chart": self._back,
            "load": self._load,
        }

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The button under a chart does what it says, for the user's own sets only."""
        found = await pressed_set(self._services, update)
        if found:
            await self._in_hand.take(found.user, found.stored)
            await found.acknowledge()
            await self._verbs[found.press.verb](found.query, found.user, found.stored, found.press)

    async def take_weight(self, update: Update, text: str) -> bool:
        """True where `text` was a weight, now noted for the set it was asked for or is about."""
        user, replied = await self._services.meet(update), await replied_set(self._services, update)
        asked = self._asked_of(user)
        kilograms = weight_kg(text, user.units if asked is not None else None)
        if kilograms is None or update.effective_message is None:
            return False
        if units := unit_typed(text):
            user = await self._services.store.account.guess_units(user.id, units) or user
        meant = await self._in_hand.meant(user, update)
        set_id = replied.id if replied else asked or (meant.id if meant else None)
        stored = set_id and await self._services.store.sets.add_weight(user.id, set_id, kilograms)
        if not stored:
            await update.effective_message.reply_html(say(user.language, "weight.nothing"))
            return True
        self._counts.settle(user.id)
        named = known_name(from_json(stored.report).recognition, user.language)
        shown = {"exercise": named, "weight": weight(kilograms, user.units)}
        await update.effective_message.reply_html(say(user.language, "weight.saved", **shown))
        await self._messages.recaption(update.get_bot(), user, stored)
        return True

    def _asked_of(self, user: User) -> int | None:
        """The set whose weight the user was asked for just now, once: a number that comes later is another answer."""
        asked = self._awaiting_weight.pop(user.id, None)
        return asked.set_id if asked and self._services.now() - asked.at <= HELD_FOR else None

    async def _open(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        """The chart of one set of a long recording, as a message of its own."""
        with contextlib.suppress(TelegramError):
            await query.get_bot().send_chat_action(user.chat_id, ChatAction.UPLOAD_PHOTO)
        drawn = await self._recounts.drawn(user, stored, stored.corrected_exercise)
        if drawn and drawn.chart_png and query.message:
            reply_to = query.message.message_id
            await self._messages.send_chart(query.get_bot(), user, stored, drawn.chart_png, reply_to=reply_to)

    async def _offer_names(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        names = names_instead(from_json(stored.report).recognition, stored.measured_exercise)
        await _markup(query, buttons.choose_exercise(stored.id, names, user.language))

    async def _list_names(self, query: CallbackQuery, user: User, stored: WorkoutSet, pressed: Press) -> None:
        await _markup(query, buttons.all_exercises(stored.id, int(pressed.argument), user.language))

    async def _offer_counts(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        await _markup(query, buttons.choose_count(stored.id, stored.reps, user.language))

    async def _back(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        markup = buttons.under_chart(stored.id, from_json(stored.report), user.language, stored.weight_kg)
        await _markup(query, markup)

    async def _recount(self, query: CallbackQuery, user: User, stored: WorkoutSet, pressed: Press) -> None:
        entry = find(pressed.argument)
        if entry is None:
            await query.get_bot().send_message(user.chat_id, say(user.language, "problem.unknown_button"))
            return
        self._counts.settle(user.id)
        await self._recounts.rename(query.get_bot(), user, stored, entry.name)

    async def _correct_count(self, query: CallbackQuery, user: User, stored: WorkoutSet, pressed: Press) -> None:
        reps = None if pressed.argument == AS_COUNTED else int(pressed.argument)
        changed = await self._counts.put_right(query.get_bot(), user, stored, reps)
        if reps is None:
            await _markup(query, None)
        if changed:
            await self._counts.redraw(query.get_bot(), user, changed)

    async def _ask_weight(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        self._awaiting_weight[user.id] = _Asked(stored.id, self._services.now())
        await query.get_bot().send_message(user.chat_id, say(user.language, "weight.ask", unit=user.units))

    async def _load(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        """The weight of a recording's caption is that of the pressed exercise's sets."""
        sets, kind = self._services.store.sets, kind_of(stored, user.language)
        weight_kg = await sets.weight_said(user.id, stored.id)
        if weight_kg is None:
            return
        for row in await sets.of_job(stored.job_id):
            if kind_of(row, user.language) == kind and (weighed := await sets.add_weight(user.id, row.id, weight_kg)):
                await self._messages.recaption(query.get_bot(), user, weighed)
        await rewritten(query, say(user.language, "weight.saved", exercise=kind, weight=weight(weight_kg, user.units)))

    async def _annotate(self, query: CallbackQuery, user: User, stored: WorkoutSet, _: Press) -> None:
        """The clip is fetched from Telegram once more, here it was deleted with its report; pressed again while it is
        being made it is made once."""
        if stored.id in self._annotating:
            return
        bot, clips = query.get_bot(), self._services.settings.clips_dir
        source, out = clips / f"annotate-{query.id}.mp4", clips / f"annotated-{query.id}.mp4"
        self._annotating.add(stored.id)
        try:
            async with acting(bot, user.chat_id, ChatAction.RECORD_VIDEO):
                await self._send_annotated(query, user, stored, source, out)
        except (AnalysisError, ExecutorError) as error:
            await bot.send_message(user.chat_id, problem(error, user.language))
        except TelegramError:
            await bot.send_message(user.chat_id, say(user.language, "problem.download"))
        finally:
            self._annotating.discard(stored.id)
            source.unlink(missing_ok=True)
            out.unlink(missing_ok=True)

    async def _send_annotated(
        self, query: CallbackQuery, user: User, stored: WorkoutSet, source: Path, out: Path
    ) -> None:
        bot, sets, report = query.get_bot(), self._services.store.sets, from_json(stored.report)
        file_id, track = await sets.file_of(user.id, stored.id), await sets.track_of(user.id, stored.id)
        if file_id is None or track is None:
            return
        await fetch(bot, file_id, source)
        made = await self._services.executor.run(Annotate(source, out, track, report, user.language), lambda _: None)
        assert isinstance(made, AnnotatedClip)
        await bot.send_video(
            user.chat_id,
            made.path,
            caption=html(title(report, user.language, stored.corrected_reps)),
            filename=f"{report.recognition.name}.mp4",
            duration=round(report.source.duration_s),
            width=made.width_px,  # without its size some phones show it squeezed into a square
            height=made.height_px,
            supports_streaming=True,
            reply_to_message_id=query.message.message_id if query.message else None,  # the chart
        )


async def _markup(query: CallbackQuery, markup: InlineKeyboardMarkup | None) -> None:
    with contextlib.suppress(BadRequest):  # pressed twice: it shows already what was asked for
        await query.edit_message_reply_markup(markup)
