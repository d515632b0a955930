"""Credentials for Microsoft's Python SDK that always give the same token, for both of its clients.

The interop tests, the comparison in Tests/Parity and the benchmark of the SDK use them.
"""

import time

from azure.core.credentials import AccessToken


class StaticCredential:
    def __init__(self, token):
        self.token = token

    def get_token(self, *scopes, **options):
        return AccessToken(self.token, int(time.time()) + 3600)

    def close(self):
        pass


class AsyncStaticCredential:
    def __init__(self, token):
        self.token = token

    async def get_token(self, *scopes, **options):
        return AccessToken(self.token, int(time.time()) + 3600)

    async def close(self):
        pass

    async def __aenter__(self):
        return self

    async def __aexit__(self, *error):
        pass
