"""Which solutions are alike, and why."""

from builders import a_solution

from catalogue.domain.similarity import Reason, alike


def ids(found):
    return [solution_id for solution_id, _ in found]


def test_what_is_alike_comes_with_the_reason():
    here = a_solution("a", topics=["energy", "digital-twin"], tags=["Solar"], technologies=["Python"])
    there = a_solution("b", topics=["energy"], tags=["solar", "dach"], technologies=["python"])

    assert alike(here, [there]) == [
        ("b", Reason(topics=("energy",), tags=("Solar",), technologies=("Python",), is_related=False))
    ]


def test_a_solution_that_builds_on_it_is_nearer_than_one_with_the_same_tag_or_topic():
    here = a_solution("a", topics=["energy"], tags=["solar"])
    topic = a_solution("topic", topics=["energy"])
    tag = a_solution("tag", topics=["mobility"], tags=["Solar"])
    needs = a_solution("needs", topics=["mobility"], depends_on=["a"])

    assert ids(alike(here, [topic, tag, needs])) == ["needs", "tag", "topic"]


def test_a_relation_holds_both_ways():
    a, b = a_solution("a", topics=["energy"], based_on=["b"]), a_solution("b", topics=["mobility"])

    assert ids(alike(a, [b])) == ["b"]
    assert ids(alike(b, [a])) == ["a"]


def test_a_shared_technology_alone_makes_nothing_alike():
    a = a_solution("a", topics=["energy"], technologies=["PHP"])
    b = a_solution("b", topics=["mobility"], technologies=["PHP"])

    assert alike(a, [b]) == []


def test_a_discontinued_one_comes_after_its_equal_and_equals_go_by_name():
    a = a_solution("a", name="A")
    old = a_solution("old", name="B", maturity="obsolete")
    new, newer = a_solution("new", name="d"), a_solution("newer", name="C")

    assert ids(alike(a, [old, new, newer])) == ["newer", "new", "old"]
