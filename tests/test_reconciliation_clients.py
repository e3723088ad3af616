"""The reconciliation service asked by clients that others wrote, over loopback."""

import re

import pytest

import servers
from schema_attack import attack

pytestmark = pytest.mark.server


@pytest.fixture(scope="module")
def base():
    """The address of a server."""
    with servers.endpoint() as (base, _):
        yield base


@pytest.mark.filterwarnings("ignore")
def test_reconciler(base):
    """The package ``reconciler`` sends a column of names in batches, with another column as a constraint."""
    reconciler, pandas = pytest.importorskip("reconciler"), pytest.importorskip("pandas")
    table = pandas.DataFrame(
        {
            "who": ["KISHIDA Fumio", "The Rt Hon Boris Johnson MP", "Philip Hammond"],
            "where": ["Japan", "United Kingdom", "United Kingdom"],
        }
    )
    found = reconciler.reconcile(
        table["who"],
        type_id="ukj:Person",
        property_mapping={"state": table["where"]},
        reconciliation_endpoint=f"{base}/reconcile",
    )
    rows = dict(zip(found["input_value"], zip(found["id"], found["match"], strict=True), strict=True))
    assert rows == {
        "KISHIDA Fumio": ("person/fumio-kishida", True),
        "The Rt Hon Boris Johnson MP": ("person/boris-johnson", True),
        "Philip Hammond": ("person/philip-hammond", True),
    }


def test_schemathesis(base, tmp_path):
    """What schemathesis makes of its addresses in the OpenAPI document: no failure, and no answer it does not tell of."""
    said = attack(base, "/reconcile", tmp_path, examples=20)
    assert int(re.search(r"(\d+) generated", said)[1]) > 50
