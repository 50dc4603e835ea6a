"""XML documents: UTF-8, with only such characters as XML may hold."""

import re
from collections.abc import Mapping
from xml.etree import ElementTree as ET

# XML 1.0 §2.2: every other character is refused by parsers, even when it is escaped.
_ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def element(
    parent: ET.Element | None, name: str, text: str | None = None, attributes: Mapping[str, str] | None = None
) -> ET.Element:
    """Return a new element, put at the end of its parent when it has one."""
    legal = {key: _ILLEGAL.sub("", value) for key, value in (attributes or {}).items()}
    made = ET.Element(name, legal) if parent is None else ET.SubElement(parent, name, legal)
    made.text = None if text is None else _ILLEGAL.sub("", text)
    return made


def dump(root: ET.Element) -> bytes:
    """Return a document as bytes."""
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body
