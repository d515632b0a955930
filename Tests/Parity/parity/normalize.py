"""Requests without what has no meaning: the order of query options, boundaries, random ids, the spelling of filters."""

import json
import re
from dataclasses import dataclass
from email.parser import BytesParser
from email.policy import HTTP
from urllib.parse import unquote, unquote_plus

from . import filters
from .recorder import Exchange

# Headers of the connection, not of the request; each HTTP library has its own.
IGNORED_HEADERS = {
    "host", "connection", "content-length", "transfer-encoding", "accept-encoding", "accept-language", "expect",
}
_GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


@dataclass
class Request:
    """A normalised request; everything in it is compared."""

    line: str
    query: dict[str, object]
    headers: dict[str, str]
    body: object

    def members(self) -> dict:
        return {"query": self.query, "header": self.headers, "body": self.body}


def requests(exchanges: list[Exchange]) -> list[Request]:
    """Normalises the requests of a scenario; ids of calls are numbered in the order of their appearance."""
    calls: dict[str, str] = {}
    seen: set[str] = set()
    return [_request(exchange, calls, seen) for exchange in exchanges]


def _request(exchange: Exchange, calls: dict[str, str], seen: set[str]) -> Request:
    headers = {}
    for name, value in exchange.headers:
        name = name.lower()
        if name not in IGNORED_HEADERS:
            headers[name] = value
    body = _body(headers.get("content-type", ""), exchange.body)
    if not exchange.body and exchange.method in ("GET", "DELETE"):
        headers.pop("content-type", None)
    if "content-type" in headers:
        headers["content-type"] = re.sub(r"boundary=.*", "boundary", headers["content-type"])
    if "prefer" in headers:
        headers["prefer"] = ",".join(sorted(re.split(r",(?=odata\.)", headers["prefer"])))
    # The product differs; who uses it must not.
    headers["user-agent"] = re.sub(r"^\S+", "{product}", headers.get("user-agent", "none"))
    correlation = headers.get("x-ms-correlation-id", "none")
    headers["x-ms-correlation-id"] = calls.setdefault(correlation, f"call {len(calls) + 1}")
    headers["x-ms-client-request-id"] = _request_id(headers.get("x-ms-client-request-id", ""), seen)
    line, query = _target(exchange.method, exchange.target)
    return Request(line, query, headers, body)


def _request_id(text: str, seen: set[str]) -> str:
    if not re.fullmatch(_GUID, text):
        return "not a GUID"
    if text in seen:
        return "used before"
    seen.add(text)
    return "new"


def _target(method: str, target: str) -> tuple[str, dict[str, object]]:
    path, _, query = target.partition("?")
    return f"{method} {unquote(path)}", _query(query)


def _query(text: str) -> dict[str, object]:
    options: dict[str, object] = {}
    for part in filter(None, text.split("&")):
        name, _, value = part.partition("=")
        name, value = unquote_plus(name), unquote_plus(value)
        options[name] = _option(name, value)
    return options


def _option(name: str, value: str) -> object:
    match name:
        case "$select":
            return sorted(value.split(","))
        case "$filter":
            return filters.canonical(value)
        case "$orderby":
            return re.sub(r" asc(?=,|$)", "", value)
        case "$expand":
            return [_expansion(term) for term in split(value, ",")]
    return json.loads(value) if name.startswith("@") else value


def _expansion(term: str) -> object:
    if not term.endswith(")") or "(" not in term:
        return term
    name, _, options = term[:-1].partition("(")
    pairs = (option.partition("=") for option in split(options, ";"))
    return {"property": name, **{key: _option(key, value) for key, _, value in pairs}}


def split(text: str, mark: str) -> list[str]:
    """Splits at marks outside of parentheses and quotes."""
    parts, depth, quoted = [""], 0, False
    for character in text:
        if character == "'":
            quoted = not quoted
        if not quoted:
            depth += (character == "(") - (character == ")")
        if character == mark and depth == 0 and not quoted:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def _body(content_type: str, body: bytes) -> object:
    if not body:
        return None
    if content_type.startswith("multipart/mixed"):
        return _multipart(content_type, body)
    if content_type.startswith("application/json"):
        text = body.decode()
        content = json.loads(text)
        if isinstance(content, dict) and "JobName" in content:
            content = json.loads(_TIME.sub("{now}", text))
        return _sorted_labels(content)
    return f"{len(body)} bytes, {body[:40]!r}"


def _sorted_labels(content: object) -> object:
    """The content with the translations of each label by language: their order has no meaning."""
    if isinstance(content, list):
        return [_sorted_labels(element) for element in content]
    if not isinstance(content, dict):
        return content
    content = {name: _sorted_labels(value) for name, value in content.items()}
    if "LocalizedLabels" in content:
        content["LocalizedLabels"].sort(key=lambda label: label.get("LanguageCode", 0))
    return content


def _multipart(content_type: str, body: bytes) -> list:
    message = BytesParser(policy=HTTP).parsebytes(f"Content-Type: {content_type}\r\n\r\n".encode() + body)
    return [_part(part) for part in message.iter_parts()]


def _part(part) -> dict:
    content_type = part["Content-Type"]
    if part.is_multipart():
        return {"changeSet": [_part(inner) for inner in part.iter_parts()]}
    head, _, body = part.get_payload(decode=True).partition(b"\r\n\r\n")
    request_line, *lines = head.decode().split("\r\n")
    method, _, rest = request_line.partition(" ")
    target, _, version = rest.rpartition(" ")
    line, query = _target(method, target)
    headers = {name.lower(): value.strip() for name, _, value in (text.partition(":") for text in lines if text)}
    body = body.strip()
    return {
        "type": str(content_type),
        "encoding": str(part["Content-Transfer-Encoding"]),
        "contentID": str(part["Content-ID"]),
        "request": line,
        "version": version,
        "query": query,
        "headers": headers,
        "body": json.loads(body) if body else None,
    }
