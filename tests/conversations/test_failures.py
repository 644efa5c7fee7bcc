"""What a resident reads when a part of the assistant fails in the middle of a conversation."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conversations.assistant import Assistant, running

#: What no resident may ever read.
_SIGNS_OF_CODE = ("Traceback", "Error", "Exception", "localhost", "127.0.0.1", "None", "{", "utter_", "action_")

QUESTIONS = {
    "fr": ("C'est quand les sacs jaunes rue Haute 10, Bruxelles ?", "Et le sac bleu ?"),
    "nl": ("Wanneer halen ze de gele zak op in de Hoogstraat 10 in Brussel?", "En de blauwe zak?"),
    "en": ("When is the yellow bag collected at Rue Haute 10, Brussels?", "And the blue bag?"),
}


def _text(reply: dict[str, object]) -> str:
    messages = reply["messages"]
    assert isinstance(messages, list)
    return "\n".join(str(message["text"]) for message in messages)


def _check_honest(text: str) -> None:
    assert any(character.isdigit() for character in text), f"no phone number: {text}"
    for sign in _SIGNS_OF_CODE:
        assert sign not in text, text


def test_the_facade_stops_in_mid_conversation(model: Path, tmp_path: Path) -> None:
    with running(model, tmp_path) as assistant:
        for language, (question, _) in QUESTIONS.items():
            with assistant.conversation(language) as conversation:
                answer = conversation.say(text=question)
                assert any(message.get("source") for message in answer["messages"]), answer
        assistant.stop("city")
        for language, (question, follow_up) in QUESTIONS.items():
            with assistant.conversation(language) as conversation:
                for text in (question, follow_up):
                    reply = conversation.say(text=text)
                    assert reply["language"] == language
                    _check_honest(_text(reply))
                    assert not any(message.get("source") for message in reply["messages"])


def test_the_rasa_server_stops_in_mid_conversation(model: Path, tmp_path: Path) -> None:
    with running(model, tmp_path) as assistant, assistant.conversation("nl") as conversation:
        conversation.say(text=QUESTIONS["nl"][0])
        assistant.stop("rasa")
        reply = conversation.say(text=QUESTIONS["nl"][1])
        assert reply["language"] == "nl"
        _check_honest(_text(reply))


class _BrokenActionServer(ThreadingHTTPServer):
    """Answers every call of an action with what ``answers`` says."""

    answers: tuple[int, bytes] = (500, b"")


class _Handler(BaseHTTPRequestHandler):
    server: _BrokenActionServer

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body = self.server.answers
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def broken(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Assistant, _BrokenActionServer]]:
    """Give an assistant whose action server is broken, and that server."""
    with _BrokenActionServer(("127.0.0.1", 0), _Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{server.server_address[1]}/webhook"
        folder = tmp_path_factory.mktemp("broken")
        environment = {"rasa": {"BXL_ACTIONS_URL": url}}
        with running(model, folder, environment=environment, without=frozenset({"actions"})) as assistant:
            yield assistant, server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("language", list(QUESTIONS))
@pytest.mark.parametrize(
    "answers",
    [
        pytest.param((400, b'{"action_name": "action_x", "error": "it raised"}'), id="an action raises"),
        pytest.param((500, b"Traceback (most recent call last): boom"), id="the action server breaks"),
        pytest.param((200, b'{"responses": "nonsense"}'), id="the action server answers nonsense"),
    ],
)
def test_an_action_that_raises(
    broken: tuple[Assistant, _BrokenActionServer], answers: tuple[int, bytes], language: str
) -> None:
    assistant, server = broken
    server.answers = answers
    with assistant.conversation(language) as conversation:
        for text in QUESTIONS[language]:
            reply = conversation.say(text=text)
            assert reply["language"] == language
            _check_honest(_text(reply))
