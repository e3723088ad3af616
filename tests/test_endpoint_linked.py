"""Things and terms at addresses of their own, asked for by names that are none."""

from urllib.parse import quote

import pytest

import small_graph
from serving import serving


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    """A client on the small release."""
    with serving(small_graph.write_release(tmp_path_factory.mktemp("release"))) as client:
        yield client


@pytest.mark.parametrize("name", ["a b", "<x>", "%", "\x00", '"', "\\", "{", "[]", "外", "²", "a#b"])
def test_what_can_be_no_name(client, name):
    """Nothing is called what cannot be in an IRI; that is no fault of the server."""
    part = quote(name, safe="")
    for address in ("/id/{}/x", "/id/state/{}", "/page/state/{}", "/data/{}/x.ttl", "/data/state/{}.ttl"):
        response = client.get(address.format(part))
        assert (response.status_code, response.json()["type"].rpartition("/")[2]) == (404, "no-such-thing")
    assert client.get(f"/ns/{part}").status_code == 404
