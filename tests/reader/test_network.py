"""Certificates and proxies, with a real https server and a real proxy, each in a process of its own."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipeline.errors import MinilabsError
from tests.reader.conftest import Launch, workspace
from tests.reader.test_asking import asked, replayed


@pytest.fixture(autouse=True)
def _alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take away what the machine says of proxies and certificates, and the client's own retries."""
    for name in ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("pipeline.reader.client._RETRIES", 0)


def certificate(path: Path, address: str = "127.0.0.1") -> Path:
    """Write a certificate that a server of `address` signed itself, and its key, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "essai")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address(address))]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = serialization.NoEncryption()
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    path.write_bytes(secret + made.public_bytes(serialization.Encoding.PEM))
    return path


def test_a_certificate_that_nobody_vouches_for_is_refused(tmp_path: Path, launch: Launch) -> None:
    """A server that signed its own certificate is told by one sentence, and no byte of the protocol reaches it."""
    port, folder = launch("server.py", "plain", str(certificate(tmp_path / "own.pem")))
    place = workspace(tmp_path / "a", f"https://127.0.0.1:{port}/v1", 12)
    with pytest.raises(MinilabsError, match=r"reader\.certificate"):
        asked(place)
    assert not (folder / "requests").exists()


def test_a_certificate_of_another_address_is_refused(
    tmp_path: Path, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A trusted certificate made for another machine is refused likewise."""
    path = certificate(tmp_path / "other.pem", "192.0.2.1")
    port, folder = launch("server.py", "plain", str(path))
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    with pytest.raises(MinilabsError, match=r"reader\.certificate"):
        asked(workspace(tmp_path / "a", f"https://127.0.0.1:{port}/v1", 12))
    assert not (folder / "requests").exists()


def test_a_proxy_carries_what_it_cannot_read(tmp_path: Path, launch: Launch, monkeypatch: pytest.MonkeyPatch) -> None:
    """With `HTTPS_PROXY` and the organisation's certificate, all passes through the tunnel, and no text in clear."""
    path = certificate(tmp_path / "own.pem")
    port, folder = launch("server.py", "plain", str(path))
    proxy, seen = launch("proxy.py")
    monkeypatch.setenv("SSL_CERT_FILE", str(path))
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{proxy}")
    place = workspace(tmp_path / "a", f"https://127.0.0.1:{port}/v1", 12)
    assert asked(place).stopped is False
    assert replayed(place) is not None
    assert b"cantine" in (folder / "requests").read_bytes()
    carried = (seen / "seen").read_bytes()
    assert f"CONNECT 127.0.0.1:{port}\n".encode() in carried
    assert b"cantine" not in carried


def test_a_proxy_that_does_not_answer_is_one_sentence(
    tmp_path: Path, launch: Launch, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A proxy that is not there is told as a network that is not, and the server is not reached around it."""
    port, folder = launch("server.py", "plain")
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    with pytest.raises(MinilabsError, match=r"reader\.unreachable"):
        asked(workspace(tmp_path / "a", f"http://127.0.0.1:{port}/v1", 12))
    assert not (folder / "requests").exists()
