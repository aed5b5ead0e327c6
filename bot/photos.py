"""What users do with a photo that was named: say which of the likely names is right, and see it beside that pose."""

from __future__ import annotations

import contextlib

from telegram import Bot, CallbackQuery, InputMediaPhoto, Update
from telegram.constants import ChatAction, ParseMode
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot import buttons, photo_memory
from bot.executor_errors import ExecutorError
from bot.fetching import fetch
from bot.photo_messages import photo_caption
from bot.pressed import answered
from bot.replies import problem
from bot.sending import patiently
from bot.sentences import plain, say
from bot.services import Services
from bot.tasks import AnalyzePhoto, DrawnPhoto
from models.tables import Job, User
from pipeline.catalogue import find
from pipeline.catalogue.pose import find_pose
from pipeline.errors import AnalysisError


class PhotoHandlers:
    """Handlers of the buttons under a drawn photo."""

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
        await self._shown(query, user, job)

    async def _shown(self, query: CallbackQuery, user: User, job: Job) -> None:
        bot = query.get_bot()
        try:
            with contextlib.suppress(TelegramError):
                await bot.send_chat_action(user.chat_id, ChatAction.UPLOAD_PHOTO)
            drawn = await self._drawn(bot, user, job, query.id)
            await photo_memory.remember(self._services.store.talk, user.id, job.id, drawn.report)
            await _redrawn(query, drawn, user, job)
        except (AnalysisError, ExecutorError) as error:
            await bot.send_message(user.chat_id, problem(error, user.language))
        except TelegramError:
            await bot.send_message(user.chat_id, say(user.language, "problem.download"))

    async def _drawn(self, bot: Bot, user: User, job: Job, press_id: str) -> DrawnPhoto:
        """The photo is fetched from Telegram once more: here it was deleted when its answer was sent."""
        path = self._services.settings.clips_dir / f"photo-{press_id}"
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
        await patiently(lambda: query.edit_message_media(media, reply_markup=markup))
