#!/usr/bin/env python3
"""What generated bindings cost to compile, against stored properties with synthesized Codable for the same tables.

    swift build -c release --product dataverse-gen
    swift build -c release --target Dataverse
    python3 Benchmarks/compile.py ../shared/metadata/dataverse-v9.1.xml

Every sixth table with a key is taken, 40 in all, so that large and small ones are among them. Each shape is a module,
compiled with `swiftc -O -whole-module-optimization`, in turns. A third shape has nothing but the declarations of the same
columns: no protocols, no schema, no lookups; what they cost is the floor. `--whole` also compiles the bindings of the whole
document, for debugging and with optimization, in turns with the stored properties of the 40 tables: how fast a processor is
changes from hour to hour, what counts is the ratio. Times are those of the processor, of all compiler processes.
"""

import argparse
import glob
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

from measure import ROOT, Samples, executable, header

EDM = "{http://docs.oasis-open.org/odata/ns/edm}"
SWIFT_TYPES = {
    "Edm.Guid": "UUID", "Edm.Boolean": "Bool", "Edm.Int16": "Int16", "Edm.Int32": "Int32", "Edm.Int64": "Int64",
    "Edm.Double": "Double", "Edm.Single": "Float", "Edm.Decimal": "Decimal", "Edm.DateTimeOffset": "Date",
    "Edm.Binary": "Data",
}
KEYWORDS = {"default", "operator", "protocol", "public", "private", "internal", "description", "case", "in", "is", "as"}


def tables_with_keys(path):
    """The tables of the document that have a key of their own, with their columns as (name, Swift type)."""
    tables = {}
    for element in ElementTree.parse(path).getroot().iter(EDM + "EntityType"):
        if element.find(EDM + "Key") is not None:
            tables[element.get("Name")] = [
                (column.get("Name"), SWIFT_TYPES.get(column.get("Type"), "String"))
                for column in element.findall(EDM + "Property")
            ]
    return tables


def write_stored_properties(tables, folder, access):
    """The shape that most generators give: a struct with an optional stored property for each column."""
    os.makedirs(folder)
    modifier = "public " if access == "public" else ""
    for name, columns in tables.items():
        type_name = re.sub(r"\W", "_", name)[:1].upper() + re.sub(r"\W", "_", name)[1:]
        with open(os.path.join(folder, f"{type_name}.swift"), "w", encoding="utf-8") as file:
            file.write(f"import Foundation\n\n{modifier}struct {type_name}: Codable, Sendable, Hashable {{\n")
            for column, swift_type in columns:
                quoted = f"`{column}`" if column in KEYWORDS else column
                file.write(f"    {modifier}var {quoted}: {swift_type}?\n")
            file.write("}\n")


def write_columns_alone(tables, folder, access):
    """Computed columns as the bindings declare them, and nothing else."""
    os.makedirs(folder)
    modifier = "@inlinable public " if access == "public" else ""
    public = "public " if access == "public" else ""
    for name, columns in tables.items():
        type_name = re.sub(r"\W", "_", name)[:1].upper() + re.sub(r"\W", "_", name)[1:]
        with open(os.path.join(folder, f"{type_name}.swift"), "w", encoding="utf-8") as file:
            file.write(f"import Dataverse\n\n{public}struct {type_name} {{\n    {public}struct Columns: Sendable {{\n")
            for column, swift_type in columns:
                quoted = f"`{column}`" if column in KEYWORDS else column
                file.write(f'        {modifier}var {quoted}: Column<{type_name}, {swift_type}> {{ Column("{column}") }}\n')
            file.write("    }\n}\n")


def generate(release, metadata, folder, access, tables=()):
    include = [argument for name in tables for argument in ("--include", name)]
    subprocess.run(
        [executable("dataverse-gen", release), "generate", "--metadata", metadata, "--output", folder]
        + ["--access", access] + include,
        check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )


def compile_module(samples, release, folder, optimized):
    """Compiles all files of a folder as one module."""
    build = folder + "-build"
    shutil.rmtree(build, ignore_errors=True)
    os.makedirs(build)
    flags = ["-O", "-whole-module-optimization"] if optimized else ["-Onone", "-enable-batch-mode", "-j", "2"]
    modules = release / "Modules"
    samples.add(
        ["swiftc", "-swift-version", "6", "-parse-as-library", "-module-name", "Tables", "-c", *flags]
        + ["-emit-module", "-emit-module-path", os.path.join(build, "Tables.swiftmodule"), "-I", str(modules)]
        + ["-I", str(ROOT / "Sources" / "CLibCurl")]
        + sorted(glob.glob(os.path.join(folder, "*.swift"))),
        cwd=build,
    )
    return sum(map(os.path.getsize, glob.glob(os.path.join(build, "*.o"))))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metadata", help="a CSDL XML document")
    parser.add_argument("--runs", type=int, default=3, help="how often each module is compiled (default: 3)")
    parser.add_argument("--whole", action="store_true", help="compile the bindings of the whole document as well")
    parser.add_argument(
        "--access", nargs="+", choices=["internal", "public"], default=["internal", "public"], help="default: both"
    )
    parser.add_argument(
        "--release", type=pathlib.Path, default=ROOT / ".build" / "release",
        help="the folder of the release build (default: .build/release)",
    )
    arguments = parser.parse_args()
    release = arguments.release.resolve()
    every = tables_with_keys(arguments.metadata)
    names = list(every)[::6][:40] if len(every) > 240 else list(every)[:40]
    tables = {name: every[name] for name in names}
    print(f"{len(tables)} tables, {sum(map(len, tables.values())):,} columns, -O, one module")
    print(header(f"median of {arguments.runs}"))
    with tempfile.TemporaryDirectory() as root:
        for access in arguments.access:
            folders = {name: os.path.join(root, f"{name}-{access}") for name in ("stored", "bindings", "columns", "whole")}
            write_stored_properties(tables, folders["stored"], access)
            write_columns_alone(tables, folders["columns"], access)
            generate(release, arguments.metadata, folders["bindings"], access, names)
            works = [
                (f"stored, synthesized Codable, {access}", folders["stored"], True),
                (f"bindings, {access}", folders["bindings"], True),
                (f"columns alone, {access}", folders["columns"], True),
            ]
            if arguments.whole:
                generate(release, arguments.metadata, folders["whole"], access)
                works.append((f"whole, {access}, debug", folders["whole"], False))
                works.append((f"whole, {access}, -O", folders["whole"], True))
            samples = [Samples(name) for name, _, _ in works]
            for _ in range(arguments.runs):
                sizes = [compile_module(sample, release, *work[1:]) for sample, work in zip(samples, works)]
            baseline = min(samples[0].cpu)
            for sample, size in zip(samples, sizes):
                least = min(sample.cpu)
                print(f"{sample.row()}  least {least:.1f} s, {least / baseline:.2f} of the baseline, {size / 1e6:.1f} MB")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
