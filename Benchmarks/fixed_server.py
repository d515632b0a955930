"""nginx on loopback that gives fixed replies over TLS: a server that costs as little as possible."""

import contextlib
import pathlib
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time

PAGES = 20
ROWS_OF_A_PAGE = 5000
ROWS_OF_A_REQUEST = 1000
CONFIGURATION = """
worker_processes 2; daemon off; pid {folder}/pid; error_log {folder}/error.log; worker_rlimit_nofile 4096;
events {{ worker_connections 2048; }}
http {{
  access_log off; sendfile on; tcp_nopush off; keepalive_requests 100000000; keepalive_timeout 600;
  client_max_body_size 0; client_body_buffer_size 256k; default_type application/json; open_file_cache max=100;
  client_body_temp_path {folder}/t1; proxy_temp_path {folder}/t2; fastcgi_temp_path {folder}/t3;
  uwsgi_temp_path {folder}/t4; scgi_temp_path {folder}/t5;
  map $arg_page $page {{ "" 0; default $arg_page; }}
  ssl_certificate {folder}/certificate.pem; ssl_certificate_key {folder}/key.pem; ssl_session_cache shared:s:1m;
  server {{
    listen 127.0.0.1:{port} ssl; listen 127.0.0.1:{http2_port} ssl http2; listen 127.0.0.1:{plain_port};
    location ~ /\\$batch$ {{ error_page 405 =200 /batch; alias {folder}/batch; }}
    location ~ /Microsoft\\.Dynamics\\.CRM\\.CreateMultiple$ {{ error_page 405 =200 /ids; alias {folder}/ids.json; }}
    location = /ids {{ alias {folder}/ids.json; }}
    location = /batch {{ alias {folder}/batch; default_type "multipart/mixed; boundary=fixed"; }}
    location ~ /EntityDefinitions.*/Attributes {{ return 200 '{{"value":[]}}'; }}
    location ~ /EntityDefinitions {{ alias {folder}/table.json; }}
    location = /api/data/v9.2/accounts {{ alias {folder}/pages/$page; }}
    location ~ /new_contract/\\$value$ {{ alias {file}; default_type application/octet-stream; }}
    location ~ /new_contract$ {{
      client_max_body_size 0;
      add_header Location "https://127.0.0.1:{port}/api/data/v9.2/accounts({id})/new_contract?sessiontoken=x" always;
      add_header x-ms-chunk-size 4194304 always;
      return 204;
    }}
    location ~ /accounts\\( {{ alias {folder}/account.json; }}
  }}
}}
"""
ROW_ID = "00000000-0000-4000-8000-000000000001"


def row(number):
    """An account with 17 values beside its annotations."""
    identifier = f"00000000-0000-4000-8000-{number:012x}"
    return (
        f'{{"@odata.etag":"W/\\"{1000000 + number}\\"","accountid":"{identifier}",'
        f'"name":"Contoso {number} – größte Firma","accountnumber":"C-{number}","numberofemployees":{number * 7},'
        f'"revenue":{number * 1000}.2500,"creditlimit":50000.0000000000,"creditonhold":{str(number % 2 == 0).lower()},'
        f'"createdon":"2026-02-{10 + number % 18}T09:30:00Z","modifiedon":"2026-03-{10 + number % 18}T17:05:42Z",'
        f'"emailaddress1":"info{number}@contoso.com","telephone1":"+49 30 {number}",'
        f'"websiteurl":"https://contoso.com/{number}","description":null,"address1_city":"Berlin",'
        f'"address1_country":"Germany","address1_latitude":52.520008,"statecode":0,"statuscode":1,'
        f'"_primarycontactid_value":"{identifier}","versionnumber":{1000000 + number}}}'
    )


class FixedServer(contextlib.AbstractContextManager):
    """Runs while it is entered. `url` is HTTPS with HTTP/1.1, `http2_url` with HTTP/2, `plain_url` without TLS."""

    def __init__(self, file_size):
        self.file_size = file_size

    def __enter__(self):
        if not shutil.which("nginx"):
            sys.exit("nginx is missing: apt-get install nginx-light")
        self.folder = pathlib.Path(tempfile.mkdtemp(dir="/dev/shm" if pathlib.Path("/dev/shm").is_dir() else None))
        self.authority = self.folder / "certificate.pem"
        self.file = self.folder / "file"
        # nginx's workers have a user of their own.
        self.folder.chmod(0o755)
        ports = [self.free_port() for _ in range(3)]
        self.url, self.http2_url = (f"https://127.0.0.1:{port}" for port in ports[:2])
        self.plain_url = f"http://127.0.0.1:{ports[2]}"
        self.write_files()
        (self.folder / "nginx.conf").write_text(
            CONFIGURATION.format(
                folder=self.folder,
                port=ports[0],
                http2_port=ports[1],
                plain_port=ports[2],
                file=self.file,
                id=ROW_ID,
            )
        )
        self.process = subprocess.Popen(["nginx", "-p", self.folder, "-c", self.folder / "nginx.conf"])
        self.wait_until_ready(ports[0])
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait()
        shutil.rmtree(self.folder)

    @staticmethod
    def free_port():
        with socket.socket() as server:
            server.bind(("127.0.0.1", 0))
            return server.getsockname()[1]

    def wait_until_ready(self, port):
        context = ssl.create_default_context(cafile=self.authority)
        for _ in range(100):
            with contextlib.suppress(OSError):
                with socket.create_connection(("127.0.0.1", port)) as connection:
                    with context.wrap_socket(connection, server_hostname="127.0.0.1"):
                        return
            time.sleep(0.05)
        sys.exit(f"nginx does not start: {(self.folder / 'error.log').read_text()}")

    def write_files(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2",
             "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", self.folder / "key.pem",
             "-out", self.authority],
            check=True, capture_output=True,
        )  # fmt: skip
        context = f'"@odata.context":"{self.url}/api/data/v9.2/$metadata#accounts'
        # 1.5 KB, as a row with the columns that forms show.
        text = row(1)[1:-1].replace('"description":null', '"description":"%s"' % ("Long text. " * 75))
        (self.folder / "account.json").write_text(f'{{{context}/$entity",{text}}}')
        (self.folder / "table.json").write_text(
            '{"value":[{"LogicalName":"account","EntitySetName":"accounts","PrimaryIdAttribute":"accountid",'
            f'"PrimaryNameAttribute":"name","MetadataId":"{ROW_ID}"}}]}}'
        )
        ids = ",".join(f'"00000000-0000-4000-8000-{number:012x}"' for number in range(ROWS_OF_A_REQUEST))
        (self.folder / "ids.json").write_text(f'{{"Ids":[{ids}]}}')
        part = (
            "--fixed\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\n"
            "HTTP/1.1 204 No Content\r\nOData-Version: 4.0\r\n"
            f"Location: {self.url}/api/data/v9.2/accounts({{id}})\r\n"
            f"OData-EntityId: {self.url}/api/data/v9.2/accounts({{id}})\r\n\r\n\r\n"
        )
        parts = (part.format(id=f"00000000-0000-4000-8000-{number:012x}") for number in range(ROWS_OF_A_REQUEST))
        (self.folder / "batch").write_bytes(("".join(parts) + "--fixed--\r\n").encode())
        pages = self.folder / "pages"
        pages.mkdir()
        for page in range(PAGES):
            rows = ",".join(row(page * ROWS_OF_A_PAGE + number) for number in range(ROWS_OF_A_PAGE))
            more = f',"@odata.nextLink":"{self.url}/api/data/v9.2/accounts?page={page + 1}"' if page + 1 < PAGES else ""
            (pages / str(page)).write_text(f'{{{context}","value":[{rows}]{more}}}')
        block = bytes(range(256)) * 4096
        with open(self.file, "wb") as file:
            for _ in range(self.file_size // len(block)):
                file.write(block)
