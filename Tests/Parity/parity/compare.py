"""Compares what two clients did, and matches the differences with the table of those that are meant."""

import difflib
import fnmatch
from dataclasses import dataclass, field
from decimal import Decimal

from .normalize import Request


@dataclass(frozen=True)
class Difference:
    """Something that one client did in another way than the other."""

    scenario: str
    where: str
    left: object
    right: object

    def __str__(self):
        return f"{self.scenario}: {self.where}\n      left:  {_short(self.left)}\n      right: {_short(self.right)}"


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 300 else text[:300] + "…"


MISSING = "absent"


def exchanges(scenario: str, left: list[Request], right: list[Request]) -> list[Difference]:
    """The differences of two lists of requests, which are aligned by their lines."""
    found: list[Difference] = []
    matcher = difflib.SequenceMatcher(None, [_key(r) for r in left], [_key(r) for r in right], autojunk=False)
    for tag, left_start, left_end, right_start, right_end in matcher.get_opcodes():
        if tag == "equal":
            pairs = zip(left[left_start:left_end], right[right_start:right_end])
            for one, other in pairs:
                _compare(scenario, one.line, one.members(), other.members(), found)
            continue
        found += [Difference(scenario, "request", one.line, MISSING) for one in left[left_start:left_end]]
        found += [Difference(scenario, "request", MISSING, one.line) for one in right[right_start:right_end]]
    return found


def _key(request: Request) -> str:
    # Metadata of several tables is asked for with the same line.
    return f"{request.line} {request.query.get('$filter', '')}" if "EntityDefinitions" in request.line else request.line


def outcomes(scenario: str, left: list, right: list) -> list[Difference]:
    """The differences of the outcomes of all steps."""
    found: list[Difference] = []
    for index, (one, other) in enumerate(zip(left, right, strict=True), 1):
        _compare(scenario, f"outcome {index}", one, other, found)
    return found


def _compare(scenario: str, where: str, left: object, right: object, found: list[Difference]) -> None:
    if isinstance(left, dict) and isinstance(right, dict):
        for name in sorted(left.keys() | right.keys()):
            _compare(scenario, f"{where} {name}", left.get(name, MISSING), right.get(name, MISSING), found)
    elif isinstance(left, list) and isinstance(right, list) and len(left) == len(right):
        for index, (one, other) in enumerate(zip(left, right)):
            _compare(scenario, f"{where} [{index}]", one, other, found)
    elif not _equal(left, right):
        found.append(Difference(scenario, where, left, right))


def _equal(left: object, right: object) -> bool:
    if isinstance(left, bool) != isinstance(right, bool):
        return False
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return left == right or Decimal(str(left)) == Decimal(str(right))
    return type(left) is type(right) and left == right


@dataclass
class Meant:
    """A row of the table of differences that are meant."""

    reason: str
    where: str
    scenarios: list[str]
    sdk: object
    swift: object
    client: str | None
    occurred: set[tuple[str, str]] = field(default_factory=set)

    def matches(self, difference: Difference, client: str) -> bool:
        return (
            difference.scenario in self.scenarios
            and self.client in (None, client)
            and fnmatch.fnmatchcase(difference.where, _pattern(self.where))
            and self._is(self.sdk, difference.left)
            and self._is(self.swift, difference.right)
        )

    @staticmethod
    def _is(wanted: object, found: object) -> bool:
        if isinstance(wanted, str) and isinstance(found, str):
            return fnmatch.fnmatchcase(found, _pattern(wanted))
        return _equal(wanted, found)

    def stale(self) -> list[str]:
        """Where the difference was to occur, and did not."""
        clients = [self.client] if self.client else ["sync", "async"]
        return [
            f"{scenario} ({client}): {self.where}: {self.reason}"
            for scenario in self.scenarios
            for client in clients
            if (scenario, client) not in self.occurred
        ]


def _pattern(text: str) -> str:
    # Only * is special: paths and indices have brackets.
    return text.replace("[", "[[]").replace("?", "[?]")


def unlisted(differences: list[Difference], table: list[Meant], client: str) -> list[Difference]:
    """The differences that the table does not have."""
    rest = []
    for difference in differences:
        rows = [row for row in table if row.matches(difference, client)]
        for row in rows:
            row.occurred.add((difference.scenario, client))
        if not rows:
            rest.append(difference)
    return rest
