"""Places, photos, files, and every kind of message that nothing can be done with."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from tests.botapi.people import Person
from tests.integration.gateway.rasa import message
from tests.integration.gateway.serving import serving
from tests.integration.telegram.city import FakeCity

PHOTO = [
    {"file_id": "small", "file_unique_id": "s", "width": 90, "height": 60, "file_size": 900},
    {"file_id": "large", "file_unique_id": "l", "width": 900, "height": 600, "file_size": 90_000},
]
FILE = {"file_id": "f", "file_unique_id": "u", "file_size": 1000}
PERSON = {"phone_number": "+32470123456", "first_name": "An"}
POLL = {
    "id": "1",
    "question": "?",
    "options": [{"text": "a", "voter_count": 0, "persistent_id": "1"}],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}


def picture() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (64, 48), "green").save(written, "JPEG")
    return written.getvalue()


@pytest.fixture
async def with_city(make, open_door):
    city = FakeCity()
    async with serving(city.app) as url:
        app = await make(gateway={"city_url": url})
        yield city, open_door(app)


@pytest.mark.parametrize("kind", ["location", "venue"])
async def test_a_place_is_looked_up_and_not_kept(with_city, telegram, rasa, person, kind):
    city, door = with_city
    at = {"latitude": 50.8275, "longitude": 4.3721}
    venue = {"venue": {"location": at, "title": "Flagey", "address": "Place Flagey"}} if kind == "venue" else {}
    await door.comes(person.message(location=at, **venue))
    assert '"stop": "stop:1"' in rasa.said[0]
    assert {each["lat"] for each in city.asked} == {"50.8275"}
    assert telegram.said


async def test_a_live_location_is_answered_once(with_city, rasa, person):
    _, door = with_city
    at = {"latitude": 50.8275, "longitude": 4.3721, "live_period": 900}
    said = person.message(location=at)
    await door.comes(said, person.edits(said, location={**at, "latitude": 50.8276}))
    assert len(rasa.received) == 1


async def test_a_photo_is_fetched_in_its_largest_size_and_said_after_its_words(door, telegram, rasa, person):
    telegram.files["large"] = picture()
    await door.comes(person.message(photo=PHOTO, caption="dépôt sauvage rue Blaes 20"))
    assert rasa.said[0] == "dépôt sauvage rue Blaes 20"
    assert "photo" in rasa.said[1]
    assert [call.data["file_id"] for call in telegram.of("getFile")] == ["large"]


async def test_a_photo_sent_as_a_file_is_a_photo(door, telegram, rasa, person):
    telegram.files["f"] = picture()
    await door.comes(person.message(document={**FILE, "mime_type": "image/png", "file_name": "a.png"}))
    assert len(rasa.received) == 1
    assert "photo" in rasa.said[0]


async def test_what_only_says_that_it_is_a_photo_is_refused_in_words(door, telegram, rasa, person):
    telegram.files["large"] = b"no picture"
    await door.comes(person.message(photo=PHOTO))
    assert rasa.received == []
    assert len(telegram.said) == 1


async def test_a_photo_is_kept_once_although_it_is_tried_again(door, telegram, rasa, person):
    telegram.files["large"] = picture()
    telegram.fail("sendMessage", 502, "Bad Gateway")
    await door.comes(person.message(photo=PHOTO))
    assert len(telegram.of("getFile")) == 1
    assert len(rasa.received) == 1
    assert len(telegram.said) == 2  # the one that failed, and the same again


async def test_a_photo_that_is_too_large_for_a_bot_is_not_fetched(door, telegram, rasa, person):
    await door.comes(person.message(document={**FILE, "mime_type": "image/png", "file_size": 30_000_000}))
    assert telegram.of("getFile") == []
    assert "trop lourde" in telegram.said[0]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ({"voice": {**FILE, "duration": 3}}, "vocaux"),
        ({"audio": {**FILE, "duration": 3}}, "vocaux"),
        ({"video": {**FILE, "width": 1, "height": 1, "duration": 3}}, "vidéos"),
        ({"video_note": {**FILE, "length": 1, "duration": 3}}, "vidéos"),
        ({"contact": PERSON}, "fiche de contact"),
        ({"dice": {"emoji": "🎲", "value": 3}}, "autocollants"),
        ({"document": {**FILE, "mime_type": "application/pdf", "file_name": "a.pdf"}}, "fichiers"),
        ({"poll": POLL}, "genre de message"),
        (
            {
                "sticker": {
                    **FILE,
                    "width": 1,
                    "height": 1,
                    "is_animated": False,
                    "is_video": False,
                    "type": "regular",
                }
            },
            "autocollants",
        ),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
async def test_other_kinds_get_a_short_answer_and_are_not_said(door, telegram, rasa, content, words):
    await door.comes(Person().message(**content))
    assert len(telegram.said) == 1
    assert words in telegram.said[0]
    assert rasa.received == []


@pytest.mark.parametrize("content", [{"pinned_message": None}, {"new_chat_title": "x"}, {"delete_chat_photo": True}])
async def test_notices_are_not_answered(door, telegram, person, content):
    pinned = {"message_id": 1, "date": 1, "chat": person.chat, "text": "x"}
    await door.comes(person.message(**({"pinned_message": pinned} if "pinned_message" in content else content)))
    assert telegram.said == []


async def test_the_collection_calendar_comes_as_a_file(with_city, telegram, rasa, person):
    link = "https://a.example/calendar/collections.ics?place=address:1:20&lang=fr"
    card = {"type": "calendar", "name": "Rue Blaes 20", "subscribe": "webcal://x", "file": f"{link}&download=true"}
    rasa.answers["calendrier"] = {"messages": [message("Voici.", cards=[card])], "language": "fr"}
    city, door = with_city
    await door.comes(person.says("calendrier"))
    (sent,) = telegram.of("sendDocument")
    assert list(sent.files.values()) == [("sacs.ics", b"BEGIN:VCALENDAR")]
    assert city.calendars == [{"place": "address:1:20", "lang": "fr", "download": "true"}]


async def test_a_calendar_that_cannot_be_had_is_told_of(door, telegram, rasa, person):
    card = {
        "type": "calendar",
        "name": "x",
        "subscribe": "webcal://x",
        "file": "https://a/calendar/collections.ics?x=1",
    }
    rasa.answers["calendrier"] = {"messages": [message("Voici.", cards=[card])], "language": "fr"}
    await door.comes(person.says("calendrier"))
    assert telegram.of("sendDocument") == []
    assert "n'est pas disponible" in telegram.said[1]


async def test_a_copy_of_ones_data_comes_as_files(door, telegram, rasa, person):
    card = {"type": "export", "formats": ["text", "json", "zip"]}
    rasa.answers["copie"] = {"messages": [message("Voici.", cards=[card])], "language": "fr"}
    await door.comes(person.says("copie"))
    files = [file for call in telegram.of("sendDocument") for file in call.files.values()]
    assert [name.rpartition(".")[2] for name, _ in files] == ["txt", "json", "zip"]
    assert "copie" in files[0][1].decode()


async def test_the_nearest_of_several_places_is_shown_on_the_map_once(door, telegram, rasa, person):
    row = {"name": "Recypark Sud", "address": "Quai 1, 1070", "lat": 50.83, "lon": 4.31, "distance_m": 40}
    card = {"type": "places", "title": "Recyparks", "rows": [row, {**row, "name": "Recypark Nord"}]}
    rasa.answers["recypark"] = {"messages": [message("Voici.", cards=[card])], "language": "fr"}
    telegram.fail("sendVenue", 502, "Bad Gateway")
    await door.comes(person.says("recypark"))
    venues = [call.data for call in telegram.of("sendVenue")]
    assert [(each["title"], each["address"], float(each["latitude"])) for each in venues] == [
        ("Recypark Sud", "Quai 1, 1070", 50.83)
    ] * 2
    assert len(telegram.said) == 1


async def test_of_several_places_of_which_none_is_nearest_none_is_shown_on_the_map(door, telegram, rasa, person):
    row = {"name": "Un hôtel", "address": "Rue du Bailli 18, Ixelles", "lat": 50.83, "lon": 4.36, "distance_m": None}
    card = {"type": "places", "title": "Enquêtes publiques", "rows": [row, {**row, "name": "Une terrasse"}]}
    alone = {**card, "rows": [row]}
    rasa.answers["ixelles"] = {"messages": [message("Voici.", cards=[card])], "language": "fr"}
    rasa.answers["jette"] = {"messages": [message("Voici.", cards=[alone])], "language": "fr"}
    await door.comes(person.says("ixelles"))
    assert telegram.of("sendVenue") == []
    await door.comes(person.says("jette"))
    assert [call.data["address"] for call in telegram.of("sendVenue")] == ["Rue du Bailli 18, Ixelles"]


async def test_places_without_a_point_are_words_only(door, telegram, rasa, person):
    card = {"type": "places", "title": "x", "rows": [{"name": "x", "lat": None, "lon": None}]}
    rasa.answers["recypark"] = {"messages": [message("Voici.", cards=[card])], "language": "fr"}
    await door.comes(person.says("recypark"))
    assert telegram.of("sendVenue") == []
    assert len(telegram.said) == 1
