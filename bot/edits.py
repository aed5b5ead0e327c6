"""What a user corrects in a message that was sent already: a question asked anew, a clip's caption put right."""

from __future__ import annotations

from telegram import Bot, Message, Update
from telegram.ext.filters import MessageFilter

from bot.photos.correcting import PhotoHandlers
from bot.sentences import say
from bot.services import Services
from bot.sets.messages import SetMessages
from bot.sets.recounts import Recounts
from bot.tasks import CHARTS_AT_ONCE
from bot.words.names import exercise_name
from bot.words.replies import html
from models.arrival import Arrival
from models.loads import loads_kg
from models.tables import Job, User, WorkoutSet
from pipeline.report import from_json

ASKED_ANEW_S = 120.0  # an edit later than this mends the record, and asks for no answer: the house's value


class _Late(MessageFilter):
    """Lets through texts that were edited long after they were sent."""

    def filter(self, message: Message) -> bool:
        """See MessageFilter."""
        if message.edit_date is None or not message.text:
            return False
        return (message.edit_date - message.date).total_seconds() > ASKED_ANEW_S


LATE = _Late()


async def nothing(_: Update, __: object) -> None:
    """A text that was edited late is left alone."""


class Captions:
    """Puts right what a recording's caption told: without measuring it again, where it was measured already."""

    def __init__(self, services: Services, messages: SetMessages, recounts: Recounts, photos: PhotoHandlers) -> None:
        self._services, self._messages, self._recounts, self._photos = services, messages, recounts, photos

    async def changed(self, message: Message, job: Job, now: Arrival, user: User) -> None:
        """The weights and the exercise that an edited caption tells hold for the sets of that recording, the pose for a
        photo. `job` is as it was before; what is still measured is stored as the caption says then, see `Sets.save`."""
        if job.kind == "photo":
            if now.exercise_given is not None and now.exercise_given != job.exercise_given:
                await self._photos.captioned(message, job, now.exercise_given, user)
            return
        await self._services.store.jobs.recaptioned(job.id, now)
        if now.exercise_given is not None and now.exercise_given != job.exercise_given:
            await self._rename(message, job, now.exercise_given, user)
        weights = (now.weight_kg, now.weights_kg)
        if any(weights) and weights != (job.weight_kg, tuple(job.weights_kg or ())):
            await self._weigh(message.get_bot(), job, now, user)
        if now.exercise_given is None and job.exercise_given is not None:
            await self._unname(message, job, job.exercise_given, user)

    async def _weigh(self, bot: Bot, job: Job, now: Arrival, user: User) -> None:
        """Each set has the weight that the caption gives it now; one that the former caption gave is taken back."""
        rows = await self._services.store.sets.of_job(job.id)
        exercises = [row.exercise for row in rows]
        before, after = loads_kg(exercises, job), loads_kg(exercises, now)
        for row, was_kg, weight_kg in zip(rows, before, after, strict=True):
            if weight_kg == row.weight_kg or (weight_kg is None and row.weight_kg != was_kg):
                continue
            if weighed := await self._services.store.sets.add_weight(user.id, row.id, weight_kg):
                await self._messages.recaption(bot, user, weighed)
        if rows and not any(after):
            await self._messages.ask_about_weights(bot, user, rows, now)

    async def _unname(self, message: Message, job: Job, exercise: str, user: User) -> None:
        """Whoever takes the name out of a caption is told that the sets keep it, and how to change it: it may be that
        only the weight was rewritten."""
        rows = await self._services.store.sets.of_job(job.id)
        if any(row.exercise == exercise for row in rows):
            named = html(exercise_name(exercise, user.language))
            await message.reply_html(say(user.language, "job.named_no_more", exercise=named))

    async def _rename(self, message: Message, job: Job, exercise: str, user: User) -> None:
        """What counted as the exercise that the caption named before counts as the one that it names now, and so do all
        sets of a recording that holds but one exercise."""
        rows = await self._services.store.sets.of_job(job.id)
        alone = len({row.exercise for row in rows}) == 1
        meant = [row for row in rows if alone or row.exercise == job.exercise_given]
        wrong = [row for row in meant if not _is_surely(row, exercise)]
        for row in wrong:
            await self._recounts.rename(message.get_bot(), user, row, exercise)
        if rows and not meant:
            await message.reply_html(say(user.language, "job.named_which"))
        if wrong:
            named = html(exercise_name(exercise, user.language))
            await message.reply_html(say(user.language, "job.counted_anew", exercise=named))
        if wrong and len(rows) > CHARTS_AT_ONCE:
            rows = await self._services.store.sets.of_job(job.id)
            await self._messages.send_summary(message.get_bot(), user, rows, reply_to=message.message_id)


def _is_surely(row: WorkoutSet, exercise: str) -> bool:
    recognition = from_json(row.report).recognition
    return row.exercise == exercise and recognition.known and not recognition.coarse
