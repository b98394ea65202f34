"""The bytes of a web page to characters: what the server says, what the page says, what fits."""

from __future__ import annotations

import codecs
import re

from dragoman.readers.text import decode

_LOOKED_AT = 4_096
"""Bytes in which a page names its encoding."""
_META = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})""", re.IGNORECASE)
_NO_CHARSETS = re.compile("utf-.*|idna|punycode|undefined|(raw-)?unicode-escape")
"""Codecs that do not come into question: bytes in UTF-8, or in UTF-16 with a mark, are read so
whatever is named, and the others turn plain text into something else."""
_WIDER = {"iso8859-1": "cp1252", "ascii": "cp1252", "gb2312": "gb18030", "gbk": "gb18030"}
"""What browsers read in place of an encoding: pages use the wider one under the narrower name."""


def page_text(data: bytes, charset: str | None = None) -> str | None:
    """Return a page's characters, ``None`` when its bytes are no text.

    A byte order mark decides, then the encoding the server names, then the one the page
    names, as in a browser. Where the bytes are UTF-8 they are read so, whatever was named:
    text in another encoding is hardly ever valid UTF-8 by chance. Where nothing fits,
    ``readers.text.decode`` does.

    Args:
        data: the page.
        charset: the encoding the server named.
    """
    plain = decode(data)
    if plain is None or _is_plain(data):
        return plain
    for label in (charset, *_named(data[:_LOOKED_AT])):
        codec = _codec(label)
        if codec is not None:
            return data.decode(codec, "replace")
    return plain


def _is_plain(data: bytes) -> bool:
    """Return whether a mark or the bytes themselves say that they are Unicode."""
    if data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    # A seven-bit encoding of East Asia looks like ASCII; its escapes give it away.
    return b"\x1b" not in data


def _named(beginning: bytes) -> list[str]:
    """Return the encodings that a page names itself."""
    found = (_META.search(beginning), _XML.search(beginning))
    return [match[1].decode("ascii", "replace") for match in found if match]


def _codec(label: str | None) -> str | None:
    """Return Python's codec for an encoding's name, ``None`` for names of none."""
    try:
        name = codecs.lookup((label or "").strip(" \"'")[:40]).name
        b"a".decode(name)  # fails for codecs that turn bytes into bytes
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if _NO_CHARSETS.fullmatch(name) else _WIDER.get(name, name)
