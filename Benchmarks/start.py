#!/usr/bin/env python3
"""How long commands take to start: `--help` of each build, in turns.

    python3 Benchmarks/start.py BUILD [BUILD ...]        paths of dataverse-gen, such as a dynamic and a static build
"""

import subprocess
import sys

import measure


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    samples = {path: measure.Samples(path[-34:]) for path in sys.argv[1:]}
    for path in samples:
        subprocess.run([path, "--help"], stdout=subprocess.DEVNULL, check=True)
    for _ in range(51):
        for path, sample in samples.items():
            sample.add([path, "--help"])
    print(measure.header("median of 51, and the least"))
    for sample in samples.values():
        print(sample.row(), f"   least {min(sample.wall) * 1000:.1f} ms")


main()
