"""The production server in this process, on the loopback address and nowhere else."""

import os
import socket
import sys

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

if sys.platform == "win32":
    import waitress

    def _run(sock):
        waitress.serve(get_wsgi_application(), sockets=[sock], threads=WORKERS * THREADS)

else:
    from gunicorn.app.base import BaseApplication

    class Gunicorn(BaseApplication):
        """gunicorn without its command line."""

        def __init__(self, sock):
            self.options = {
                "bind": f"fd://{sock.detach()}",
                "workers": WORKERS,
                "threads": THREADS,
                "loglevel": "warning",
                "control_socket_disable": True,
            }
            super().__init__()

        def load_config(self):
            for name, value in self.options.items():
                if name in self.cfg.settings:  # older versions have no control socket
                    self.cfg.set(name, value)

        def load(self):
            return get_wsgi_application()

    def _run(sock):
        Gunicorn(sock).run()


HOST = "127.0.0.1"
BACKLOG = 512
WORKERS = min(max(2, os.cpu_count() or 1), 4)
THREADS = 2


def reserve(port):
    """A listening socket on `port` (0: any free one); OSError where it cannot be had.

    Callers wait in its queue until it is served.
    """
    return socket.create_server((HOST, port), backlog=BACKLOG)


def address(sock):
    return f"http://{HOST}:{sock.getsockname()[1]}/"


def serve(sock):
    """Answer on `sock` until stopped; never in debug mode."""
    settings.DEBUG = False
    connections.close_all()  # a connection must not cross a fork
    _run(sock)
