"""What a word is: spellings, stems, compounds."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalogue.storage.search import terms
from catalogue.storage.search.compounds import parts_of
from catalogue.storage.search.tokens import LONGEST_WORD, fold, tokenise
from catalogue.storage.search.wordlists import WORD_LISTS, list_of


@pytest.mark.parametrize(
    ("written", "forms"),
    [
        ("Größe", ["groesse"]),  # as Groesse
        ("Bürger", ["buerger"]),  # u and combining dots, as macOS writes it
        ("Bu\u0308rger*innen", ["buerger"]),
        ("Bu\u0308rgerInnen", ["buerger"]),
        ("Mu\u0308llKalender", ["muellkalender", "muell", "kalender"]),
        ("Bürger*innen", ["buerger"]),
        ("Bürger:innen", ["buerger"]),
        ("Bürger/-innen", ["buerger"]),
        ("BürgerInnen", ["buerger"]),
        ("Lehrer(innen)", ["lehrer"]),
        ("Bürger/Innenstadt", ["buerger", "innenstadt"]),  # no woman in the inner city
        ("LoRaWAN-Gateway", ["lorawan", "gateway", "lorawangateway"]),
        ("HAL-Plan", ["hal", "plan", "halplan"]),
        ("OpenData", ["opendata", "open", "data"]),
        ("DigiWF", ["digiwf"]),  # WF alone means nothing
        ("Bund – Länder", ["bund", "laender"]),  # a dash joins nothing
        ("Bürger-innen", ["buerger"]),
        ("Bürger_innen", ["buerger"]),
        ("Nutzer·innen", ["nutzer"]),
        ("Check-in", ["check", "in", "checkin"]),  # no woman
        ("Bürger*innenrat", ["buergerrat"]),
        ("Schüler:innenhaushalt-App", ["schuelerhaushalt", "app", "schuelerhaushaltapp"]),
        ("Bürger\u00admeister", ["buergermeister"]),  # a soft hyphen
        ("E-Bike", ["e", "bike", "ebike"]),
        ("ebike", ["ebike"]),
        ("E-Bike-Station", ["e", "bike", "ebike", "station", "ebikestation"]),
        ("3-D-Modell", ["3", "d", "3d", "modell", "3dmodell"]),
        ("3D-Modell", ["3d", "modell", "3dmodell"]),
        ("W-LAN", ["w", "lan", "wlan"]),
        ("CO₂", ["co2"]),
        ("PM10", ["pm10"]),
        ("Straßen/Wege", ["strassen", "wege"]),
        ("Park&Ride", ["park", "ride"]),
        ("STRAẞE", ["strasse"]),
        ("Kita’s", ["kita", "s"]),
    ],
)
def test_spellings_of_a_word_become_one(written, forms):
    tokens = tokenise(written)

    assert [form for token in tokens for form in (token.form, *token.more)] == forms


@given(st.text())
def test_tokens_lie_in_the_text_in_order(text):
    tokens = tokenise(text)

    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert all(one.end <= other.start for one, other in itertools.pairwise(tokens))
    assert all(0 < len(token.form) <= LONGEST_WORD for token in tokens)


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Müll", "Muell"), ("neue", "NEUE"), ("Quelle", "quelle"), ("Museum", "museum"), ("Öl", "oel")],
)
def test_umlauts_may_be_written_in_two_letters(one, other):
    assert fold(one) == fold(other)


@given(
    st.text(alphabet="abcäöüßéñ", min_size=1),
    st.sampled_from(["*innen", ":innen", "/-innen", "-innen", "Innen"]),
)
def test_a_gender_form_is_its_base(base, ending):
    (token,) = tokenise(base + ending)

    assert token.form == fold(base)[:LONGEST_WORD]


@given(st.lists(st.text(alphabet="abcdeßü", min_size=2, max_size=8), min_size=2, max_size=5))
def test_a_hyphen_may_be_left_out(words):
    joined = tokenise("".join(words))[0].form

    assert joined in tokenise("-".join(words))[-1].more


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("Wasserzähler", "wasser zaehler"),
        ("Bürgerbeteiligungsplattform", "buerger beteiligung plattform"),
        ("Baumkataster", "baum kataster"),
        ("Straßenbeleuchtung", "strasse beleuchtung"),
        ("Schulplanung", "schul planung"),
        ("Ratsinformationssystem", "rat information system"),
    ],
)
def test_compounds_are_taken_apart(word, parts):
    assert parts_of(fold(word)) == tuple(parts.split())


@pytest.mark.parametrize(
    "word",
    [
        *("Beteiligung", "Information", "Parlament", "Portal", "Autor", "Tourist", "Personal", "Universität"),
        *("Magdeburg", "Halle", "Darmstadt", "Hamburg", "Karlsruhe", "Wuppertal"),  # towns
        *("thematischen", "beginnen", "hochladen", "Kita"),
    ],
)
def test_words_that_are_none_stay_whole(word):
    assert parts_of(fold(word)) == ()


@given(st.lists(st.sampled_from(["wasser", "zaehl", "er", "bau", "e", "s", "amt", "x"]), max_size=12))
def test_taking_apart_finds_several_words_or_none(pieces):
    parts = parts_of("".join(pieces))

    assert len(parts) != 1
    assert sum(map(len, parts)) <= len("".join(pieces)) + len(parts)  # a lost -e each


@pytest.mark.parametrize("name", WORD_LISTS)
def test_word_lists_hold_each_word_once(name):
    words = [fold(word) for word in list_of(name)]

    assert all(words)
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "said"),
    [("wie gibt es das", []), ("mit Lizenz", ["lizenz"]), ("MIT Lizenz", ["mit", "lizenz"]), ("a", [])],
)
def test_words_that_say_nothing_are_left_out(text, said):
    assert [token.form for token in tokenise(text) if not terms.is_stop_word(token)] == said


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie bekommen wir die Leute dazu, beim Marktplatz mitzureden?", "leute marktplatz mitzureden"),
        ("Gibt es irgendwas, womit wir unsere Bäume gießen können?", "baeume giessen"),
        ("Wo kann ich ein Schlagloch melden?", "schlagloch melden"),
        ("Ich suche etwas für die Kita-Anmeldung", "kita anmeldung"),
        ("Wir bräuchten dringend eine Terminbuchung", "dringend terminbuchung"),
        ("Hätte gern eine Übersicht über Ladesäulen", "uebersicht ladesaeulen"),
        ("How can we get citizens to take part?", "citizens take part"),
        ("Is there any tool for counting traffic?", "tool counting traffic"),
        ("We are looking for something to book rooms", "book rooms"),
        ("I'd like to report a pothole", "report pothole"),
    ],
)
def test_only_words_that_say_something_are_left_of_a_question(question, said):
    assert [token.form for token in tokenise(question) if not terms.is_stop_word(token)] == said.split()


@pytest.mark.parametrize("word", ["Bad", "See", "Kind", "Rat", "Tag", "Art", "Sucht", "Last", "Hut", "Stand"])
def test_german_words_that_look_english_are_no_stop_words(word):
    stop_words = {fold(one) for one in list_of("stopwords")}

    assert fold(word) not in stop_words


def test_lists_of_words_that_say_less_do_not_overlap():
    stop, weak = ({fold(word) for word in list_of(name)} for name in ("stopwords", "weak"))
    generic = {fold(word) for name in ("generic", "kinds") for word in list_of(name)}

    assert stop & weak == weak & generic == set()


@pytest.mark.parametrize(
    "word", ["Software", "kommunale", "Softwarelösung", "planen", "Fachverfahren", "PORTAL"]
)
def test_some_words_say_little_without_another(word):
    assert terms.is_generic(fold(word))


@pytest.mark.parametrize("word", ["Wärme", "Wärmeplanung", "Bürgerportal", "Beteiligung", "Kita", "Bäume"])
def test_most_words_say_what_is_looked_for(word):
    assert not terms.is_generic(fold(word))
