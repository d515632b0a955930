"""Reads the scenarios and the table of intended differences."""

import copy
import json
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from .compare import Meant
from .recorder import Canned

FOLDER = Path(__file__).parent.parent


class _Loader(yaml.SafeLoader):
    """YAML without its own ideas: `2024-02-29` and `on` stay texts."""


_Loader.yaml_implicit_resolvers = {
    first: [rule for rule in rules if rule[0] not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _read(name: str) -> dict:
    with open(FOLDER / name, encoding="utf-8") as file:
        return yaml.load(file, Loader=_Loader)


@dataclass
class Scenarios:
    all: list[dict]
    common: list[Canned]


def load() -> Scenarios:
    document = _read("scenarios.yaml")
    names = [scenario["name"] for scenario in document["scenarios"]]
    if len(set(names)) != len(names):
        raise SystemExit("Two scenarios have the same name.")
    common = [Canned(always=True, **reply) for reply in document["common"]]
    for scenario in document["scenarios"]:
        for step in scenario["steps"]:
            if "items" in step:
                step["items"] = _repeated(step["items"])
    return Scenarios(document["scenarios"], list(_definitions(document["tables"])) + common)


def load_differences() -> list[Meant]:
    known = {scenario["name"] for scenario in _read("scenarios.yaml")["scenarios"]}
    rows = []
    for group in _read("differences.yaml")["differences"]:
        for found in group["found"]:
            row = Meant(
                group["reason"], found["where"], found["in"], found["sdk"], found["swift"], found.get("client")
            )
            if unknown := set(row.scenarios) - known:
                raise SystemExit(f"The table of differences names unknown scenarios: {sorted(unknown)}")
            rows.append(row)
    return rows


def _definitions(tables: dict) -> list[Canned]:
    """What the service says about its tables, whoever asks."""
    for name, table in tables.items():
        definition = {"LogicalName": name, **{k: v for k, v in table.items() if k not in ("choices", "columns")}}
        yield Canned(
            on=f"GET EntityDefinitions?*LogicalName eq '{name}'*", json={"value": [definition]}, always=True
        )
        yield Canned(
            on=f"GET EntityDefinitions(LogicalName='{name}')/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata",
            json={"value": [_choice(column, options) for column, options in table.get("choices", {}).items()]},
            always=True,
        )
        attributes = f"GET EntityDefinitions({table['MetadataId']})/Attributes"
        for column, properties in table.get("columns", {}).items():
            yield Canned(
                on=f"{attributes}?*LogicalName eq '{column}'*",
                json={"value": [{"LogicalName": column, **properties}]},
                always=True,
            )
        yield Canned(on=f"{attributes}?*LogicalName eq *", json={"value": []}, always=True)
    yield Canned(on="GET EntityDefinitions?*LogicalName eq *", json={"value": []}, always=True)


def _choice(column: str, options: dict) -> dict:
    return {
        "LogicalName": column,
        "OptionSet": {
            "Options": [
                {
                    "Value": value,
                    "Label": {
                        "LocalizedLabels": [
                            {"Label": label, "LanguageCode": language} for language, label in labels.items()
                        ]
                    },
                }
                for value, labels in options.items()
            ]
        },
    }


def replies(scenario: dict) -> list[Canned]:
    """The scenario's own replies, unused."""
    return [_canned(copy.deepcopy(reply)) for reply in scenario.get("replies", ())]


def _canned(reply: dict) -> Canned:
    if "generate" in reply:
        reply["json"] = {"value": [_large_row(number) for number in range(reply.pop("generate"))]}
    if "parts" in reply:
        boundary = re.search(r'boundary="?([^";]+)', reply["headers"]["Content-Type"]).group(1)
        reply["text"] = _multipart(_repeated(reply.pop("parts")), boundary)
    return Canned(**reply)


def _repeated(items: list | dict) -> list:
    """A list as it is, or `{repeat: 3, item: …}`."""
    return [items["item"]] * items["repeat"] if isinstance(items, dict) else items


def _large_row(number: int) -> dict:
    return {
        "@odata.etag": f'W/"{number}"',
        "accountid": f"a0000000-0000-4000-8000-{number:012}",
        "name": f"Kunde № {number} 'x'",
        "revenue": number / 4,
        "numberofemployees": number if number % 3 else None,
        "creditonhold": number % 2 == 0,
        "createdon": f"2024-02-29T13:20:{number % 60:02}Z",
    }


def _multipart(parts: list[dict], boundary: str) -> str:
    text = ""
    for part in parts:
        text += f"--{boundary}\r\n"
        if "changeSet" in part:
            inner = f"inner_{boundary}"
            text += f"Content-Type: multipart/mixed; boundary={inner}\r\n\r\n{_multipart(part['changeSet'], inner)}\r\n"
            continue
        text += "Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n"
        if "contentID" in part:
            text += f"Content-ID: {part['contentID']}\r\n"
        text += f"\r\nHTTP/1.1 {part['status']} Status\r\n"
        for name, value in part.get("headers", {}).items():
            text += f"{name}: {value}\r\n"
        if "json" in part:
            text += "Content-Type: application/json; odata.metadata=minimal\r\n\r\n" + json.dumps(part["json"], ensure_ascii=False)
        text += "\r\n\r\n" if "json" not in part else "\r\n"
    return text + f"--{boundary}--\r\n"

