"""Values that only their own question asks for, and what has a shape of its own."""

import pytest


@pytest.mark.parametrize(
    ("intent", "text", "entity", "value"),
    [
        ("waste_sorting", "où jeter une boîte à pizza", "waste_item", "pizza_box"),
        ("waste_sorting", "waar gooi ik pizzadozen", "waste_item", "pizza_box"),
        ("waste_sorting", "les barquettes viande dans le sac bleu ?", "waste_item", "meat_tray"),
        ("waste_sorting", "boites a piza", "waste_item", "pizza_box"),
        ("waste_bulky_pickup", "can you pick up two mattresses", "waste_item", "mattress"),
        ("city_report_problem", "un rat mort sur le trottoir", "category", "dead_animal"),
        ("city_report_problem", "er zit een groot gat in het fietspad", "category", "cycle_path"),
        ("city_report_problem", "lamppadaire cassé", "category", "street_light"),
        ("city_report_problem", "there is a pothole in front of the bench", "category", "road_damage"),
        ("waste_drop_off_points", "waar kan ik mijn frituurolie kwijt", "material", "oil"),
        ("waste_drop_off_points", "nearest clothes bank", "material", "clothes"),
        ("transport_fares", "price of a monthly pass", "ticket", "month"),
        ("transport_fares", "un ticket pour l'aéroport", "ticket", "airport"),
        ("transport_fares", "wat kost een rit", "ticket", "single"),
        ("transport_fares", "tarif BIM pour le mois", "condition", "bim"),
        ("transport_lez_check", "mag mijn bestelwagen op diesel binnen", "vehicle", "van"),
        ("transport_lez_check", "mag mijn bestelwagen op diesel binnen", "fuel", "diesel"),
        ("transport_lez_check", "can I drive my euro 4 diesel van into Brussels", "vehicle", "van"),
        ("transport_lost_property", "left my bag on a De Lijn bus", "operator", "de_lijn"),
        ("transport_lost_property", "perdu mon sac dans le train", "operator", "sncb"),
        ("transport_nearest_stop", "dichtste metrostation", "mode", "metro"),
        ("transport_bike_share", "où rendre mon vélo", "want", "docks"),
    ],
)
def test_a_value_is_named_in_many_ways(understanding, intent, text, entity, value):
    assert understanding.asked(intent, text)[entity] == value


def test_a_dutch_preposition_is_no_vehicle(understanding):
    assert understanding.asked("transport_lez_check", "mag mijn diesel van 2010 nog binnen") == {"fuel": "diesel"}


def test_a_street_hides_what_its_name_means(understanding):
    assert understanding.asked("city_report_problem", "chaussée de Wavre 12") == {"address": "chaussée de Wavre 12"}
    assert "mode" not in understanding.asked("transport_nearest_stop", "rue Blaes 20")


def test_a_word_of_one_language_is_none_of_another(understanding):
    assert "category" not in understanding.asked("city_report_problem", "who put this here")
    assert "category" not in understanding.asked("city_report_problem", "au bord de l'eau")
    assert "vehicle" not in understanding.asked("transport_lez_check", "mijn diesel van 2010")
    assert "waste_item" not in understanding.asked("waste_sorting", "which bin is the right one")
    assert understanding.asked("waste_sorting", "les sachets de thé")["waste_item"] == "tea_bag"


def test_what_is_left_of_a_plural_is_no_frequent_word(understanding):
    assert understanding.asked("waste_sorting", "waar horen de watten")["waste_item"] == "cotton_wool"
    assert "waste_item" not in understanding.asked("waste_sorting", "wat doe ik hiermee")


def test_a_name_is_no_misspelt_word(understanding):
    assert understanding.asked("city_report_problem", "stickrs op een paal")["category"] == "graffiti"
    assert "category" not in understanding.asked("city_report_problem", "er is iets mis in Stockel")


def test_ordinary_words_are_not_corrected(understanding):
    assert "waste_item" not in understanding.asked("waste_sorting", "waar gooi ik dit")
    assert "category" not in understanding.asked("city_report_problem", "il y a un problème ici")


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("Où en est mon dossier 04/PU/1234567 ?", "04/PU/1234567"),
        ("dossier 4 pu 1234567", "04/PU/1234567"),
        ("O4-PU-1234567", "04/PU/1234567"),
        ("mijn dossier 45799-RPU", "45799-RPU"),
        ("PU 1234567", "PU/1234567"),
        ("stand van dossiernummer 1234567", "1234567"),
        ("référence: 123.456", "123456"),
        ("1234567", "1234567"),
        ("BXL-2026-00123", "BXL-2026-00123"),
        ("bxl 2026 123 fixed yet?", "BXL-2026-00123"),
        ("melding BXL2026oo123", "BXL-2026-00123"),
    ],
)
def test_a_reference_is_given_as_the_city_writes_it(understanding, text, reference):
    assert understanding.asked("permit_status", text)["reference"] == reference


@pytest.mark.parametrize(
    "text", ["le 12 mai 2026", "12/05/2026", "3 rue Blaes 1000 Bruxelles", "call 02 279 71 81", "BXL-2026-0"]
)
def test_dates_addresses_and_numbers_are_no_references(understanding, text):
    assert "reference" not in understanding.asked("permit_status", text)


@pytest.mark.parametrize(
    ("text", "norm"),
    [
        ("diesel Euro 5", "5"),
        ("euro4", "4"),
        ("Euro 6d-temp essence", "6"),
        ("euro III", "3"),
        ("norme 4", "4"),
        ("euronorm 2", "2"),
    ],
)
def test_a_euro_norm_is_a_number(understanding, text, norm):
    assert understanding.asked("transport_lez_check", text)["euro_norm"] == norm


@pytest.mark.parametrize("text", ["350 euro boete", "5 euros le jour", "euro 8"])
def test_an_amount_is_no_norm(understanding, text):
    assert "euro_norm" not in understanding.asked("transport_lez_check", text)


@pytest.mark.parametrize(
    ("text", "age"),
    [
        ("abonnement pour un enfant de 14 ans", "14"),
        ("voor een 16-jarige", "16"),
        ("65+", "65"),
        ("65-plusser", "65"),
        ("my son is 9", "9"),
        ("a 12 year old", "12"),
        ("free under 12?", "11"),
        ("moins de 12 ans", "11"),
        ("plus de 65 ans", "65"),
    ],
)
def test_an_age_is_in_years(understanding, text, age):
    assert understanding.asked("transport_fares", text)["age"] == age


@pytest.mark.parametrize("text", ["12 euros", "10 voyages", "wat is 10 ritten", "500 ans", "il coûte 8,40"])
def test_other_numbers_are_no_age(understanding, text):
    assert "age" not in understanding.asked("transport_fares", text)


def test_how_to_reach_somebody_is_quoted_as_written(understanding):
    text = "Rappelez-moi au 0471 23 45 67 ou Jan.Peeters@example.be"
    found = understanding.asked("ask_human", text)
    assert found == {"phone": "0471 23 45 67", "email": "Jan.Peeters@example.be"}
    assert understanding.asked("ask_human", "+32 (0)2 279 71 81")["phone"] == "+32 (0)2 279 71 81"


@pytest.mark.parametrize("text", ["rue Blaes 20", "le 12/05/2026", "04/PU/1234567", "1000 Bruxelles 2026"])
def test_other_numbers_are_no_telephone(understanding, text):
    assert "phone" not in understanding.asked("inform", text)


def test_each_intent_is_given_only_what_it_is_about(understanding):
    text = "mon vélo diesel de 14 ans dans le tram à Flagey"
    assert set(understanding.asked("transport_fares", text)) == {"age"}
    assert set(understanding.asked("transport_accessibility", text)) == {"stop", "mode"}
    assert understanding.asked("greet", text) == {}


@pytest.mark.parametrize(
    ("intent", "text", "day"),
    [
        ("permit_moving_parking", "je déménage le 15, comment réserver une place", "15"),
        ("permit_moving_parking", "verhuis op de 3e", "3e"),
        ("waste_bulky_pickup", "can you come on the 21st?", "21st"),
        ("waste_collection_day", "le 12 mai", "12 mai"),
        ("inform", "le 15", "15"),
    ],
)
def test_a_day_of_the_month_is_a_date(understanding, intent, text, day):
    assert understanding.asked(intent, text)["date"] == day


@pytest.mark.parametrize(
    ("intent", "text"),
    [
        ("transport_next_departures", "le 71 à Flagey"),
        ("waste_collection_day", "au 15 rue Blaes"),
        ("waste_collection_day", "op 12 minuten"),
        ("waste_collection_day", "le 45"),
    ],
)
def test_other_numbers_are_no_day(understanding, intent, text):
    assert "date" not in understanding.asked(intent, text)
