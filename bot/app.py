"""Assemble the bot: open the services, register the handlers in one table, start and stop everything in order."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass

from telegram import BotCommand, LinkPreviewOptions, Update
from telegram.constants import ParseMode
from telegram.error import TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.account import AccountHandlers
from bot.coaching import open_coach
from bot.door import Door
from bot.edits import LATE, Captions, nothing
from bot.errors import ErrorHandler
from bot.housekeeping import kept_tidy
from bot.jobs.analyst import Analyst
from bot.jobs.intake import Intake
from bot.jobs.telling import Telling
from bot.logs import unretrieved
from bot.owner_only import owner_only
from bot.photos.correcting import PhotoHandlers
from bot.reminding.came import CameHandlers
from bot.reminding.pausing import Pausing
from bot.reminding.reminders import ReminderHandlers
from bot.reminding.weekly import Weekly
from bot.sentences import LANGUAGES, plain, sentences
from bot.services import Services
from bot.sets.correcting import SetHandlers
from bot.sets.counts import Counts
from bot.sets.history import HistoryHandlers
from bot.sets.in_hand import InHand
from bot.sets.messages import SetMessages
from bot.sets.recounts import Recounts
from bot.sets.removal import Removal
from bot.settings import Settings
from bot.talk import Talk
from bot.tasks import WorkerOptions
from bot.transport.pacing import Pacing
from bot.transport.sending import until_reached
from bot.wishes import WISHED, Wishes
from bot.words.buttons import AS_COUNTED, NUMBER
from bot.workers.executor import Limits, WorkerPool
from models.database import Clock
from models.store import open_store, utc_now
from pipeline.assets import POSE_LANDMARKER, verify
from pipeline.video.decode import Sampling

log = logging.getLogger(__name__)

# The library's five seconds are too few for a chart or a clip: Telegram answers once it has looked at the file, and
# what is given up before that is sent a second time.
CONNECT_TIMEOUT_S, READ_TIMEOUT_S = 10.0, 40.0

# Whoever deletes the message with their clip still gets the answer to it.
DEFAULTS = Defaults(
    parse_mode=ParseMode.HTML,
    link_preview_options=LinkPreviewOptions(is_disabled=True),
    allow_sending_without_reply=True,
)

Answer = Callable[[Update, ContextTypes.DEFAULT_TYPE], Coroutine[None, None, None]]

NEW = filters.UpdateType.MESSAGE  # a live location is edited every few seconds
MEDIA = filters.VIDEO | filters.VIDEO_NOTE | filters.ANIMATION | filters.Document.ALL | filters.PHOTO


@contextlib.asynccontextmanager
async def open_services(settings: Settings, now: Clock = utc_now) -> AsyncIterator[Services]:
    """Inside the block the store is migrated, the workers are warm and the coach is ready; afterwards all of it is
    closed.

    Raises AssetMissing, AssetCorrupt where the pose model is missing or damaged.
    """
    sampling = Sampling(limit_s=settings.longest_clip_s)
    options = WorkerOptions(verify(POSE_LANDMARKER, settings.models_dir), sampling, settings.data_dir / "cache")
    limits = Limits(settings.deadline_s, settings.memory_limit_mb)
    with owner_only(settings.data_dir):
        async with (
            open_store(settings.store_url, now) as store,
            WorkerPool(options, limits, settings.workers) as executor,
            open_coach(settings) as coach,
        ):
            yield Services(settings, store, executor, coach, now)


@dataclass(frozen=True, slots=True)
class Handlers:
    """Everything that answers an update."""

    intake: Intake
    sets: SetHandlers
    history: HistoryHandlers
    photos: PhotoHandlers
    talk: Talk
    reminders: ReminderHandlers
    pausing: Pausing
    came: CameHandlers
    account: AccountHandlers
    removal: Removal
    wishes: Wishes


def build(services: Services) -> tuple[Application, Analyst, Weekly]:  # type: ignore[type-arg]
    """The application with its handlers, not started."""
    messages, weekly = SetMessages(services), Weekly(services)
    recounts = Recounts(services, messages)
    counts, in_hand = Counts(services, messages, recounts), InHand(services)
    sets = SetHandlers(services, messages, recounts, counts, in_hand)
    reminders, history = ReminderHandlers(services, weekly), HistoryHandlers(services)
    account = AccountHandlers(services, weekly, reminders)
    pausing, came = Pausing(services, weekly), CameHandlers(services, weekly)
    takes = (sets.take_weight, account.take_place, reminders.take_rest, pausing.take_absence, came.take_answer)
    talk = Talk(services, counts, in_hand, takes)
    analyst = Analyst(services, Telling(services, messages, recounts, talk))
    photos, removal = PhotoHandlers(services), Removal(services, messages, counts, in_hand)
    handlers = Handlers(
        Intake(services, analyst, Captions(services, messages, recounts, photos)),
        sets,
        history,
        photos,
        talk,
        reminders,
        pausing,
        came,
        account,
        removal,
        Wishes(services, reminders, pausing, came, account, history, removal, talk),
    )
    application = builder(services.settings).build()
    register(application, handlers, Door(services))
    application.add_error_handler(ErrorHandler(services).handle)
    return application, analyst, weekly


def builder(settings: Settings) -> ApplicationBuilder:  # type: ignore[type-arg]
    """The application builder, with the connection to Telegram or to the Bot API server of the settings."""
    token = settings.telegram_token
    assert token is not None, "checked where the command starts"
    made = (
        ApplicationBuilder()
        .token(token.get_secret_value())
        .concurrent_updates(True)
        .rate_limiter(Pacing())
        .defaults(DEFAULTS)
        .connect_timeout(CONNECT_TIMEOUT_S)
        .read_timeout(READ_TIMEOUT_S)
    )
    url = settings.telegram_api_url
    return made.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot") if url else made


def register(application: Application, handlers: Handlers, door: Door) -> None:  # type: ignore[type-arg]
    """Register the whole table of handlers. Order matters in group 0: the first that fits takes the update."""
    private = filters.ChatType.PRIVATE
    application.add_handler(TypeHandler(Update, door.check), group=-1)
    application.add_handler(MessageHandler(LATE, nothing))
    for name, answer in {
        "start": handlers.account.start,
        "help": handlers.account.help,
        "history": handlers.history.history,
        "progress": handlers.history.progress,
        "remind": handlers.reminders.remind,
        "reminders": handlers.reminders.list,
        "pause": handlers.pausing.pause,
        "resume": handlers.pausing.resume,
        "snooze": handlers.came.snooze,
        "settings": handlers.account.settings,
        "privacy": handlers.account.privacy,
        "export": handlers.account.export,
        "forget": handlers.account.forget,
    }.items():
        application.add_handler(CommandHandler(name, answer, filters=private))
    application.add_handler(MessageHandler(MEDIA, handlers.intake.receive_media))
    application.add_handler(MessageHandler(filters.COMMAND, handlers.account.unknown_command))
    application.add_handler(MessageHandler(WISHED, handlers.wishes.grant))
    application.add_handler(MessageHandler(filters.TEXT, handlers.talk.listen))
    application.add_handler(MessageHandler(NEW & ~filters.StatusUpdate.ALL, handlers.intake.refuse_other))
    for data, does in presses(handlers).items():
        application.add_handler(CallbackQueryHandler(does, f"^{data}$"))
    application.add_handler(CallbackQueryHandler(handlers.account.unknown_button))


def presses(handlers: Handlers) -> dict[str, Answer]:
    """The handler for buttons whose data matches."""
    return {
        f"column:{NUMBER}:.+": handlers.intake.take_answer,
        f"shows:{NUMBER}:.+": handlers.photos.press,
        f"unremind:{NUMBER}": handlers.reminders.cancel,
        f"pause:{NUMBER}": handlers.pausing.press,
        f"came:{NUMBER}:.+": handlers.came.press,
        f"(units|zones|zone|language|forget|untell):{NUMBER}(:.+)?": handlers.account.press,
        f"drop:{NUMBER}(:.+)?": handlers.removal.press,
        f"undrop:{NUMBER}": handlers.removal.press_undo,
        f"(ask|say):{NUMBER}(:.+)?": handlers.talk.press,
        f"(open|wrong|is|count|weight|clip|chart|load):{NUMBER}(:.+)?": handlers.sets.press,
        f"names:{NUMBER}:[0-9]{{1,3}}": handlers.sets.press,
        f"reps:{NUMBER}:([0-9]{{1,4}}|{AS_COUNTED})": handlers.sets.press,
    }


@contextlib.asynccontextmanager
async def running(services: Services) -> AsyncIterator[Application]:  # type: ignore[type-arg]
    """Inside the block the bot is up: commands published, queue and reminders resumed; the caller feeds in updates."""
    application, analyst, weekly = build(services)
    asyncio.get_running_loop().set_exception_handler(unretrieved)
    await until_reached(application.initialize)
    async with application:
        await publish_commands(application)
        await weekly.start(application)
        await analyst.start(application.bot)
        await application.start()
        try:
            async with kept_tidy(services):
                yield application
        finally:
            await application.stop()
            await analyst.stop()


async def publish_commands(application: Application) -> None:  # type: ignore[type-arg]
    """Publish the command menu in each language; where that fails, the old one stays."""
    for language in LANGUAGES:
        table = sentences(language)["command"]
        commands = [BotCommand(name, plain(language, f"command.{name}")) for name in table]
        # None and not "": the library takes an empty text for an empty list and sends "[]", which Telegram refuses.
        try:
            await application.bot.set_my_commands(commands, language_code=None if language == "en" else language)
        except TelegramError as error:
            log.warning("the menu of commands could not be published: %s", type(error).__name__)
