"""The two Swift clients and the Python SDK work on the same rows."""

import json
import os
import subprocess
from datetime import datetime
from decimal import Decimal

import pytest

DRIVER = os.environ.get("INTEROP_DRIVER")


def comparable(row):
    return {
        "id": row["accountid"],
        "name": row["name"],
        "revenue": Decimal(str(row["revenue"])),
        "employees": row["numberofemployees"],
        "category": row["industrycode"],
        "created": int(datetime.fromisoformat(row["createdon"].replace("Z", "+00:00")).timestamp()),
    }


@pytest.mark.skipif(not DRIVER, reason="needs INTEROP_DRIVER, the built interop-driver")
def test_swift_and_python_agree(client, tag):
    client.records.create(
        "account",
        [
            {"name": f"{tag} python {n}", "revenue": 0.1 * n, "numberofemployees": n, "industrycode": 1}
            for n in (1, 2, 3)
        ],
    )
    arguments = [DRIVER, os.environ["EMULATOR_URL"], os.environ["EMULATOR_CA"], tag]
    output = subprocess.run(arguments, check=True, capture_output=True, text=True, timeout=60).stdout
    swift = json.loads(output)
    for rows in swift.values():
        for row in rows:
            row["revenue"] = Decimal(row["revenue"])
    python = sorted(
        (comparable(row) for row in client.records.list("account", filter=f"startswith(name,'{tag}')")),
        key=lambda row: row["name"],
    )
    assert len(python) == 5
    assert swift["sync"] == python
    assert swift["async"] == python
