"""The program `catalogue`: licences are identified at once, everything else goes through click.

click and what it loads take longer than a licence file does. So plain calls of `catalogue licence identify`
are read here; whatever is not plain (another option, an odd name, a setting, a file that cannot be read) is
click's, with the same answers.
"""

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module


def main() -> None:
    """Run the command line."""
    names = plain_names(sys.argv[1:])
    if not names or any("CATALOGUE_" in variable for variable in os.environ):
        import_module("catalogue.cli").main()
        return
    gc.disable()  # the process ends before there were anything to collect
    try:
        _identify(names, as_json="--json" in sys.argv)
        gc.freeze()  # nor does the end of the process have to look
    except KeyboardInterrupt:
        sys.exit("\nAborted!")


def plain_names(arguments: Sequence[str]) -> list[str]:
    """The files of a plain call of `licence identify`; none where click has to read the call."""
    if list(arguments[:2]) != ["licence", "identify"] or os.sep != "/":
        return []
    names = [one for one in arguments[2:] if one != "--json"]
    return names if all(map(_is_plain, names)) else []


def _is_plain(name: str) -> bool:
    parts = name.removeprefix("/").split("/")
    return not name.startswith("-") and not {"", "."} & set(parts) and os.access(name, os.R_OK)


def _identify(names: Sequence[str], *, as_json: bool) -> None:
    text, code = import_module("catalogue.commands.licence_files").answers(names, as_json=as_json)
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]  # an old terminal lacks letters
    try:
        print(text, flush=True)
    except OSError as error:
        import_module("catalogue.cli").give_up(error)
    if code:
        sys.exit(code)
