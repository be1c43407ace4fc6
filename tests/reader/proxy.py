"""A small proxy that only opens tunnels (CONNECT), as those of organisations do; run as a program of its own.

`python proxy.py FOLDER` writes its port to FOLDER/port, and to FOLDER/seen the request lines and every byte it carried.
"""

from __future__ import annotations

import socket
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FOLDER = Path(sys.argv[1])
LOCK = threading.Lock()


def note(content: bytes) -> None:
    """Keep what passes."""
    with LOCK, (FOLDER / "seen").open("ab") as file:
        file.write(content + b"\n")


def carry(source: socket.socket, target: socket.socket) -> None:
    """Carry bytes one way until an end is closed."""
    try:
        while content := source.recv(65_536):
            note(content)
            target.sendall(content)
    except OSError:
        pass
    finally:
        for end in (source, target):
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class Handler(BaseHTTPRequestHandler):
    """One tunnel."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_CONNECT(self) -> None:
        """Open a tunnel to the address asked for."""
        note(f"CONNECT {self.path}".encode())
        host, _, port = self.path.partition(":")
        with socket.create_connection((host, int(port))) as server:
            self.send_response(200)
            self.end_headers()
            back = threading.Thread(target=carry, args=(server, self.connection))
            back.start()
            carry(self.connection, server)
            back.join()


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    (FOLDER / "port.new").write_text(str(server.server_address[1]))
    (FOLDER / "port.new").rename(FOLDER / "port")
    server.serve_forever()
