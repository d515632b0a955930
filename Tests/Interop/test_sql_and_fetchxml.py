import pytest
from PowerPlatform.Dataverse.core.errors import HttpError


@pytest.fixture
def rows(client, tag):
    keys = client.records.create("account", [{"name": f"{tag}{n}", "revenue": n * 10} for n in range(5)])
    for n in range(3):
        client.records.create(
            "contact",
            {"lastname": f"{tag}{n}", "parentcustomerid_account@odata.bind": f"/accounts({keys[n // 2]})"},
        )
    return tag


def test_sql_where_and_order(client, rows):
    found = client.query.sql(
        f"SELECT name, revenue FROM account WHERE name LIKE '{rows}%' AND revenue >= 20 ORDER BY revenue DESC"
    )
    assert [(r["name"][-1], r["revenue"]) for r in found] == [("4", 40), ("3", 30), ("2", 20)]


def test_sql_top_and_alias(client, rows):
    found = client.query.sql(f"SELECT TOP 2 name AS title FROM account WHERE name LIKE '{rows}%' ORDER BY name")
    assert [r["title"][-1] for r in found] == ["0", "1"]


def test_sql_in_between_null(client, rows):
    where = f"name LIKE '{rows}%' AND (revenue IN (0, 40) OR revenue BETWEEN 15 AND 25) AND telephone1 IS NULL"
    assert len(client.query.sql(f"SELECT name FROM account WHERE {where}")) == 3


def test_sql_join(client, rows):
    found = client.query.sql(
        "SELECT c.lastname, a.name FROM contact c INNER JOIN account a ON c.parentcustomerid = a.accountid "
        f"WHERE a.name LIKE '{rows}%' ORDER BY c.lastname"
    )
    assert [(r["lastname"][-1], r["name"][-1]) for r in found] == [("0", "0"), ("1", "0"), ("2", "1")]


def test_sql_left_join(client, rows):
    found = client.query.sql(
        "SELECT a.name, c.lastname FROM account a LEFT JOIN contact c ON c.parentcustomerid = a.accountid "
        f"WHERE a.name LIKE '{rows}%'"
    )
    assert len(found) == 6
    assert sum(r["lastname"] is None for r in found) == 3


def test_sql_group(client, rows):
    found = client.query.sql(
        "SELECT a.name, COUNT(*) AS n FROM account a JOIN contact c ON c.parentcustomerid = a.accountid "
        f"WHERE a.name LIKE '{rows}%' GROUP BY a.name ORDER BY n DESC"
    )
    assert [r["n"] for r in found] == [2, 1]


def test_sql_aggregates(client, rows):
    row = client.query.sql(
        "SELECT COUNT(*) AS n, SUM(revenue) AS s, AVG(revenue) AS a, MIN(revenue) AS low, MAX(revenue) AS high "
        f"FROM account WHERE name LIKE '{rows}%'"
    )[0]
    assert (row["n"], row["s"], row["a"], row["low"], row["high"]) == (5, 100, 20, 0, 40)


def test_sql_distinct_and_offset(client, rows):
    assert len(client.query.sql(f"SELECT DISTINCT statecode FROM account WHERE name LIKE '{rows}%'")) == 1
    found = client.query.sql(
        f"SELECT name FROM account WHERE name LIKE '{rows}%' ORDER BY name OFFSET 1 ROWS FETCH NEXT 2 ROWS ONLY"
    )
    assert [r["name"][-1] for r in found] == ["1", "2"]


def test_sql_error(client):
    with pytest.raises(HttpError) as error:
        client.query.sql("SELECT nosuch FROM account")
    assert error.value.status_code == 400


def test_sql_quotes(client, tag):
    client.records.create("account", {"name": f"{tag} O'Brien"})
    assert len(client.query.sql(f"SELECT name FROM account WHERE name = '{tag} O''Brien'")) == 1


async def test_async_sql(aclient, tag):
    await aclient.records.create("account", {"name": tag})
    assert len(await aclient.query.sql(f"SELECT name FROM account WHERE name = '{tag}'")) == 1


def fetch(tag, attributes="", inside="", **options):
    given = " ".join(f'{name}="{value}"' for name, value in options.items())
    return (
        f'<fetch {given}><entity name="account">{attributes}'
        f'<filter><condition attribute="name" operator="like" value="{tag}%"/></filter>{inside}</entity></fetch>'
    )


def test_fetchxml(client, rows):
    xml = fetch(rows, '<attribute name="name"/><order attribute="revenue" descending="true"/>', top=2)
    assert [r["name"][-1] for r in client.query.fetchxml(xml).execute()] == ["4", "3"]


def test_fetchxml_filters(client, rows):
    inside = (
        '<filter type="or"><condition attribute="revenue" operator="gt" value="35"/>'
        '<condition attribute="revenue" operator="in"><value>0</value><value>10</value></condition></filter>'
    )
    assert len(client.query.fetchxml(fetch(rows, inside=inside)).execute()) == 3


def test_fetchxml_link(client, rows):
    link = (
        '<link-entity name="contact" from="parentcustomerid" to="accountid" alias="c" link-type="{}">'
        '<attribute name="lastname"/></link-entity>'
    )
    inner = client.query.fetchxml(fetch(rows, '<attribute name="name"/>', link.format("inner"))).execute()
    assert sorted(r["c.lastname"][-1] for r in inner) == ["0", "1", "2"]
    outer = client.query.fetchxml(fetch(rows, '<attribute name="name"/>', link.format("outer"))).execute()
    assert len(outer) == 6


@pytest.mark.parametrize(
    ("link_type", "found"),
    [
        ("exists", ["0"]),
        ("in", ["0"]),
        ("any", ["0"]),
        ("not all", ["0"]),
        ("not any", ["1", "2", "3", "4"]),
        ("all", ["1"]),
    ],
)
def test_fetchxml_related_rows(client, rows, link_type, found):
    link = (
        f'<link-entity name="contact" from="parentcustomerid" to="accountid" link-type="{link_type}"><filter>'
        f'<condition attribute="lastname" operator="in"><value>{rows}0</value><value>{rows}1</value></condition>'
        "</filter></link-entity>"
    )
    inside = link if link_type in ("exists", "in") else f"<filter>{link}</filter>"
    xml = fetch(rows, '<attribute name="name"/><order attribute="name"/>', inside)
    assert [r["name"][-1] for r in client.query.fetchxml(xml).execute()] == found


def test_fetchxml_first_related_row(client, rows):
    link = (
        '<link-entity name="contact" from="parentcustomerid" to="accountid" link-type="matchfirstrowusingcrossapply">'
        '<attribute name="lastname" alias="contact"/></link-entity>'
    )
    xml = fetch(rows, '<attribute name="name"/><order attribute="name"/>', link, count=1)
    pages = list(client.query.fetchxml(xml).execute_pages())
    assert [(r["name"][-1], r["contact"][-1]) for page in pages for r in page] == [("0", "0"), ("1", "2")]


def test_fetchxml_aggregate(client, rows):
    attributes = '<attribute name="revenue" alias="total" aggregate="sum"/><attribute name="name" alias="n" aggregate="count"/>'
    row = client.query.fetchxml(fetch(rows, attributes, aggregate="true")).execute()[0]
    assert (row["total"], row["n"]) == (100, 5)


def test_fetchxml_group(client, rows):
    attributes = (
        '<attribute name="statecode" alias="state" groupby="true"/>'
        '<attribute name="accountid" alias="n" aggregate="count"/><order alias="n"/>'
    )
    found = client.query.fetchxml(fetch(rows, attributes, aggregate="true")).execute()
    assert [(r["state"], r["n"]) for r in found] == [(0, 5)]


def test_fetchxml_pages(client, rows):
    xml = fetch(rows, '<attribute name="name"/><order attribute="name"/>', count=2, page=1)
    pages = list(client.query.fetchxml(xml).execute_pages())
    assert [[r["name"][-1] for r in page] for page in pages] == [["0", "1"], ["2", "3"], ["4"]]


def test_fetchxml_pages_of_links(client, rows):
    link = '<link-entity name="contact" from="parentcustomerid" to="accountid" alias="c"><attribute name="lastname"/></link-entity>'
    pages = list(client.query.fetchxml(fetch(rows, '<attribute name="name"/>', link, count=2)).execute_pages())
    assert sorted(r["c.lastname"][-1] for page in pages for r in page) == ["0", "1", "2"]


def test_fetchxml_distinct(client, rows):
    assert len(client.query.fetchxml(fetch(rows, '<attribute name="statecode"/>', distinct="true")).execute()) == 1


def test_fetchxml_error(client):
    with pytest.raises(HttpError):
        client.query.fetchxml('<fetch><entity name="account"><attribute name="nosuch"/></entity></fetch>').execute()


async def test_async_fetchxml(aclient, tag):
    await aclient.records.create("account", [{"name": f"{tag}{n}"} for n in range(3)])
    xml = fetch(tag, '<attribute name="name"/><order attribute="name"/>', count=2)
    result = await aclient.query.fetchxml(xml).execute()
    assert [r["name"][-1] for r in result] == ["0", "1", "2"]
