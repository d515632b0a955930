"""Recognises texts by an ABNF grammar (RFC 5234, and RFC 7405 for texts whose case counts).

Each element gives every place where it can end, so that no alternative is lost to another that was tried first: the
OData grammar has many that begin alike. Results are kept for each rule and place.
"""

import re

_TOKEN = re.compile(
    r"""(?P<name>[A-Za-z][A-Za-z0-9-]*)
      | (?P<text>%s"[^"]*"|%i"[^"]*"|"[^"]*")
      | (?P<code>%[xd][0-9A-Fa-f]+(?:-[0-9A-Fa-f]+|(?:\.[0-9A-Fa-f]+)+)?)
      | (?P<count>\d*\*\d*|\d+)
      | (?P<mark>[()\[\]/=])""",
    re.VERBOSE,
)

_CORE = """
ALPHA = %x41-5A / %x61-7A
DIGIT = %x30-39
HEXDIG = DIGIT / "A" / "B" / "C" / "D" / "E" / "F"
DQUOTE = %x22
SP = %x20
HTAB = %x09
WSP = SP / HTAB
CRLF = %x0D %x0A
VCHAR = %x21-7E
OCTET = %x00-FF
"""


class Grammar:
    def __init__(self, text: str):
        self._rules = {}
        for line in _lines(_CORE) + _lines(text):
            name, tree = _Definition(line).rule()
            self._rules[name.lower()] = tree

    def accepts(self, text: str, rule: str) -> bool:
        return len(text) in _Recognizer(self._rules, text).ends(rule.lower(), 0)

    def longest(self, text: str, rule: str) -> int:
        """How much of the text the rule can begin with; for messages."""
        return max(_Recognizer(self._rules, text).ends(rule.lower(), 0), default=0)


def _lines(text: str) -> list[str]:
    """Definitions, each on one line, without comments."""
    lines: list[str] = []
    for line in text.splitlines():
        code = re.sub(r'^((?:[^";]|"[^"]*")*);.*$', r"\1", line).rstrip()
        if not code:
            continue
        if code[0].isspace() and lines:
            lines[-1] += " " + code.strip()
        else:
            lines.append(code)
    return lines


class _Definition:
    """Reads `name = elements` into trees of tuples."""

    def __init__(self, line: str):
        self._line = line
        self._tokens = []
        position = 0
        while position < len(line):
            if line[position].isspace():
                position += 1
                continue
            match = _TOKEN.match(line, position)
            if not match:
                raise ValueError(f"not ABNF: {line[position:]}")
            self._tokens.append((match.lastgroup, match.group()))
            position = match.end()

    def _peek(self):
        return self._tokens[0] if self._tokens else (None, None)

    def _take(self):
        return self._tokens.pop(0)

    def rule(self):
        _, name = self._take()
        if self._take() != ("mark", "="):
            raise ValueError(f"no definition: {self._line}")
        tree = self._alternatives()
        if self._tokens:
            raise ValueError(f"unexpected {self._tokens[0]} in {self._line}")
        return name, tree

    def _alternatives(self):
        options = [self._sequence()]
        while self._peek() == ("mark", "/"):
            self._take()
            options.append(self._sequence())
        return options[0] if len(options) == 1 else ("any", options)

    def _sequence(self):
        elements = []
        while self._peek()[1] not in (None, "/", ")", "]"):
            elements.append(self._repetition())
        return elements[0] if len(elements) == 1 else ("all", elements)

    def _repetition(self):
        kind, text = self._peek()
        if kind != "count":
            return self._element()
        self._take()
        if "*" in text:
            low, high = text.split("*")
            bounds = (int(low or 0), int(high) if high else None)
        else:
            bounds = (int(text), int(text))
        return ("repeat", *bounds, self._element())

    def _element(self):
        kind, text = self._take()
        match kind, text:
            case "name", _:
                return ("rule", text.lower())
            case "text", _:
                if text.startswith("%s"):
                    return ("exact", text[3:-1])
                return ("text", text.removeprefix("%i")[1:-1].lower())
            case "code", _:
                return self._codes(text)
            case "mark", "(":
                tree = self._alternatives()
                self._close(")")
                return tree
            case "mark", "[":
                tree = self._alternatives()
                self._close("]")
                return ("repeat", 0, 1, tree)
        raise ValueError(f"unexpected {text} in {self._line}")

    def _close(self, mark):
        if self._take() != ("mark", mark):
            raise ValueError(f"expected {mark} in {self._line}")

    @staticmethod
    def _codes(text):
        base = 16 if text[1] == "x" else 10
        if "-" in text:
            low, high = text[2:].split("-")
            return ("range", chr(int(low, base)), chr(int(high, base)))
        return ("exact", "".join(chr(int(code, base)) for code in text[2:].split(".")))


class _Recognizer:
    def __init__(self, rules, text):
        self._rules = rules
        self._text = text
        self._folded = text.lower()
        self._known: dict[tuple[str, int], frozenset[int]] = {}

    def ends(self, rule: str, start: int) -> frozenset[int]:
        key = (rule, start)
        if key not in self._known:
            # A rule that comes back to itself without taking anything gives nothing new.
            self._known[key] = frozenset()
            self._known[key] = frozenset(self._match(self._rules[rule], start))
        return self._known[key]

    def _match(self, tree, start: int) -> set[int] | frozenset[int]:
        match tree:
            case ("rule", name):
                return self.ends(name, start)
            case ("text", text):
                return {start + len(text)} if self._folded.startswith(text, start) else set()
            case ("exact", text):
                return {start + len(text)} if self._text.startswith(text, start) else set()
            case ("range", low, high):
                return {start + 1} if start < len(self._text) and low <= self._text[start] <= high else set()
            case ("any", options):
                return set().union(*(self._match(option, start) for option in options))
            case ("all", elements):
                places = {start}
                for element in elements:
                    places = set().union(*(self._match(element, place) for place in places))
                    if not places:
                        break
                return places
            case ("repeat", low, high, element):
                return self._repeat(low, high, element, start)
        raise AssertionError(tree)

    def _repeat(self, low, high, element, start):
        places, reached, count = {start}, {start} if low == 0 else set(), 0
        while places and (high is None or count < high):
            places = set().union(*(self._match(element, place) for place in places)) - (reached if count >= low else set())
            count += 1
            if count >= low:
                reached |= places
        return reached
