#!/usr/bin/env python3
"""How the cost of `dataverse-gen generate` grows with the document: copies of one, with every name made different.

    swift build -c release --product dataverse-gen
    python3 Benchmarks/growth.py ../shared/metadata/dataverse-v9.1.xml

`xmllint --noout` reads the same documents in the same run. A document of twelve copies of Dataverse v9.1 has 28 MB.
`--plot Benchmarks/growth.svg` also draws processor time and memory over the size. `--check` fails where processor time grows faster
than the document.
"""

import argparse
import copy
import os
import re
import shutil
import sys
import xml.etree.ElementTree as ElementTree

from measure import Samples, executable, header, temporary_folder
from plot import Line, Plot, write

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
RENAMED = {"EntityType", "ComplexType", "EnumType", "TypeDefinition", "Action", "Function", "Term"}
CONTAINED = {"EntitySet", "Singleton", "ActionImport", "FunctionImport"}
REFERRING = {"Type", "BaseType", "EntityType", "UnderlyingType", "Action", "Function", "Target", "EntitySet", "Path"}


def renamed_copy(element, pattern, entity_sets, number):
    """A copy of a schema child in which what it declares, and what it refers to, has a number at its end."""
    element = copy.deepcopy(element)
    for part in element.iter():
        tag = part.tag.removeprefix(EDM)
        if (tag in RENAMED or tag in CONTAINED) and "Name" in part.attrib:
            part.set("Name", f"{part.get('Name')}_{number}")
        for name in REFERRING & part.attrib.keys():
            value = pattern.sub(lambda match: f"{match.group(0)}_{number}", part.get(name))
            if value in entity_sets:
                value = f"{value}_{number}"
            part.set(name, value)
    return element


def write_copies(tree, count, path):
    """Writes the document with `count` times its content."""
    tree = copy.deepcopy(tree)
    for schema in tree.getroot().iter(EDM + "Schema"):
        prefixes = [prefix for prefix in (schema.get("Alias"), schema.get("Namespace")) if prefix]
        names = {child.get("Name") for child in schema if child.tag.removeprefix(EDM) in RENAMED}
        known = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        pattern = re.compile(rf"(?:{'|'.join(map(re.escape, prefixes))})\.(?:{known})\b") if known else re.compile(r"(?!)")
        original = list(schema)
        containers = [child for child in original if child.tag == EDM + "EntityContainer"]
        entity_sets = {child.get("Name") for container in containers for child in container}
        content = {container: list(container) for container in containers}
        for number in range(2, count + 1):
            for child in original:
                if child in containers:
                    for member in content[child]:
                        child.append(renamed_copy(member, pattern, entity_sets, number))
                elif child.tag.removeprefix(EDM) in RENAMED:
                    schema.append(renamed_copy(child, pattern, entity_sets, number))
    tree.write(path, encoding="utf-8", xml_declaration=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metadata", help="a CSDL XML document")
    parser.add_argument("--copies", type=int, nargs="+", default=[1, 3, 6, 12], help="sizes (default: 1 3 6 12)")
    parser.add_argument("--plot", help="an SVG file to draw what was measured in")
    parser.add_argument("--check", action="store_true", help="fail where it grows faster than the document")
    parser.add_argument("--program", help="dataverse-gen, where it is not in .build/release")
    parser.add_argument("--runs", type=int, default=5, help="how often each command runs (default: 5)")
    arguments = parser.parse_args()
    if shutil.which("xmllint") is None:
        sys.exit("xmllint is missing: apt-get install libxml2-utils")
    generator = os.path.abspath(arguments.program) if arguments.program else executable("dataverse-gen")
    ElementTree.register_namespace("edmx", "http://docs.oasis-open.org/odata/ns/edmx")
    ElementTree.register_namespace("", EDM[1:-1])
    tree = ElementTree.parse(arguments.metadata)
    print(header(f"median of {arguments.runs}"))
    measured = []
    with temporary_folder() as folder:
        for count in arguments.copies:
            document = os.path.join(folder, "metadata.xml")
            write_copies(tree, count, document)
            size = os.path.getsize(document) / 1e6
            floor, generate = Samples(f"{size:.1f} MB: xmllint --noout"), Samples(f"{size:.1f} MB: generate")
            for run in range(arguments.runs):
                # A folder for each run: where files were just removed, some file systems are slow to make new ones.
                output = os.path.join(folder, f"bindings-{count}-{run}")
                floor.add(["xmllint", "--noout", document])
                generate.add([generator, "generate", "--metadata", document, "--output", output])
            print(floor.row())
            print(generate.row())
            measured.append((size, floor, generate))
            print(
                f"{size:.1f} MB: {generate.wall_median / floor.wall_median:.1f} x xmllint,"
                f" {generate.wall_median / size * 1000:.0f} ms per MB"
            )
    first, last = (min(generate.cpu) / size for size, _, generate in (measured[0], measured[-1]))
    if arguments.check and last > first * 1.25:
        sys.exit(f"A MB takes {last / first:.1f} times the processor time in the largest document.")
    if arguments.plot:
        across = "size of the document, MB"
        time, memory = Plot("Processor time", "s", across), Plot("Largest resident set", "MB", across)
        for name, color, index in (("dataverse-gen generate", "#c2410c", 2), ("xmllint --noout", "#1d4ed8", 1)):
            time.lines.append(Line(name, color, [(row[0], row[index].cpu_median) for row in measured]))
            memory.lines.append(Line(name, color, [(row[0], row[index].peak_kilobytes / 1000) for row in measured]))
        write(arguments.plot, [time, memory])


if __name__ == "__main__":
    main()
