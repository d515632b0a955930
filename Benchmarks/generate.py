#!/usr/bin/env python3
"""Times `dataverse-gen generate` against `xmllint --noout` on the same document, in the same run.

    swift build -c release --product dataverse-gen
    python3 Benchmarks/generate.py ../shared/metadata/dataverse-v9.1.xml

The two commands take turns, so that whatever else the machine does falls on both. Medians and the largest resident
set of each are printed, and the ratios.
"""

import argparse
import os
import shutil
import sys
import tempfile

from measure import Samples, executable, header

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
        # A folder for each run: where files were just removed, some file systems are slow to make new ones.
        for run in range(arguments.runs):
            output = os.path.join(folder, f"bindings-{run}")
            generate = [generator, "generate", "--metadata", arguments.metadata, "--output", output]
            floor.add(["xmllint", "--noout", arguments.metadata])
            read.add([generator, "inspect", "--metadata", arguments.metadata])
            fresh.add(generate)
            again.add(generate)
        files = [os.path.join(output, name) for name in os.listdir(output)]
        size = sum(map(os.path.getsize, files))
        lines = sum(open(name, "rb").read().count(b"\n") for name in files)

    print(header(f"median of {arguments.runs}"))
    for samples in (floor, read, fresh, again):
        print(samples.row())
    for samples in (read, fresh, again):
        wall = samples.wall_median / floor.wall_median
        cpu = samples.cpu_median / floor.cpu_median
        print(f"{samples.name}: {wall:.1f} x xmllint (CPU {cpu:.1f} x)")
    print(f"output: {len(files)} files, {lines:,} lines, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
