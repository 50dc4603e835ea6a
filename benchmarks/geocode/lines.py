"""Lines to time a geocoder with, thousands of different ones: made addresses, and sentences of natural texts."""

import random
import re
from itertools import islice

from corpora import NEWSPAPER, texts

from geo.catalogue.which_file import file_to_read
from geo.divisions import city_of, is_county
from geo.gazetteer.entry import HOLDERS, Entry
from geo.gazetteer.table import load_entries

SEED = 1
ROADS = ("人民路", "建设路", "解放街", "迎宾大道", "滨河路", "新华路", "文化街", "中山路", "学府路", "工业大道")
_END_OF_SENTENCE = re.compile(r"(?<=[。！？])")
_SHORTEST = 6


def addresses(count: int) -> list[str]:
    """Return different addresses: towns of the gazetteer under their county and city, or some of these, and a house."""
    entries = load_entries(file_to_read())
    names = {entry.adcodes[0]: entry.name for entry in entries if entry.kind in HOLDERS}
    towns = [entry for entry in entries if entry.kind == "town" and len(entry.adcodes) == 1 and _is_known(entry, names)]
    chance = random.Random(SEED)  # noqa: S311  texts, no secrets
    made = dict.fromkeys(_address(chance, chance.choice(towns), names) for _ in range(count * 2))
    return list(made)[:count]


def sentences(count: int) -> list[str]:
    """Return different sentences of the newspaper, drawn from all of it."""
    every = dict.fromkeys(part for text in texts(NEWSPAPER) for part in _END_OF_SENTENCE.split(text))
    long_enough = [sentence for sentence in every if len(sentence) >= _SHORTEST]
    random.Random(SEED).shuffle(long_enough)  # noqa: S311
    return list(islice(long_enough, count))


def _is_known(town: Entry, names: dict[str, str]) -> bool:
    code = town.adcodes[0]
    return is_county(code) and {code, city_of(code)} <= set(names)


def _address(chance: random.Random, town: Entry, names: dict[str, str]) -> str:
    code = town.adcodes[0]
    above = chance.choice(
        (
            f"四川省{names[city_of(code)]}{names[code]}",
            f"{names[city_of(code)]}{names[code]}",
            names[city_of(code)],
            names[code],
        )
    )
    road, flat = chance.choice(ROADS), chance.randint(1, 34) * 100 + chance.randint(1, 8)
    return f"{above}{town.name}{road}{chance.randint(1, 999)}号{chance.randint(1, 40)}栋{flat}"
