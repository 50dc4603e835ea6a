"""How a text is folded to be compared: one form of each character, and nothing between those of a name.

Full-width letters and digits become ASCII, radicals (as PDFs give them) and traditional characters the simplified ones.
Signs that nobody sees are left out, and the blanks of letter-spaced Chinese.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple


class Folded(NamedTuple):
    """A folded text; `kept` are the places that its characters had before, empty where none was left out."""

    text: str
    kept: Sequence[int] = ()

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the text as it came, in code points, that was folded to one that is not empty."""
        return (self.kept[start], self.kept[end - 1] + 1) if self.kept else (start, end)


def folded(text: str) -> Folded:
    """Fold a text, and leave out what stands unseen or blank in its names."""
    if text.isascii():
        return Folded(text)
    if " " not in text and "\u3000" not in text and _is_simplified(text):
        return Folded(_narrowed(text))
    same_length = normalise(text)
    return _without(same_length, _left_out(same_length))


def normalise(text: str) -> str:
    """Fold the characters of a text one by one, so that each keeps its place."""
    if text.isascii():
        return text
    if _is_simplified(text):
        return _narrowed(text)
    if len(text) > _BLOCK:  # one character of another kind does not make all of a long text slow
        return "".join(normalise(text[start : start + _BLOCK]) for start in range(0, len(text), _BLOCK))
    return "".join(map(_folded, text))


_BLOCK = 100  # characters


def _is_simplified(text: str) -> bool:
    """Tell whether a text is of a set that holds nothing traditional, no radical and nothing unseen."""
    try:
        text.replace("—", "").replace("·", "").encode("gb2312")  # it has its own dash and dot
    except UnicodeEncodeError:
        return False
    return True


_IS_FULL_WIDTH = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]")  # digits and letters
_FULL_WIDTH = re.compile(f"{_IS_FULL_WIDTH.pattern}+")


def _narrowed(text: str) -> str:
    return text if _IS_FULL_WIDTH.search(text) is None else _FULL_WIDTH.sub(_narrow, text)  # one sign is found faster


def _narrow(full_width: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", full_width.group())


_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_BLANK = " \xa0\u2000-\u200a\u202f\u205f\u3000"
# the default ignorable code points of Unicode (soft hyphen, zero-width, direction, variation selectors, byte order
# mark), and tones that stand as characters of their own
_UNSEEN = (
    "\xad\u0300-\u036f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
_UNREAD = re.compile(f"[{_BLANK}{_UNSEEN}]+")
_IS_BLANK = re.compile(f"[{_BLANK}]")
_IS_HAN = re.compile(f"[{_HAN}]")
_STANDS_ALONE = re.compile(f"(?<![{_HAN}])[{_HAN}](?![{_HAN}])")


def _left_out(text: str) -> Iterator[tuple[int, int]]:
    for match in _UNREAD.finditer(text):
        if not _IS_BLANK.search(match.group()) or _is_letter_spaced(text, *match.span()):
            yield match.span()


def _is_letter_spaced(text: str, start: int, end: int) -> bool:
    """Tell whether a blank lies between two Chinese characters one of which stands alone."""
    before = max(start - 1, 0)
    is_between = _IS_HAN.match(text, before) and _IS_HAN.match(text, end)
    return is_between is not None and bool(_STANDS_ALONE.match(text, before) or _STANDS_ALONE.match(text, end))


def _without(text: str, left_out: Iterable[tuple[int, int]]) -> Folded:
    parts, kept, reach = list[str](), list[int](), 0
    for start, end in left_out:
        parts.append(text[reach:start])
        kept.extend(range(reach, start))
        reach = end
    if not reach:
        return Folded(text)
    kept.extend(range(reach, len(text)))
    return Folded("".join((*parts, text[reach:])), kept)


# CJK radicals U+2E80 to U+2EFF and the characters they are: Unicode 14.0.0, property Equivalent_Unified_Ideograph.
# NFKC knows two of them, and all of U+2F00 to U+2FDF.
_RADICALS = dict(
    zip(
        "⺁⺂⺃⺄⺅⺆⺇⺈⺉⺊⺋⺌⺍⺎⺏⺐⺑⺒⺓⺔⺕⺖⺗⺘⺙⺛⺜⺝⺞⺟⺠⺡⺢⺣⺤⺥⺦⺧⺨⺩⺪⺫⺬⺭⺮⺯⺰⺱⺲⺳⺴⺵⺶⺷⺸⺹⺺"
        "⺻⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻡⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑彐忄心扌攵旡日月歺母民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀"
        "聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)


@cache
def _folded(character: str) -> str:
    if character < "\u2e80":
        return character
    if "\ud800" <= character <= "\udfff":
        return "\ufffd"  # a lone surrogate is no character; the search takes none
    compatible = _RADICALS.get(character) or unicodedata.normalize("NFKC", character)
    return _simplified(compatible) if len(compatible) == 1 and compatible.isalnum() else character


def _simplified(character: str) -> str:
    if not unicodedata.name(character, "").startswith("CJK"):
        return character
    converted = _converter().convert(character)
    return str(converted) if len(converted) == 1 else character


@cache
def _converter():  # type: ignore[no-untyped-def]  # noqa: ANN202  a library without types
    from opencc import OpenCC  # noqa: PLC0415  a tenth of a second, for traditional texts only

    return OpenCC("t2s")
