"""A real PostgreSQL, started for tests where one is installed."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path


def found():
    """The folder of PostgreSQL's programs; None where it is not installed."""
    places = [Path(path).parent for name in ("initdb",) if (path := shutil.which(name))]
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "initdb").exists()), None)


def why_not():
    """Why the tests with a database are left out; empty where they are not."""
    if os.environ.get("CI"):
        return "CI has no PostgreSQL"
    if found() is None:
        return "PostgreSQL is not installed"
    try:
        import psycopg  # noqa: F401
    except ImportError:
        return "psycopg is not installed"
    return "" if os.geteuid() or (shutil.which("su") and _user()) else "PostgreSQL does not run as root"


def _user():
    """As whom it runs, where this is root; the package brings a user of its own."""
    import pwd

    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if not os.geteuid() and "postgres" in names else None


@contextmanager
def postgresql():
    """A server with nothing in it; its URL."""
    user, programs = _user(), found()
    folder = Path(tempfile.mkdtemp(prefix="np-postgres-"))
    if user:
        shutil.chown(folder, user)
    with closing(socket.socket()) as chosen:
        chosen.bind(("127.0.0.1", 0))
        port = chosen.getsockname()[1]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "user": user, "cwd": folder}
    data = folder / "data"
    made = ["-D", data, "-A", "trust", "-U", "np", "--no-sync"]
    subprocess.run([programs / "initdb", *made], check=True, **quiet)
    options = ["-c", "fsync=off", "-c", "listen_addresses=127.0.0.1", "-k", folder, "-p", str(port)]
    server = subprocess.Popen([programs / "postgres", "-D", data, *options], **quiet)
    try:
        _wait_for(port)
        yield f"postgresql://np@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)  # which waits for no client
        server.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_for(port):
    import psycopg

    end = time.monotonic() + 30
    while time.monotonic() < end:
        try:
            psycopg.connect(f"postgresql://np@127.0.0.1:{port}/postgres").close()
        except psycopg.OperationalError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError("PostgreSQL does not answer")
