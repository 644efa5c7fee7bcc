"""``bxl converse`` against a small gateway of the same contract."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from services.cli import chat
from services.cli.console import CommandError

_CHOICES = [{"id": "c-1", "label": "Rue Blaes"}, {"id": "c-2", "label": "Rue Haute"}]


class _Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        sent = json.loads(self.rfile.read(int(self.headers["content-length"])))
        if self.path == "/api/v1/conversations":
            self.server.opened += 1
            answer = {"id": f"n{self.server.opened}", "token": "t", "messages": [{"text": "…", "choices": _CHOICES}]}
        else:
            said = sent.get("text") or sent.get("choice")
            answer = {
                "messages": [{"text": f"{self.path.split('/')[4]}: {said}"}],
                "language": "fr",
                "state": "assistant",
            }
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args):
        pass


@pytest.fixture
def url():
    with ThreadingHTTPServer(("127.0.0.1", 0), _Gateway) as server:
        server.opened = 0
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


def _texts(url, *said):
    return [json.loads(line) for line in chat.converse(url, (json.dumps(s) for s in said))]


def test_each_name_is_its_own_conversation_and_order_is_kept(url):
    replies = _texts(
        url,
        {"conversation": "a", "text": "un"},
        {"conversation": "b", "text": "twee"},
        {"conversation": "a", "text": "three"},
    )
    assert [reply["messages"][0]["text"] for reply in replies] == ["n1: un", "n2: twee", "n1: three"]
    assert [reply["conversation"] for reply in replies] == ["a", "b", "a"]


@pytest.mark.parametrize("choice", ["rue haute", "2", 2, "c-2"])
def test_a_choice_is_given_by_label_number_or_id(url, choice):
    (reply,) = _texts(url, {"conversation": "a", "choice": choice})
    assert reply["messages"][0]["text"] == "n1: c-2"


@pytest.mark.parametrize("line", ["not json", "[1]", '{"text": "x"}', '{"conversation": "a"}'])
def test_a_broken_line_is_reported_and_the_rest_goes_on(url, line):
    broken, sound = (json.loads(a) for a in chat.converse(url, [line, '{"conversation": "a", "text": "ok"}']))
    assert broken["line"] == 1
    assert broken["error"]
    assert sound["messages"][0]["text"] == "n1: ok"


def test_without_a_gateway_the_command_says_how_to_start_it():
    with pytest.raises(CommandError, match="no assistant answers") as error:
        chat.require_running("http://127.0.0.1:9")
    assert "make run" in error.value.mend[0]
