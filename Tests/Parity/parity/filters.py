"""Filters in one spelling, so that two that mean the same compare equal.

`(a eq 1 and b eq 2)` and `a eq 1 and b eq 2` become the same tree, as do `contains(name, 'x')` and `contains(name,'x')`.
Numbers and moments lose zeros that say nothing: `12.50` is `12.5`.
"""

import re
from decimal import Decimal, InvalidOperation

_TOKEN = re.compile(
    r"\s*(?P<text>'(?:[^']|'')*')|\s*(?P<list>\[[^\]]*\])|\s*(?P<mark>[(),=])|\s*(?P<word>[^\s(),='\[\]]+)"
)


def canonical(text: str) -> object:
    """A tree of lists, or the text itself where it is no filter that this reader knows."""
    try:
        reader = _Reader(_tokens(text))
        tree = reader.any_of()
        if reader.rest:
            raise ValueError(f"unexpected {reader.rest[0]}")
        return tree
    except ValueError:
        return text


def _tokens(text: str) -> list[str]:
    tokens, position = [], 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if not match:
            raise ValueError(f"unexpected {text[position:]}")
        tokens.append(match.group(match.lastgroup))
        position = match.end()
    return tokens


class _Reader:
    def __init__(self, tokens):
        self.rest = tokens

    def take(self, token=None):
        if not self.rest or (token is not None and self.rest[0] != token):
            raise ValueError(f"expected {token}")
        return self.rest.pop(0)

    def next_is(self, token):
        return bool(self.rest) and self.rest[0] == token

    def any_of(self):
        return self._joined("or", self.all_of)

    def all_of(self):
        return self._joined("and", self.term)

    def _joined(self, word, read):
        parts = [read()]
        while self.next_is(word):
            self.take()
            parts.append(read())
        if len(parts) == 1:
            return parts[0]
        # (a and b) and c is a and b and c.
        flat = []
        for part in parts:
            flat += part[1:] if isinstance(part, list) and part[0] == word else [part]
        return [word, *flat]

    def term(self):
        if self.next_is("not"):
            self.take()
            return ["not", self.term()]
        if self.next_is("("):
            self.take()
            tree = self.any_of()
            self.take(")")
            return tree
        left = self.operand()
        if self.rest and self.rest[0] in ("eq", "ne", "lt", "le", "gt", "ge"):
            return [self.take(), left, self.operand()]
        return left

    def operand(self):
        word = self.take()
        if not self.next_is("("):
            return _value(word)
        self.take("(")
        arguments = []
        while not self.next_is(")"):
            argument = self.operand()
            if self.next_is("="):
                self.take()
                argument = [argument, self.operand()]
            arguments.append(argument)
            if not self.next_is(")"):
                self.take(",")
        self.take(")")
        return [f"{word}()", *arguments]


def _value(word: str) -> str:
    if re.fullmatch(r"\d{4,}-\d\d-\d\dT.*\.\d+Z", word):
        return word.removesuffix("Z").rstrip("0").removesuffix(".") + "Z"
    try:
        return str(Decimal(word).normalize()) if re.match(r"[-\d]", word) else word
    except InvalidOperation:
        return word
