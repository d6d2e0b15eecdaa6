"""A central server as an administrator would set it up: Debian's PostgreSQL 15, TLS and SCRAM only."""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import secrets
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from psycopg2.extensions import make_dsn

from erp_desktop.server.account import server_account
from erp_desktop.server.embedded import _free_port

if TYPE_CHECKING:
    from erp_desktop.services.db import Profile

BINARIES = Path("/usr/lib/postgresql/15/bin")
_GUIDE = Path(__file__).resolve().parents[2] / "docs" / "admin.md"
_SETTINGS = """
listen_addresses = '127.0.0.1'
unix_socket_directories = ''
ssl = on
ssl_cert_file = '{home}/server.crt'
ssl_key_file = '{home}/server.key'
password_encryption = 'scram-sha-256'
fsync = off
port = {port}
"""


def _rules() -> str:
    """The rules of the administrator's guide, as they stand there, for this computer's network."""
    (rules,) = re.findall(r"```\n(local .*?)```", _GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    return str(rules).replace("10.0.0.0/8", "127.0.0.0/8")


@dataclass(frozen=True)
class CentralServer:
    """A running server and the certificate of the authority that vouches for it."""

    home: Path
    port: int
    authority: Path
    secret: str
    database: str = "tenon"

    @classmethod
    def start(cls, folder: Path) -> CentralServer:
        """Make a cluster in `folder` and start it."""
        account = server_account()
        folder.mkdir(mode=0o755)
        home = account.make_home(folder)
        server = cls(home, _free_port(0), folder / "authority.crt", secrets.token_urlsafe(16))
        authority = Authority("Test authority")
        server.authority.write_bytes(authority.certificate_file())
        for name, content in zip(("server.crt", "server.key"), authority.issue("localhost", "127.0.0.1"), strict=True):
            account.write_secret(home / name, content.decode())
        account.write_secret(home / "password", server.secret)
        cluster = home / "cluster"
        server._run("initdb", "-D", str(cluster), "-U", "postgres", "-A", "scram-sha-256", "-E", "UTF8", "--no-sync",
            "--locale=C.UTF-8", f"--pwfile={home / 'password'}")  # fmt: skip
        with (cluster / "postgresql.conf").open("a") as file:
            file.write(_SETTINGS.format(home=home, port=server.port))
        (cluster / "pg_hba.conf").write_text(_rules())
        server._run("pg_ctl", "start", "-w", "-D", str(cluster), "-l", str(home / "log"))
        return server

    def stop(self) -> None:
        """Stop the server and remove its cluster."""
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self.home / "cluster"))
        shutil.rmtree(self.home)

    def superuser_dsn(self, database: str = "", **parameters: object) -> str:
        """How the superuser connects; `parameters` replace those of TLS."""
        return make_dsn(**{
            "host": "localhost", "port": self.port, "dbname": database or self.database, "user": "postgres",
            "password": self.secret, "sslmode": "verify-full", "sslrootcert": str(self.authority), **parameters,
        })  # fmt: skip

    def profile(self) -> Profile:
        """How people connect."""
        from erp_desktop.services.db import Profile

        return Profile("central", "localhost", self.port, self.database, root_certificate=str(self.authority))

    def _run(self, program: str, *arguments: str) -> None:
        with tempfile.TemporaryFile("w+") as output:
            result = server_account().run([str(BINARIES / program), *arguments], output)
            output.seek(0)
            if result.returncode != 0:
                raise subprocess.CalledProcessError(result.returncode, program, output.read())


class Authority:
    """A certificate authority of our own."""

    def __init__(self, name: str) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        constraints = x509.BasicConstraints(ca=True, path_length=0)
        builder = self._builder(self._name, self._key.public_key()).add_extension(constraints, critical=True)
        self._certificate = builder.sign(self._key, hashes.SHA256())

    def certificate_file(self) -> bytes:
        """What clients need to trust this authority."""
        return self._certificate.public_bytes(serialization.Encoding.PEM)

    def issue(self, host: str, address: str) -> tuple[bytes, bytes]:
        """Certificate and key of a server."""
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
        names = x509.SubjectAlternativeName([x509.DNSName(host), x509.IPAddress(ipaddress.ip_address(address))])
        builder = self._builder(subject, key.public_key()).add_extension(names, critical=False)
        certificate = builder.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
        encoding, form = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        return certificate, key.private_bytes(encoding, form, serialization.NoEncryption())

    def _builder(self, subject: x509.Name, public_key: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        now = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self._name)
            .public_key(public_key)
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - dt.timedelta(days=1))
            .not_valid_after(now + dt.timedelta(days=2))
        )
