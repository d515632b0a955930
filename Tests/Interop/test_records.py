import pytest
from PowerPlatform.Dataverse.core.errors import HttpError, MetadataError
from PowerPlatform.Dataverse.models.upsert import UpsertItem


def test_create_and_retrieve(client, tag):
    key = client.records.create("account", {"name": tag, "revenue": 12.5})
    row = client.records.retrieve("account", key, select=["name", "revenue"])
    assert row["name"] == tag
    assert row["revenue"] == 12.5
    assert row.etag.startswith('W/"')


def test_retrieve_missing_is_none(client):
    assert client.records.retrieve("account", "00000000-0000-0000-0000-00000000dead") is None


def test_update_and_delete(client, tag):
    key = client.records.create("account", {"name": tag})
    client.records.update("account", key, {"telephone1": "12", "name": tag + "x"})
    assert client.records.retrieve("account", key)["telephone1"] == "12"
    client.records.delete("account", key)
    assert client.records.retrieve("account", key) is None


def test_create_many(client, tag):
    keys = client.records.create("account", [{"name": f"{tag}{n}"} for n in range(5)])
    assert len(set(keys)) == 5
    assert client.records.retrieve("account", keys[3])["name"] == f"{tag}3"


def test_create_many_is_one_transaction(client, tag):
    with pytest.raises(HttpError) as error:
        client.records.create("account", [{"name": tag}, {"name": tag, "nosuch": 1}])
    assert error.value.status_code == 400
    assert len(client.records.list("account", filter=f"name eq '{tag}'")) == 0


def test_update_many_with_one_change(client, tag):
    keys = client.records.create("account", [{"name": tag} for _ in range(3)])
    client.records.update("account", keys, {"telephone1": tag})
    assert len(client.records.list("account", filter=f"telephone1 eq '{tag}'")) == 3


def test_update_many_with_a_change_each(client, tag):
    keys = client.records.create("account", [{"name": tag} for _ in range(2)])
    client.records.update("account", keys, [{"telephone1": "1"}, {"telephone1": "2"}])
    assert [client.records.retrieve("account", key)["telephone1"] for key in keys] == ["1", "2"]


def test_bulk_delete(client, tag):
    keys = client.records.create("account", [{"name": tag} for _ in range(3)])
    job = client.records.delete("account", keys[:2])
    assert len(job) == 36
    assert [r["accountid"] for r in client.records.list("account", filter=f"name eq '{tag}'")] == keys[2:]


def test_delete_many_one_by_one(client, tag):
    keys = client.records.create("account", [{"name": tag} for _ in range(2)])
    assert client.records.delete("account", keys, use_bulk_delete=False) is None
    assert len(client.records.list("account", filter=f"name eq '{tag}'")) == 0


def test_upsert_one(client, tag):
    item = UpsertItem(alternate_key={"accountnumber": tag}, record={"name": "first"})
    client.records.upsert("account", [item])
    client.records.upsert("account", [UpsertItem(alternate_key={"accountnumber": tag}, record={"name": "second"})])
    rows = client.records.list("account", filter=f"accountnumber eq '{tag}'")
    assert [r["name"] for r in rows] == ["second"]


def test_upsert_many(client, tag):
    items = [
        {"alternate_key": {"accountnumber": f"{tag}{n}"}, "record": {"name": f"n{n}"}} for n in range(3)
    ]
    client.records.upsert("account", items)
    client.records.upsert("account", items)
    assert len(client.records.list("account", filter=f"startswith(accountnumber,'{tag}')")) == 3


def test_bind_and_expand(client, tag):
    account = client.records.create("account", {"name": tag})
    contact = client.records.create(
        "contact", {"lastname": tag, "parentcustomerid_account@odata.bind": f"/accounts({account})"}
    )
    row = client.records.retrieve("contact", contact, expand=["parentcustomerid_account($select=name)"])
    assert row["parentcustomerid_account"]["name"] == tag
    assert row["_parentcustomerid_value"] == account


def test_formatted_values(client, tag):
    key = client.records.create("account", {"name": tag, "revenue": 1234.5})
    row = client.records.retrieve("account", key, include_annotations="*")
    assert row["revenue@OData.Community.Display.V1.FormattedValue"] == "$1,234.50"


def test_error_has_the_service_code(client):
    with pytest.raises(HttpError) as error:
        client.records.create("account", {"nosuch": 1})
    assert error.value.status_code == 400
    assert error.value.details["service_error_code"] == "0x80048d19"
    assert "nosuch" in str(error.value)


def test_unknown_table(client):
    with pytest.raises(MetadataError):
        client.records.create("nosuchtable", {"name": "x"})


def test_list_with_options(client, tag):
    client.records.create("account", [{"name": f"{tag}{n}", "revenue": n} for n in range(4)])
    rows = client.records.list(
        "account",
        filter=f"startswith(name,'{tag}')",
        select=["name"],
        orderby=["revenue desc"],
        top=2,
        count=True,
    )
    assert [r["name"] for r in rows] == [f"{tag}3", f"{tag}2"]


def test_list_pages(client, tag):
    client.records.create("account", [{"name": tag} for _ in range(7)])
    pages = list(client.records.list_pages("account", filter=f"name eq '{tag}'", page_size=3))
    assert [len(page) for page in pages] == [3, 3, 1]


def test_quotes_and_unicode(client, tag):
    name = f"{tag} O'Brien & Söhne 日本"
    key = client.records.create("account", {"name": name})
    assert client.records.retrieve("account", key)["name"] == name
    found = client.records.list("account", filter="name eq '{}'".format(name.replace("'", "''")))
    assert len(found) == 1


async def test_async_create_retrieve_update_delete(aclient, tag):
    key = await aclient.records.create("account", {"name": tag})
    await aclient.records.update("account", key, {"telephone1": "9"})
    assert (await aclient.records.retrieve("account", key))["telephone1"] == "9"
    await aclient.records.delete("account", key)
    assert await aclient.records.retrieve("account", key) is None


async def test_async_bulk(aclient, tag):
    keys = await aclient.records.create("account", [{"name": tag} for _ in range(3)])
    await aclient.records.update("account", keys, {"telephone1": tag})
    assert len(await aclient.records.list("account", filter=f"telephone1 eq '{tag}'")) == 3
    assert await aclient.records.delete("account", keys)
    assert len(await aclient.records.list("account", filter=f"telephone1 eq '{tag}'")) == 0


async def test_async_upsert(aclient, tag):
    items = [{"alternate_key": {"accountnumber": f"{tag}{n}"}, "record": {"name": tag}} for n in range(2)]
    await aclient.records.upsert("account", items)
    assert len(await aclient.records.list("account", filter=f"name eq '{tag}'")) == 2


async def test_async_pages(aclient, tag):
    await aclient.records.create("account", [{"name": tag} for _ in range(5)])
    sizes = [len(p) async for p in aclient.records.list_pages("account", filter=f"name eq '{tag}'", page_size=2)]
    assert sizes == [2, 2, 1]


async def test_async_error(aclient):
    with pytest.raises(HttpError) as error:
        await aclient.records.create("account", {"nosuch": 1})
    assert error.value.status_code == 400
