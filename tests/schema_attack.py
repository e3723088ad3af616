"""What fits the OpenAPI document, and what does not, sent to a running endpoint by schemathesis."""

import subprocess
from pathlib import Path

import pytest

import servers


def attack(base: str, paths: str, folder: Path, *, examples: int) -> str:
    """What schemathesis says of ``examples`` requests of each kind to the ``paths`` (a regular expression) at ``base``.

    Left out is the check that whatever fits the schema is accepted: a schema does not tell which names there are,
    nor that a text is JSON. The test fails where any other check does.
    """
    program = servers.program("schemathesis")
    if not program:
        pytest.fail("schemathesis is not installed: pip install schemathesis", pytrace=False)
    line = [
        program, "run", f"{base}/openapi.json", "--checks", "all", "--exclude-checks", "positive_data_acceptance",
        "--max-examples", str(examples), "--seed", "1", "--include-path-regex", paths,
    ]  # fmt: skip
    ran = subprocess.run(line, capture_output=True, text=True, timeout=200, cwd=folder)
    assert ran.returncode == 0, ran.stdout[-5000:]
    return ran.stdout
