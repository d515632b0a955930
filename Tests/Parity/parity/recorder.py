"""A server that gives canned replies and remembers what it was asked."""

import json
import re
import ssl
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, unquote_plus

API = "/api/data/v9.2/"


@dataclass
class Exchange:
    """A request as it arrived. `{root}` stands for the server's address."""

    method: str
    target: str
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Canned:
    """A reply, and the requests that it is for: `on` is a method and a path below the API root, with `*` for any text.

    With a `?` in it, the pattern covers the query too.
    """

    on: str
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    json: object = None
    text: str | None = None
    drop: bool = False
    always: bool = False
    used: bool = False

    def __post_init__(self):
        self.method, pattern = self.on.split(" ", 1)
        self.covers_query = "?" in pattern
        self.pattern = re.compile(".*".join(re.escape(part) for part in pattern.split("*")), re.DOTALL)

    def matches(self, method: str, path: str, query: str) -> bool:
        if self.method not in (method, "*"):
            return False
        subject = f"{path}?{query}" if self.covers_query else path
        return self.pattern.fullmatch(subject) is not None


class Recorder:
    """What one scenario gets and what it asked. Clients run one after the other, never at once."""

    def __init__(self, common: list[Canned]):
        self._common = common
        self._lock = threading.Lock()
        self._replies: list[Canned] = []
        self._exchanges: list[Exchange] = []
        self._unexpected: list[str] = []

    def begin(self, replies: list[Canned]) -> None:
        with self._lock:
            self._replies = replies
            self._exchanges = []
            self._unexpected = []

    def end(self) -> tuple[list[Exchange], list[str]]:
        with self._lock:
            return self._exchanges, self._unexpected

    def reply(self, exchange: Exchange) -> Canned:
        path, _, query = exchange.target.partition("?")
        path, query = unquote(path.removeprefix(API)), unquote_plus(query)
        with self._lock:
            self._exchanges.append(exchange)
            for canned in self._replies:
                if not canned.used and canned.matches(exchange.method, path, query):
                    canned.used = not canned.always
                    return canned
            for canned in self._common:
                if canned.matches(exchange.method, path, query):
                    return canned
            self._unexpected.append(f"{exchange.method} {path}?{query}")
        return Canned(on="* *", status=501, json={"error": {"code": "noreply", "message": "No canned reply."}})


class Server:
    """Serves HTTP, and HTTPS for clients that insist on it, with the same replies."""

    def __init__(self, recorder: Recorder, certificate: str, key: str):
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self._servers = [_server(recorder, None), _server(recorder, context)]
        self.http = f"http://localhost:{self._servers[0].server_port}"
        self.https = f"https://localhost:{self._servers[1].server_port}"

    def __enter__(self):
        for server in self._servers:
            threading.Thread(target=server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        for server in self._servers:
            server.shutdown()
            server.server_close()


def _server(recorder: Recorder, context: ssl.SSLContext | None) -> ThreadingHTTPServer:
    class Handler(_Handler):
        pass

    Handler.recorder = recorder
    server = _Threads(("127.0.0.1", 0), Handler)
    scheme = "http"
    if context:
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        scheme = "https"
    Handler.root = f"{scheme}://localhost:{server.server_port}"
    return server


class _Threads(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        pass  # Connections that the clients end, or that a scenario drops.


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    # Without this, small replies wait for the client's delayed acknowledgement.
    disable_nagle_algorithm = True
    recorder: Recorder
    root: str

    def log_message(self, *arguments):
        pass

    def _handle(self):
        body = self._body()
        exchange = Exchange(
            self.command,
            self.path.replace(self.root, "{root}"),
            [(name, value.replace(self.root, "{root}")) for name, value in self.headers.items()],
            body.replace(self.root.encode(), b"{root}"),
        )
        canned = self.recorder.reply(exchange)
        if canned.drop:
            self.close_connection = True
            self.connection.close()
            return
        text = canned.text if canned.text is not None else "" if canned.json is None else json.dumps(canned.json)
        content = text.replace("{root}", self.root).encode()
        self.send_response_only(canned.status)
        if canned.json is not None:
            self.send_header("Content-Type", "application/json; odata.metadata=minimal")
        for name, value in canned.headers.items():
            self.send_header(name, str(value).replace("{root}", self.root))
        if canned.status != 204:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if canned.status != 204:
            self.wfile.write(content)

    do_GET = do_POST = do_PATCH = do_PUT = do_DELETE = _handle

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
            return body
        return self.rfile.read(int(self.headers.get("Content-Length", 0)))
