"""The one lexical form of each literal (XML Schema part 2: datatypes), and what literals in other forms stand for.

Stores rewrite what is not in canonical form, and then no hash of the source survives loading. Language tags
are lower-cased by the parser.
"""

from __future__ import annotations

import math
import re
import struct
from collections.abc import Hashable
from contextlib import suppress
from datetime import date, timedelta
from decimal import Decimal

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ukjapan_graph.data.turtle import XSD

_INTEGERS = {
    XSD + name
    for name in (
        "integer", "nonPositiveInteger", "negativeInteger", "nonNegativeInteger", "positiveInteger",
        "long", "int", "short", "byte", "unsignedLong", "unsignedInt", "unsignedShort", "unsignedByte",
    )
}  # fmt: skip
_TIMES = {
    XSD + name for name in ("date", "dateTime", "time", "gYear", "gYearMonth", "gMonth", "gMonthDay", "gDay")
}
_DURATIONS = {XSD + name for name in ("duration", "dayTimeDuration", "yearMonthDuration")}
_INTEGER = re.compile(r"([+-]?)0*([0-9]+)\Z")
_DECIMAL = re.compile(r"([+-]?)0*([0-9]*)(?:\.([0-9]*?)0*)?\Z")
_UTC = re.compile(r"[+-]00:00\Z")
_FLOAT = re.compile(r"(?:[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,9})?|[+-]?INF|NaN)\Z")
# Years, months, days; hours, minutes, seconds and their fraction. Python makes no numbers of thousands of digits.
_DURATION = re.compile(
    r"(-?)P(?=.)(?:([0-9]{1,99})Y)?(?:([0-9]{1,99})M)?(?:([0-9]{1,99})D)?"
    r"(?:T(?=.)(?:([0-9]{1,99})H)?(?:([0-9]{1,99})M)?(?:([0-9]{1,99})(?:\.([0-9]+))?S)?)?\Z"
)
# Year, month and day; time, fraction of a second; offset.
_MOMENT = re.compile(
    r"(?:([+-]?[0-9]{1,99})((?:-[0-9]{2}){0,2}))?"
    r"(T?[0-9]{2}:[0-9]{2}:[0-9]{2})?(?:(?<=:[0-9]{2})\.([0-9]+))?(Z|[+-][0-9]{2}:[0-9]{2})?\Z"
)


def n_triples(term: NamedNode | BlankNode | Literal | Triple) -> str:
    """``term`` as N-Triples and SPARQL write it: a triple term in brackets, which it has not as a text."""
    return f"<<( {term} )>>" if isinstance(term, Triple) else str(term)


def normal(quad: Quad) -> Quad:
    """``quad`` with its literal in canonical form (XML Schema part 2; whole decimals end in ``.0``).

    Ill-typed literals are left as they are: what they should be is for a person to say.
    """
    term = quad.object
    if not isinstance(term, Literal):
        return quad
    value = _canonical_form(term.value, term.datatype.value)
    if value == term.value:
        return quad
    return Quad(quad.subject, quad.predicate, Literal(value, datatype=term.datatype), quad.graph_name)


def _canonical_form(value: str, datatype: str) -> str:
    bare = value.strip(" \t\r\n")
    if datatype in _INTEGERS and (match := _INTEGER.match(bare)):
        return ("-" if match[1] == "-" and match[2] != "0" else "") + match[2]
    if datatype == XSD + "decimal" and (match := _DECIMAL.match(bare)) and re.search("[0-9]", bare):
        whole, fraction = match[2] or "0", match[3] or "0"
        return ("-" if match[1] == "-" and (whole, fraction) != ("0", "0") else "") + f"{whole}.{fraction}"
    if datatype == XSD + "boolean" and bare in ("0", "1", "true", "false"):
        return {"0": "false", "1": "true"}.get(bare, bare)
    return _UTC.sub("Z", bare) if datatype in _TIMES else value


def value(term: NamedNode | BlankNode | Literal | Triple) -> Hashable:
    """What ``term`` stands for, equal for literals of one datatype in which XML Schema sees the same value.

    The offset of a time and the sign of a zero are part of a value; years count as numbers, however long they
    are written. Any other ill-typed literal stands for itself.
    """
    if isinstance(term, Triple):
        return tuple(map(value, term))
    if not isinstance(term, Literal):
        return term
    if term.language:
        return term.value, term.language.lower(), term.direction
    datatype = term.datatype.value
    return datatype, _value(_canonical_form(term.value, datatype), datatype)


def _value(form: str, datatype: str) -> Hashable:
    bare = form.strip(" \t\r\n")
    if datatype in (XSD + "double", XSD + "float") and _FLOAT.match(bare):
        # As a text, for NaN is not equal to itself, and zero is to minus zero.
        return (repr(float(bare) if datatype == XSD + "double" else _single(bare)),)
    if datatype in _DURATIONS and (match := _DURATION.match(bare)):
        years, months, days, hours, minutes, seconds = (int(part or 0) for part in match.groups()[1:7])
        parts = (
            years * 12 + months,
            ((days * 24 + hours) * 60 + minutes) * 60 + seconds,
            (match[8] or "").rstrip("0"),
        )
        return match[1] if any(parts) else "", parts
    if (datatype in _TIMES or datatype == XSD + "dateTimeStamp") and (match := _MOMENT.match(bare)):
        return _moment(*(part or "" for part in match.groups()))
    return form


def _moment(year: str, day: str, time: str, fraction: str, offset: str) -> Hashable:
    number, fraction = int(year or 0), fraction.rstrip("0")
    if time.endswith("24:00:00") and not fraction:
        with suppress(ValueError):  # no such day
            number, day = _next_day(number, day) if day else (number, day)
            time = time.replace("24", "00", 1)
    return bool(year), number, day, time, fraction, _UTC.sub("Z", offset)


def _next_day(year: int, day: str) -> tuple[int, str]:
    # Python's years are from 1 to 9999; the calendar is the same every 400 years.
    like = 2000 + year % 400
    after = date.fromisoformat(f"{like}{day}") + timedelta(days=1)
    return year + after.year - like, after.strftime("-%m-%d")


def _single(form: str) -> float:
    """The number of single precision that is nearest to ``form``."""
    near, exact = float(form), Decimal(form)
    if math.isfinite(near) and near != exact and not struct.pack("<d", near)[0] & 1:
        # What is rounded twice may end on the wrong side of the middle; an odd double is in no middle.
        near = math.nextafter(near, math.inf if exact > near else -math.inf)
    try:
        return struct.unpack("<f", struct.pack("<f", near))[0]
    except OverflowError:
        return math.copysign(math.inf, near)
