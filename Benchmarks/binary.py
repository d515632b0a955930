#!/usr/bin/env python3
"""How much larger an app gets by the bindings of 20 tables: stripped programs, with and without them.

    DATAVERSE_WITHOUT_NIO=1 swift build -c release --product dataverse-gen --scratch-path .build-without-nio
    DATAVERSE_WITHOUT_NIO=1 swift build -c release --target Dataverse --scratch-path .build-without-nio
    python3 Benchmarks/binary.py ../shared/metadata/dataverse-v9.1.xml --release .build-without-nio/release

Both programs link the runtime and libcurl. The one without bindings reads and creates rows of a table by its name; the other
one does so with each of the 20 generated structs, in its own module (internal) or in a module of its own (public).
"""

import argparse
import glob
import os
import pathlib
import re
import subprocess
import sys
import tempfile

from compile import generate, tables_with_keys
from measure import ROOT

RUNTIME = ["ODataCore", "ODataTransport", "DataverseCurl", "Dataverse", "HTTPTypes"]
HEAD = """import Dataverse
{imports}
let client = try DataverseClient(
    environment: CommandLine.arguments[1],
    credential: StaticTokenCredential(CommandLine.arguments[2])
)
"""
UNTYPED = 'print(try client.table("account").query.top(1).all(), try client.table("account").create(["name": "Contoso"]))\n'


def uses(folder):
    """A line for each table that reads and creates rows of it."""
    lines = []
    for path in sorted(glob.glob(os.path.join(folder, "*.swift"))):
        text = pathlib.Path(path).read_text(encoding="utf-8")
        for name, row in re.findall(r"^    (?:public )?var (\S+): EntitySet<(\w+)> \{", text, re.MULTILINE):
            lines.append(f"print(try client.{name}.query.top(1).all(), try client.{name}.create({row}()))\n")
    return lines


def objects(release, modules):
    return [path for module in modules for path in sorted(glob.glob(str(release / f"{module}.build" / "*.o")))]


def build(folder, release, sources, main, extra=()):
    """Compiles and links a program, strips it, and gives its size in bytes."""
    os.makedirs(folder, exist_ok=True)
    main_path, program = os.path.join(folder, "main.swift"), os.path.join(folder, "program")
    pathlib.Path(main_path).write_text(main, encoding="utf-8")
    subprocess.run(
        ["swiftc", "-O", "-whole-module-optimization", "-swift-version", "6", "-I", str(release / "Modules"), "-I", folder]
        + ["-I", str(ROOT / "Sources" / "CLibCurl"), main_path, *sources, *extra, *objects(release, RUNTIME)]
        + ["-lcurl", "-Xlinker", "--gc-sections", "-o", program],
        check=True,
    )
    subprocess.run(["strip", program], check=True)
    return os.path.getsize(program)


def build_module(folder, release, sources):
    """Compiles the bindings as a module of their own, and gives its object file."""
    os.makedirs(folder)
    path = os.path.join(folder, "Bindings.o")
    subprocess.run(
        ["swiftc", "-O", "-whole-module-optimization", "-swift-version", "6", "-parse-as-library", "-module-name", "Bindings"]
        + ["-emit-module", "-emit-module-path", os.path.join(folder, "Bindings.swiftmodule"), "-c", "-o", path]
        + ["-I", str(release / "Modules"), "-I", str(ROOT / "Sources" / "CLibCurl"), *sources],
        check=True,
    )
    return path


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("metadata", help="a CSDL XML document of Dataverse")
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--release", type=pathlib.Path, default=ROOT / ".build" / "release")
    arguments = parser.parse_args()
    release = arguments.release.resolve()
    every = tables_with_keys(arguments.metadata)
    names = list(every)[:: max(1, len(every) // arguments.tables)][: arguments.tables]
    columns = sum(len(every[name]) for name in names)
    with tempfile.TemporaryDirectory() as root:
        runtime = build(os.path.join(root, "without"), release, [], HEAD.format(imports="") + UNTYPED)
        print(f"{len(names)} tables, {columns:,} columns, the runtime with libcurl's and Swift's libraries beside it")
        print(f"{'without bindings':<40}{runtime / 1e6:>8.2f} MB")
        for access in ("internal", "public"):
            folder = os.path.join(root, f"bindings-{access}")
            generate(release, arguments.metadata, folder, access, names)
            sources = sorted(glob.glob(os.path.join(folder, "*.swift")))
            program = os.path.join(root, f"with-{access}")
            lines = uses(folder)
            if len(lines) < len(names) / 2:
                sys.exit(f"Only {len(lines)} of {len(names)} tables have an entity set.")
            code = "".join(lines)
            if access == "internal":
                size = build(program, release, sources, HEAD.format(imports="") + UNTYPED + code)
            else:
                module = build_module(program, release, sources)
                size = build(program, release, [], HEAD.format(imports="import Bindings") + UNTYPED + code, [module])
            growth = (size - runtime) / 1e6
            print(f"{f'with bindings, {access}, {len(lines)} used':<40}{size / 1e6:>8.2f} MB, {growth:.2f} MB more (mark 1 MB)")


if __name__ == "__main__":
    main()
