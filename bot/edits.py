"""What a user corrects in a message that was sent already: a question asked anew, a clip's caption put right."""

from __future__ import annotations

from telegram import Message, Update
from telegram.ext.filters import MessageFilter

from bot import buttons
from bot.coach.hearing.corrections import Correction
from bot.sentences import say
from bot.services import Services
from bot.set_messages import SetMessages, kind_of
from models.arrival import Arrival
from models.tables import Job, User

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
    """Puts right what a clip's caption told, without measuring the clip again."""

    def __init__(self, services: Services, messages: SetMessages) -> None:
        self._services, self._messages = services, messages

    async def changed(self, message: Message, job: Job, now: Arrival, user: User) -> None:
        """The weight that an edited caption tells holds for the set of that clip; of another exercise a button is
        offered, where the clip was measured already."""
        weight_kg = now.weight_kg if now.weight_kg != job.weight_kg else None
        exercise = now.exercise_given if now.exercise_given != job.exercise_given else None
        if job.kind == "photo" or (weight_kg is None and exercise is None):
            return
        await self._services.store.jobs.recaptioned(job.id, now)
        if weight_kg is not None:
            await self._weigh(message, job, weight_kg, user)
        if exercise is not None:
            await self._offer(message, job, exercise, user)

    async def _weigh(self, message: Message, job: Job, weight_kg: float, user: User) -> None:
        bot, sets = message.get_bot(), self._services.store.sets
        rows = await sets.of_job(job.id)
        if len({kind_of(row, user.language) for row in rows}) > 1:
            await self._messages.ask_whose_weight(bot, user, rows, weight_kg)
            return
        for row in rows:
            if weighed := await sets.add_weight(user.id, row.id, weight_kg):
                await self._messages.recaption(bot, user, weighed)

    async def _offer(self, message: Message, job: Job, exercise: str, user: User) -> None:
        rows = await self._services.store.sets.of_job(job.id)
        if len(rows) != 1 or exercise == (rows[0].corrected_exercise or rows[0].measured_exercise):
            return
        markup = buttons.corrections(rows[0].id, Correction(exercise, None, None), user.language)
        await message.reply_html(say(user.language, "job.measured_already"), reply_markup=markup)
