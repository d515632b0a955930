#!/usr/bin/env python3
"""Times `dataverse-gen generate` against `xmllint --noout` on the same document, in the same run.

    swift build -c release --product dataverse-gen
    python3 Benchmarks/generate.py ../shared/metadata/dataverse-v9.1.xml

The two commands take turns, so that whatever else the machine does falls on both. Medians and the largest resident
set of each are printed, and the ratios. `--copies 40` measures a document of so many copies, each with names of its own: of
the sample that is one like Dataverse's. `--check` fails where generating is slower than usual by more than a third.
"""

import argparse
import os
import shutil
import sys
import xml.etree.ElementTree as ElementTree

from growth import write_copies
from measure import Samples, executable, header, temporary_folder

# How much more processor time than xmllint it usually takes to generate the bindings of 40 copies of the sample where they are
# there already. How long new files take depends on the file system.
USUAL = 5.5


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metadata", help="a CSDL XML document")
    parser.add_argument("--runs", type=int, default=21, help="how often each command runs (default: 21)")
    parser.add_argument("--copies", type=int, default=1, help="how often the document's content is repeated")
    parser.add_argument("--program", help="dataverse-gen, where it is not in .build/release")
    parser.add_argument("--check", action="store_true", help="fail where it is slower than usual by a third")
    arguments = parser.parse_args()
    if shutil.which("xmllint") is None:
        sys.exit("xmllint is missing: apt-get install libxml2-utils")

    generator = os.path.abspath(arguments.program) if arguments.program else executable("dataverse-gen")
    floor = Samples("xmllint --noout")
    read = Samples("dataverse-gen inspect")
    fresh = Samples("dataverse-gen generate, empty folder")
    again = Samples("dataverse-gen generate, unchanged")
    with temporary_folder() as folder:
        if arguments.copies > 1:
            document = os.path.join(folder, "metadata.xml")
            write_copies(ElementTree.parse(arguments.metadata), arguments.copies, document)
            arguments.metadata = document
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
    # The least of each, which what else the machine does touches least.
    ratio = min(again.cpu) / min(floor.cpu)
    if arguments.check and ratio > USUAL * 1.5:
        sys.exit(f"Generating takes {ratio:.1f} times the processor time of xmllint; {USUAL} times is usual.")


if __name__ == "__main__":
    main()
