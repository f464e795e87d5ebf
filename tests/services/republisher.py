"""A process that publishes what reports say, for tests that end it at the worst moment.

Arguments: data folder, and the moment to die at (a step, or "never").
"""

import os
import signal
import sys
from pathlib import Path

from publishing import Desk

from catalogue.services.publish import Step


def main(data_folder: Path, moment: str) -> None:
    """Publish once."""

    def on_step(step: Step) -> None:
        if step == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    Desk(data_folder).republish(on_step=on_step)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
