#!/usr/bin/env python3
"""Times `dataverse-gen diff` against `xmllint --noout` of both documents, in the same run.

    swift build -c release --product dataverse-gen
    python3 Benchmarks/diff.py ../shared/metadata/dataverse-v9.1.xml

The new document is the old one with changes: every fortieth property is removed, every fiftieth gets another type, and
every sixtieth another name. With --times N, both documents repeat their schema N times under other namespaces, which
shows how time and memory grow. The commands take turns, so that whatever else the machine does falls on both.
"""

import argparse
import os
import re
import shutil
import sys
import tempfile

from measure import Samples, executable, header


def changed(document):
    """The document with some of its properties removed, renamed or of another type."""
    count = 0

    def change(match):
        nonlocal count
        count += 1
        text = match.group(0)
        if count % 40 == 0:
            return ""
        if count % 50 == 0:
            return re.sub(r'Type="[^"]*"', 'Type="Edm.Binary"', text)
        if count % 60 == 0:
            return re.sub(r'Name="([^"]*)"', r'Name="\1_2"', text)
        return text

    return re.sub(r'<Property Name="[^"]*" Type="[^"]*"[^>]*/>', change, document)


def repeated(document, times):
    """The document with its schema several times, each under another namespace."""
    start = document.index("<Schema")
    end = document.rindex("</Schema>") + len("</Schema>")
    schema = document[start:end]
    namespace = re.search(r'Namespace="([^"]*)"', schema).group(1)
    alias = re.search(r'Alias="([^"]*)"', schema)
    copies = []
    for number in range(times):
        copy = schema.replace(namespace, f"{namespace}{number}")
        if alias:
            copy = copy.replace(f'Alias="{alias.group(1)}"', f'Alias="{alias.group(1)}{number}"')
            copy = copy.replace(f"{alias.group(1)}.", f"{alias.group(1)}{number}.")
        copies.append(copy)
    return document[:start] + "\n".join(copies) + document[end:]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metadata", help="a CSDL XML document")
    parser.add_argument("--runs", type=int, default=21, help="how often each command runs (default: 21)")
    parser.add_argument("--times", type=int, default=1, help="how often the schema is repeated (default: 1)")
    arguments = parser.parse_args()
    if shutil.which("xmllint") is None:
        sys.exit("xmllint is missing: apt-get install libxml2-utils")

    generator = executable("dataverse-gen")
    floor = Samples("xmllint --noout, both")
    equal = Samples("diff, the same twice")
    text = Samples("diff, text")
    html = Samples("diff, HTML")
    with tempfile.TemporaryDirectory() as folder:
        with open(arguments.metadata, encoding="utf-8") as file:
            document = file.read()
        if arguments.times > 1:
            document = repeated(document, arguments.times)
        old, new = os.path.join(folder, "old.xml"), os.path.join(folder, "new.xml")
        for path, content in ((old, document), (new, changed(document))):
            with open(path, "w", encoding="utf-8") as file:
                file.write(content)
        size = os.path.getsize(old) + os.path.getsize(new)
        for _ in range(arguments.runs):
            floor.add(["xmllint", "--noout", old, new])
            equal.add([generator, "diff", old, old])
            text.add([generator, "diff", old, new, "--fail-on", "never"])
            html.add([generator, "diff", old, new, "--fail-on", "never", "--format", "html"])

    print(header(f"median of {arguments.runs}, {size / 1e6:.1f} MB"))
    for samples in (floor, equal, text, html):
        print(samples.row())
    for samples in (equal, text, html):
        wall = samples.wall_median / floor.wall_median
        cpu = samples.cpu_median / floor.cpu_median
        print(f"{samples.name}: {wall:.1f} x xmllint (CPU {cpu:.1f} x)")


if __name__ == "__main__":
    main()
