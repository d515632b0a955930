"""Runs the steps of a scenario through the Swift clients: the process `parity-driver` does, a line for each scenario."""

import json
import subprocess


class Driver:
    def __init__(self, path: str):
        self._process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._process.stdin.close()
        self._process.wait(timeout=10)

    def run(self, scenario: dict, environment: str, client: str) -> list:
        """The outcome of each step: `{"value": …}` or `{"error": …}`."""
        order = {
            "environment": environment,
            "client": client,
            "config": scenario.get("config", {}),
            "steps": scenario["steps"],
        }
        self._process.stdin.write(json.dumps(order).encode() + b"\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise SystemExit(f"The Swift driver ended in the scenario {scenario['name']}.")
        return json.loads(line)["outcomes"]
