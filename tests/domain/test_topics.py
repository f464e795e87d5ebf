"""Topics within topics, also in lists that the checks refuse."""

import pytest

from catalogue.domain.bodies import Topic
from catalogue.domain.topics import is_below_itself, lineage, with_broader


def topics(**parents: str | None) -> dict[str, Topic]:
    return {key: Topic(id=key, de=key, en=key, parent=parent) for key, parent in parents.items()}


TREE = topics(climate=None, energy="climate", solar="energy", mobility=None, lost="gone")


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        ("climate", ["climate"]),
        ("solar", ["solar", "energy", "climate"]),
        ("lost", ["lost"]),  # its parent left the list
        ("nobody-knows", ["nobody-knows"]),
    ],
)
def test_a_topic_belongs_to_all_above_it(key, expected):
    assert list(lineage(key, TREE)) == expected


def test_several_topics_have_each_broader_one_once():
    assert with_broader(["solar", "climate", "mobility"], TREE) == ("solar", "energy", "climate", "mobility")


@pytest.mark.parametrize(
    ("tree", "in_circle"),
    [
        (topics(a="a"), {"a"}),
        (topics(a="b", b="a", c="a"), {"a", "b"}),  # c leads into the circle and is not in it
        (topics(a="b", b="c", c="a"), {"a", "b", "c"}),
        (TREE, set()),
    ],
)
def test_a_circle_is_noticed_and_walking_up_ends(tree, in_circle):
    assert {key for key in tree if is_below_itself(key, tree)} == in_circle
    assert all(len(list(lineage(key, tree))) <= len(tree) for key in tree)
