"""Which files a look reads."""

from harvest.wanted import MOST_SOURCES, choose


def test_what_readers_ask_for_comes_first_and_sources_fill_the_room():
    paths = [f"src/m{number:03}.py" for number in range(300)] + ["README.md", "LICENSE", "logo.png"]

    chosen = choose(paths, 100)

    assert set(chosen[:2]) == {"README.md", "LICENSE"}
    assert len(chosen) == 2 + MOST_SOURCES
    assert chosen[2:] == choose(list(reversed(paths)), 100)[2:]  # the same for the same tree
    assert chosen[2] == "src/m000.py"
    assert chosen[-1] > "src/m270.py"  # from all over the tree


def test_no_more_than_the_limit_and_nothing_of_other_people():
    paths = ["README.md", "LICENSE", "node_modules/a/index.js", "vendor/b.py", "a.py"]

    assert set(choose(paths, 9)) == {"README.md", "LICENSE", "a.py"}
    assert len(choose(paths, 1)) == 1
    assert choose([], 9) == ()
