"""What is said to a reminder that came: done, in an hour, not today; by a button under it, or in words."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from telegram import Message, Update
from telegram.ext import ContextTypes

from bot.pressed import answered, rewritten
from bot.reminding.once_words import SNOOZE, snoozed_to
from bot.reminding.reminders import problem_told
from bot.reminding.schedule_words import ScheduleError
from bot.reminding.weekly import Weekly, local_time
from bot.sentences import plain
from bot.services import Services
from bot.words import buttons
from models.tables import User

NOT_TODAY: Final = re.compile(
    r"(?:(?:no|nah|sorry),? )?(?:not today|(?:i'll |i will )?skip(?: (?:it|this(?: one)?))?(?: today)?)(?:,? sorry)?"
    r"|오늘은? ?(?:패스|쉴게|쉴래|쉬고 싶어|안 ?할래|안 ?할게|못 ?해|못 ?할 것 같아|건너뛸게)(?:요)?"
)
PUT_OFF: Final = re.compile(
    r"(?:(?:ok|no|not now|maybe),? )?(?P<off>in \S.{0,20}|\S.{0,15} ?(?:뒤|후)에?)(?: ?요)?"
    r"|(?:later|이따가?|나중에)(?:요)?"
)
DONE: Final = re.compile(
    r"(?:(?:i'?m|i am|i have|i've|i) )?(?:all |already |just )?(?:done|did it|trained)(?: already)?"
    r"|(?:다 |벌써 )?(?:했어|끝났어|끝)(?:요)?"
)


class CameHandlers:
    """Handlers of what is said to a reminder that came."""

    def __init__(self, services: Services, weekly: Weekly) -> None:
        self._services, self._weekly = services, weekly

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The button under the reminder does what it says, and the message tells it."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        pressed, now = buttons.parse(query.data), self._services.now()
        if pressed.argument == "later":
            said = await self._again(user, pressed.number, now + SNOOZE)
        elif pressed.argument == "skip":
            said = await self._skipped(user, pressed.number)
        else:
            said = plain(user.language, "remind.came_done")
        await answered(query, said)
        if isinstance(query.message, Message):
            await rewritten(query, f"{query.message.text_html}\n\n{said}")

    async def snooze(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """What came last comes again after the time in the command's words, an hour where there is none."""
        user, message = await self._services.meet(update), update.effective_message
        assert message is not None
        try:
            at = snoozed_to(" ".join(context.args or []), self._services.now(), ZoneInfo(user.time_zone))
        except ScheduleError as error:
            await message.reply_html(problem_told(error, user.language))
            return
        await message.reply_text(await self._again(user, self._weekly.came(user.id), at))

    async def take_answer(self, update: Update, text: str) -> bool:
        """True where a reminder came just now and `text` is what its buttons say, in words: "in 20 minutes", "done"."""
        user, message = await self._services.meet(update), update.effective_message
        came = self._weekly.came(user.id)
        said = await self._answer(user, came, text.replace("’", "'").casefold().strip(" .!")) if came else None
        if message is None or said is None:
            return False
        await message.reply_text(said)
        return True

    async def _answer(self, user: User, reminder_id: int, text: str) -> str | None:
        """What is said to words about the reminder; None where they are not about it."""
        if NOT_TODAY.fullmatch(text):
            return await self._skipped(user, reminder_id)
        if DONE.fullmatch(text):
            return plain(user.language, "remind.came_done")
        if not (found := PUT_OFF.fullmatch(text)):
            return None
        try:
            at = snoozed_to(found["off"] or "", self._services.now(), ZoneInfo(user.time_zone))
        except ScheduleError:
            return None
        return await self._again(user, reminder_id, at)

    async def _again(self, user: User, reminder_id: int | None, at: datetime) -> str:
        """What is said once the reminder is there for that minute; of none of the user's, it is for training."""
        reminders, minute = self._services.store.reminders, at.replace(second=0, microsecond=0)  # pressed twice: one
        earlier = await reminders.again(user.id, reminder_id, minute) if reminder_id is not None else None
        reminder = earlier or await reminders.add_at(user.id, user.chat_id, minute)
        await self._weekly.plan(reminder)
        return plain(user.language, "remind.came_later", time=local_time(minute, user, user.language).split()[-1])

    async def _skipped(self, user: User, reminder_id: int) -> str:
        """What is said of the next time; nothing has to be done for it."""
        reminder = await self._services.store.reminders.reminder(reminder_id)
        firing = await self._weekly.plan(reminder) if reminder and reminder.user_id == user.id else None
        if firing is None:
            return plain(user.language, "remind.came_skip")
        return plain(user.language, "remind.came_skip_next", next=local_time(firing.at, user, user.language))
