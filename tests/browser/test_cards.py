"""What the cards show, in which words."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import ask, open_chat


def test_departures_are_a_table_with_minutes_times_and_how_sure(page):
    answer = ask(page, "Tram à Flagey ?")
    table = answer.get_by_role("table", name="Prochains départs, vus à 17 h 58")
    assert table.get_by_role("columnheader").all_inner_texts() == ["Ligne", "Direction", "Départ"]
    rows = [row.inner_text().split() for row in table.locator("tbody tr").all()]
    assert " ".join(rows[0]) == "Tram 81 Montgomery maintenant , 17 h 58 , temps réel"
    assert " ".join(rows[2]) == "Bus 71 De Brouckère 7 min , 18 h 05 , horaire prévu"
    assert " ".join(rows[5]) == "Bus 60 Ambiorix 19 h 10 , horaire prévu"


@pytest.mark.parametrize("width", [360, 390, 432])
def test_on_a_phone_no_destination_is_broken_within_a_word(open_page, width):
    page = open_page(viewport={"width": width, "height": 844}, has_touch=True, is_mobile=True)
    names = ask(page, "Tram à Flagey ?").locator(".headsign")
    lines = "e => { const r = document.createRange(); r.selectNodeContents(e); return r.getClientRects().length }"
    counted = {name.inner_text(): name.evaluate(lines) for name in names.all()}
    assert (counted["Montgomery"], counted["Homborch"], counted["Ambiorix"]) == (1, 1, 1)


def test_line_colours_are_kept_and_their_text_is_readable(page):
    answer = ask(page, "Tram à Flagey ?")
    styles = "badges => badges.map(b => [getComputedStyle(b).backgroundColor, getComputedStyle(b).color])"
    colours = answer.locator(".line").evaluate_all(styles)
    assert colours[2] == ["rgb(101, 179, 48)", "rgb(0, 0, 0)"]  # white would have a contrast of 2.6
    assert colours[5] == ["rgb(153, 31, 54)", "rgb(255, 255, 255)"]  # black, as given, would have 2.6


def test_the_list_of_the_text_is_not_said_twice_and_the_rest_is_kept(page):
    answer = ask(page, "Tram à Flagey ?")
    expect(answer).to_contain_text("Prochain départ à l'arrêt Flagey")
    expect(answer).to_contain_text("sauf là où il est écrit")
    expect(answer).not_to_contain_text("dans 4 minutes")
    expect(answer).not_to_contain_text("Ensuite")


def test_sentences_come_before_the_card_up_to_where_it_takes_over(page, chat):
    rows = [{"fraction": "white", "collection_date": "2026-11-27", "moved_from": None}]
    rows[0] |= {"put_out_from": "2026-11-26T18:00:00+01:00", "put_out_until": "2026-11-27T00:00:00+01:00"}
    later = "Ensuite :\n– le sac blanc : ramassage le vendredi 27 novembre"
    text = f"Rien ce soir.\nSortez le sac blanc jeudi.\n{later}\nAdresse : rue Blaes 20."
    message = {"id": "x", "at": "2026-11-24T10:00:00+01:00", "author": "assistant", "language": "fr", "text": text}
    chat.plan.append({"messages": [message | {"cards": [{"type": "collections", "rows": rows}]}]})
    answer = ask(page, "Bonjour")
    words = answer.locator(".words")
    assert words.nth(0).locator("p").all_inner_texts() == ["Rien ce soir.", "Sortez le sac blanc jeudi."]
    assert words.nth(1).locator("p").all_inner_texts() == ["Adresse\u00a0: rue Blaes 20."]
    assert answer.locator(".words, .card").nth(1).get_attribute("class") == "card collections"


def test_a_facet_that_the_card_opens_with_is_said_once(page, chat):
    sections = [{"facet": "cost", "label": "Prix", "text": "10 € par an."}]
    card = {"type": "procedure", "name": "Carte riverain", "sections": sections, "url": None}
    text = "Prix : 10 € par an.\nDémarche : carte riverain.\nCela dépend de la commune."
    message = {"id": "x", "author": "assistant", "language": "fr", "text": text, "cards": [card]}
    chat.plan.append({"messages": [message]})
    answer = ask(page, "Bonjour")
    expect(answer.get_by_text("10 € par an.")).to_have_count(1)
    assert answer.locator(".words p").all_inner_texts() == ["Cela dépend de la commune."]


def test_each_answer_names_its_source_its_time_and_that_it_is_a_sample(page):
    source = ask(page, "Tram à Flagey ?").locator(".source")
    expect(source).to_contain_text("Données d'exemple")
    link = source.get_by_role("link", name="Ville d'exemple")
    expect(link).to_have_attribute("href", "https://example.brussels/source")
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    expect(source.locator("time")).to_have_text("données de 17 h 58")
    expect(source).to_contain_text("temps réel")


def test_an_answer_that_is_no_sample_is_not_marked(page, chat):
    source = {"name": "STIB", "url": "javascript:alert(1)", "as_of": "2026-11-20T09:00:00+01:00", "sample": False}
    message = {"id": "x", "at": "2026-11-24T10:00:00+01:00", "author": "assistant", "language": "fr", "text": "Oui."}
    chat.plan.append({"messages": [message | {"source": source}]})
    answer = ask(page, "Bonjour")
    expect(answer.locator(".source")).to_have_text("Source : STIB · données du vendredi 20 novembre à 9 h")
    assert answer.get_by_role("link").count() == 0  # an address that is no web page is no link


@pytest.mark.parametrize(
    ("language", "question", "put_out", "collected"),
    [
        (
            "fr",
            "sac",
            "À sortir Ce soir, mardi 24 novembre entre 18 h et minuit",
            "Ramassage : demain mercredi 25 novembre",
        ),
        (
            "nl",
            "zak",
            "Buitenzetten Vanavond, dinsdag 24 november tussen 18 uur en middernacht",
            "Ophaling: morgen, woensdag 25 november",
        ),
        (
            "en",
            "bag",
            "Put out Tonight, Tuesday 24 November between 18:00 and midnight",
            "Collected: tomorrow, Wednesday 25 November",
        ),
    ],
)
def test_the_evening_to_put_out_is_apart_from_the_day_of_collection(open_page, language, question, put_out, collected):
    first = ask(open_page(language), question).locator(".round").first
    expect(first.locator(".put-out")).to_have_text(put_out, ignore_case=True)
    expect(first.locator(".collected")).to_have_text(collected)


def test_bags_have_a_word_beside_their_colour_and_moved_rounds_say_so(page):
    answer = ask(page, "Quels sacs ?")
    rounds = answer.locator(".round:visible")
    expect(rounds).to_have_count(3)
    assert rounds.nth(0).locator("b").all_inner_texts() == ["Sac jaune", "Sac bleu"]
    expect(rounds.nth(1).locator(".collected")).to_contain_text("(au lieu du vendredi 27 novembre)")
    expect(answer).to_contain_text("Adresse : rue Blaes 20, Bruxelles.")
    answer.get_by_text("Voir les dates suivantes (2)").click()
    expect(answer.locator(".round:visible")).to_have_count(5)


def test_a_procedure_opens_at_what_was_asked_and_unfolds_the_rest(page):
    answer = ask(page, "La carte de riverain ?")
    card = answer.locator(".procedure")
    expect(card.get_by_role("heading", level=4)).to_have_text("Carte riverain (carte de dérogation)")
    expect(card.get_by_text("la carte d'identité")).to_be_visible()
    expect(card.get_by_text("10 € par an")).to_be_hidden()
    card.get_by_role("heading", name="Prix").click()
    expect(card.get_by_text("10 € par an")).to_be_visible()
    expect(answer.get_by_text("la carte d'identité")).to_have_count(1)
    expect(answer).to_contain_text("Cela dépend de la commune")
    expect(card.get_by_role("link", name="Page officielle")).to_have_attribute("target", "_blank")


def test_a_contact_can_be_called_written_to_and_visited(page):
    answer = ask(page, "Ma maison communale ?")
    card = answer.locator(".contact")
    expect(card.get_by_role("link", name="02 515 61 11")).to_have_attribute("href", "tel:+3225156111")
    mail = card.get_by_role("link", name="info.population")
    expect(mail).to_have_attribute("href", "mailto:info.population.etatcivil@ixelles.example.brussels")
    expect(card.get_by_role("link", name="ixelles.example.brussels (nouvel onglet)", exact=True)).to_have_attribute(
        "href", "https://www.ixelles.example.brussels/"
    )
    hours = card.get_by_role("table", name="Heures d'ouverture").get_by_role("row")
    assert (
        " ".join(hours.nth(2).inner_text().split())
        == "Mardi aujourd'hui 8 h 30 – 12 h 13 h 30 – 19 h (sur rendez-vous)"
    )
    assert " ".join(hours.nth(7).inner_text().split()) == "Dimanche fermé"
    expect(answer.get_by_role("link", name="irisbox")).to_be_visible()  # said in the text only
    expect(answer.get_by_text("02 515 61 11")).to_have_count(1)


def test_a_card_that_is_not_known_leaves_the_whole_text(page, chat):
    message = {"id": "x", "author": "assistant", "language": "fr", "text": "Un.\n– deux", "cards": [{"type": "map"}]}
    chat.plan.append({"messages": [message]})
    answer = ask(page, "Bonjour")
    expect(answer.locator(".words li")).to_have_text("deux")


def _place(name, **more):
    map_page = "https://www.openstreetmap.org/?mlat=50.87900&mlon=4.36800&zoom=17"
    row = {"name": name, "address": "Rue du Rupel, 1000", "distance_m": 348, "closes": None, "opens": None}
    return {**row, "phone": None, "hours": [], "map": map_page, **more}


def test_places_have_a_distance_a_state_and_the_way_to_the_map(page, chat):
    hours = [{"days": ["mon"], "opens": "12:00", "closes": "18:00", "note": None}]
    rows = [
        _place("Recypark Nord", distance_m=1240, closes="2026-11-24T16:00:00+01:00", hours=hours, phone="0800 981 81"),
        _place("Recypark Sud", opens="2026-11-25T09:00:00+01:00"),
    ]
    text = "Depuis Flagey.\nUn peu plus loin :\n– Recypark Sud\nÀ prendre avec vous : votre carte."
    message = {"id": "x", "at": "2026-11-24T10:00:00+01:00", "author": "assistant", "language": "fr", "text": text}
    chat.plan.append({"messages": [message | {"cards": [{"type": "places", "title": "Les Recyparks", "rows": rows}]}]})
    answer = ask(page, "Bonjour")
    card = answer.locator(".places")
    expect(card.get_by_role("heading", level=4)).to_have_text("Les Recyparks")
    first, second = card.locator("ol > li").all()
    expect(first).to_contain_text("à 1,2 km")
    expect(first).to_contain_text("Ouvert maintenant, jusqu'à 16 h")
    expect(first.get_by_role("link", name="Voir sur la carte")).to_have_attribute("href", rows[0]["map"])
    expect(first.get_by_role("link", name="0800 981 81")).to_have_attribute("href", "tel:+3280098181")
    expect(first.get_by_role("rowheader", name="Lundi")).to_be_hidden()
    first.get_by_text("Heures d'ouverture").first.click()
    expect(first.get_by_role("rowheader", name="Lundi")).to_be_visible()
    expect(second).to_contain_text("à 350 m")
    expect(second).to_contain_text("Fermé, ouvre demain mercredi 25 novembre à 9 h")
    assert answer.locator(".words p").all_inner_texts() == [
        "Depuis Flagey.",
        "À prendre avec vous\u00a0: votre carte.",
    ]


@pytest.mark.parametrize(
    ("subscribe", "href"),
    [("webcal://chat.example/c.ics?place=1", "webcal://chat.example/c.ics?place=1"), ("javascript:alert(1)", None)],
)
def test_a_calendar_can_be_subscribed_to_and_opened(page, chat, subscribe, href):
    card = {"type": "calendar", "name": "Rue Blaes 20", "subscribe": subscribe, "file": "https://chat.example/c.ics"}
    text = "Le lien : https://chat.example/live.ics\nFichier : https://chat.example/c.ics"
    message = {"id": "x", "author": "assistant", "language": "fr", "text": text, "cards": [card]}
    chat.plan.append({"messages": [message]})
    answer = ask(page, "Bonjour")
    links = answer.locator(".calendar").get_by_role("link", name="S'abonner dans mon agenda")
    assert [link.get_attribute("href") for link in links.all()] == ([href] if href else [])
    file = answer.locator(".calendar").get_by_role("link", name="Ouvrir le fichier")
    expect(file).to_have_attribute("href", "https://chat.example/c.ics")
    expect(answer.locator(".words")).to_contain_text("chat.example/live.ics")
    expect(answer.locator(".words")).not_to_contain_text("Fichier")


def test_what_else_there_is_to_know_of_a_place_stands_on_the_card(page, chat):
    facts = [{"label": "Dernier jour pour réagir", "day": "2026-12-01"}, {"label": "Référence", "text": "09/PU/1"}]
    card = {"type": "places", "title": "Enquêtes publiques", "rows": [_place("Un hôtel", facts=facts)]}
    text = "Une enquête est ouverte :\n– Un hôtel. Dernier jour pour réagir : mardi 1er décembre."
    chat.plan.append(
        {"messages": [{"id": "x", "author": "assistant", "language": "fr", "text": text, "cards": [card]}]}
    )
    answer = ask(page, "Bonjour")
    rows = [" ".join(row.inner_text().split()) for row in answer.locator(".places dl > div").all()]
    assert rows == ["Dernier jour pour réagir mardi 1er décembre", "Référence 09/PU/1"]
    assert answer.locator(".words p").all_inner_texts() == ["Une enquête est ouverte."]


def test_a_warning_above_departures_is_read_before_them(page, chat):
    departure = {"line": "81", "headsign": "Montgomery", "time": "2026-11-24T18:05:00+01:00", "minutes": 7}
    text = "Attention :\n– Le tram 81 est dévié.\nProchain : tram 81.\nEnsuite :\n– tram 81 vers Montgomery, à 18 h 05"
    card = {"type": "departures", "rows": [departure]}
    chat.plan.append(
        {"messages": [{"id": "x", "author": "assistant", "language": "fr", "text": text, "cards": [card]}]}
    )
    answer = ask(page, "Bonjour")
    assert answer.locator(".words li").all_inner_texts() == ["Le tram 81 est dévié."]
    assert answer.locator(".words").count() == 1
    assert answer.locator(".words").evaluate("e => e.nextElementSibling.matches('.card')")


def test_trips_show_the_best_one_leg_by_leg_and_fold_the_others(page, chat):
    line = {"line": "81", "mode": "tram", "color": "#338C26", "text_color": "#000000", "headsign": "Montgomery"}
    times = {"departs": "2026-11-24T15:07:00+01:00", "arrives": "2026-11-24T15:16:00+01:00"}
    legs = [
        {"to": "Flagey", "minutes": 4, "walk_m": 310},
        {**line, **times, "from": "Flagey", "to": "Merode", "stops": 7},
    ]
    row = {**times, "minutes": 13, "changes": 0, "walk_m": 310, "legs": legs}
    later = {**row, "changes": 1, "departs": "2026-11-24T15:12:00+01:00"}
    card = {"type": "trips", "title": "Rue Blaes 20 – Merode", "rows": [row, later]}
    text = (
        "Départ à 15 h 07.\n– À pied jusqu'à l'arrêt Flagey : 4 minutes (environ 310 m)\n"
        "– 15 h 07 : tram 81 jusqu'à Merode\n"
        "Autres possibilités :\n– Départ à 15 h 12, arrivée à 15 h 16 : tram 81\nHoraires prévus."
    )
    chat.plan.append(
        {"messages": [{"id": "x", "author": "assistant", "language": "fr", "text": text, "cards": [card]}]}
    )
    answer = ask(page, "Bonjour")
    trips = answer.locator(".trips")
    expect(trips.get_by_role("heading", level=4)).to_have_text("Rue Blaes 20 – Merode")
    best, other = trips.locator("details").all()
    expect(best.locator("summary")).to_have_text("15 h 07 – 15 h 16, 81")
    expect(best).to_contain_text("13 min · sans changement · à pied : 310 m")
    expect(best.get_by_role("listitem").nth(0)).to_have_text("À pied jusqu'à Flagey : 4 min (310 m)")
    ride = " ".join(best.get_by_role("listitem").nth(1).inner_text().split())
    assert ride == "Tram 81 vers Montgomery 15 h 07 Flagey 15 h 16 Merode (arrêts : 7)"
    expect(other.get_by_text("changements : 1")).to_be_hidden()
    other.locator("summary").click()
    expect(other.get_by_text("changements : 1")).to_be_visible()
    assert answer.locator(".words p").all_inner_texts() == ["Départ à 15 h 07.", "Horaires prévus."]


def test_departures_count_down_and_leave(open_page):
    page = open_page(path="icon.svg", chat=False)
    page.clock.install(time="2026-11-24T17:58:00+01:00")
    page.goto(page.url.replace("icon.svg", "?lang=fr"))
    open_chat(page)
    answer = ask(page, "Tram à Flagey ?")
    left = answer.locator("tbody tr .leaves strong")
    page.clock.fast_forward("03:10")
    assert [each.inner_text() for each in left.all()[:3]] == ["parti", "maintenant", "3 min"]
    expect(left.nth(5)).to_have_text("19 h 10")
    page.clock.fast_forward("20:00")
    expect(left.nth(5)).to_have_text("48 min")
    page.clock.fast_forward("01:00:00")
    expect(answer).to_contain_text("Tous ces départs sont passés.")


def test_free_moments_are_choices_under_their_days(page, chat):
    card = ask(page, "Un rendez-vous").locator(".slots")
    days = card.locator(".slot-day")
    expect(days.nth(0).get_by_role("heading")).to_have_text("demain mercredi 25 novembre")
    assert days.nth(0).get_by_role("button").all_inner_texts() == ["9\u00a0h\u00a000", "10\u00a0h\u00a030"]
    later = page.locator("article.assistant > .choices").get_by_role("button")
    assert later.all_inner_texts() == ["Plus tard"]
    card.get_by_role("button", name="mercredi 25 novembre à 10 h 30").click()
    expect(page.locator("article.assistant").last).to_contain_text("choice s-1")
    expect(page.locator("article.resident .words").last).to_have_text("mercredi 25 novembre à 10 h 30")


def test_moments_without_their_choices_stay_a_list_of_choices(page, chat):
    card = {"type": "slots", "rows": [{"at": "2026-11-25T09:00:00+01:00", "choice": 7}]}
    message = {"id": "x", "author": "assistant", "language": "fr", "text": "Quand ?", "cards": [card]}
    chat.plan.append({"messages": [message | {"choices": [{"id": "a", "label": "demain"}]}]})
    answer = ask(page, "Bonjour")
    expect(answer.get_by_role("button", name="demain")).to_be_visible()
    expect(answer.locator(".slots")).to_have_count(0)


def test_a_report_shows_how_far_it_is(page):
    answer = ask(page, "BXL-2026-00123")
    card = answer.locator(".report")
    expect(card.get_by_role("heading", level=4)).to_have_text("Nid-de-poule")
    expect(card).to_contain_text("Référence BXL-2026-00123")
    facts = [" ".join(row.inner_text().split()) for row in card.locator("dl > div").all()]
    assert facts == [
        "Lieu Rue Lesbroussart 20, Ixelles",
        "Service Voiries communales d'Ixelles",
        "Prévu pour lundi 30 novembre",
    ]
    expect(card.get_by_role("list", name="Ce qui a été fait")).to_contain_text("une équipe a balisé le trou")
    expect(answer.get_by_text("une équipe a balisé le trou")).to_have_count(1)


MAP = {"attribution": "© Exemple", "attribution_url": "https://tiles.example.brussels/copyright"}


def test_places_are_on_a_map_when_it_is_asked_for(page, chat, address):
    chat.map = MAP | {"tiles": f"{address}tiles/{{z}}/{{x}}/{{y}}.png"}
    card = ask(page, "Recypark").locator(".places")
    assert chat.tiles == []
    button = card.get_by_role("button", name="Afficher la carte")
    button.click()
    area = card.get_by_role("region", name="Carte : Les Recyparks")
    expect(area.get_by_role("button", name="1. Recypark Sud")).to_be_visible()
    expect(area.locator("img.leaflet-tile-loaded").first).to_be_attached()
    expect(card.get_by_role("link", name="© Exemple")).to_have_attribute("href", MAP["attribution_url"])
    expect(card).to_contain_text("Les images de la carte viennent de 127.0.0.1")
    area.get_by_role("button", name="1. Recypark Sud").press("Enter")
    expect(area.locator(".leaflet-popup")).to_have_text("Recypark Sud", use_inner_text=True)
    zooms = {zoom for zoom, _, _ in chat.tiles}
    area.get_by_role("button", name="Agrandir la carte").click()
    expect(area.locator(f"img[src*='/tiles/{max(zooms) + 1}/']").first).to_be_attached()
    card.get_by_role("button", name="Cacher la carte").click()
    expect(area).to_have_count(0)


def test_without_tiles_places_are_a_list(page, chat):
    card = ask(page, "Recypark").locator(".places")
    expect(card.get_by_role("listitem").first).to_contain_text("Recypark Sud")
    expect(card.get_by_role("button")).to_have_count(0)


def test_a_map_whose_tiles_do_not_come_says_so(page, chat, address):
    chat.map = MAP | {"tiles": f"{address}tiles/{{z}}/{{x}}/{{y}}.png"}
    chat.tile_status = 503
    card = ask(page, "Recypark").locator(".places")
    card.get_by_role("button", name="Afficher la carte").click()
    expect(card.get_by_role("status")).to_contain_text("La liste ci-dessus dit la même chose.")
