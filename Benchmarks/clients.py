"""Whole processes: both clients over every transport, against a server with fixed replies, beside their baselines.

    swift build -c release --product client-benchmark
    python3 Benchmarks/clients.py [--short] [--check] [--only retrieve]
    python3 Benchmarks/clients.py --only growth --plot Benchmarks/paging.svg

Needs nginx and openssl, wrk for the ceiling, and Microsoft's Python SDK for the comparison (`./dev test-interop` installs
it; `--python` names another interpreter). With --check, a ratio that is worse than its mark by more than a third fails, or
worse than usual where the short form gives less.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import statistics
import subprocess
import sys
import time

from fixed_server import PAGES, ROW_ID, ROWS_OF_A_PAGE, FixedServer
from measure import ROOT, executable
from plot import Line, Plot, write

ROW_PATH = f"/api/data/v9.2/accounts({ROW_ID})"


class Result:
    """What several runs of the same work took; the median run by wall time counts."""

    def __init__(self, name):
        self.name = name
        self.runs = []

    @property
    def median(self):
        return sorted(self.runs, key=lambda run: run["wall"])[len(self.runs) // 2]

    @property
    def rate(self):
        return self.median["units"] / self.median["wall"]

    @property
    def cpu(self):
        """Processor time of a unit, in microseconds."""
        return statistics.median(run["cpu"] / run["units"] for run in self.runs) * 1e6

    @property
    def peak(self):
        return max(run["peakMB"] for run in self.runs)


class Benchmark:
    def __init__(self, options, server):
        self.options = options
        self.server = server
        self.program = options.program or executable("client-benchmark")
        self.marks = []

    def swift(self, work, client, transport, count=0, concurrency=1, **more):
        if transport == "nio" and self.options.without_nio:
            return None
        url = {"curl-http2": self.server.http2_url, "urlsession": self.server.plain_url}.get(transport, self.server.url)
        command = [self.program, work, "--client", client, "--transport", transport, "--url", url]
        command += ["--authority", self.server.authority, "--count", count, "--concurrency", concurrency]
        for name, value in more.items():
            command += [f"--{name}", value]
        return lambda: self.run(command)

    def sdk(self, work, client="blocking", count=0, concurrency=1):
        if not self.options.python:
            return None
        command = [self.options.python, ROOT / "Benchmarks" / "sdk_client.py", work, "--client", client]
        command += ["--url", self.server.url, "--authority", self.server.authority]
        command += ["--count", count, "--concurrency", concurrency]
        return lambda: self.run(command)

    def python_json(self, work, library, count):
        if not self.options.python:
            return None
        command = [self.options.python, ROOT / "Benchmarks" / "json_client.py", work, "--client", library]
        command += ["--count", count]
        if library == "orjson" and subprocess.run([self.options.python, "-c", "import orjson"], capture_output=True).returncode:
            return None
        return lambda: self.run(command)

    def told(self, work):
        """A work that no mark needs is left out of a check."""
        return None if self.options.check else work

    def run(self, command):
        process = subprocess.run(list(map(str, command)), capture_output=True, text=True)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))} failed:\n{process.stderr}")
        return json.loads(process.stdout.splitlines()[-1])

    def wrk(self, concurrency, seconds=2):
        if not shutil.which("wrk"):
            return None

        def run():
            threads = min(2, concurrency)
            command = ["wrk", f"-t{threads}", f"-c{concurrency}", f"-d{seconds}", self.server.url + ROW_PATH]
            output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            rate = float(re.search(r"Requests/sec:\s+([\d.]+)", output).group(1))
            return {"units": rate, "wall": 1, "cpu": 0, "peakMB": 0}

        return run

    def curl(self, arguments, size):
        def run():
            start = time.perf_counter()
            command = ["curl", "--silent", "--fail", "--cacert", self.server.authority, *map(str, arguments)]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
            return {"units": size, "wall": time.perf_counter() - start, "cpu": 0, "peakMB": 0}

        return run

    def curl_in_chunks(self, work, url):
        """The same chunks as the clients', on one connection of one curl."""
        length = 4 << 20
        chunk = self.server.folder / "chunk"
        chunk.write_bytes(self.server.file.open("rb").read(length))
        requests = []
        for start in range(0, self.server.file_size, length):
            part = [f'url = "{url}"', f'cacert = "{self.server.authority}"', "silent", "fail"]
            if work == "upload":
                part += ['request = "PATCH"', f'upload-file = "{chunk}"', 'output = "/dev/null"']
            else:
                part += [f'range = "{start}-{start + length - 1}"', f'output = "{chunk}"']
            requests.append("\n".join(part))
        list_file = self.server.folder / f"{work}.curl"
        list_file.write_text("\nnext\n".join(requests))
        return self.curl(["--config", list_file], self.server.file_size)

    def compare(self, title, works, unit, scale=1.0):
        """Runs the works in turns, and prints what they took."""
        results = {name: Result(name) for name, work in works.items() if work}
        for _ in range(self.options.rounds):
            for name, result in results.items():
                result.runs.append(works[name]())
        print(f"\n{title:<42}{unit + '/s':>12}{'CPU/unit':>14}{'peak':>12}")
        for result in results.values():
            cpu = f"{result.cpu * scale:,.{3 if result.cpu * scale < 1 else 1}f} us" if result.median["cpu"] else ""
            peak = f"{result.peak:,.1f} MB" if result.peak else ""
            print(f"{result.name:<42}{result.rate / scale:>12,.0f}{cpu:>14}{peak:>12}", flush=True)
        return results

    def mark(self, text, value, mark, lower_is_better=False, usual=None, depends_on_machine=False):
        """Notes a figure that has a mark; without its baseline there is none.

        `usual` is what the short form gives where that is less than the mark, or the mark is missed: it must not get worse by
        more than a third. A time that is no ratio depends on the machine, and is not checked.
        """
        if value is None:
            return
        is_met = value <= mark if lower_is_better else value >= mark
        floor = usual or mark
        holds = value <= floor * 1.5 if lower_is_better else value >= floor / 1.5
        self.marks.append((text, value, mark, lower_is_better, is_met, holds or depends_on_machine))

    def measure(self, work):
        """Does one of the works. A check does one again that failed: a machine that was busy is no regression."""
        kept = self.marks
        best = []
        for attempt in range(3 if self.options.check else 1):
            if attempt > 0:
                print("\nA figure got worse by more than a third. Measuring once more.")
            self.marks = []
            getattr(self, work)()
            best = [new if new[-1] else old for old, new in zip(best or self.marks, self.marks)]
            if all(holds for *_, holds in best):
                break
        self.marks = kept + best

    def ratio(self, results, name, baseline):
        return results[name].rate / results[baseline].rate if name in results and baseline in results else None

    # The works

    def json(self):
        pages, rows = (20, 200) if self.options.short else (60, 1_000)
        read = self.compare(
            "a page of 5,000 rows, 3.5 MB, every value read",
            {
                "bytes copied": self.told(self.swift("read-json", "copy", "none", pages * 20)),
                "records": self.told(self.swift("read-json", "records", "none", pages)),
                "typed rows": self.swift("read-json", "typed", "none", pages),
                "JSONDecoder": self.swift("read-json", "foundation", "none", pages // 4),
                "Python json": self.python_json("read-json", "json", pages // 4),
                "orjson": self.python_json("read-json", "orjson", pages // 2),
            },
            "pages",
        )
        for baseline, mark in [("JSONDecoder", 6), ("Python json", 3), ("orjson", 1.2)]:
            self.mark(f"read JSON, typed rows / {baseline}", self.ratio(read, "typed rows", baseline), mark)
        written = self.compare(
            "1,000 new rows as JSON",
            {
                "records": self.swift("write-json", "typed", "none", rows),
                "JSONEncoder": self.swift("write-json", "foundation", "none", rows // 10),
                "Python json": self.told(self.python_json("write-json", "json", rows)),
                "orjson": self.told(self.python_json("write-json", "orjson", rows)),
            },
            "times",
        )
        self.mark("write JSON / JSONEncoder", self.ratio(written, "records", "JSONEncoder"), 5)

    def url(self):
        count = 20_000 if self.options.short else 200_000
        work = self.swift("url", "blocking", "none", count)
        result = self.compare("the URL of a query with ten conditions", {"typed query": work}, "URLs")["typed query"]
        self.mark("URL with ten conditions (us)", result.cpu, 5, lower_is_better=True, depends_on_machine=True)
        self.mark("URL with ten conditions: allocations", self.allocations("url"), 20, lower_is_better=True)

    def columns(self):
        count = 5_000_000 if self.options.short else 20_000_000
        for title, work, count in [("a text column set", "set-text", count), ("seven columns kept", "keep-seven", count // 10)]:
            results = self.compare(
                title,
                {
                    "typed column": self.swift(work, "typed", "none", count),
                    "stored property": self.swift(work, "stored", "none", count),
                },
                "times",
            )
            ratio = results["typed column"].cpu / results["stored property"].cpu
            self.mark(f"{title}: typed / stored (CPU)", ratio, 3, lower_is_better=True, usual=3.5)

    def allocations(self, work):
        """How often one unit of work takes memory; `None` where there is no way to count it."""
        if sys.platform != "linux" or not shutil.which("clang"):
            return None
        library = self.server.folder / "allocations.so"
        source = ROOT / "Benchmarks" / "allocations.c"
        subprocess.run(["clang", "-O2", "-shared", "-fPIC", source, "-o", library], check=True)
        counts = []
        for count in (1_000, 2_000):
            command = [self.program, work, "--transport", "none", "--url", self.server.url, "--count", str(count)]
            environment = os.environ | {"LD_PRELOAD": str(library)}
            errors = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr
            counts.append(int(re.search(r"allocations: (\d+)", errors).group(1)))
        return round((counts[1] - counts[0]) / 1_000)

    def retrieve(self):
        count = 5_000 if self.options.short else 10_000
        results = self.compare(
            "one row after the other, TLS",
            {
                "wrk -c1": self.told(self.wrk(1)),
                "libcurl, bare, blocking": self.told(self.swift("retrieve", "bare-blocking", "curl", count)),
                "libcurl, client, blocking": self.swift("retrieve", "blocking", "curl", count),
                "libcurl, bare, async": self.told(self.swift("retrieve", "bare-async", "curl", count)),
                "libcurl, client, async": self.swift("retrieve", "async", "curl", count),
                "AsyncHTTPClient, bare, blocking": self.swift("retrieve", "bare-blocking", "nio", count),
                "AsyncHTTPClient, client, blocking": self.swift("retrieve", "blocking", "nio", count),
                "AsyncHTTPClient, bare, async": self.swift("retrieve", "bare-async", "nio", count),
                "AsyncHTTPClient, client, async": self.swift("retrieve", "async", "nio", count),
                "URLSession, client, blocking, no TLS": self.told(self.swift("retrieve", "blocking", "urlsession", count // 5)),
                "Python SDK, sync": self.sdk("retrieve", "blocking", count // 4),
                "Python SDK, aio": self.told(self.sdk("retrieve", "async", count // 4)),
            },
            "requests",
        )
        own = self.compare(
            "the clients alone: the reply is there at once",
            {
                "blocking": self.swift("retrieve", "blocking", "none", count * 10),
                "async": self.swift("retrieve", "async", "none", count * 10),
            },
            "requests",
        )
        for client, result in own.items():
            self.mark(f"own CPU of a call, {client} (us)", result.cpu, 10, lower_is_better=True, depends_on_machine=True)
        self.mark("sync / SDK sync", self.ratio(results, "libcurl, client, blocking", "Python SDK, sync"), 5, usual=4)
        self.mark("async / SDK sync", self.ratio(results, "libcurl, client, async", "Python SDK, sync"), 3.3, usual=2.8)

    def concurrent(self):
        count = 8_000 if self.options.short else 40_000
        results = self.compare(
            "64 rows at a time, TLS",
            {
                "wrk -c64": self.told(self.wrk(64)),
                "libcurl, bare": self.swift("retrieve", "bare-async", "curl", count, 64),
                "libcurl, client": self.swift("retrieve", "async", "curl", count, 64),
                "libcurl HTTP/2, bare": self.told(self.swift("retrieve", "bare-async", "curl-http2", count, 64)),
                "libcurl HTTP/2, client": self.told(self.swift("retrieve", "async", "curl-http2", count, 64)),
                "AsyncHTTPClient, bare": self.swift("retrieve", "bare-async", "nio", count, 64),
                "AsyncHTTPClient, client": self.swift("retrieve", "async", "nio", count, 64),
                "Python SDK, aio": self.sdk("retrieve", "async", count // 8, 64),
            },
            "requests",
        )
        for name in ["libcurl", "AsyncHTTPClient"]:
            self.mark(f"64 at a time, {name} / bare", self.ratio(results, f"{name}, client", f"{name}, bare"), 0.9, usual=0.75)
        self.mark("AsyncHTTPClient / SDK aio", self.ratio(results, "AsyncHTTPClient, client", "Python SDK, aio"), 2.3)
        self.mark("libcurl / SDK aio", self.ratio(results, "libcurl, client", "Python SDK, aio"), 4, usual=3.6)

    def page(self):
        results = self.compare(
            f"{PAGES * ROWS_OF_A_PAGE:,} rows in {PAGES} pages, every row used",
            {
                "libcurl, blocking": self.swift("page", "blocking", "curl"),
                "libcurl, async": self.swift("page", "async", "curl"),
                "libcurl, async, prefetching": self.told(self.swift("page", "async", "curl", prefetch="yes")),
                "AsyncHTTPClient, async": self.swift("page", "async", "nio"),
                "Python SDK, sync": self.sdk("page"),
            },
            "rows",
        )
        for name, client in [("libcurl, blocking", "blocking"), ("libcurl, async", "async")]:
            self.mark(f"paging, {name} / SDK", self.ratio(results, name, "Python SDK, sync"), 5, usual=4.5)
            two_pages = self.swift("page", client, "curl", 2 * ROWS_OF_A_PAGE)()["peakMB"]
            self.mark(f"paging, {name}: memory / that of 2 pages", results[name].peak / two_pages, 1.25, True)

    def growth(self):
        """How reading grows with the number of pages; `--plot FILE` draws it."""
        clients = {
            "libcurl, blocking": ("#c2410c", lambda rows: self.swift("page", "blocking", "curl", rows)),
            "libcurl, async": ("#15803d", lambda rows: self.swift("page", "async", "curl", rows)),
            "Python SDK, sync": ("#1d4ed8", lambda rows: self.sdk("page", count=rows)),
        }
        across = "rows, in thousands"
        time, memory = Plot("Processor time", "s", across), Plot("Largest resident set", "MB", across)
        measured = {name: [] for name in clients}
        for pages in (1, 2, 5, 10, 20):
            rows = pages * ROWS_OF_A_PAGE
            works = {name: work(rows) for name, (_, work) in clients.items()}
            for name, result in self.compare(f"{rows:,} rows", works, "rows").items():
                measured[name].append((rows / 1000, result))
        for name, (color, _) in clients.items():
            if points := measured[name]:
                times = [(rows, result.cpu * result.median["units"] / 1e6) for rows, result in points]
                time.lines.append(Line(name, color, times))
                memory.lines.append(Line(name, color, [(rows, result.peak) for rows, result in points]))
        if self.options.plot:
            write(self.options.plot, [time, memory])

    def create(self):
        count = 20_000 if self.options.short else 100_000
        results = self.compare(
            f"{count:,} rows, CreateMultiple of 1,000",
            {
                "libcurl, blocking": self.swift("create", "blocking", "curl", count),
                "libcurl, async": self.told(self.swift("create", "async", "curl", count)),
                "Python SDK, sync": self.sdk("create", count=count),
            },
            "rows",
        )
        self.mark("CreateMultiple / SDK", self.ratio(results, "libcurl, blocking", "Python SDK, sync"), 3)
        results = self.compare(
            "10,000 operations, $batch of 1,000",
            {
                "libcurl, blocking": self.swift("batch", "blocking", "curl", 10_000),
                "libcurl, async": self.told(self.swift("batch", "async", "curl", 10_000)),
                "Python SDK, sync": self.sdk("batch", count=10_000),
            },
            "rows",
        )
        self.mark("batch / SDK", self.ratio(results, "libcurl, blocking", "Python SDK, sync"), 3)

    def files(self):
        size = self.server.file_size
        column = self.server.url + ROW_PATH + "/new_contract"
        copy = self.server.folder / "copy"
        for work, curl in [
            ("upload", ["--request", "PATCH", "--upload-file", self.server.file, column]),
            ("download", ["--output", copy, column + "/$value"]),
        ]:
            path = self.server.file if work == "upload" else copy
            results = self.compare(
                f"{work} of {size / 1e9:.2f} GB in chunks of 4 MB",
                {
                    "curl, one request": self.curl(curl, size),
                    "curl, in chunks": self.curl_in_chunks(work, curl[-1]),
                    "libcurl, blocking": self.swift(work, "blocking", "curl", path=path),
                    "libcurl, async": self.swift(work, "async", "curl", path=path),
                    "AsyncHTTPClient, async": self.swift(work, "async", "nio", path=path),
                },
                "MB",
                scale=1e6,
            )
            for name in ["libcurl, blocking", "libcurl, async"]:
                for baseline in ["curl, one request", "curl, in chunks"]:
                    usual = 0.75 if work == "download" else None
                    self.mark(f"{work}, {name} / {baseline}", self.ratio(results, name, baseline), 0.9, usual=usual)
            for name in ["libcurl, blocking", "libcurl, async"]:
                self.mark(f"{work}, {name}: memory (MB)", results[name].peak, 64, lower_is_better=True)
            copy.unlink(missing_ok=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    works = ["json", "url", "columns", "retrieve", "concurrent", "page", "create", "files"]
    parser.add_argument("--only", action="append", choices=[*works, "growth"])
    parser.add_argument("--plot", help="an SVG file in which --only growth draws what it has measured")
    parser.add_argument("--short", action="store_true", help="less work, for CI")
    parser.add_argument("--check", action="store_true", help="fail if a mark is missed by more than a third")
    parser.add_argument("--without-nio", action="store_true", help="client-benchmark was built without SwiftNIO")
    parser.add_argument("--program", help="client-benchmark, where it is not in .build/release")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--python", default=ROOT / "Tests/Interop/.venv/bin/python", type=pathlib.Path)
    options = parser.parse_args()
    options.rounds = options.rounds or (1 if options.short else 3)
    if not options.python.exists():
        print(f"{options.python} is missing: no comparison with the Python SDK")
        options.python = None
    with FixedServer(file_size=(1 << 28) if options.short else (1 << 30)) as server:
        benchmark = Benchmark(options, server)
        for work in options.only or works:
            benchmark.measure(work)
    print(f"\n{'':<52}{'figure':>10}{'mark':>10}")
    for text, value, mark, lower_is_better, is_met, holds in benchmark.marks:
        sign = "<=" if lower_is_better else ">="
        verdict = "" if is_met else "  missed" if holds else "  missed by more than a third"
        print(f"{text:<52}{value:>10.2f}{sign:>5}{mark:>5g}{verdict}")
    if options.check and not all(holds for *_, holds in benchmark.marks):
        sys.exit("A mark was missed by more than a third.")


if __name__ == "__main__":
    main()
