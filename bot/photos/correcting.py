"""What users do with a photo that was named: say which name is right, by a button or in the caption edited, and see it
beside that pose."""

from __future__ import annotations

import contextlib
from collections.abc import Awaitable, Callable

from telegram import Bot, CallbackQuery, InputMediaPhoto, Message, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.executor_errors import ExecutorError
from bot.photos import memory
from bot.pressed import answered
from bot.sentences import plain, say
from bot.services import Services
from bot.tasks import AnalyzePhoto, DrawnPhoto
from bot.transport.sending import fetch
from bot.words import buttons
from bot.words.photo_messages import photo_caption
from bot.words.replies import problem
from models.tables import Job, JobState, User
from pipeline.catalogue import find
from pipeline.catalogue.pose import find_pose
from pipeline.errors import AnalysisError

Show = Callable[[DrawnPhoto], Awaitable[None]]


class PhotoHandlers:
    """Handlers of the buttons under a drawn photo, and of its caption."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """What the user says their photo shows is stored, and its own message shows it beside that pose."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        pressed = buttons.parse(query.data)
        named = find_pose(pressed.argument) or find(pressed.argument)
        job = named and await self._services.store.jobs.name_photo(user.id, pressed.number, named.name)
        if not job:
            await answered(query, plain(user.language, "problem.old_button"), alert=True)
            return
        await answered(query)
        await self._shown(query.get_bot(), user, job, query.id, lambda drawn: _redrawn(query, drawn, user, job))

    async def captioned(self, message: Message, before: Job, name: str, user: User) -> None:
        """What an edited caption says the photo shows is stored; one that was answered already is answered once more,
        under that name. `before` is the job as it was."""
        job = await self._services.store.jobs.name_photo(user.id, before.id, name)
        if job and before.state == JobState.DONE:
            which = f"{message.message_id}-{name}"
            await self._shown(message.get_bot(), user, job, which, lambda drawn: _answered(message, drawn, user, job))

    async def _shown(self, bot: Bot, user: User, job: Job, which: str, show: Show) -> None:
        try:
            with contextlib.suppress(TelegramError):
                await bot.send_chat_action(user.chat_id, ChatAction.UPLOAD_PHOTO)
            drawn = await self._drawn(bot, user, job, which)
            await memory.remember(self._services.store.talk, user.id, job.id, drawn.report)
            await show(drawn)
        except (AnalysisError, ExecutorError) as error:
            await bot.send_message(user.chat_id, problem(error, user.language))
        except TelegramError:
            await bot.send_message(user.chat_id, say(user.language, "problem.download"))

    async def _drawn(self, bot: Bot, user: User, job: Job, which: str) -> DrawnPhoto:
        """The photo is fetched from Telegram once more: here it was deleted when its answer was sent."""
        path = self._services.settings.clips_dir / f"photo-{which}"
        try:
            await fetch(bot, job.file_id, path)
            task = AnalyzePhoto(path, job.file_name or path.name, user.language, job.exercise_given)
            drawn = await self._services.executor.run(task, lambda _: None)
        finally:
            path.unlink(missing_ok=True)
        assert isinstance(drawn, DrawnPhoto)
        return drawn


async def _redrawn(query: CallbackQuery, drawn: DrawnPhoto, user: User, job: Job) -> None:
    """The pressed message shows the new picture and words."""
    text = photo_caption(drawn.report, user.language)
    media = InputMediaPhoto(drawn.picture_png, caption=text, parse_mode=ParseMode.HTML, filename="pose.png")
    markup = buttons.under_photo(job.id, drawn.report, user.language)
    with contextlib.suppress(BadRequest):  # deleted meanwhile, or pressed twice: it shows already what was asked for
        await query.edit_message_media(media, reply_markup=markup)


async def _answered(message: Message, drawn: DrawnPhoto, user: User, job: Job) -> None:
    """The photo's message is answered with the new picture and words."""
    text = photo_caption(drawn.report, user.language)
    markup = buttons.under_photo(job.id, drawn.report, user.language)
    await message.reply_photo(drawn.picture_png, caption=text, filename="pose.png", do_quote=True, reply_markup=markup)
