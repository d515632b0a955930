"""Runs the steps of a scenario through Microsoft's Python SDK, with its synchronous and its asynchronous client."""

import asyncio
import datetime
import enum
import inspect
import time
import types
import uuid
import warnings
from decimal import Decimal

import aiohttp
import requests
from PowerPlatform.Dataverse.aio.async_client import AsyncDataverseClient
from PowerPlatform.Dataverse.aio.data import _async_odata
from PowerPlatform.Dataverse.client import DataverseClient
from PowerPlatform.Dataverse.core.config import DataverseConfig, OperationContext
from PowerPlatform.Dataverse.core.errors import HttpError, MetadataError, ValidationError
from PowerPlatform.Dataverse.data import _odata
from PowerPlatform.Dataverse.models.filters import col, raw
from PowerPlatform.Dataverse.models.labels import Label, LocalizedLabel
from PowerPlatform.Dataverse.models.query_builder import ExpandOption
from PowerPlatform.Dataverse.models.record import Record
from PowerPlatform.Dataverse.models.relationship import (
    CascadeConfiguration,
    LookupAttributeMetadata,
    ManyToManyRelationshipMetadata,
    OneToManyRelationshipMetadata,
)
from static_credential import AsyncStaticCredential, StaticCredential

# The pauses before metadata is asked for again are written into the SDK: the only part of it that is replaced here.
_odata.time = types.SimpleNamespace(sleep=lambda seconds: None, time=time.time)
_async_odata.asyncio = types.SimpleNamespace(sleep=lambda seconds: asyncio.sleep(0), Lock=asyncio.Lock)


async def run(scenario: dict, environment: str, is_async: bool) -> list:
    """The outcome of each step: `{"value": …}` or `{"error": …}`."""
    options = scenario.get("config", {})
    config = DataverseConfig(
        language_code=options.get("language", 1033),
        http_retries=options.get("attempts", 1),
        http_backoff=0.001,
        operation_context=OperationContext(options["context"]) if "context" in options else None,
    )
    if is_async:
        client = AsyncDataverseClient(environment, AsyncStaticCredential("parity-token"), config)
        async with client:
            return [await _outcome(client, step) for step in scenario["steps"]]
    with DataverseClient(environment, StaticCredential("parity-token"), config) as client:
        return [await _outcome(client, step) for step in scenario["steps"]]


async def _outcome(client, step: dict) -> dict:
    arguments = {name: value for name, value in step.items() if name != "do"}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return {"value": await OPERATIONS[step["do"]](client, **arguments)}
    except HttpError as error:
        return {
            "error": {
                "type": "http",
                "status": error.status_code,
                "code": error.details.get("service_error_code"),
                "message": error.message,
                "transient": error.is_transient,
                "retryAfter": error.details.get("retry_after"),
                "requestID": error.details.get("service_request_id"),
            }
        }
    except MetadataError:
        return {"error": {"type": "metadata"}}
    except (ValidationError, ValueError, TypeError, FileNotFoundError):
        return {"error": {"type": "invalid"}}
    except (requests.exceptions.RequestException, aiohttp.ClientError, asyncio.TimeoutError):
        return {"error": {"type": "transport"}}
    except RuntimeError as error:
        return {"error": {"type": "closed" if "is closed" in str(error) else "unexpected"}}


OPERATIONS = {}


def operation(name):
    def add(function):
        OPERATIONS[name] = function
        return function

    return add


async def _finished(result):
    return await result if inspect.isawaitable(result) else result


async def _pages(pages):
    if hasattr(pages, "__aiter__"):
        return [_rows(page) async for page in pages]
    return [_rows(page) for page in pages]


def _row(row: Record | None):
    return None if row is None else {"etag": row.etag, "data": row.data}


def _rows(rows):
    return [_row(row) for row in rows]


def value(json):
    """A value of a filter: `{guid: …}`, `{date: …}`, `{timestamp: …}` and `{decimal: …}` say what a text is."""
    match json:
        case {"guid": text}:
            return uuid.UUID(text)
        case {"date": text}:
            return datetime.date.fromisoformat(text)
        case {"timestamp": text}:
            return datetime.datetime.fromisoformat(text)
        case {"decimal": text}:
            return Decimal(text)
        case _:
            return json


def expression(terms):
    match terms:
        case ["and", *parts]:
            result = expression(parts[0])
            for part in parts[1:]:
                result = result & expression(part)
            return result
        case ["or", *parts]:
            result = expression(parts[0])
            for part in parts[1:]:
                result = result | expression(part)
            return result
        case ["not", part]:
            return ~expression(part)
        case ["raw", text]:
            return raw(text)
        case ["null", name]:
            return col(name).is_null()
        case ["notNull", name]:
            return col(name).is_not_null()
        case ["in", name, values]:
            return col(name).in_([value(item) for item in values])
        case ["notIn", name, values]:
            return col(name).not_in([value(item) for item in values])
        case ["between", name, low, high]:
            return col(name).between(value(low), value(high))
        case ["notBetween", name, low, high]:
            return col(name).not_between(value(low), value(high))
        case ["contains" | "startswith" | "endswith" as name, column, text]:
            return getattr(col(column), name)(text)
        case ["eq" | "ne" | "gt" | "ge" | "lt" | "le" as name, column, operand]:
            return getattr(col(column), f"__{name}__")(value(operand))
    raise AssertionError(f"unknown expression {terms}")


# Rows


@operation("create")
async def create(client, table, row=None, rows=None):
    return await _finished(client.records.create(table, row if rows is None else rows))


@operation("retrieve")
async def retrieve(client, table, id=None, key=None, select=None, expand=None, annotations=None):
    id = id or ",".join(f"{name}='{text}'" for name, text in key.items())
    return _row(
        await _finished(
            client.records.retrieve(table, id, select=select, expand=expand, include_annotations=annotations)
        )
    )


def _list_options(where=None, select=None, order=None, top=None, expand=None, pageSize=None, count=False,
                  annotations=None):
    return dict(
        filter=None if where is None else expression(where),
        select=select,
        orderby=order,
        top=top,
        expand=expand,
        page_size=pageSize,
        count=count,
        include_annotations=annotations,
    )


@operation("list")
async def list_rows(client, table, **options):
    return _rows(await _finished(client.records.list(table, **_list_options(**options))))


@operation("listPages")
async def list_pages(client, table, **options):
    return await _pages(client.records.list_pages(table, **_list_options(**options)))


@operation("update")
async def update(client, table, changes, id=None, ids=None):
    await _finished(client.records.update(table, id if ids is None else ids, changes))


@operation("delete")
async def delete(client, table, id):
    await _finished(client.records.delete(table, id))


@operation("deleteMany")
async def delete_many(client, table, ids, bulk=True):
    return await _finished(client.records.delete(table, ids, use_bulk_delete=bulk))


@operation("upsert")
async def upsert(client, table, items):
    items = [{"alternate_key": dict(item["key"]), "record": item["row"]} for item in items]
    await _finished(client.records.upsert(table, items))


# Queries


def _builder(client, table, where=(), select=(), order=(), top=None, expand=(), pageSize=None, count=False,
             annotations=None):
    query = client.query.builder(table)
    if select:
        query.select(*select)
    for terms in where:
        query.where(expression(terms))
    for column, direction in order:
        query.order_by(column, descending=direction == "desc")
    if top is not None:
        query.top(top)
    for navigation in expand:
        query.expand(_expansion(navigation))
    if pageSize is not None:
        query.page_size(pageSize)
    if count:
        query.count()
    if annotations:
        query.include_annotations(annotations)
    return query


def _expansion(navigation):
    if isinstance(navigation, str):
        return navigation
    option = ExpandOption(navigation["property"])
    if "select" in navigation:
        option.select(*navigation["select"])
    if "filter" in navigation:
        option.filter(navigation["filter"])
    for column, direction in navigation.get("order", ()):
        option.order_by(column, descending=direction == "desc")
    if "top" in navigation:
        option.top(navigation["top"])
    return option


@operation("query")
async def query(client, table, **options):
    return _rows(await _finished(_builder(client, table, **options).execute()))


@operation("queryPages")
async def query_pages(client, table, **options):
    return await _pages(_builder(client, table, **options).execute_pages())


@operation("fetchXML")
async def fetch(client, xml):
    return _rows(await _finished(client.query.fetchxml(xml).execute()))


@operation("fetchXMLPages")
async def fetch_pages(client, xml):
    return await _pages(client.query.fetchxml(xml).execute_pages())


@operation("sql")
async def sql(client, sql):
    return _rows(await _finished(client.query.sql(sql)))


# Tables


def _label(text, language=1033):
    return Label(localized_labels=[LocalizedLabel(label=text, language_code=language)])


def _columns(columns):
    return {column["name"]: _type(column) for column in columns}


def _type(column):
    name = column["type"]
    if name == "choice":
        members = {option["name"]: option["value"] for option in column["options"]}
        choice = enum.IntEnum(column["name"], members)
        labels = column.get("labels")
        if labels:
            choice.__labels__ = labels
        return choice
    options = {
        sdk: column[neutral]
        for neutral, sdk in [
            ("maxLength", "max_length"), ("minimum", "min_value"), ("maximum", "max_value"),
            ("precision", "precision"), ("format", "format"), ("required", "required"), ("label", "display_name"),
        ]
        if neutral in column
    }
    return {"type": name, **options} if options else name


@operation("createTable")
async def create_table(client, table, columns=(), solution=None, primary=None, label=None):
    info = await _finished(
        client.tables.create(table, _columns(columns), solution=solution, primary_column=primary, display_name=label)
    )
    return _table(info)


def _table(info):
    return None if info is None else {
        "schemaName": info.schema_name,
        "logicalName": info.logical_name,
        "entitySet": info.entity_set_name,
        "id": info.metadata_id,
        "primaryKey": info.primary_id_attribute,
        "primaryName": info.primary_name_attribute,
    }


@operation("getTable")
async def get_table(client, table):
    return _table(await _finished(client.tables.get(table)))


@operation("listTables")
async def list_tables(client, filter=None, select=None):
    return await _finished(client.tables.list(filter=filter, select=select))


@operation("deleteTable")
async def delete_table(client, table):
    await _finished(client.tables.delete(table))


@operation("addColumns")
async def add_columns(client, table, columns):
    return await _finished(client.tables.add_columns(table, _columns(columns)))


@operation("removeColumns")
async def remove_columns(client, table, columns):
    return await _finished(client.tables.remove_columns(table, columns))


@operation("updateColumns")
async def update_columns(client, table, columns):
    changes = {column["name"]: _type({"type": "", **column}) for column in columns}
    for change in changes.values():
        change.pop("type")
    if len(changes) == 1:
        ((name, change),) = changes.items()
        await _finished(client.tables.update_column(table, name, change))
    else:
        await _finished(client.tables.update_columns(table, changes))


@operation("getColumn")
async def get_column(client, table, column, typed=False, select=None):
    return await _finished(client.tables.get_column(table, column, typed=typed, select=select))


@operation("listColumns")
async def list_columns(client, table, typed=False, select=None, filter=None):
    return await _finished(client.tables.list_columns(table, typed=typed, select=select, filter=filter))


@operation("createLookup")
async def create_lookup(client, table, name, target, label=None, description=None, required=False,
                        onDelete="RemoveLink", solution=None):
    return _relationship(
        await _finished(
            client.tables.create_lookup_field(
                table, name, target, display_name=label, description=description, required=required,
                cascade_delete=onDelete, solution=solution,
            )
        )
    )


def _relationship(info):
    return None if info is None else {
        "id": info.relationship_id,
        "schemaName": info.relationship_schema_name,
        "lookup": info.lookup_schema_name,
        "tables": [info.referenced_entity or info.entity1_logical_name,
                   info.referencing_entity or info.entity2_logical_name],
    }


@operation("createOneToMany")
async def create_one_to_many(client, solution=None, **definition):
    return _relationship(
        await _finished(client.tables.create_one_to_many_relationship(*_one_to_many(**definition), solution=solution))
    )


def _one_to_many(name, referenced, referencing, lookup, label, **cascade):
    relationship = OneToManyRelationshipMetadata(
        schema_name=name, referenced_entity=referenced, referencing_entity=referencing,
        referenced_attribute=f"{referenced}id", cascade_configuration=CascadeConfiguration(**cascade),
    )
    return LookupAttributeMetadata(schema_name=lookup, display_name=_label(label)), relationship


@operation("createManyToMany")
async def create_many_to_many(client, solution=None, **definition):
    return _relationship(
        await _finished(client.tables.create_many_to_many_relationship(_many_to_many(**definition), solution=solution))
    )


def _many_to_many(name, first, second, intersect=None):
    return ManyToManyRelationshipMetadata(
        schema_name=name, entity1_logical_name=first, entity2_logical_name=second, intersect_entity_name=intersect
    )


@operation("getRelationship")
async def get_relationship(client, name):
    return _relationship(await _finished(client.tables.get_relationship(name)))


@operation("listRelationships")
async def list_relationships(client, table=None, filter=None, select=None):
    if table:
        return await _finished(client.tables.list_table_relationships(table, filter=filter, select=select))
    return await _finished(client.tables.list_relationships(filter=filter, select=select))


@operation("deleteRelationship")
async def delete_relationship(client, id):
    await _finished(client.tables.delete_relationship(id))


def _key(info):
    return {"id": info.metadata_id, "schemaName": info.schema_name, "columns": info.key_attributes,
            "status": info.status}


@operation("createKey")
async def create_key(client, table, name, columns, label=None):
    return _key(await _finished(client.tables.create_alternate_key(table, name, columns, display_name=label)))


@operation("listKeys")
async def list_keys(client, table):
    return [_key(key) for key in await _finished(client.tables.get_alternate_keys(table))]


@operation("deleteKey")
async def delete_key(client, table, id):
    await _finished(client.tables.delete_alternate_key(table, id))


# Files, batches, caches


@operation("upload")
async def upload(client, table, id, column, path, mode="auto", type=None, replace=False):
    await _finished(
        client.files.upload(table, id, column, path, mode={"auto": None, "single": "small", "chunked": "chunk"}[mode],
                            mime_type=type, if_none_match=not replace)
    )


@operation("batch")
async def batch(client, items, continueOnError=False):
    request = client.batch.new()
    for item in items:
        if "changeSet" in item:
            changes = request.changeset()
            for change in item["changeSet"]:
                _add(changes, change)
        else:
            _add(request, item)
    result = await _finished(request.execute(continue_on_error=continueOnError))
    return [
        {
            "status": response.status_code,
            "id": response.entity_id,
            "rows": _batch_rows(response.data),
            "code": response.error_code,
            "message": response.error_message,
        }
        for response in result.responses
    ]


def _batch_rows(data):
    if not data:
        return None
    if isinstance(data.get("value"), list):
        return [_row(Record.from_api_response("", row)) for row in data["value"]]
    return [_row(Record.from_api_response("", data))]


def _add(batch, item):
    arguments = {name: value for name, value in item.items() if name != "do"}
    match item["do"]:
        case "create":
            batch.records.create(item["table"], item.get("row", item.get("rows")))
        case "update":
            batch.records.update(item["table"], item["id"], item["changes"])
        case "delete":
            batch.records.delete(item["table"], item["id"])
        case "upsert":
            batch.records.upsert(
                item["table"], [{"alternate_key": dict(entry["key"]), "record": entry["row"]} for entry in item["items"]]
            )
        case "retrieve":
            batch.records.retrieve(
                item["table"], item["id"], select=item.get("select"), expand=item.get("expand"),
                include_annotations=item.get("annotations"),
            )
        case "list":
            del arguments["table"]
            batch.records.list(item["table"], **_list_options(**arguments))
        case "sql":
            batch.query.sql(item["sql"])
        case "getTable":
            batch.tables.get(item["table"])
        case "listTables":
            batch.tables.list(filter=item.get("filter"), select=item.get("select"))
        case "addColumns":
            batch.tables.add_columns(item["table"], _columns(item["columns"]))
        case "removeColumns":
            batch.tables.remove_columns(item["table"], item["columns"])
        case "createTable":
            batch.tables.create(
                item["table"], _columns(item.get("columns", ())), solution=item.get("solution"),
                primary_column=item.get("primary"), display_name=item.get("label"),
            )
        case "deleteTable":
            batch.tables.delete(item["table"])
        case "createOneToMany":
            batch.tables.create_one_to_many_relationship(*_one_to_many(**arguments))
        case "createManyToMany":
            batch.tables.create_many_to_many_relationship(_many_to_many(**arguments))
        case "deleteRelationship":
            batch.tables.delete_relationship(item["id"])
        case "getRelationship":
            batch.tables.get_relationship(item["name"])
        case other:
            raise AssertionError(f"unknown batch item {other}")


@operation("flushChoices")
async def flush_choices(client):
    return await _finished(client.flush_cache("picklist"))


@operation("close")
async def close(client):
    await _finished(client.aclose() if hasattr(client, "aclose") else client.close())
