"""A command's work is done for who asks for it in plain words; see `bot/wish.py` for what is heard."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from telegram import Message, Update
from telegram.ext import ContextTypes
from telegram.ext.filters import MessageFilter

from bot.account import AccountHandlers
from bot.reminding.came import CameHandlers
from bot.reminding.pausing import Pausing
from bot.reminding.reminders import ReminderHandlers
from bot.sentences import say
from bot.services import Services
from bot.sets.history import HistoryHandlers
from bot.sets.removal import Removal
from bot.talk import Talk
from bot.wish import wish
from bot.words.weights import in_another_unit

Handler = Callable[[Update, ContextTypes.DEFAULT_TYPE], Awaitable[None]]


class _Wished(MessageFilter):
    """Lets through texts that are a wish."""

    def filter(self, message: Message) -> bool:
        """See MessageFilter."""
        return bool(message.text) and wish(message.text or "") is not None


WISHED: Final = _Wished()


class Wishes:
    """Does what was wished for, as the command would; what a weight is in another unit is simply said."""

    def __init__(
        self,
        services: Services,
        reminders: ReminderHandlers,
        pausing: Pausing,
        came: CameHandlers,
        account: AccountHandlers,
        history: HistoryHandlers,
        removal: Removal,
        talk: Talk,
    ) -> None:
        self._services, self._talk = services, talk
        self._commands: Mapping[str, Handler] = {
            "remind": reminders.remind,
            "reminders": reminders.list,
            "pause": pausing.pause,
            "resume": pausing.resume,
            "snooze": came.snooze,
            "settings": account.settings,
            "help": account.help,
            "privacy": account.privacy,
            "history": history.history,
            "progress": history.progress,
            "export": account.export,
            "forget": account.forget,
            "remove": removal.wished,
            "remove_which": removal.explain,
            "undo": removal.undo,
        }

    async def grant(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """The wish is fulfilled."""
        message = update.effective_message
        found = wish(message.text or "") if message else None
        if message is None or found is None:
            return
        if found.command == "settings" and await self._talk.answers_offer(update, message.text or ""):
            await self._talk.listen(update, context)
            return
        if found.command in self._commands:
            context.args = found.argument.split()
            await self._commands[found.command](update, context)
            return
        user, (given, wanted) = await self._services.meet(update), in_another_unit(found.argument)
        await message.reply_html(say(user.language, "weight.converted", given=given, wanted=wanted))
