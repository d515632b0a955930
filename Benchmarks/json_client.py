"""The JSON work of client-benchmark with Python's json and with orjson: what `clients.py` compares with.

The page and the rows are those of Clients/JSON/SamplePage.swift. Prints what the work took as JSON.
"""

import argparse
import json
import sys
import time

ROWS_OF_A_PAGE = 5000
COLUMNS = [
    "accountid", "name", "accountnumber", "numberofemployees", "revenue", "creditlimit", "creditonhold", "createdon",
    "modifiedon", "emailaddress1", "telephone1", "websiteurl", "description", "address1_city", "address1_country",
    "address1_latitude", "statecode", "statuscode", "versionnumber",
]  # fmt: skip


def row(number):
    identifier = f"00000000-0000-4000-8000-{number:012x}"
    return (
        f'{{"@odata.etag":"W/\\"{1000000 + number}\\"","accountid":"{identifier}",'
        f'"name":"Contoso {number} – größte Firma","accountnumber":"C-{number}","numberofemployees":{number * 7},'
        f'"revenue":{number * 1000}.2500,"creditlimit":50000.0000000000,"creditonhold":{str(number % 2 == 0).lower()},'
        f'"createdon":"2026-02-{10 + number % 18}T09:30:00Z","modifiedon":"2026-03-{10 + number % 18}T17:05:42Z",'
        f'"emailaddress1":"info{number}@contoso.com","telephone1":"+49 30 {number}",'
        f'"websiteurl":"https://contoso.com/{number}","description":null,"address1_city":"Berlin",'
        f'"address1_country":"Germany","address1_latitude":52.520008,"statecode":0,"statuscode":1,'
        f'"_primarycontactid_value":"{identifier}","versionnumber":{1000000 + number}}}'
    )


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
