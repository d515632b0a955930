"""The work of client-benchmark through Microsoft's Python SDK: what `clients.py` compares with.

Needs the SDK (`./dev test-interop` installs it into Tests/Interop/.venv). Prints what the work took as JSON.
"""

import argparse
import asyncio
import json
import os
import resource
import sys
import time
from pathlib import Path

ROW_ID = "00000000-0000-4000-8000-000000000001"


def parse():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("work", choices=["retrieve", "page", "create", "batch"])
    parser.add_argument("--client", choices=["blocking", "async"], default="blocking")
    parser.add_argument("--url", required=True)
    parser.add_argument("--authority", required=True)
    parser.add_argument("--count", type=int, default=1000)
    parser.add_argument("--concurrency", type=int, default=1)
    return parser.parse_args()


OPTIONS = parse()
# The libraries read them when they are imported.
os.environ["REQUESTS_CA_BUNDLE"] = OPTIONS.authority
os.environ["SSL_CERT_FILE"] = OPTIONS.authority
sys.path.insert(0, str(Path(__file__).parent.parent / "Tests" / "Interop"))

from PowerPlatform.Dataverse.aio.async_client import AsyncDataverseClient
from PowerPlatform.Dataverse.client import DataverseClient
from static_credential import AsyncStaticCredential, StaticCredential


def rows(count):
    return [
        {
            "name": f"Contoso {number}",
            "accountnumber": f"C-{number}",
            "numberofemployees": number,
            "emailaddress1": f"info{number}@contoso.com",
            "telephone1": f"+49 30 {number}",
            "websiteurl": f"https://contoso.com/{number}",
        }
        for number in range(count)
    ]


def measure(units):
    """Prints what the work took that `units` does, which says how much it was."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    start = time.perf_counter()
    done = units()
    report(done, start, before)


def report(done, start, before):
    wall = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    print(json.dumps({"units": done, "wall": wall, "cpu": cpu, "peakMB": after.ru_maxrss * 1024 / 1e6}))


def blocking():
    with DataverseClient(OPTIONS.url, StaticCredential("benchmark-token")) as client:

        def retrieve(count):
            for _ in range(count):
                if not client.records.retrieve("account", ROW_ID)["name"]:
                    raise SystemExit("an account without a name")
            return count

        def page():
            done, total = 0, 0
            for rows in client.records.list_pages("account"):
                for row in rows:
                    done += 1
                    total += row["numberofemployees"] + len(row["name"])
                if done == OPTIONS.count:
                    break
            return done

        def create():
            done = 0
            new = rows(1000)
            while done < OPTIONS.count:
                done += len(client.records.create("account", new))
            return done

        def batch():
            done = 0
            new = rows(1000)
            while done < OPTIONS.count:
                batch = client.batch.new()
                for row in new:
                    batch.records.create("account", row)
                done += len(batch.execute().succeeded)
            return done

        if OPTIONS.work == "retrieve":
            retrieve(200)
            measure(lambda: retrieve(OPTIONS.count))
        else:
            measure({"page": page, "create": create, "batch": batch}[OPTIONS.work])


async def asynchronous():
    if OPTIONS.work != "retrieve":
        raise SystemExit("the asynchronous client is measured with retrieve only")
    async with AsyncDataverseClient(OPTIONS.url, AsyncStaticCredential("benchmark-token")) as client:

        async def lane(count):
            for _ in range(count):
                if not (await client.records.retrieve("account", ROW_ID))["name"]:
                    raise SystemExit("an account without a name")

        async def retrieve(count):
            await asyncio.gather(*(lane(count // OPTIONS.concurrency) for _ in range(OPTIONS.concurrency)))
            return count // OPTIONS.concurrency * OPTIONS.concurrency

        await retrieve(max(200, OPTIONS.concurrency * 4))
        before = resource.getrusage(resource.RUSAGE_SELF)
        start = time.perf_counter()
        report(await retrieve(OPTIONS.count), start, before)


if OPTIONS.client == "blocking":
    blocking()
else:
    asyncio.run(asynchronous())
