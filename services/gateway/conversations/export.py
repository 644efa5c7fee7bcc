"""A copy of everything that is kept of a conversation, for the resident: to be read, or for a program."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from kit.clock import BRUSSELS
from kit.languages import Language
from services.gateway.conversations.schemas import HandedOver, Kept, MessageOut, PhotoOut
from services.gateway.core.texts import Texts, moment, spoken

Format = Literal["text", "json", "zip"]

_NAME: Final = "brussels-assistant"


@dataclass(frozen=True)
class File:
    """A file to hand over, on whichever channel."""

    name: str
    media_type: str
    content: bytes


def export(kept: Kept, form: Format, texts: Texts, now: datetime, pictures: Mapping[str, bytes] | None = None) -> File:
    """Return the copy; the text is in the conversation's language, French where it is not known.

    ``pictures``: the photos by their ids, which an archive holds as files of their own.
    """
    name = f"{_NAME}-{now.astimezone(BRUSSELS):%Y-%m-%d}"
    if form == "json":
        return File(f"{name}.json", "application/json", kept.model_dump_json(indent=2).encode())
    readable = _readable(kept, spoken(kept.language)[0], texts, now).encode()
    if form == "zip":
        files = {f"{name}.txt": readable, f"{name}.json": kept.model_dump_json(indent=2).encode()}
        files |= {f"photos/{photo_id}.jpg": content for photo_id, content in (pictures or {}).items()}
        return File(f"{name}.zip", "application/zip", _archive(files, now))
    return File(f"{name}.txt", "text/plain; charset=utf-8", readable)


def _archive(files: Mapping[str, bytes], now: datetime) -> bytes:
    out = io.BytesIO()
    at = now.astimezone(BRUSSELS)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (at.year, at.month, at.day, at.hour, at.minute, at.second))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _readable(kept: Kept, language: Language, texts: Texts, now: datetime) -> str:
    since = moment(kept.created_at, language, texts)
    parts = [texts.say("export_title", language, when=moment(now, language, texts))]
    if kept.deleted_at_latest is None:
        parts.append(texts.say("export_kept_following", language, since=since))
    else:
        until = moment(kept.deleted_at_latest, language, texts)
        parts.append(texts.say("export_kept", language, since=since, until=until))
    if kept.requests:
        lines = [f"– {each.reference} ({moment(each.at, language, texts)})" for each in kept.requests]
        parts.append("\n".join([texts.say("export_requests", language), *lines]))
    if kept.photos:
        lines = [_photo(each, language, texts) for each in kept.photos]
        parts.append("\n".join([texts.say("export_photos", language), *lines]))
    if kept.subscriptions:
        lines = [f"– {each.text}" for each in kept.subscriptions]
        parts.append("\n".join([texts.say("export_following", language), *lines]))
    if kept.handed_over:
        parts += _handed_over(kept.handed_over, language, texts)
    parts.append(texts.say("export_messages", language))
    parts += [_message(each, language, texts) for each in kept.messages]
    return "\n\n".join(parts) + "\n"


def _handed_over(handed: HandedOver, language: Language, texts: Texts) -> list[str]:
    lines = [texts.say("export_handed", language, since=moment(handed.since, language, texts))]
    lines += [texts.say("export_handed_code", language, code=handed.code)] if handed.code else []
    lines += [texts.say("export_handed_phone", language, phone=handed.phone)] if handed.phone else []
    lines += [texts.say("export_handed_fact", language, value=value) for value in handed.facts.values()]
    lines += [texts.say("export_handed_proposed", language, text=handed.proposed)] if handed.proposed else []
    parts = ["\n".join(lines)]
    if handed.notes:
        notes = [f"– {moment(each.at, language, texts)}, {each.name}: {each.text}" for each in handed.notes]
        parts.append("\n".join([texts.say("export_handed_notes", language), *notes]))
    if handed.accesses:
        seen = [f"– {moment(each.at, language, texts)}, {each.name}" for each in handed.accesses]
        parts.append("\n".join([texts.say("export_handed_accesses", language), *seen]))
    return parts


def _photo(photo: PhotoOut, language: Language, texts: Texts) -> str:
    facts = {"when": moment(photo.at, language, texts), "width": photo.width, "height": photo.height}
    if photo.reference:
        return texts.say("export_photo_sent", language, **facts, reference=photo.reference)
    return texts.say("export_photo", language, **facts)


def _message(message: MessageOut, language: Language, texts: Texts) -> str:
    author = texts.say(f"export_author_{message.author}", language)
    lines = [f"{moment(message.at, language, texts)} – {author}", message.text]
    lines += [f"[ {choice.label} ]" for choice in message.choices]
    if message.source:
        lines.append(f"({message.source.name}{f', {message.source.url}' if message.source.url else ''})")
    return "\n".join(lines)
