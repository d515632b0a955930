#!/usr/bin/env python3
"""Times `dataverse-gen generate` against `xmllint --noout` on the same document, in the same run.

    swift build -c release --product dataverse-gen
    python3 Benchmarks/generate.py ../shared/metadata/dataverse-v9.1.xml

The two commands take turns, so that whatever else the machine does falls on both. Medians and the largest resident
set of each are printed, and the ratios.
"""

import argparse
import os
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time


class Samples:
    """What was measured of one command."""

    def __init__(self, name):
        self.name = name
        self.wall = []
        self.cpu = []
        self.peak_kilobytes = 0

    def add(self, command):
        """Runs the command once; a failure ends the benchmark."""
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        self.wall.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(command)} failed with status {process.returncode}")
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak_kilobytes = max(self.peak_kilobytes, usage.ru_maxrss)

    def row(self):
        wall, cpu = statistics.median(self.wall) * 1000, statistics.median(self.cpu) * 1000
        return f"{self.name:<34}{wall:>9.1f} ms{cpu:>9.1f} ms{self.peak_kilobytes / 1000:>9.1f} MB"


def executable(name):
    """The release build of a command."""
    root = pathlib.Path(__file__).resolve().parent.parent
    path = os.environ.get("DATAVERSE_GEN") or root / ".build" / "release" / name
    if not os.path.exists(path):
        sys.exit(f"{path} is missing: swift build -c release --product {name}")
    return str(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metadata", help="a CSDL XML document")
    parser.add_argument("--runs", type=int, default=21, help="how often each command runs (default: 21)")
    arguments = parser.parse_args()
    if shutil.which("xmllint") is None:
        sys.exit("xmllint is missing: apt-get install libxml2-utils")

    generator = executable("dataverse-gen")
    floor = Samples("xmllint --noout")
    read = Samples("dataverse-gen inspect")
    fresh = Samples("dataverse-gen generate, empty folder")
    again = Samples("dataverse-gen generate, unchanged")
    with tempfile.TemporaryDirectory() as folder:
        output = os.path.join(folder, "bindings")
        generate = [generator, "generate", "--metadata", arguments.metadata, "--output", output]
        for _ in range(arguments.runs):
            floor.add(["xmllint", "--noout", arguments.metadata])
            read.add([generator, "inspect", "--metadata", arguments.metadata])
            shutil.rmtree(output, ignore_errors=True)
            fresh.add(generate)
            again.add(generate)
        files = [os.path.join(output, name) for name in os.listdir(output)]
        size = sum(map(os.path.getsize, files))
        lines = sum(open(name, "rb").read().count(b"\n") for name in files)

    print(f"{'median of ' + str(arguments.runs):<34}{'wall':>12}{'CPU':>12}{'peak':>12}")
    for samples in (floor, read, fresh, again):
        print(samples.row())
    for samples in (read, fresh, again):
        wall = statistics.median(samples.wall) / statistics.median(floor.wall)
        cpu = statistics.median(samples.cpu) / statistics.median(floor.cpu)
        print(f"{samples.name}: {wall:.1f} x xmllint (CPU {cpu:.1f} x)")
    print(f"output: {len(files)} files, {lines:,} lines, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
