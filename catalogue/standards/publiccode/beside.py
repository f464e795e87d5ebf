"""Files beside a publiccode.yml that it refers to: logos, screenshots, the list of authors."""

import struct
import zlib
from collections.abc import Callable
from posixpath import splitext
from typing import TypeAlias

from catalogue.standards.publiccode.url import NotAUrl, parse_request_uri

# A path beside the file -> the first bytes that lie there, None where nothing does.
Look: TypeAlias = Callable[[str], bytes | None]

ENOUGH = 64  # bytes of a picture that tell what it is
LOGO_ENDINGS = (".svg", ".svgz", ".png")
SCREENSHOT_ENDINGS = (".jpg", ".png")
_PNG = b"\x89PNG\r\n\x1a\n"
_DEPTHS = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}  # colour type -> bits


def is_web_address(text: str) -> bool:
    """Whether the text is an address, which only the network could answer for, rather than a path."""
    try:
        parse_request_uri(text)
    except NotAUrl:
        return False
    return True


def problem_of_path(text: str) -> str:
    """The code of what is wrong with a path or address before anybody looks; empty where nothing is."""
    if text.startswith("/"):
        return "path-absolute"
    return "path-file" if text.startswith("file:") else ""


def problem_of_logo(text: str, look: Look) -> str:
    """The code of what is wrong with the logo beside the file, or nothing."""
    if _ending(text) not in LOGO_ENDINGS:
        return "logo-ending"
    data = look(text)
    if data is None:
        return "file-absent"
    return "png-broken" if _ending(text) == ".png" and not is_png(data) else ""


def problem_of_screenshot(text: str, look: Look) -> str:
    """The code of what is wrong with the screenshot beside the file, or nothing."""
    if _ending(text) not in SCREENSHOT_ENDINGS:
        return "screenshot-ending"
    return "file-absent" if look(text) is None else ""


def problem_of_authors(text: str, look: Look) -> str:
    """The code of what is wrong with the list of authors beside the file, or nothing."""
    return "file-absent" if look(text) is None else ""


def is_png(data: bytes) -> bool:
    """Whether the bytes begin as a PNG picture does: signature, a sound header, a size."""
    if len(data) < 33 or not data.startswith(_PNG) or data[8:16] != b"\0\0\0\rIHDR":
        return False
    width, height, depth, colour, compression, filters, interlace, checksum = struct.unpack(
        ">IIBBBBBI", data[16:33]
    )
    return (
        checksum == zlib.crc32(data[12:29])
        and 0 < width < 2**31
        and 0 < height < 2**31
        and depth in _DEPTHS.get(colour, ())
        and (compression, filters) == (0, 0)
        and interlace in (0, 1)
    )


def _ending(path: str) -> str:
    # A name that is an ending only (".png") has that ending, too.
    return splitext("x" + path.rpartition("/")[2])[1].lower()
