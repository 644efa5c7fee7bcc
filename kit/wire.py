"""Names that travel between the gateway, the Rasa server and the action server."""

from __future__ import annotations

from typing import Final

#: The input channel's name and path: ``POST /webhooks/city/webhook`` on the Rasa server.
CHANNEL: Final = "city"

#: Beside that path: what moves conversations from one Rasa server to the next (``bot/moving/door.py``).
MOVING_PATH: Final = "moving"

#: The answer to a message of a conversation that has moved on: it was not heard, and is to be sent to the next server.
MOVED_STATUS: Final = 409

#: Keys of a message's metadata, set by the gateway.
META_LANGUAGE: Final = "language"  # the conversation's language so far, or absent
META_CHANNEL: Final = "channel"  # web, telegram, desk
META_KEPT: Final = "kept"  # what the gateway keeps besides messages (``kit.tasks.Kept``), or absent
META_URGENT: Final = "urgent_only"  # true: answer an emergency and nothing else; or absent
META_ASIDE_OF: Final = "aside_of"  # the conversation beside which this one is held, with its facts; or absent
META_HELP: Final = "help"  # a caller's question at the desk: what ``kit.helping`` reads; or absent

#: A key of a message's metadata that the Rasa server's own channel sets: the question that was answered last.
META_QUESTION: Final = "question"

#: The slot that holds it.
QUESTION_SLOT: Final = "last_question"

#: The entity by which language identification reaches the tracker, and the slot that it fills.
LANGUAGE_ENTITY: Final = "message_language"
LANGUAGE_SLOT: Final = "language"

#: The intent of a message that no capability's intent explains well enough.
FALLBACK_INTENT: Final = "nlu_fallback"

#: The intent of an emergency, and from which probability on one that is among the likeliest is answered as one.
EMERGENCY_INTENT: Final = "city_emergency"
EMERGENCY_PROBABILITY: Final = 0.2

#: The intent of a message that only gives a fact, in answer to a question or as a follow-up.
INFORM_INTENT: Final = "inform"

#: The entity of a photo that was sent: its id at the gateway.
PHOTO_ENTITY: Final = "photo"

#: The intent of reminders and alerts, and the entity by which a choice says what to do with them: stop one (its id),
#: or what ``kit.following`` writes.
REMINDER_INTENT: Final = "waste_reminder"
REMINDER_ENTITY: Final = "reminder"

#: Keys of a reply on its way from an action through the NLG to the channel (see ``kit.replies``).
REPLY_PARAMS: Final = "params"
REPLY_OPTIONS: Final = "options"
REPLY_CHOICES: Final = "choices"
REPLY_CARDS: Final = "cards"
REPLY_SOURCE: Final = "source"
REPLY_TASKS: Final = "tasks"  # what the gateway does when it gets the reply: see ``kit.tasks``
REPLY_LANGUAGE: Final = "language"
REPLY_TRANSLATIONS: Final = "translations"
REPLY_IDS: Final = "ids"  # the texts that a reply is made of, for the desk alone
REPLY_READ: Final = "read"  # what was understood of the message that it answers: see ``kit.understanding``
