"""What a process takes that answers from an index: `python -m catalogue.benchmark.memory FOLDER`.

Questions come on standard input, one a line."""

import gc
import json
import sys
from pathlib import Path

from catalogue.storage.search.index import open_index
from catalogue.storage.search.query import SearchQuery


def resident() -> dict[str, float]:
    """Memory of this process in MB: all that is resident, and what it shares with nobody."""
    lines = Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines()
    values = {line.split(":")[0]: line.split()[1] for line in lines if line.endswith(" kB")}
    own = int(values["Private_Clean"]) + int(values["Private_Dirty"])
    return {"all": int(values["Rss"]) / 1024, "own": own / 1024}


def main() -> None:
    """Open the index, answer, and print how much more memory that took."""
    folder, texts = Path(sys.argv[1]), [line.strip() for line in sys.stdin]
    gc.collect()
    before = resident()
    index = open_index(folder)
    opened = resident()
    for text in texts:
        index.search(SearchQuery(text=text))
        index.suggest(text[:4])
    gc.collect()
    after = resident()
    print(
        json.dumps(
            {
                "opened": opened["all"] - before["all"],
                "answered": after["all"] - before["all"],
                "own": after["own"] - before["own"],
            }
        )
    )


if __name__ == "__main__":
    main()
