import pytest
from PowerPlatform.Dataverse.models.filters import col
from PowerPlatform.Dataverse.models.query_builder import ExpandOption


@pytest.fixture
def accounts(client, tag):
    client.records.create(
        "account",
        [
            {"name": f"{tag} A", "revenue": 1, "telephone1": "1"},
            {"name": f"{tag} B", "revenue": 2},
            {"name": f"{tag} C", "revenue": 3, "telephone1": "3"},
        ],
    )
    return tag


def names(result):
    return [row["name"][-1] for row in result]


def build(client, tag):
    return client.query.builder("account").select("name", "revenue").where(col("name").startswith(tag))


def test_comparisons(client, accounts):
    query = build(client, accounts).where(col("revenue") >= 2).order_by("name", descending=True)
    assert names(query.execute()) == ["C", "B"]


def test_logic(client, accounts):
    query = build(client, accounts).where((col("revenue") == 1) | ~(col("revenue") < 3)).order_by("name")
    assert names(query.execute()) == ["A", "C"]


def test_null(client, accounts):
    assert names(build(client, accounts).where(col("telephone1").is_null()).execute()) == ["B"]
    assert len(build(client, accounts).where(col("telephone1").is_not_null()).execute()) == 2


def test_in(client, accounts):
    assert names(build(client, accounts).where(col("revenue").in_([1, 3])).order_by("name").execute()) == ["A", "C"]
    assert names(build(client, accounts).where(col("revenue").not_in([1, 3])).execute()) == ["B"]


def test_between(client, accounts):
    query = build(client, accounts).where(col("revenue").between(2, 3)).order_by("name")
    assert names(query.execute()) == ["B", "C"]


def test_contains_and_endswith(client, accounts):
    query = build(client, accounts).where(col("name").contains(" A")).where(col("name").endswith("A"))
    assert names(query.execute()) == ["A"]


def test_top_and_pages(client, accounts):
    assert len(build(client, accounts).top(2).execute()) == 2
    assert [len(p) for p in build(client, accounts).page_size(2).execute_pages()] == [2, 1]


def test_expand_option(client, tag):
    account = client.records.create("account", {"name": tag})
    for n in range(3):
        client.records.create(
            "contact", {"lastname": f"{n}", "parentcustomerid_account@odata.bind": f"/accounts({account})"}
        )
    option = ExpandOption("contact_customer_accounts").select("lastname").order_by("lastname", descending=True).top(2)
    row = client.query.builder("account").where(col("name") == tag).expand(option).execute().first()
    assert [c["lastname"] for c in row["contact_customer_accounts"]] == ["2", "1"]


def test_formatted_values(client, accounts):
    row = build(client, accounts).where(col("revenue") == 1).include_formatted_values().execute().first()
    assert row["revenue@OData.Community.Display.V1.FormattedValue"] == "$1.00"


async def test_async_builder(aclient, tag):
    await aclient.records.create("account", [{"name": f"{tag} {n}", "revenue": n} for n in range(3)])
    query = aclient.query.builder("account").select("name").where(col("name").startswith(tag))
    result = await query.where(col("revenue") > 0).order_by("name").execute()
    assert [row["name"][-1] for row in result] == ["1", "2"]
