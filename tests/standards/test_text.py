"""Sorting German names."""

from catalogue.standards.text import sort_key


def test_names_sort_as_in_a_telephone_book():
    names = ["Zwickau", "Ärzen", "Aerzen 2", "Aachen", "Ulm", "Überlingen", "straße", "Strasse 2", "bad Ems"]

    assert sorted(names, key=sort_key) == [
        "Aachen", "Ärzen", "Aerzen 2", "bad Ems", "straße", "Strasse 2", "Überlingen", "Ulm", "Zwickau",
    ]  # fmt: skip
