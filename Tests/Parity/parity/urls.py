"""Checks the URLs that the Swift clients ask for against the grammar that OASIS publishes.

The grammar is not part of the repository: DATAVERSE_SHARED names the folder that has it (default: ../shared).
"""

import os
import re
from pathlib import Path

import yaml

from .abnf import Grammar
from .recorder import API, Exchange

_FOLDER = Path(os.environ.get("DATAVERSE_SHARED", Path(__file__).parents[3].parent / "shared")) / "conformance"
_GRAMMAR = _FOLDER / "odata-abnf-construction-rules.txt"
_CASES = _FOLDER / "odata-abnf-testcases.yaml"
_PART = re.compile(rb"^(?:GET|POST|PATCH|PUT|DELETE) (\S+) HTTP/1\.1\r?$", re.MULTILINE)

def of(exchange: Exchange) -> list[str]:
    """The URL of a request and those in its batch, without the service root."""
    targets = [exchange.target]
    if exchange.target.endswith("/$batch"):
        targets += [target.decode() for target in _PART.findall(exchange.body)]
    return [target.removeprefix("{root}").removeprefix(API) for target in targets]


def problems(urls: dict[str, str]) -> list[str] | None:
    """What is wrong with the URLs (each with the scenario that it is of); `None` if the grammar is missing."""
    if not _GRAMMAR.exists():
        return None
    grammar = Grammar(_GRAMMAR.read_text(encoding="utf-8"))
    found = _self_test(grammar)
    for url, scenario in urls.items():
        if re.fullmatch(r"\$\d+", url):
            continue  # A reference to a row of the same change set; OData Protocol 4.01, section 11.7.3.1.
        if not grammar.accepts(url, "odataRelativeUri"):
            end = grammar.longest(url, "odataRelativeUri")
            found.append(f"{scenario}: no OData URL, from “{url[end:end + 40]}” on: {url}")
    return found


def _self_test(grammar: Grammar) -> list[str]:
    """Runs the grammar's own test cases, so that the recogniser is known to be right."""
    text = _CASES.read_text(encoding="utf-8").replace("\t", " ")
    wrong = set()
    for case in yaml.load(text, Loader=yaml.BaseLoader)["TestCases"]:
        if grammar.accepts(case["Input"], case["Rule"]) == ("FailAt" in case):
            wrong.add((case["Rule"], case["Input"]))
    return [f"the recogniser is wrong about {rule}: {text}" for rule, text in sorted(wrong ^ _REFUSED_BY_NAMES_ONLY)]


# Negative cases that are refused only by whoever knows which name is what.
_REFUSED_BY_NAMES_ONLY = {
    ("boolCommonExpr", "Products/all()"),
    ("boolCommonExpr", "any()"),
    ("context", "#Customers(Address/AddressWithLocation,Orders)"),
    ("odataRelativeUri", "Categories(1)/Address/$value"),
    ("odataRelativeUri", "Categories(1)/ID/$value/foo"),
    ("odataRelativeUri", "Categories(1)/Products/$ref/$count"),
    ("odataRelativeUri", "Categories(1)/Thumbnail/$value"),
    ("odataRelativeUri", "Categories/TheBestProduct()"),
    ("odataRelativeUri", "Products(1)/Model.BestSellingProduct/Model.BestSellingProduct"),
    ("odataRelativeUri", "Products/$count/foo"),
    ("queryOptions", "$search=more&more"),
}
