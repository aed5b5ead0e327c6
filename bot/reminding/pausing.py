"""No reminders for a while: /pause until monday, the same in plain words, a button; and their end, /resume."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from telegram import InlineKeyboardMarkup, Message, Update
from telegram.ext import ContextTypes

from bot.pressed import answered
from bot.reminding.pause_words import paused_until
from bot.reminding.schedule_words import ScheduleError
from bot.reminding.weekly import Weekly, is_paused, local_time
from bot.sentences import say
from bot.services import Services
from bot.words import buttons
from bot.words.replies import quoted
from models.tables import Reminder, User

_UNTIL: Final = r"(?:,? ((?:for|until|till) .{1,40}))"
AWAY: Final = re.compile(
    r"(?:hey,? |ok,? |btw,? )?(?:i(?:'m| am|'ll be| will be) )?(?:going )?(?:away )?on (?:a |my )?"
    rf"(?:holidays?|vacation|leave|trip)(?: now| from today)?{_UNTIL}?"
    rf"|i(?:'m| am|'ll be| will be) (?:away|travell?ing|out of town){_UNTIL}"
    r"|(\S.{0,20}?(?:까지|동안|간))? ?(?:휴가|여행)(?: ?중)?(?:이에요|예요|이야|야|입니다|가요|가|다녀올게요?)"
)
_LONGEST_CHARS: Final = 80


class Pausing:
    """Handlers of pauses."""

    def __init__(self, services: Services, weekly: Weekly) -> None:
        self._services, self._weekly = services, weekly

    async def pause(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The reminders are silent until the day in the command's words; where there is none, it is asked for."""
        await self._pause_as_told(update, " ".join(context.args or []))

    async def resume(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Paused reminders come again."""
        user, message = await self._met(update)
        await message.reply_html(await self._resumed(user))

    async def take_absence(self, update: Update, text: str) -> bool:
        """True where `text` says that the user is away, and there are reminders that are to be silent meanwhile."""
        said = " ".join(text.replace("’", "'").casefold().split()).strip(" .!")
        found = AWAY.fullmatch(said) if len(said) <= _LONGEST_CHARS else None
        user, _ = await self._met(update)
        if not found or not await self._repeated(user):
            return False
        await self._pause_as_told(update, next(filter(None, found.groups()), ""))
        return True

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """The pause of a button begins, or ends."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        days = buttons.parse(query.data).number
        text = await self._paused(user, self._today(user) + timedelta(days=days)) if days else await self._resumed(user)
        await answered(query)
        await query.get_bot().send_message(user.chat_id, text)

    async def _pause_as_told(self, update: Update, text: str) -> None:
        user, message = await self._met(update)
        if not await self._repeated(user):
            await message.reply_html(say(user.language, "remind.none"))
            return
        if not text:
            await message.reply_html(say(user.language, "remind.pause_how"), reply_markup=_how_long(user))
            return
        try:
            until = paused_until(text, self._today(user))
        except ScheduleError as error:
            problem = say(user.language, f"remind.{error.problem}", text=quoted(error.text))
            how = say(user.language, "remind.pause_how")
            await message.reply_html(f"{problem} {how}", reply_markup=_how_long(user))
            return
        await message.reply_html(await self._paused(user, until))

    async def _paused(self, user: User, until: date) -> str:
        """What is said of a pause that begins."""
        await self._services.store.reminders.pause(user.id, until)
        for reminder in await self._repeated(user):
            await self._weekly.plan(reminder)
        there = datetime.combine(until, time(), ZoneInfo(user.time_zone))
        return say(user.language, "remind.paused", day=local_time(there, user, user.language).rsplit(" ", 1)[0])

    async def _resumed(self, user: User) -> str:
        """What is said of a pause that ends."""
        today = self._today(user)
        paused = [reminder for reminder in await self._repeated(user) if is_paused(reminder, today)]
        if not paused:
            return say(user.language, "remind.not_paused")
        await self._services.store.reminders.pause(user.id, None)
        firings = [await self._weekly.plan(reminder) for reminder in await self._repeated(user)]
        first = min(firing.at for firing in firings if firing)
        return say(user.language, "remind.resumed", next=local_time(first, user, user.language))

    async def _repeated(self, user: User) -> list[Reminder]:
        rows = await self._services.store.reminders.reminders_of(user.id)
        return [row for row in rows if row.weekdays]

    def _today(self, user: User) -> date:
        return self._services.now().astimezone(ZoneInfo(user.time_zone)).date()

    async def _met(self, update: Update) -> tuple[User, Message]:
        user, message = await self._services.meet(update), update.effective_message
        assert message is not None
        return user, message


def _how_long(user: User) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([buttons.pauses(user.language)])
