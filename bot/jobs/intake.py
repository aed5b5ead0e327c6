"""Any message with media becomes a durable job, or a clear sentence about why it cannot."""

from __future__ import annotations

import asyncio
import contextlib
import re
from dataclasses import dataclass
from pathlib import PurePath
from weakref import WeakValueDictionary

from telegram import CallbackQuery, Message, Update
from telegram.error import TelegramError
from telegram.ext import ContextTypes

from bot.coach.hearing.openers import asks
from bot.coach.safety import gate as safety
from bot.edits import Captions
from bot.jobs.analyst import Analyst
from bot.pressed import answered
from bot.sentences import plain, say
from bot.services import Services
from bot.settings import Settings
from bot.words import buttons
from bot.words.log_questions import is_answer
from bot.words.replies import ordinal
from bot.words.weights import (
    clause_of_weight,
    clauses_of,
    number_without_unit,
    row_without_unit,
    unit_typed,
    weight_in_caption,
    weight_left_out,
    weights_in_caption,
)
from models.arrival import Arrival, MediaKind
from models.tables import Job, User
from pipeline.catalogue import find
from pipeline.catalogue.pose import find_pose
from pipeline.catalogue.shorthand import find_written
from pipeline.media import LOG_ENDINGS, PHOTO_ENDINGS

MEGABYTE = 1_000_000  # bytes
CAPTION_WORDS = 6  # what is longer tells a story, in which an exercise may be another day's
LEAST_ASKED = 3  # words
LOADS = {"barbell", "dumbbell", "kettlebell", "machine", "cable", "plate"}  # of the catalogue's equipment: they weigh
NEGATED = re.compile(r"\b(?:not|no|isn't|wasn't|never|or)\b|\?|아니|말고")


@dataclass(frozen=True, slots=True)
class Media:
    """A file in a message, as Telegram describes it; None is what it does not say."""

    kind: MediaKind
    file_id: str
    file_unique_id: str
    file_name: str | None
    size_bytes: int | None
    duration_s: float | None


class Intake:
    """Takes what users send."""

    def __init__(self, services: Services, analyst: Analyst, captions: Captions) -> None:
        self._services, self._analyst, self._captions = services, analyst, captions
        self._turns: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()  # by chat, while one is needed

    async def receive_media(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The clip is queued and its place in line told, or the reason why not. Clips that are sent at once are sets
        one after the other: none overtakes another until it is queued."""
        message = update.effective_message
        media = media_of(message) if message else None
        if message is None or media is None:
            return await self.refuse_other(update, context)
        async with self._turns.setdefault(message.chat_id, asyncio.Lock()):
            user = await self._services.meet(update)
            refusal = refused(media, self._services.settings, user.language)
            queued = None if refusal else await self._queued(message, media, user)
        if queued is None:
            await message.reply_html(refusal or "")
            return None
        return await self._confirm(message, *queued, user)

    async def take_answer(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """What the user says of a log's columns is noted and the log read with it; the question shows the progress."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        pressed, jobs = buttons.parse(query.data), self._services.store.jobs
        job = await jobs.asked(user.id, pressed.number)
        offered = job is not None and is_answer(job.question or "{}", pressed.argument)
        if job is None or not offered or not await jobs.reply(user.id, job.id, pressed.argument):
            await answered(query, plain(user.language, "problem.old_button"), alert=True)
            return
        await answered(query)
        turning = asyncio.create_task(self._turned(query, job, user))
        self._analyst.expect(job.id, turning)
        await turning

    async def _turned(self, query: CallbackQuery, job: Job, user: User) -> int | None:
        """The number of the question's own message, which shows the progress now; None where it is gone."""
        if query.message is None:
            return None
        with contextlib.suppress(TelegramError):
            await query.edit_message_text(say(user.language, "job.queued_next"))
        await self._services.store.jobs.set_progress_message(job.id, query.message.message_id)
        return query.message.message_id

    async def refuse_other(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Whoever sent a voice message, a sticker or the like knows what to send instead."""
        user, message = await self._services.meet(update), update.effective_message
        if message is None:
            return
        key = "voice" if message.voice or message.audio else "sticker" if message.sticker else "other_media"
        await message.reply_html(say(user.language, f"problem.{key}"))

    async def _queued(self, message: Message, media: Media, user: User) -> tuple[Arrival, Job, bool]:
        """What came, the job of it, and whether that is new."""
        arrival = self._arrival(message, media, user)
        if _weighs(arrival) and (units := unit_typed(message.caption or "")):
            await self._services.store.account.guess_units(user.id, units)
        return arrival, *await self._services.store.jobs.enqueue(arrival, self._services.settings.join_logs_s)

    async def _confirm(self, message: Message, arrival: Arrival, job: Job, new: bool, user: User) -> None:
        if not new and message.edit_date:
            await self._captions.changed(message, job, arrival, user)
        if not new:
            return  # edited, or delivered twice by Telegram; the first one is being answered
        if job.part_of is not None:
            self._analyst.wake_after_hold()
            return  # it is read with the file before it, whose message shows how both get on
        acknowledging = asyncio.create_task(self._acknowledge(message, job, user))
        self._analyst.expect(job.id, acknowledging)
        await acknowledging
        if note := await self._noted_beside(message.caption or "", job, user):
            await message.reply_html(note)
        if job.kind != "photo" and asks_something(message.caption or ""):
            await self._services.store.talk.add_turn(user.id, "user", message.caption or "")  # the coach answers it

    async def _noted_beside(self, caption: str, job: Job, user: User) -> str | None:
        """What is to be said beside the report: that a weight is not noted, or that the same file was sent before."""
        if job.kind == "photo":
            return None
        if note := None if _weighs(job) else _not_noted(caption, job, user):
            return note
        return say(user.language, "job.sent_before") if await self._services.store.jobs.measured_before(job) else None

    def _arrival(self, message: Message, media: Media, user: User) -> Arrival:
        caption = message.caption or ""
        weight_kg = weight_in_caption(caption) if media.kind != "photo" else None
        weights_kg = self._weights(caption, user) if media.kind != "photo" and weight_kg is None else ()
        return Arrival(
            user_id=user.id,
            chat_id=message.chat_id,
            message_id=message.message_id,
            kind=media.kind,
            file_id=media.file_id,
            file_unique_id=media.file_unique_id,
            file_name=media.file_name,
            size_bytes=media.size_bytes,
            exercise_given=self._named(caption, media) if caption else None,
            weight_kg=weight_kg,
            weights_kg=weights_kg,
            weight_of=self._weighed(caption) if weight_kg is not None or weights_kg else None,
            album=message.media_group_id,
        )

    def _named(self, caption: str, media: Media) -> str | None:
        """The slug of what the user says it is: an exercise, or in a photo a pose as well. A short caption may say more
        beside it: "squats 60 kg x 5"; one that names several exercises says of none what it is."""
        found = (find_pose(caption) if media.kind == "photo" else None) or find_written(caption)
        if found:
            return found.name
        short = len(caption.split()) <= CAPTION_WORDS and not NEGATED.search(caption.casefold())
        return self._exercise_in(caption) if short and len(self._mentioned(caption)) <= 1 else None

    def _weights(self, caption: str, user: User) -> tuple[float, ...]:
        """A weight for each set, kg; none where the caption names several exercises: each may be another's."""
        unit = user.units if user.asked_units else None
        return weights_in_caption(caption, unit) if len(self._mentioned(caption)) <= 1 else ()

    def _weighed(self, caption: str) -> str | None:
        """The slug of the exercise that a caption names with its weight, else of the only one that it names."""
        beside, mentioned = self._exercise_in(clause_of_weight(caption)), self._mentioned(caption)
        return beside or (next(iter(mentioned)) if len(mentioned) == 1 else None)

    def _mentioned(self, caption: str) -> set[str]:
        named = (self._exercise_in(clause) for clause in clauses_of(caption))
        return {name for name in named if name}

    def _exercise_in(self, text: str) -> str | None:
        """The slug of the exercise that a text is the name of, as lifters write it, else of one that it mentions."""
        found = find_written(text)
        return found.name if found else self._services.coach.exercise_in(text)

    async def _acknowledge(self, message: Message, job: Job, user: User) -> int | None:
        """The number of the message that says the place in line; None where it could not be sent: the chart will be."""
        before = max(0, self._analyst.busy - (self._services.settings.workers - 1))  # none while a lane is free
        place = before + await self._services.store.jobs.place_in_line(job.id)
        key = "job.queued" if place > 1 else "job.queued_next"
        text = say(user.language, key, place=ordinal(place, user.language))
        with contextlib.suppress(TelegramError):
            shown = await message.reply_html(text)
            await self._services.store.jobs.set_progress_message(job.id, shown.message_id)
            if await self._services.store.jobs.as_it_stands(job.id):
                return shown.message_id
            await shown.delete()  # /forget came between: what it tells will not come
        return None


def asks_something(caption: str) -> bool:
    """Whether a caption holds a question for the coach ("squats?" only names), or what training must wait for."""
    return len(caption.split()) >= LEAST_ASKED and (asks(caption) or safety.check(caption, "en") is not None)


def _weighs(said: Job | Arrival) -> bool:
    """Whether a caption tells what was lifted."""
    return said.weight_kg is not None or bool(said.weights_kg)


def _not_noted(caption: str, job: Job, user: User) -> str | None:
    """What is to be said of a caption's weights that are not noted; None where it names none."""
    if weight_left_out(caption):
        return say(user.language, "weight.left_out", unit=user.units)
    if numbers := row_without_unit(caption):
        return say(user.language, "weight.list_without_unit", numbers=numbers)
    named = find(job.exercise_given or "")
    loaded = named is not None and not LOADS.isdisjoint(named.equipment)
    if number := number_without_unit(caption, loaded=loaded):
        return say(user.language, "weight.without_unit", number=number)
    return None


def media_of(message: Message) -> Media | None:
    """The file a message carries, whatever way the phone sent it; None where it carries none that is analysed."""
    if message.photo:
        largest = message.photo[-1]
        return Media("photo", largest.file_id, largest.file_unique_id, None, largest.file_size, None)
    moving = message.video or message.video_note or message.animation
    if moving:
        name = getattr(moving, "file_name", None)
        duration_s = _seconds(moving.duration)
        return Media("clip", moving.file_id, moving.file_unique_id, name, moving.file_size, duration_s)
    document = message.document
    if document is None:
        return None
    kind = _kind(document.file_name, document.mime_type)
    return Media(kind, document.file_id, document.file_unique_id, document.file_name, document.file_size, None)


def refused(media: Media, settings: Settings, language: str) -> str | None:
    """Why this file is not taken, before anything is downloaded; None where it is."""
    limit_bytes = settings.download_limit_mb * MEGABYTE
    if media.size_bytes is not None and media.size_bytes > limit_bytes:
        size_mb = round(media.size_bytes / MEGABYTE)
        return say(language, "problem.too_large_telegram", size_mb=size_mb, limit_mb=settings.download_limit_mb)
    if media.duration_s is not None and media.duration_s > settings.longest_clip_s:
        limit_s = round(settings.longest_clip_s)
        return say(language, "problem.too_long", duration_s=round(media.duration_s), limit_s=limit_s)
    return None


def _kind(file_name: str | None, mime_type: str | None) -> MediaKind:
    """What a file is by its name, until its bytes are here: whatever is neither picture nor log is called a clip."""
    ending, mime = PurePath(file_name or "").suffix.lower(), mime_type or ""
    if ending in LOG_ENDINGS:  # first: some systems take Garmin's .fit for a picture of the stars
        return "log"
    if mime.startswith("video/") or mime == "image/gif":
        return "clip"
    return "photo" if ending in PHOTO_ENDINGS or mime.startswith("image/") else "clip"


def _seconds(duration: object) -> float | None:
    """PTB gives whole seconds, or a timedelta where it is told to."""
    total = getattr(duration, "total_seconds", None)
    return float(total()) if total else float(duration) if isinstance(duration, int | float) else None
