"""Runs every scenario through four clients, and compares what they asked and what they gave.

    python -m parity --driver .build/debug/parity-driver [--only NAME …] [--show]
"""

import argparse
import asyncio
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from . import certificates, compare, normalize, scenarios, urls
from .recorder import Recorder, Server
from .swift import Driver

# The clients, and which of the SDK's each Swift client is the twin of.
CLIENTS = {"sync": False, "async": True}


def main() -> int:
    options = _options()
    started = time.monotonic()
    loaded = scenarios.load()
    chosen = [s for s in loaded.all if not options.only or s["name"] in options.only]
    with tempfile.TemporaryDirectory() as folder:
        certificate, key = certificates.make(Path(folder))
        # Read once, when the HTTP libraries are imported.
        os.environ["REQUESTS_CA_BUNDLE"] = os.environ["SSL_CERT_FILE"] = certificate
        recorder = Recorder(loaded.common)
        with Server(recorder, certificate, key) as server, Driver(options.driver) as driver:
            report = Report(options.show)
            for scenario in chosen:
                scenario = _with_files(scenario, Path(folder))
                report.add(scenario["name"], _run(scenario, recorder, server, driver))
    report.finish(complete=not options.only)
    report.check_urls()
    print(f"{len(chosen)} scenarios, {report.exchange_count} exchanges, {time.monotonic() - started:.0f} s")
    return report.print_failures()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="parity")
    parser.add_argument("--driver", required=True, help="the built parity-driver")
    parser.add_argument("--only", nargs="*", help="names of scenarios; all of them if left out")
    parser.add_argument("--show", action="store_true", help="print the requests and outcomes of all clients")
    return parser.parse_args()


def _run(scenario: dict, recorder: Recorder, server: Server, driver: Driver) -> dict:
    from . import sdk

    runs = {}
    for client, is_async in CLIENTS.items():
        for name, run in {
            f"sdk {client}": lambda: asyncio.run(sdk.run(scenario, server.https, is_async)),
            f"swift {client}": lambda: driver.run(scenario, server.http, client),
        }.items():
            recorder.begin(scenarios.replies(scenario))
            outcomes = run()
            exchanges, unexpected = recorder.end()
            runs[name] = Run(_without_root(outcomes, server), exchanges, unexpected, scenario.get("anyOrder", False))
    return runs


def _without_root(outcomes: list, server: Server) -> list:
    text = json.dumps(outcomes).replace(server.https, "{root}").replace(server.http, "{root}")
    return json.loads(text)


def _with_files(scenario: dict, folder: Path) -> dict:
    """The scenario with the files that it uploads written to disk."""
    steps = []
    for step in scenario["steps"]:
        if "file" in step:
            step = dict(step)
            file = step.pop("file")
            path = folder / file["name"]
            path.write_bytes(bytes(number % 251 for number in range(file["size"])))
            step["path"] = str(path)
        steps.append(step)
    return {**scenario, "steps": steps}


class Run:
    """What one client did in a scenario."""

    def __init__(self, outcomes: list, exchanges: list, unexpected: list[str], has_any_order: bool):
        self.outcomes = outcomes
        self.exchanges = exchanges
        self.unexpected = unexpected
        self.requests = normalize.requests(exchanges)
        if has_any_order:
            self.requests.sort(key=lambda request: (request.line, str(request.query)))


class Report:
    def __init__(self, shows: bool):
        self._shows = shows
        self._table = scenarios.load_differences()
        self._failures: list[str] = []
        self.exchange_count = 0
        self._urls: dict[str, str] = {}

    def add(self, name: str, runs: dict[str, Run]) -> None:
        for client, run in runs.items():
            self.exchange_count += len(run.exchanges)
            self._failures += [f"{name}: {client} asked for {line}, which has no reply" for line in run.unexpected]
            if self._shows:
                self._show(name, client, run)
        for client in CLIENTS:
            found = self._differences(name, runs[f"sdk {client}"], runs[f"swift {client}"])
            for difference in compare.unlisted(found, self._table, client):
                self._failures.append(f"SDK (left) and Swift (right), {client}: {difference}")
        for difference in self._differences(name, runs["swift sync"], runs["swift async"]):
            self._failures.append(f"Swift sync (left) and async (right): {difference}")
        for exchange in runs["swift sync"].exchanges:
            for url in urls.of(exchange):
                self._urls.setdefault(url, name)

    @staticmethod
    def _differences(name: str, left: Run, right: Run) -> list[compare.Difference]:
        return compare.exchanges(name, left.requests, right.requests) + compare.outcomes(
            name, left.outcomes, right.outcomes
        )

    @staticmethod
    def _show(name: str, client: str, run: Run) -> None:
        print(f"\n{name}, {client}")
        for exchange, request in zip(run.exchanges, run.requests):
            print(f"  {exchange.method} {exchange.target}\n    {request.headers}\n    {request.body}")
        print(f"  outcomes: {json.dumps(run.outcomes, ensure_ascii=False)[:2000]}")

    def finish(self, complete: bool) -> None:
        if not complete:
            return
        for row in self._table:
            self._failures += [f"listed, but no longer different: {place}" for place in row.stale()]

    def check_urls(self) -> None:
        problems = urls.problems(self._urls)
        if problems is None:
            print("The URLs were not checked: DATAVERSE_SHARED has no OData grammar.")
        else:
            self._failures += problems
            print(f"{len(self._urls)} different URLs checked against the OData grammar")

    def print_failures(self) -> int:
        for failure in self._failures:
            print(failure)
        listed = sum(len(row.scenarios) for row in self._table)
        print(f"{len(self._failures)} failures; {len(self._table)} kinds of intended differences in {listed} places")
        return 1 if self._failures else 0


sys.exit(main())
