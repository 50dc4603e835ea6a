"""The datums that coordinates of Chinese maps come in; `geo.shift` converts them."""

from enum import StrEnum


class Datum(StrEnum):
    """A datum that coordinates may come in."""

    WGS84 = "wgs84"
    CGCS2000 = "cgcs2000"
    GCJ02 = "gcj02"
    BD09 = "bd09"

    @property
    def label(self) -> str:
        """Return the usual name."""
        return {"wgs84": "WGS-84", "cgcs2000": "CGCS2000", "gcj02": "GCJ-02", "bd09": "BD-09"}[self.value]
