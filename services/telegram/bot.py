"""The python-telegram-bot application: its connection, its commands, and who handles which kind of update."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from telegram import BotCommand, BotCommandScopeAllPrivateChats
from telegram.ext import Application, CallbackQueryHandler, ChatMemberHandler, ContextTypes, MessageHandler, filters
from telegram.request import HTTPXRequest

from kit.languages import LANGUAGES, OFFICIAL
from services.telegram.handling.base import Current
from services.telegram.handling.media import Media
from services.telegram.handling.places import Places
from services.telegram.handling.pressing import Pressing
from services.telegram.handling.words import Words
from services.telegram.limits import Limits
from services.telegram.sending import Bot
from services.telegram.settings import TelegramSettings
from services.telegram.texts import Texts

log = logging.getLogger(__name__)

App = Application[Any, Any, Any, Any, Any, Any]

_MOST_DESCRIBED = 256


def application(settings: TelegramSettings) -> App:
    """Return the application, which gets its updates from us and not from an updater of its own."""
    # The library's HTTP client writes each address into the log, and with it the bot's token.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    api = settings.api_url.rstrip("/")
    builder = Application.builder().token(settings.token.get_secret_value()).updater(None).job_queue(None)
    builder = builder.base_url(f"{api}/bot").base_file_url(f"{api}/file/bot")
    builder = builder.rate_limiter(Limits(messages_per_s=settings.messages_per_s, chat_burst=settings.chat_burst))
    builder = builder.request(_request(settings, settings.timeout_s))
    builder = builder.get_updates_request(_request(settings, settings.poll_s + settings.timeout_s))
    return builder.build()


def handle(app: App, *, words: Words, media: Media, pressing: Pressing, places: Places, current: Current) -> None:
    """Say who handles what; the first that fits does."""
    private = filters.ChatType.PRIVATE
    app.add_handler(ChatMemberHandler(places.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    app.add_handler(CallbackQueryHandler(pressing.pressed))
    app.add_handler(MessageHandler(filters.UpdateType.MESSAGE & filters.ChatType.GROUPS, places.group))
    app.add_handler(MessageHandler(filters.UpdateType.EDITED_MESSAGE & private, words.edited))
    new = filters.UpdateType.MESSAGE & private
    app.add_handler(MessageHandler(new & filters.TEXT, words.message))
    app.add_handler(MessageHandler(new & (filters.LOCATION | filters.VENUE), media.place))
    app.add_handler(MessageHandler(new & (filters.PHOTO | filters.Document.IMAGE), media.photo))
    app.add_handler(MessageHandler(new & ~filters.StatusUpdate.ALL, media.unsupported))

    async def failed(update: object, context: ContextTypes.DEFAULT_TYPE) -> None:
        """Hand the error to who works the update off; the application would only log it."""
        number = getattr(update, "update_id", None)
        if number is not None and context.error is not None:
            current.failed[number] = context.error

    app.add_error_handler(failed)


async def tell_commands(bot: Bot, texts: Texts) -> None:
    """Tell Telegram the menu's commands in each language, and in both official ones for other telephones."""
    scope = BotCommandScopeAllPrivateChats()
    for language in LANGUAGES:
        commands = [BotCommand(each.name, each.description[language]) for each in texts.commands]
        await bot.set_my_commands(commands, scope=scope, language_code=language)
    await bot.set_my_commands([BotCommand(each.name, _both(each.description)) for each in texts.commands], scope=scope)


def _both(said: Mapping[Any, str]) -> str:
    return " / ".join(said[language] for language in OFFICIAL)[:_MOST_DESCRIBED]


def _request(settings: TelegramSettings, timeout_s: float) -> HTTPXRequest:
    local = urlsplit(settings.api_url).hostname in {"127.0.0.1", "localhost", "::1"}
    return HTTPXRequest(
        connection_pool_size=64,
        connect_timeout=settings.timeout_s,
        read_timeout=timeout_s,
        write_timeout=settings.timeout_s,
        pool_timeout=settings.timeout_s,
        # A Bot API server on this machine is reached without the proxy that the environment may name.
        httpx_kwargs={"trust_env": not local},
    )
