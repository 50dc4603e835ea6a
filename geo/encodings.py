"""Which encoding a text is in, and its lines as they arrive.

A byte order mark decides; else UTF-8 where the bytes are that; else which of UTF-8, GB 18030, Big5 and UTF-16 shows the
most characters that people write. What is undecided, such as ASCII, is read as UTF-8 until a line decides. A text in
another encoding is refused, even if its bytes would make Chinese characters, as those of Latin-1 and EUC-KR may.
"""

from __future__ import annotations

import codecs
import io
import re
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from geo.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",  # before UTF-16, whose mark it begins with
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_WIDTHS = {"utf-8": 3, "gb18030": 2, "big5hkscs": 2, "utf-16-le": 2, "utf-16-be": 2}  # bytes of a common character
_READABLE = 0.7  # of the bytes of a text; of a text in another encoding about half
_RARE = 0.5  # of a common character
_RATHER_RARE = 0.6
_SURELY = 0.95
_PAIRS = re.compile(rb"[\x80-\xff]{4}")  # of the two-byte characters of UTF-8, people write one between ASCII
_FEW = 64  # bytes that may be a damaged line beside a good one
_A_GOOD_LINE = 0.3  # of those bytes; by chance, other encodings have a character of UTF-8
_ENOUGH = 4096  # bytes that decide, whether or not a line ends in them
_WHOLE_LINES = re.compile(rb".*\n\0*", re.DOTALL)
_OTHERS = {"euc_kr": ("\uac00", "\ud7a3", 1.0), "euc_jp": ("\u3041", "\u30fe", 0.25)}  # letters, and their least share
_OF_OTHERS = 12  # different letters; of two lines of Chinese, one in 5000 are the bytes of as many
_FOUR_BYTES = re.compile(rb"[\x81-\xfe][0-9][\x81-\xfe][0-9]")  # a character of GB 18030, as long as two
_HIGH = re.compile(rb"[\x80-\xff]")
_ASCII_LETTERS = re.compile(rb"[A-Za-z]")
_ALONE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")  # as in Latin-1; seldom in two bytes a character
_UTF_16 = frozenset({"utf-16-le", "utf-16-be"})
_UNICODE = _UTF_16 | {"utf-8"}
_ZEROS = 0.4  # of ASCII in UTF-16, half
_FEW_ZEROS = 3
_BEYOND_TWO_BYTES = "\u0800"  # before it UTF-8 has two bytes a character, as GB 18030 has
_CHUNK = 65_536


class Bytes(Protocol):
    """What bytes arrive from: a file, a pipe, a terminal."""

    def read1(self, size: int, /) -> bytes:
        """Return what has arrived, at most `size` bytes; none at the end. Waits only where nothing has."""


def text_lines(
    stream: Bytes, encoding: str | None = None, *, on_found: Callable[[str], None] = lambda _: None
) -> Iterator[str]:
    r"""Yield lines without their ends (\n, \r\n, \r), each as soon as it has arrived; what is no text is U+FFFD.

    Args:
        stream: Where the bytes arrive.
        encoding: One that Python knows; None finds it.
        on_found: Hears which one was found, where that is not UTF-8.

    Raises:
        SourceError: The bytes are no text in an encoding that is recognised.
    """
    begun: list[str] = []
    for text in _with_one_end(_texts(_chunks(stream), encoding, on_found)):
        first, *others = text.split("\n")
        begun.append(first)
        if others:
            yield "".join(begun)
            yield from others[:-1]
            begun = others[-1:]
    if any(begun):
        yield "".join(begun)


def encoding_of(sample: bytes) -> str | None:
    """Return the encoding of the beginning of a text; None where it may be another one as well.

    Raises:
        SourceError: It is in none of those that are recognised.
    """
    if marked := next((name for mark, name in _MARKS.items() if sample.startswith(mark)), None):
        return marked
    as_utf_8 = _as_utf_8(sample)
    zeros = sample.count(0)
    if as_utf_8 is not None and zeros < max(_ZEROS * len(sample), _FEW_ZEROS):
        if any(sign >= _BEYOND_TWO_BYTES for sign in as_utf_8):
            return "utf-8"
        return "gb18030" if _PAIRS.search(sample) and _readable_share(sample, "gb18030") > _SURELY else None
    has_wide_ends = zeros * 2 >= max(sample.count(b"\n"), 1)  # in UTF-16 every end of a line has a zero
    shares = {name: _readable_share(sample, name) for name in _WIDTHS if has_wide_ends or name not in _UTF_16}
    best = max(shares, key=lambda name: shares[name])
    if shares[best] >= _READABLE and (best in _UNICODE or not _is_of_others(sample)):
        return best
    if shares["utf-8"] > _A_GOOD_LINE and len(sample) < _FEW:
        return None
    msg = "is no text in UTF-8, UTF-16, GB 18030 or Big5; name its --encoding, or save it as UTF-8"
    raise SourceError(msg)


def is_encoding(name: str) -> bool:
    """Tell whether Python knows an encoding of texts by this name."""
    try:
        b" ".decode(name, "replace")  # no empty text: Python looks at no name then
    except (LookupError, ValueError):
        return False
    return True


def _chunks(stream: Bytes) -> Iterator[bytes]:
    while chunk := stream.read1(_CHUNK):
        yield chunk


def _texts(chunks: Iterator[bytes], encoding: str | None, on_found: Callable[[str], None]) -> Iterator[str]:
    """Decode chunks; while nothing decides, as UTF-8."""
    held = b""
    for chunk in chunks if encoding is None else ():
        held += chunk
        sample = _sample(held)
        encoding = encoding_of(sample)
        if encoding is not None:
            on_found(encoding)
            break
        text, rest = _as_far_as_complete(sample)
        held = rest + held[len(sample) :]
        yield text
    decoder = codecs.getincrementaldecoder(encoding or encoding_of(held) or "utf-8")("replace")
    yield from (decoder.decode(chunk) for chunk in chain([held], chunks))
    yield decoder.decode(b"", final=True)


def _sample(held: bytes) -> bytes:
    """Return what decides of the bytes that have arrived: whole lines, for the last character may be cut."""
    lines = _WHOLE_LINES.match(held)
    return lines[0] if lines else held if len(held) >= _ENOUGH else b""


def _with_one_end(texts: Iterator[str]) -> Iterator[str]:
    r"""Give every line the end \n."""
    ends = io.IncrementalNewlineDecoder(None, translate=True)
    yield from map(ends.decode, texts)
    yield ends.decode("", final=True)


def _as_far_as_complete(content: bytes) -> tuple[str, bytes]:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    return decoder.decode(content), decoder.getstate()[0]


def _as_utf_8(sample: bytes) -> str | None:
    """Return a text whose last character may have been cut; None where it is none."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return None


def _is_of_others(sample: bytes) -> bool:
    """Tell whether a text that could be Chinese is one in European, Korean or Japanese letters."""
    high = len(_HIGH.findall(sample))
    is_european = 2 * len(_ALONE.findall(sample)) > high and len(_ASCII_LETTERS.findall(sample)) > 2 * high
    return is_european or any(_is_in_letters(sample, encoding) for encoding in _OTHERS)


def _is_in_letters(sample: bytes, encoding: str) -> bool:
    first, last, least = _OTHERS[encoding]
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    letters = [sign for sign in text if not sign.isascii() and (sign.isalpha() or sign == "\ufffd")]
    own = sum(first <= sign <= last for sign in letters)
    return "\ufffd" not in letters and len(set(letters)) >= _OF_OTHERS and own >= least * len(letters)


def _readable_share(sample: bytes, encoding: str) -> float:
    """Return the part of the bytes that are characters which people write; ASCII counts where it is not in all."""
    text = codecs.getincrementaldecoder(encoding)("replace").decode(sample)
    weights = _weights()
    in_all = 0 if encoding in _UTF_16 else sum(sign.isascii() and sign in weights for sign in text)
    common = sum(weights.get(sign, 0) for sign in text if not in_all or not sign.isascii())
    if encoding == "gb18030":
        common += 2 * len(_FOUR_BYTES.findall(sample))
    return _WIDTHS[encoding] * common / max(len(sample) - in_all, 1)


@cache
def _weights() -> Mapping[str, float]:
    """Return 1 for ASCII, punctuation and the common half of GB 2312 and of Big5, less for all others."""
    signs = map(chr, chain(range(0x20, 0x7F), range(0x2010, 0x2027), range(0x3000, 0x3020), range(0xFF01, 0xFF5F)))
    simplified = _rows("gb2312", range(0xB0, 0xD8))
    traditional = _rows("big5", range(0xA4, 0xC7))
    rather_rare = dict.fromkeys(_rows("gb2312", range(0xD8, 0xF8)), _RATHER_RARE)
    rare = dict.fromkeys(map(chr, range(0x4E00, 0xA000)), _RARE)
    return rare | rather_rare | dict.fromkeys(chain("\t\r\n·", signs, simplified, traditional), 1.0)


def _rows(encoding: str, leads: Iterable[int]) -> str:
    return "".join(bytes((lead, trail)).decode(encoding, "ignore") for lead in leads for trail in range(0x40, 0xFF))
