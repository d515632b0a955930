"""Runs Microsoft's Python SDK against an emulator that serves HTTPS.

EMULATOR_URL and EMULATOR_CA name a running one; `./dev test-interop` starts it.
"""

import os
import uuid

# aiohttp reads the trusted certificates once, when it is imported.
URL = os.environ["EMULATOR_URL"]
AUTHORITY = os.environ["EMULATOR_CA"]
os.environ["REQUESTS_CA_BUNDLE"] = AUTHORITY
os.environ["SSL_CERT_FILE"] = AUTHORITY

import pytest
import pytest_asyncio
from PowerPlatform.Dataverse.aio.async_client import AsyncDataverseClient
from PowerPlatform.Dataverse.client import DataverseClient
from static_credential import AsyncStaticCredential, StaticCredential


@pytest.fixture
def client():
    with DataverseClient(URL, StaticCredential("emulator")) as client:
        yield client


@pytest_asyncio.fixture
async def aclient():
    async with AsyncDataverseClient(URL, AsyncStaticCredential("emulator")) as client:
        yield client


@pytest.fixture
def tag():
    """A text that no other test's rows have."""
    return uuid.uuid4().hex[:12]


@pytest.fixture
def table(client):
    """A table of the test's own, deleted afterwards."""
    name = f"new_T{uuid.uuid4().hex[:10]}"
    client.tables.create(
        name,
        {"new_Code": "string", "new_Quantity": "int", "new_Price": "decimal", "new_Active": "bool"},
    )
    yield name
    if client.tables.get(name):
        client.tables.delete(name)
