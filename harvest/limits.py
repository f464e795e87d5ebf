"""How much one look at one repository may cost: strangers choose the address, we choose the end."""

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one look. Each default with its reason; tests give smaller ones.

    Times are in seconds, sizes in bytes.
    """

    seconds: float = 300  # one repository, whole: the largest of a few hundred real ones took 20
    request_seconds: float = 30  # one HTTP answer from the first byte sent to the last one read
    connect_seconds: float = 10  # a host that takes longer to say hello is down
    answer: int = 8 * MB  # one HTTP answer, unpacked: a list of 60,000 branches and tags
    wire: int = 300 * MB  # what Git may bring: 400,000 commits without trees; more is no municipal software
    memory: int = 2000 * MB  # address space of one Git process: a delta may unpack to any size
    file: int = 1 * MB  # one file that readers ask for: the longest licence text has 70 kB
    files_read: int = 220  # files that readers ask for, and 20 sources for their headers
    files_together: int = 20 * MB  # of all those files: eight looks at once must fit into a small server
    paths: int = 200_000  # names of files at the head: the Linux kernel has 90,000
    path_length: int = 1_000  # characters of one name; longer ones are left out
    depth: int = 40  # folders in folders; deeper ones are left out
    commits: int = 100_000  # of the default branch
    commits_unfiltered: int = 200  # where the server sends every file with every commit
    tags: int = 2_000  # the last ones by natural order
    names: int = 100_000  # branches and tags that a server offers
    redirects: int = 5  # each checked like a new address
    retries: int = 2  # after the first try, for what may pass
    pause: float = 0.1  # between two requests to one host, from all threads together
    longest_rest: float = 86_400  # a host that asks for a longer rest is asked again tomorrow


USUAL = Limits()
