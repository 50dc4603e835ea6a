"""Texts as they arrive in Python: pandas, Arrow, whatever hands itself over as Arrow, NumPy, or any iterable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from geo.errors import BatchError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

Text = str | None
_TOLD = 3


def texts_of(given: object) -> Sequence[Text]:
    """Return the texts of a column; None, NaN and whatever else stands for nothing become None.

    Raises:
        BatchError: It is no column, or holds other things than texts; tells the first and how many there are.
    """
    values = _values(given)
    others = {place: value for place, value in enumerate(values) if not isinstance(value, str)}
    wrong = {place: value for place, value in others.items() if not _is_missing(value)}
    if wrong:
        raise BatchError(_told(wrong, len(values)))
    return [value if isinstance(value, str) else None for value in values] if others else values


def index_of(given: object) -> pd.Index[Any] | None:
    """Return the index of what answers a column of pandas: its own, or that column itself; None for any other."""
    if not _is_of_pandas(given):
        return None
    import pandas as pd  # noqa: PLC0415  loaded already

    if isinstance(given, pd.Series):
        return given.index
    return given if isinstance(given, pd.Index) else pd.RangeIndex(len(cast("Sequence[Text]", given)))


def _is_of_pandas(given: object) -> bool:
    return type(given).__module__.partition(".")[0] == "pandas"


def _values(given: object) -> list[Text]:
    _check_column(given)
    if _speaks_arrow(given):
        import pyarrow as pa  # noqa: PLC0415  heavy: only where it is Arrow

        return list(pa.chunked_array(given).to_pylist())
    return list(given.tolist() if hasattr(given, "tolist") else cast("Iterable[Text]", given))


def _check_column(given: object) -> None:
    if isinstance(given, str | bytes):
        msg = 'one text arrived; give a list of texts, or ask locate("…") for one'
        raise BatchError(msg)
    is_other = isinstance(given, Mapping) or hasattr(given, "columns") or getattr(given, "ndim", 1) != 1
    if is_other or not (isinstance(given, Iterable) or _speaks_arrow(given)):
        msg = f"{type(given).__name__} arrived; expected one column of texts, such as frame['address']"
        raise BatchError(msg)


def _speaks_arrow(given: object) -> bool:
    return not _is_of_pandas(given) and (hasattr(given, "__arrow_c_stream__") or hasattr(given, "__arrow_c_array__"))


def _is_missing(value: object) -> bool:
    import pandas as pd  # noqa: PLC0415  heavy: only where something is no text

    return value is None or (pd.api.types.is_scalar(value) and bool(pd.isna(cast("float", value))))


def _told(wrong: Mapping[int, object], total: int) -> str:
    first = ", ".join(f"{repr(value)[:40]} at {place}" for place, value in list(wrong.items())[:_TOLD])
    return (
        f"{len(wrong)} of {total} values are no texts: {first}{' …' if len(wrong) > _TOLD else ''}; "
        "expected texts, and nothing where there is none"
    )
