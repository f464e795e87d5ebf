"""Which forge a host runs: by the settings, by its name, else asked once a run."""

from collections.abc import Callable

from catalogue.domain.snapshot import Plain, Reason
from harvest.asking import Trouble
from harvest.forge_finder import ForgeFinder
from harvest.guard import Target


def target(host: str, port: int = 443) -> Target:
    return Target(
        text=f"https://{host}/a/b", scheme="https", host=host, port=port, numbers=("93.184.215.14",)
    )


class Asked:
    """Answers every question with trouble, and counts them."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def json(self, address: str, pick: Callable[[object], Plain]) -> Plain:
        self.addresses.append(address)
        raise Trouble(Reason.ABSENT, "no such page")


def test_a_known_host_is_not_asked():
    ask = Asked()

    found = [ForgeFinder({"git.stadt.example": "forgejo"}).find(target(host), ask) for host in
             ("github.com", "git.stadt.example")]  # fmt: skip

    assert [forge.name for forge in found if forge] == ["github", "forgejo"]
    assert ask.addresses == []


def test_an_unknown_host_is_asked_once_a_run():
    finder, ask = ForgeFinder(), Asked()

    assert finder.find(target("git.nobody.example"), ask) is None
    asked = len(ask.addresses)
    assert finder.find(target("git.nobody.example"), ask) is None

    assert 0 < asked == len(ask.addresses)


def test_a_server_of_the_tests_is_not_asked_for_its_kind():
    ask = Asked()

    assert ForgeFinder().find(target("127.0.0.1", 8080), ask) is None
    assert ask.addresses == []
