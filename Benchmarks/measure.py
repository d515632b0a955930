"""What the benchmark scripts share: running commands in turns, and telling what they cost."""

import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent


class Samples:
    """What was measured of one command."""

    def __init__(self, name):
        self.name = name
        self.wall = []
        self.cpu = []
        self.peak_kilobytes = 0

    def add(self, command, **options):
        """Runs the command once; a failure ends the benchmark."""
        start = time.perf_counter()
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
        errors = process.stderr.read()
        _, status, usage = os.wait4(process.pid, 0)
        self.wall.append(time.perf_counter() - start)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"{' '.join(map(str, command))[:400]} failed:\n{errors.decode(errors='replace')}")
        self.cpu.append(usage.ru_utime + usage.ru_stime)
        self.peak_kilobytes = max(self.peak_kilobytes, usage.ru_maxrss)

    @property
    def wall_median(self):
        return statistics.median(self.wall)

    @property
    def cpu_median(self):
        return statistics.median(self.cpu)

    def row(self):
        """Wall time, processor time with that of child processes, and the memory of the largest process."""
        wall, cpu = self.wall_median * 1000, self.cpu_median * 1000
        return f"{self.name:<36}{wall:>10.1f} ms{cpu:>10.1f} ms{self.peak_kilobytes / 1000:>9.1f} MB"


def temporary_folder():
    """A folder in memory, where there is one: on some file systems new files take longer than all the rest."""
    memory = pathlib.Path("/dev/shm")
    return tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None)


def header(title):
    return f"{title:<36}{'wall':>13}{'CPU':>13}{'peak':>12}"


def executable(name, release=ROOT / ".build" / "release"):
    """The release build of a command."""
    path = pathlib.Path(release).resolve() / name
    if not path.exists():
        sys.exit(f"{path} is missing: swift build -c release --product {name}")
    return str(path)
