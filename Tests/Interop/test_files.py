import os
import ssl
import urllib.error
import urllib.request

import pytest
from conftest import AUTHORITY, URL
from PowerPlatform.Dataverse.core.errors import HttpError


def request(path, method="GET", **headers):
    context = ssl.create_default_context(cafile=AUTHORITY)
    wanted = urllib.request.Request(f"{URL}/api/data/v9.2/{path}", method=method, headers=headers)
    return urllib.request.urlopen(wanted, context=context)


@pytest.fixture
def document(tmp_path):
    def write(size, name="notes.bin"):
        path = tmp_path / name
        path.write_bytes(os.urandom(size))
        return path

    return write


def address(client, table, key, column="new_document"):
    with client._scoped_odata() as odata:
        return f"{odata._entity_set_from_schema_name(table)}({key})/{column}"


def test_small_file_creates_its_column(client, table, document):
    key = client.records.create(table, {"new_name": "A"})
    path = document(5000)
    client.files.upload(table, key, "new_Document", str(path))
    assert request(address(client, table, key) + "/$value").read() == path.read_bytes()
    assert client.records.retrieve(table, key)["new_document_name"] == "notes.bin"


def test_chunked_file(client, table, document):
    key = client.records.create(table, {"new_name": "A"})
    path = document(9_000_000, "große Datei.bin")
    client.files.upload(table, key, "new_Document", str(path), mode="chunk")
    assert request(address(client, table, key) + "/$value").read() == path.read_bytes()


def test_ranges(client, table, document):
    key = client.records.create(table, {"new_name": "A"})
    path = document(1000)
    client.files.upload(table, key, "new_Document", str(path))
    reply = request(address(client, table, key) + "/$value", Range="bytes=10-19")
    assert reply.status == 206
    assert reply.headers["Content-Range"] == "bytes 10-19/1000"
    assert reply.read() == path.read_bytes()[10:20]
    with pytest.raises(urllib.error.HTTPError) as error:
        request(address(client, table, key) + "/$value", Range="bytes=1000-")
    assert error.value.code == 416


def test_replace_needs_to_be_wanted(client, table, document):
    key = client.records.create(table, {"new_name": "A"})
    client.files.upload(table, key, "new_Document", str(document(10)))
    other = document(20, "other.bin")
    with pytest.raises(HttpError) as error:
        client.files.upload(table, key, "new_Document", str(other))
    assert error.value.status_code == 412
    client.files.upload(table, key, "new_Document", str(other), if_none_match=False)
    assert request(address(client, table, key) + "/$value").read() == other.read_bytes()


def test_delete(client, table, document):
    key = client.records.create(table, {"new_name": "A"})
    client.files.upload(table, key, "new_Document", str(document(10)))
    assert request(address(client, table, key), "DELETE").status == 204
    assert client.records.retrieve(table, key)["new_document"] is None
    with pytest.raises(urllib.error.HTTPError) as error:
        request(address(client, table, key) + "/$value")
    assert error.value.code == 404


async def test_async_upload(aclient, client, table, document):
    key = await aclient.records.create(table, {"new_name": "A"})
    small, chunked = document(100, "a.bin"), document(4_200_000, "b.bin")
    await aclient.files.upload(table, key, "new_Document", str(small))
    await aclient.files.upload(table, key, "new_Other", str(chunked), mode="chunk")
    assert request(address(client, table, key) + "/$value").read() == small.read_bytes()
    assert request(address(client, table, key, "new_other") + "/$value").read() == chunked.read_bytes()
