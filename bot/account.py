"""Who the user is and what is kept of them: /start, /help, /settings, /privacy, /export, /forget."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Collection
from datetime import date
from zoneinfo import ZoneInfo

from telegram import CallbackQuery, Message, Update
from telegram.error import BadRequest, TelegramError
from telegram.ext import ContextTypes

from bot.coach.facts import Facts
from bot.coach.phrases import in_words
from bot.export import packed_export
from bot.facts_of import told_facts
from bot.pressed import answered, rewritten
from bot.reminding.reminders import ReminderHandlers
from bot.reminding.schedule import OnDay
from bot.reminding.weekly import Weekly
from bot.reminding.zones import is_bare_offset, zone_of
from bot.sentences import plain, say
from bot.services import Services
from bot.sets.removal import MINUTES
from bot.words import buttons
from bot.words.replies import quoted
from bot.words.weights import KILOGRAM, POUND
from models.account import Language
from models.tables import User

UNITS = {**dict.fromkeys(KILOGRAM, "kg"), **dict.fromkeys(POUND, "lb")}
SPOKEN: dict[str, Language] = {"english": "en", "영어": "en", "korean": "ko", "한국어": "ko"}


class AccountHandlers:
    """Handlers of everything about the account."""

    def __init__(self, services: Services, weekly: Weekly, reminders: ReminderHandlers) -> None:
        self._services, self._weekly, self._reminders = services, weekly, reminders

    async def start(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/start: one friendly screen; units and time zone are asked once."""
        user, message = await self._services.meet(update), _message(update)
        hello, private = say(user.language, "start.hello", name=user.first_name), say(user.language, "start.private")
        await message.reply_html(f"{hello}\n\n{private}")
        if user.asked_units:
            await message.reply_html(say(user.language, "start.ready"))
        else:
            await message.reply_html(say(user.language, "start.ask_units"), reply_markup=buttons.units(user.language))

    async def help(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/help: what can be sent and asked."""
        user, settings = await self._services.meet(update), self._services.settings
        limits = {"limit_s": round(settings.longest_clip_s), "limit_mb": settings.download_limit_mb}
        await _message(update).reply_html(say(user.language, "help.text", **limits))

    async def unknown_command(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """Whoever mistyped a command knows where all of them are."""
        user = await self._services.meet(update)
        await _message(update).reply_html(say(user.language, "problem.unknown_command"))

    async def unknown_button(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of a version before or after this one."""
        user = await self._services.meet(update)
        if update.callback_query is not None:
            await answered(update.callback_query, plain(user.language, "problem.unknown_button"), alert=True)

    async def privacy(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/privacy: what is kept, and where."""
        user = await self._services.meet(update)
        await _message(update).reply_html(say(user.language, "privacy.text", minutes=MINUTES))

    async def settings(self, update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        """/settings: shows them; with a place, a unit or a language behind it, sets that."""
        user, wanted = await self._services.meet(update), " ".join(context.args or [])
        if (units := UNITS.get(wanted.casefold())) is not None:
            await self._set_units(update, user, units)
        elif (language := SPOKEN.get(wanted.casefold())) is not None:
            await self._set_language(update, user, language)
        elif wanted:
            await self._set_zone(_message(update), user, wanted)
        else:
            told = await self._told(user)
            markup = buttons.settings(user.language, told)
            await _message(update).reply_html(settings_text(user, told.values()), reply_markup=markup)

    async def press(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """A button of /start, /settings or /forget does what it says."""
        query, user = update.callback_query, await self._services.meet(update)
        assert query is not None
        await answered(query)
        pressed = buttons.parse(query.data)
        match pressed.verb, pressed.argument:
            case "units", ("kg" | "lb") as units:
                await self._set_units(update, user, units)
                if pressed.number == buttons.IN_SETTINGS:
                    await self._show_anew(query, user.id)
            case "zones", _:
                with contextlib.suppress(BadRequest):  # pressed twice: the places stand there already
                    await query.edit_message_reply_markup(buttons.zones(user.language))
            case "zone", "other":
                await _message(update).reply_html(say(user.language, "settings.zone_how"))
            case "zone", place:
                await self._set_zone(_message(update), user, place)
            case "language", ("en" | "ko") as language:
                await self._set_language(update, user, language)
                await self._show_anew(query, user.id)
            case "forget", answer:
                await self._forget(update, user, agreed=answer == "yes")
            case "untell", _:
                await self._untell(update, user, pressed.number)

    async def take_place(self, update: Update, text: str) -> bool:
        """True where `text` was nothing but a place, from somebody who has not said yet where they are; "+1" of
        somebody who has a set is one repetition more."""
        user = await self._services.meet(update)
        if user.asked_time_zone or zone_of(text) is None:
            return False
        if is_bare_offset(text) and await self._services.store.sets.latest_set(user.id):
            return False
        await self._set_zone(_message(update), user, text)
        return True

    async def export(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/export: everything that is remembered, as one zip, or as several where Telegram takes no larger one."""
        user = await self._services.meet(update)
        export = await self._services.store.account.export_user(user.id)
        packs = await asyncio.to_thread(packed_export, export)
        for number, packed in enumerate(packs, 1):
            part = say(user.language, "export.part", number=number, of=len(packs)) if len(packs) > 1 else ""
            caption = say(user.language, "export.caption") if number == 1 else ""
            name = f"spotter-export-{number}.zip" if len(packs) > 1 else "spotter-export.zip"
            await _message(update).reply_document(packed, caption=f"{caption} {part}".strip(), filename=name)

    async def forget(self, update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
        """/forget: asks once, then everything is gone."""
        user = await self._services.meet(update)
        await _message(update).reply_html(say(user.language, "forget.ask"), reply_markup=buttons.forget(user.language))

    async def _told(self, user: User) -> dict[int, str]:
        """What the user told the coach, in words, by its number in the store."""
        rows = await self._services.store.talk.facts_of(user.id)
        return {row.id: in_words(told_facts([row]), words_for(user)) for row in rows if told_facts([row])}

    async def _untell(self, update: Update, user: User, fact_id: int) -> None:
        """That fact is forgotten, and the settings show it no more."""
        await self._services.store.talk.remove_fact(user.id, fact_id)
        assert update.callback_query is not None
        await self._show_anew(update.callback_query, user.id)

    async def _show_anew(self, query: CallbackQuery, user_id: int) -> None:
        """The pressed message, which shows the settings, shows them as they are now."""
        if user := await self._services.store.account.user(user_id):
            told = await self._told(user)
            await rewritten(query, settings_text(user, told.values()), buttons.settings(user.language, told))

    async def _forget(self, update: Update, user: User, *, agreed: bool) -> None:
        query = update.callback_query
        assert query is not None
        if agreed:
            in_line = await self._services.store.jobs.messages_in_line(user.id)
            await self._weekly.drop(user.id)
            self._reminders.forget(user.id)
            self._services.coach.forget(user.id)
            await self._services.store.account.forget_user(user.id)
            for number in in_line:  # what they tell will not come
                with contextlib.suppress(TelegramError):
                    await query.get_bot().delete_message(user.chat_id, number)
        text = say(user.language, "forget.done" if agreed else "forget.kept")
        await rewritten(query, text)

    async def _set_units(self, update: Update, user: User, units: str) -> None:
        asked = user.asked_time_zone
        await self._services.store.account.set_units(user.id, "lb" if units == "lb" else "kg")
        await _message(update).reply_html(say(user.language, "settings.units_saved", units=units))
        if not asked:
            text = say(user.language, "start.ask_zone")
            await _message(update).reply_html(text, reply_markup=buttons.zones(user.language))

    async def _set_language(self, update: Update, user: User, language: Language) -> None:
        await self._services.store.account.set_language(user.id, language)
        await _message(update).reply_html(say(language, "settings.language_saved"))

    async def _set_zone(self, message: Message, user: User, place: str) -> None:
        zone = zone_of(place)
        if zone is None:
            await message.reply_html(say(user.language, "settings.zone_unknown", text=quoted(place)))
            return
        first_time = not user.asked_time_zone
        await self._services.store.account.set_time_zone(user.id, zone.key)
        past = await self._weekly.reschedule(user.id)
        there = self._services.now().astimezone(ZoneInfo(zone.key))
        await message.reply_html(say(user.language, "settings.zone_saved", zone=zone.key, time=f"{there:%H:%M}"))
        for reminder in past:
            text = str(OnDay(reminder.once_on or there.date(), reminder.hour, reminder.minute))
            await message.reply_html(say(user.language, "remind.past", text=text))
        if first_time:
            await message.reply_html(say(user.language, "start.ready"))


def settings_text(user: User, told: Collection[str] = ()) -> str:
    """What is set and what the user told the coach, as HTML."""
    text = say(user.language, "settings.text", units=user.units, zone=user.time_zone)
    lines = [say(user.language, "settings.told_line", text=one) for one in told]
    return "\n".join((text, "", say(user.language, "settings.told"), *lines)) if lines else text


def words_for(user: User) -> Facts:
    """Facts that hold nothing but the language and the units in which something is to be put."""
    language, units = "ko" if user.language == "ko" else "en", "lb" if user.units == "lb" else "kg"
    return Facts(date.min, language=language, units=units)  # type: ignore[arg-type]


def _message(update: Update) -> Message:
    if update.effective_message is None:
        raise ValueError("the update has no message")
    return update.effective_message
