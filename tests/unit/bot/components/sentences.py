"""A handful of sentences and names: enough for a pipeline that is trained in seconds."""

NAMES = [
    {"id": "stop:flagey", "kind": "stop", "fr": ["Flagey"], "nl": ["Flagey"]},
    {"id": "stop:de-brouckere", "kind": "stop", "fr": ["De Brouckère"], "nl": ["De Brouckère"]},
    {"id": "stop:bourse", "kind": "stop", "fr": ["Bourse"], "nl": ["Beurs"]},
    {"id": "stop:montgomery", "kind": "stop", "fr": ["Montgomery"], "nl": ["Montgomery"]},
    {"id": "stop:parc", "kind": "stop", "fr": ["Parc"], "nl": ["Park"]},
    {"id": "stop:gare-du-midi", "kind": "stop", "fr": ["Gare du Midi"], "nl": ["Zuidstation"]},
    {"id": "street:1", "kind": "street", "fr": ["Rue de la Loi"], "nl": ["Wetstraat"]},
    {"id": "street:2", "kind": "street", "fr": ["Rue Blaes"], "nl": ["Blaesstraat"]},
    {"id": "street:3", "kind": "street", "fr": ["Chaussée de Wavre"], "nl": ["Waversesteenweg"]},
    {"id": "street:4", "kind": "street", "fr": ["Place Flagey"], "nl": ["Flageyplein"]},
    {"id": "commune:ixelles", "kind": "commune", "fr": ["Ixelles"], "nl": ["Elsene"]},
    {"id": "commune:jette", "kind": "commune", "fr": ["Jette"], "nl": ["Jette"]},
    {"id": "commune:anderlecht", "kind": "commune", "fr": ["Anderlecht"], "nl": ["Anderlecht"]},
    {"id": "locality:la-roue", "kind": "locality", "fr": ["La Roue"], "nl": ["Het Rad"]},
    {"id": "landmark:atomium", "kind": "landmark", "fr": ["Atomium"], "nl": ["Atomium"], "en": ["Atomium"]},
    {
        "id": "landmark:parc-du-cinquantenaire",
        "kind": "landmark",
        "fr": ["Parc du Cinquantenaire", "Cinquantenaire"],
        "nl": ["Jubelpark"],
        "en": ["Cinquantenaire Park"],
    },
]
THINGS = [
    {"id": "pizza_box", "fr": ["boîte à pizza"], "nl": ["pizzadoos"], "en": ["pizza box"]},
    {"id": "meat_tray", "fr": ["barquette de viande"], "nl": ["vleesschaaltje"], "en": ["meat tray"]},
    {"id": "tea_bag", "fr": ["thé", "sachet de thé"], "nl": ["theezakje"], "en": ["tea bag"]},
    {"id": "mattress", "fr": ["matelas"], "nl": ["matras"], "en": ["mattress"]},
]
POSTCODES = ["1000", "1050", "1081"]
LINES = ["2", "6", "3", "71", "81", "N04"]

EXAMPLES = {
    "fr": {
        "transport_next_departures": [
            "prochain tram 81 à Flagey",
            "à quelle heure passe le bus 71 à Bourse",
            "quand est le prochain métro vers Montgomery",
            "le prochain départ à De Brouckère",
        ],
        "waste_collection_day": [
            "quand passent les sacs jaunes rue Blaes 20",
            "c'est quel jour les poubelles rue de la Loi 16",
            "on sort quel sac ce soir chaussée de Wavre 300",
            "quand sortir le sac bleu à Ixelles",
        ],
        "permit_procedure": [
            "comment demander un permis pour une terrasse",
            "quels documents pour un permis d'urbanisme",
            "combien coûte une carte de riverain",
        ],
        "city_commune_contact": ["horaires de la maison communale d'Ixelles", "téléphone de la commune de Jette"],
        "city_emergency": ["il y a le feu dans la cuisine", "ça sent le gaz dans l'escalier"],
        "inform": [
            "81",
            "Flagey",
            "ligne 81",
            "dans l'autre sens",
            "rue Blaes 20",
            "vers Montgomery",
            "le jaune",
            "demain",
        ],
        "change_language": ["en français s'il vous plaît", "parlez français"],
        "greet": ["bonjour", "bonsoir à tous"],
        "out_of_scope": ["quel temps fera-t-il demain", "raconte une blague", "un billet d'avion pour Paris"],
    },
    "nl": {
        "transport_next_departures": [
            "wanneer komt tram 81 aan Flagey",
            "hoe laat vertrekt de volgende bus 71 aan Beurs",
            "volgende metro richting Montgomery",
            "wanneer komt de volgende tram in De Brouckère",
        ],
        "waste_collection_day": [
            "wanneer worden de gele zakken opgehaald in de Blaesstraat 20",
            "welke dag is het vuilnis in de Wetstraat 16",
            "welke zak moet vanavond buiten Waversesteenweg 300",
            "wanneer blauwe zak buitenzetten in Elsene",
        ],
        "permit_procedure": [
            "hoe vraag ik een vergunning voor een terras aan",
            "welke documenten voor een bouwvergunning",
            "hoeveel kost een bewonerskaart",
        ],
        "city_commune_contact": ["openingsuren van het gemeentehuis van Elsene", "telefoonnummer gemeente Jette"],
        "city_emergency": ["er is brand in de keuken", "het ruikt naar gas in de trap"],
        "inform": [
            "81",
            "Flagey",
            "lijn 81",
            "in de andere richting",
            "Blaesstraat 20",
            "naar Montgomery",
            "de gele",
            "morgen",
        ],
        "change_language": ["in het Nederlands alstublieft", "spreek Nederlands"],
        "greet": ["goeiedag", "goeienavond allemaal"],
        "out_of_scope": ["wat voor weer wordt het morgen", "vertel een mop", "een vliegticket naar Parijs"],
    },
    "en": {
        "transport_next_departures": [
            "when is the next tram 81 at Flagey",
            "what time does bus 71 leave from Bourse",
            "next metro towards Montgomery",
            "when does the next tram come at De Brouckère",
        ],
        "waste_collection_day": [
            "when are the yellow bags collected at Rue Blaes 20",
            "which day is rubbish collection at Rue de la Loi 16",
            "what bag goes out tonight at Chaussée de Wavre 300",
            "when do I put the blue bag out in Ixelles",
        ],
        "permit_procedure": [
            "how do I apply for a terrace permit",
            "which documents for a planning permit",
            "how much is a resident parking permit",
        ],
        "city_commune_contact": ["opening hours of the town hall of Ixelles", "phone number of Jette town hall"],
        "city_emergency": ["there is a fire in the kitchen", "it smells of gas in the stairs"],
        "inform": [
            "81",
            "Flagey",
            "line 81",
            "the other way",
            "20 Rue Blaes",
            "towards Montgomery",
            "the yellow one",
            "tomorrow",
        ],
        "change_language": ["in English please", "can we speak English"],
        "greet": ["hello", "good evening everyone"],
        "out_of_scope": ["what will the weather be tomorrow", "tell me a joke", "a plane ticket to Paris"],
    },
}
