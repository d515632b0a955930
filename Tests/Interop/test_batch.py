import pytest


def test_batch_of_everything(client, tag):
    key = client.records.create("account", {"name": tag})
    batch = client.batch.new()
    batch.records.create("account", {"name": f"{tag} new"})
    batch.records.update("account", key, {"telephone1": "1"})
    batch.records.retrieve("account", key, select=["name", "telephone1"])
    batch.records.list("account", filter=f"startswith(name,'{tag}')", select=["name"])
    batch.query.sql(f"SELECT name FROM account WHERE name = '{tag}'")
    batch.tables.get("account")
    result = batch.execute()
    assert [r.status_code for r in result.responses] == [204, 204, 200, 200, 200, 200]
    assert result.responses[0].entity_id
    assert result.responses[2].data["telephone1"] == "1"
    assert len(result.responses[3].data["value"]) == 2
    assert result.responses[5].data["value"][0]["LogicalName"] == "account"


def test_batch_many(client, tag):
    batch = client.batch.new()
    batch.records.create("account", [{"name": tag}, {"name": tag}])
    result = batch.execute()
    keys = result.responses[0].data["Ids"]
    batch = client.batch.new()
    batch.records.update("account", keys, {"telephone1": tag})
    batch.records.upsert("account", [{"alternate_key": {"accountnumber": tag}, "record": {"name": "u"}}])
    batch.records.delete("account", keys)
    assert not batch.execute().has_errors
    assert len(client.records.list("account", filter=f"name eq '{tag}'")) == 0


def test_change_set_with_references(client, tag):
    batch = client.batch.new()
    with batch.changeset() as changes:
        account = changes.records.create("account", {"name": tag})
        changes.records.create("contact", {"lastname": tag, "parentcustomerid_account@odata.bind": account})
        changes.records.update("account", account, {"telephone1": "7"})
    result = batch.execute()
    assert not result.has_errors
    assert [r.content_id for r in result.responses] == ["1", "2", "3"]
    contact = client.records.list("contact", filter=f"lastname eq '{tag}'", expand=["parentcustomerid_account"]).first()
    assert contact["parentcustomerid_account"]["telephone1"] == "7"


def test_change_set_is_a_transaction(client, tag):
    batch = client.batch.new()
    with batch.changeset() as changes:
        changes.records.create("account", {"name": tag})
        changes.records.create("account", {"name": tag, "nosuch": 1})
    result = batch.execute()
    assert result.has_errors
    assert "nosuch" in result.failed[0].error_message
    assert len(client.records.list("account", filter=f"name eq '{tag}'")) == 0


def test_stops_at_the_first_error(client, tag):
    batch = client.batch.new()
    batch.records.create("account", {"nosuch": 1})
    batch.records.create("account", {"name": tag})
    assert [r.status_code for r in batch.execute().responses] == [400]
    assert len(client.records.list("account", filter=f"name eq '{tag}'")) == 0


def test_continues_on_error(client, tag):
    batch = client.batch.new()
    batch.records.create("account", {"nosuch": 1})
    batch.records.create("account", {"name": tag})
    result = batch.execute(continue_on_error=True)
    assert [r.status_code for r in result.responses] == [400, 204]
    assert len(result.succeeded) == 1


def test_schema_in_a_batch(client, table):
    name = table + "d"
    batch = client.batch.new()
    batch.tables.create(name, {"new_Code": "string"})
    assert not batch.execute().has_errors
    batch = client.batch.new()
    batch.tables.add_columns(name, {"new_More": "int"})
    batch.tables.create_lookup_field(name, "new_AccountId", "account")
    assert not batch.execute().has_errors
    batch = client.batch.new()
    batch.tables.remove_columns(name, "new_More")
    batch.tables.delete(name)
    assert not batch.execute().has_errors
    assert client.tables.get(name) is None


async def test_async_batch(aclient, tag):
    batch = aclient.batch.new()
    with_changes = batch.changeset()
    account = with_changes.records.create("account", {"name": tag})
    with_changes.records.update("account", account, {"telephone1": "3"})
    result = await batch.execute()
    assert not result.has_errors
    found = await aclient.records.list("account", filter=f"name eq '{tag}'")
    assert [r["telephone1"] for r in found] == ["3"]
