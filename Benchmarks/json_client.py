"""The JSON work of client-benchmark with Python's json and with orjson: what `clients.py` compares with.

The page and the rows are those of Clients/JSON/SamplePage.swift. Prints what the work took as JSON.
"""

import argparse
import json
import sys
import time

from fixed_server import ROWS_OF_A_PAGE, row

COLUMNS = [
    "accountid", "name", "accountnumber", "numberofemployees", "revenue", "creditlimit", "creditonhold", "createdon",
    "modifiedon", "emailaddress1", "telephone1", "websiteurl", "description", "address1_city", "address1_country",
    "address1_latitude", "statecode", "statuscode", "versionnumber",
]  # fmt: skip


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["read-json", "write-json"])
    parser.add_argument("--client", choices=["json", "orjson"], required=True)
    parser.add_argument("--count", type=int, default=20)
    options = parser.parse_args()
    if options.client == "orjson":
        try:
            import orjson as library
        except ImportError:
            sys.exit("orjson is missing: pip install orjson")
    else:
        library = json
    page = f'{{"value":[{",".join(map(row, range(ROWS_OF_A_PAGE)))}]}}'.encode()
    rows = {
        "Targets": [
            {
                "name": row["name"],
                "accountnumber": row["accountnumber"],
                "numberofemployees": row["numberofemployees"],
                "revenue": row["revenue"],
                "creditonhold": row["creditonhold"],
                "overriddencreatedon": row["createdon"],
                "emailaddress1": row["emailaddress1"],
            }
            for row in json.loads(page)["value"][:1000]
        ]
    }

    def work():
        if options.work == "write-json":
            library.dumps(rows)
            return
        for row in library.loads(page)["value"]:
            for column in COLUMNS:
                row[column]

    work()
    wall, cpu = time.perf_counter(), time.process_time()
    for _ in range(options.count):
        work()
    report = {"units": options.count, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu, "peakMB": 0}
    print(json.dumps(report))


if __name__ == "__main__":
    main()
