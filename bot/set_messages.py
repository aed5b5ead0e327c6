"""The message that shows a set: chart, caption and buttons, sent once and drawn anew when the user corrects it."""

from __future__ import annotations

from telegram import Bot, InputMediaPhoto, Message
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot import buttons
from bot.replies import Corrections, caption
from bot.sending import patiently
from bot.services import Services
from models.tables import User, WorkoutSet
from pipeline.report import from_json

CHART_ATTEMPTS = 9  # with doubled waits: four minutes of outage cost a measured set nothing


class SetMessages:
    """Sends and redraws the charts of sets."""

    def __init__(self, services: Services) -> None:
        self._services = services

    async def send_chart(self, bot: Bot, user: User, stored: WorkoutSet, chart_png: bytes, *, reply_to: int) -> Message:
        """The set's message is in the chat, as a reply to the clip while that still stands."""
        report = from_json(stored.report)
        return await patiently(
            lambda: bot.send_photo(
                user.chat_id,
                chart_png,
                caption=_caption(user, stored),
                filename="set.png",
                reply_to_message_id=reply_to,
                allow_sending_without_reply=True,
                reply_markup=buttons.under_chart(stored.id, report, user.language),
            ),
            CHART_ATTEMPTS,
        )

    async def redraw(self, bot: Bot, user: User, stored: WorkoutSet, chart_png: bytes) -> None:
        """The set's own message shows the new chart; a new message where the old one is gone."""
        report = from_json(stored.report)
        markup = buttons.under_chart(stored.id, report, user.language)
        media = InputMediaPhoto(
            chart_png, caption=_caption(user, stored), parse_mode=ParseMode.HTML, filename="set.png"
        )
        try:
            await patiently(
                lambda: bot.edit_message_media(
                    media, chat_id=user.chat_id, message_id=stored.chart_message_id or 0, reply_markup=markup
                )
            )
        except BadRequest:  # the user deleted it, or it was never sent
            sent = await patiently(
                lambda: bot.send_photo(user.chat_id, chart_png, caption=_caption(user, stored), reply_markup=markup)
            )
            await self._services.store.sets.set_chart_message(user.id, stored.id, sent.message_id)

    async def recaption(self, bot: Bot, user: User, stored: WorkoutSet) -> None:
        """The set's own message says what the user corrected; the chart stays as it is."""
        if stored.chart_message_id is None:
            return
        markup = buttons.under_chart(stored.id, from_json(stored.report), user.language)
        try:
            await patiently(
                lambda: bot.edit_message_caption(
                    user.chat_id, stored.chart_message_id, caption=_caption(user, stored), reply_markup=markup
                )
            )
        except BadRequest:
            return  # deleted, or said already: the store holds it


def _caption(user: User, stored: WorkoutSet) -> str:
    said = Corrections(stored.corrected_reps, stored.weight_kg)
    return caption(from_json(stored.report), user.language, user.units, said)
