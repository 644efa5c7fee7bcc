"""The file of servers that requests are forwarded to: read, or refused with its name and the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from services.city.requests import remotes

FILE = """
remotes:
  - name: lighting
    url: https://lighting.example/open311/v2
    api_key_variable: LIGHTING_KEY
    services: {street_light: "017", traffic_light: "018"}
  - name: everything
    url: https://all.example/v2
    format: xml
    services: {street_light: A1}
"""


def written(folder: Path, content: str) -> Path:
    path = folder / "remotes.yml"
    path.write_text(content, encoding="utf-8")
    return path


def test_each_service_has_its_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIGHTING_KEY", "k")
    found = remotes.read(written(tmp_path, FILE))
    assert remotes.routes(found) == {"street_light": ["lighting", "everything"], "traffic_light": ["lighting"]}
    assert [each.api_key for each in found] == ["k", None]
    assert [each.send_contact for each in found] == [False, False]


def test_without_a_file_there_are_none() -> None:
    assert remotes.read(None) == ()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param("remotes: [", "expected", id="not YAML"),
        pytest.param("remotes: 1", "remotes", id="no list"),
        pytest.param("", "remotes.yml", id="empty"),
        pytest.param(FILE.replace("https://all", "all"), "url", id="no address"),
        pytest.param(FILE.replace("format: xml", "format: csv"), "format", id="no format"),
        pytest.param(FILE + "    send_contacts: true\n", "send_contacts", id="misspelt"),
        pytest.param(FILE.replace("name: everything", "name: lighting"), "two servers", id="a name twice"),
    ],
)
def test_a_file_at_fault_is_named(tmp_path: Path, content: str, reason: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(ValueError, match=reason) as refused:
        remotes.read(path)
    assert str(path) in str(refused.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"nowhere\.yml"):
        remotes.read(tmp_path / "nowhere.yml")
