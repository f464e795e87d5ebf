"""Names on a map never cover each other, whatever lies where."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from catalogue.web.pictures.labels import Wanted, overlap, place

FRAME = (0.0, 0.0, 400.0, 500.0)
WANTED = st.lists(
    st.builds(
        Wanted,
        x=st.floats(0, 400),
        y=st.floats(0, 500),
        r=st.floats(1, 12),
        text=st.text("Mönchegladb (S)", min_size=1, max_size=30),
        must=st.just(False),
    ),
    max_size=30,
)


@given(WANTED)
def test_no_name_covers_another_a_point_or_the_edge(wanted: list[Wanted]) -> None:
    found = [one for one in place(wanted, size=12, frame=FRAME) if one]

    boxes = [one.box for one in found]
    points = [(one.x - one.r, one.y - one.r, one.x + one.r, one.y + one.r) for one in wanted]
    assert not any(overlap(a, b) for a, b in combinations(boxes, 2))
    assert not any(overlap(box, point) for box in boxes for point in points)
    assert all(box[0] >= 0 and box[1] >= 0 and box[2] <= 400 and box[3] <= 500 for box in boxes)


@given(WANTED)
def test_whoever_must_be_named_is_named(wanted: list[Wanted]) -> None:
    giver = Wanted(x=200, y=250, r=6, text="Halle (Saale)", must=True)

    found = place([*wanted, giver], size=12, frame=FRAME)

    assert found[-1] is not None
    assert found[-1].text == "Halle (Saale)"


def test_a_single_name_stands_to_the_right_of_its_point() -> None:
    (found,) = place([Wanted(x=100, y=100, r=5, text="Halle")], size=12, frame=FRAME)

    assert found
    assert found.anchor == "start"
    assert found.x > 105


def test_at_the_right_edge_a_name_goes_to_the_left() -> None:
    (found,) = place([Wanted(x=390, y=100, r=5, text="Görlitz")], size=12, frame=FRAME)

    assert found
    assert found.anchor == "end"
