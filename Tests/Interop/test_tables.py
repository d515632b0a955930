from enum import IntEnum

import pytest
from PowerPlatform.Dataverse.core.errors import HttpError, MetadataError
from PowerPlatform.Dataverse.models.labels import Label, LocalizedLabel
from PowerPlatform.Dataverse.models.relationship import (
    CascadeConfiguration,
    LookupAttributeMetadata,
    ManyToManyRelationshipMetadata,
    OneToManyRelationshipMetadata,
)


class Level(IntEnum):
    Low = 1
    High = 2


def label(text):
    return Label(localized_labels=[LocalizedLabel(label=text, language_code=1033)])


def test_create_get_delete(client, table):
    info = client.tables.get(table)
    assert info.schema_name == table
    assert info.logical_name == table.lower()
    assert info.primary_name_attribute == "new_name"
    client.tables.delete(table)
    assert client.tables.get(table) is None


def test_created_table_holds_rows(client, table):
    key = client.records.create(
        table, {"new_Name": "A", "new_Code": "x", "new_Quantity": 3, "new_Price": 1.25, "new_Active": True}
    )
    row = client.records.retrieve(table, key)
    assert (row["new_quantity"], row["new_price"], row["new_active"]) == (3, 1.25, True)


def test_create_twice_fails(client, table):
    with pytest.raises(MetadataError):
        client.tables.create(table, {})


def test_delete_unknown(client):
    with pytest.raises(MetadataError):
        client.tables.delete("new_Nosuch")


def test_display_name_and_primary_column(client, table):
    name = table + "b"
    info = client.tables.create(name, {}, primary_column="new_Title", display_name="Things")
    try:
        assert info.primary_name_attribute == "new_title"
        listed = client.tables.list(filter=f"LogicalName eq '{name.lower()}'")
        assert listed[0]["DisplayName"]["UserLocalizedLabel"]["Label"] == "Things"
    finally:
        client.tables.delete(name)


def test_list(client):
    names = [t["LogicalName"] for t in client.tables.list(select=["LogicalName"])]
    assert {"account", "contact"} <= set(names)


def test_add_and_remove_columns(client, table):
    assert client.tables.add_columns(table, {"new_Note": "memo", "new_When": "datetime"}) == ["new_Note", "new_When"]
    key = client.records.create(table, {"new_name": "A", "new_note": "long", "new_when": "2026-01-02T00:00:00Z"})
    assert client.records.retrieve(table, key)["new_note"] == "long"
    client.tables.remove_columns(table, ["new_Note", "new_When"])
    assert "new_note" not in client.records.retrieve(table, key)


def test_add_existing_column_fails(client, table):
    with pytest.raises(HttpError):
        client.tables.add_columns(table, {"new_Code": "string"})


def test_remove_unknown_column(client, table):
    with pytest.raises(MetadataError):
        client.tables.remove_columns(table, "new_Nosuch")


def test_get_column(client, table):
    column = client.tables.get_column(table, "new_Code")
    assert column["AttributeType"] == "String"
    assert client.tables.get_column(table, "new_Nosuch") is None


def test_get_column_typed(client, table):
    assert client.tables.get_column(table, "new_Code", typed=True)["MaxLength"] == 200


def test_list_columns(client, table):
    names = {c["LogicalName"] for c in client.tables.list_columns(table)}
    assert {"new_name", "new_code", "new_quantity", "createdon", "ownerid"} <= names
    integers = client.tables.list_columns(table, select=["LogicalName"], filter="AttributeType eq 'Integer'")
    assert [c["LogicalName"] for c in integers] == ["new_quantity"]


def test_list_columns_typed(client, table):
    columns = {c["LogicalName"]: c for c in client.tables.list_columns(table, typed=True)}
    assert columns["new_price"]["Precision"] == 2


def test_update_column(client, table):
    client.tables.update_column(table, "new_Code", {"max_length": 3, "display_name": "The code"})
    column = client.tables.get_column(table, "new_Code", typed=True)
    assert column["MaxLength"] == 3
    assert column["DisplayName"]["UserLocalizedLabel"]["Label"] == "The code"
    with pytest.raises(HttpError):
        client.records.create(table, {"new_code": "abcd"})


def test_update_column_range(client, table):
    client.tables.update_columns(table, {"new_Quantity": {"min_value": 0, "max_value": 5}})
    with pytest.raises(HttpError) as error:
        client.records.create(table, {"new_quantity": 6})
    assert "outside the valid range" in str(error.value)


def test_column_spec_with_constraints(client, table):
    client.tables.add_columns(table, {"new_Short": {"type": "string", "max_length": 2, "required": "ApplicationRequired"}})
    column = client.tables.get_column(table, "new_Short", typed=True)
    assert column["MaxLength"] == 2
    assert column["RequiredLevel"]["Value"] == "ApplicationRequired"


def test_choice_by_value_and_by_label(client, table):
    client.tables.add_columns(table, {"new_Level": Level})
    by_value = client.records.create(table, {"new_level": 1})
    by_label = client.records.create(table, {"new_level": "high"})
    assert client.records.retrieve(table, by_value)["new_level"] == 1
    row = client.records.retrieve(table, by_label, include_annotations="*")
    assert row["new_level"] == 2
    assert row["new_level@OData.Community.Display.V1.FormattedValue"] == "High"


def test_choice_refuses_other_values(client, table):
    client.tables.add_columns(table, {"new_Level": Level})
    with pytest.raises(HttpError):
        client.records.create(table, {"new_level": 9})


def test_table_with_choice(client, table):
    name = table + "c"
    client.tables.create(name, {"new_Level": Level})
    try:
        key = client.records.create(name, {"new_level": "Low"})
        assert client.records.retrieve(name, key)["new_level"] == 1
    finally:
        client.tables.delete(name)


def test_lookup_field(client, table, tag):
    info = client.tables.create_lookup_field(table, "new_AccountId", "account", display_name="Account")
    assert info.relationship_type == "one_to_many"
    account = client.records.create("account", {"name": tag})
    key = client.records.create(table, {"new_name": "A", "new_AccountId@odata.bind": f"/accounts({account})"})
    row = client.records.retrieve(table, key, expand=["new_AccountId($select=name)"])
    assert row["new_AccountId"]["name"] == tag
    assert row["_new_accountid_value"] == account
    client.tables.delete_relationship(info.relationship_id)
    assert "_new_accountid_value" not in client.records.retrieve(table, key)


def test_one_to_many_with_cascade(client, table, tag):
    relationship = OneToManyRelationshipMetadata(
        schema_name=f"new_account_{table}",
        referenced_entity="account",
        referencing_entity=table.lower(),
        referenced_attribute="accountid",
        cascade_configuration=CascadeConfiguration(delete="Cascade"),
    )
    lookup = LookupAttributeMetadata(schema_name="new_Parent", display_name=label("Parent"))
    info = client.tables.create_one_to_many_relationship(lookup, relationship)
    assert info.lookup_schema_name == "new_Parent"
    found = client.tables.get_relationship(relationship.schema_name)
    assert found.referencing_entity == table.lower()
    account = client.records.create("account", {"name": tag})
    key = client.records.create(table, {"new_Parent@odata.bind": f"/accounts({account})"})
    client.records.delete("account", account)
    assert client.records.retrieve(table, key) is None


def test_many_to_many(client, table):
    relationship = ManyToManyRelationshipMetadata(
        schema_name=f"new_{table}_contact", entity1_logical_name=table.lower(), entity2_logical_name="contact"
    )
    info = client.tables.create_many_to_many_relationship(relationship)
    found = client.tables.get_relationship(relationship.schema_name)
    assert found.relationship_type == "many_to_many"
    assert found.relationship_id == info.relationship_id
    client.tables.delete_relationship(info.relationship_id)
    assert client.tables.get_relationship(relationship.schema_name) is None


def test_list_relationships(client):
    names = [r["SchemaName"] for r in client.tables.list_relationships()]
    assert "contact_customer_accounts" in names
    of_contact = client.tables.list_table_relationships("contact")
    assert any(r.get("ReferencingEntity") == "contact" for r in of_contact)


def test_odata_expands(client):
    expands = client.query.odata_expands("contact")
    assert any(e["nav_property"] == "parentcustomerid_account" for e in expands)


def test_sql_columns(client):
    columns = client.query.sql_columns("account")
    assert columns[0]["name"] == "accountid"
    assert columns[1]["name"] == "name"


def test_alternate_key(client, table):
    info = client.tables.create_alternate_key(table, "new_ByCode", ["new_code"])
    keys = client.tables.get_alternate_keys(table)
    assert [(k.schema_name, k.key_attributes) for k in keys] == [("new_ByCode", ["new_code"])]
    item = {"alternate_key": {"new_code": "a"}, "record": {"new_quantity": 1}}
    client.records.upsert(table, [item])
    client.records.upsert(table, [{**item, "record": {"new_quantity": 2}}])
    assert [r["new_quantity"] for r in client.records.list(table)] == [2]
    with pytest.raises(HttpError) as error:
        client.records.create(table, {"new_code": "a"})
    assert error.value.status_code == 412
    client.tables.delete_alternate_key(table, info.metadata_id)
    assert client.tables.get_alternate_keys(table) == []


async def test_async_table_and_columns(aclient, tag):
    name = f"new_A{tag}"
    await aclient.tables.create(name, {"new_Quantity": "int"})
    try:
        await aclient.tables.add_columns(name, {"new_Level": Level})
        key = await aclient.records.create(name, {"new_name": "A", "new_level": "High"})
        assert (await aclient.records.retrieve(name, key))["new_level"] == 2
        await aclient.tables.remove_columns(name, ["new_Level"])
        assert (await aclient.tables.get_column(name, "new_Level")) is None
    finally:
        await aclient.tables.delete(name)


async def test_async_key_and_relationship(aclient, tag):
    name = f"new_B{tag}"
    await aclient.tables.create(name, {"new_Code": "string"})
    try:
        await aclient.tables.create_alternate_key(name, "new_Key", ["new_code"])
        assert len(await aclient.tables.get_alternate_keys(name)) == 1
        info = await aclient.tables.create_lookup_field(name, "new_ContactId", "contact")
        await aclient.tables.delete_relationship(info.relationship_id)
    finally:
        await aclient.tables.delete(name)
