"""sehlab from Python: call functions of a 32-bit Windows DLL, disturb them, and see what became of
the chain of exception handlers. Needs libsehlab and nothing else (ctypes).

    import sehlab

    with sehlab.Lab("component.dll") as lab:
        run = lab.call("ParseHeader", b"\\x03\\x0a").run()
        assert run.returned and run.signed == -1
        assert run.handlers == ["component!_except_handler3@component!ParseHeader"]
        assert run.chain_intact, run.report

The library is looked for as $SEHLAB_LIBRARY, then beside this file and in the folders above it,
then where the system looks.
"""

import ctypes
import ctypes.util
import enum
import json
import os
import pathlib

__all__ = [
    "Call", "Convention", "Ended", "Error", "Guest", "Lab", "Long64", "Moment", "Replay", "Run",
    "Snapshot", "Watch", "run_scenarios", "version"
]

_ABI = 1


class Error(Exception):
    """What cannot be done: an image that does not load, a function that is not there."""


class Ended(enum.IntEnum):
    RETURNED = 0
    EXITED = 1
    UNHANDLED_EXCEPTION = 2
    BUDGET_SPENT = 3
    UNMODELLED = 4
    STOPPED = 5


class Watch(enum.IntEnum):
    OFF = 0
    REPORT = 1
    STRICT = 2
    STOP = 3


class Convention(enum.IntEnum):
    STANDARD = 0
    FASTCALL = 1
    THISCALL = 2


class _Options(ctypes.Structure):
    _fields_ = [
        ("size", ctypes.c_size_t),
        ("profile", ctypes.c_char_p),
        ("system_folder", ctypes.c_char_p),
        ("calls_from", ctypes.c_char_p),
        ("dll_folders", ctypes.POINTER(ctypes.c_char_p)),
        ("dll_folder_count", ctypes.c_size_t),
        ("arguments", ctypes.POINTER(ctypes.c_char_p)),
        ("argument_count", ctypes.c_size_t),
        ("budget", ctypes.c_uint64),
        ("seed", ctypes.c_uint64),
        ("watch", ctypes.c_uint32),
        ("sehop", ctypes.c_uint32),
        ("input", ctypes.c_char_p),
        ("input_size", ctypes.c_size_t),
        ("files", ctypes.c_char_p),
        ("suppressions", ctypes.c_char_p),
    ]


_SWEPT = ctypes.CFUNCTYPE(None, ctypes.c_uint64, ctypes.c_void_p, ctypes.c_void_p)
_FUNCTION = ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p, ctypes.c_void_p)


def _find_library():
    named = os.environ.get("SEHLAB_LIBRARY")
    if named:
        return named
    patterns = ("libsehlab.so", "libsehlab.so.*", "libsehlab.dylib")
    for folder in pathlib.Path(__file__).resolve().parents:
        for pattern in patterns:
            for place in (*folder.glob(pattern), *(folder / "lib").glob(pattern)):
                if place.is_file():
                    return str(place)
    return ctypes.util.find_library("sehlab") or "libsehlab.so"


def _load():
    library = ctypes.CDLL(_find_library())
    p, text, size = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t
    u32, u64, integer = ctypes.c_uint32, ctypes.c_uint64, ctypes.c_int
    sizes, u32s = ctypes.POINTER(size), ctypes.POINTER(u32)
    for name, gives, *takes in (
        ("abi", u32),
        ("version", text),
        ("open", p, text, ctypes.POINTER(_Options)),
        ("close", None, p),
        ("error", text, p),
        ("address", u32, p, text),
        ("provide", integer, p, text, text, size, _FUNCTION, p),
        ("call_new", p, p, text),
        ("call_free", None, p),
        ("call_word", None, p, u32),
        ("call_word64", None, p, u64),
        ("call_double", None, p, ctypes.c_double),
        ("call_bytes", None, p, text, size),
        ("call_convention", None, p, u32),
        ("call_inject", None, p, text),
        ("call_profile", None, p, text),
        ("call_watch", None, p, u32),
        ("call_budget", None, p, u64),
        ("call_run", p, p),
        ("call_keep", p, p),
        ("call_sweep", p, p, text, _SWEPT, p),
        ("call_go_to", p, p, text),
        ("call_record", integer, p, text),
        ("snapshot_take", p, p),
        ("snapshot_restore", integer, p, p),
        ("snapshot_free", None, p),
        ("moment_free", None, p),
        ("moment_report", text, p),
        ("moment_json", text, p),
        ("moment_read", integer, p, u32, p, size),
        ("replay_open", p, text),
        ("replay_close", None, p),
        ("replay_error", text, p),
        ("replay_go_to", p, p, text),
        ("run_scenarios", p, ctypes.POINTER(text), size, u32, text),
        ("verdicts_free", None, p),
        ("verdicts_error", text, p),
        ("verdicts_json", text, p),
        ("run_free", None, p),
        ("run_ended", u32, p),
        ("run_code", u32, p),
        ("run_detail", text, p),
        ("run_value", u64, p),
        ("run_floating_value", ctypes.c_double, p),
        ("run_bytes", p, p, size, sizes),
        ("run_exception_handled", integer, p),
        ("run_exceptions", size, p),
        ("run_chain_intact", integer, p),
        ("run_instructions", u64, p),
        ("run_defects", size, p),
        ("run_defect", text, p, size),
        ("run_handlers", size, p, integer),
        ("run_handler", text, p, integer, size),
        ("run_output", p, p, sizes),
        ("run_error_output", p, p, sizes),
        ("run_report", text, p),
        ("run_trace", text, p),
        ("guest_argument", integer, p, size, u32s),
        ("guest_read", integer, p, u32, p, size),
        ("guest_write", integer, p, u32, text, size),
        ("guest_call", integer, p, u32, u32s, size, u32s),
        ("guest_raise", integer, p, u32, u32s, size),
        ("guest_set_last_error", integer, p, u32),
    ):
        function = getattr(library, "sehlab_" + name)
        function.restype, function.argtypes = gives, takes
    if library.sehlab_abi() != _ABI:
        raise ImportError(f"{library._name} has interface {library.sehlab_abi()}, not {_ABI}")
    return library


_lib = _load()


def version():
    """Of the library, as three numbers: "1.2.3"."""
    return _lib.sehlab_version().decode()


def _path(path):
    return os.fsencode(path) if path is not None else None


class _Left(BaseException):
    """The guest has left the provided function for good."""


class Guest:
    """The guest, while a provided function runs. When an exception leaves the function for good,
    whichever method brought that about does not return."""

    def __init__(self, handle):
        self._handle = handle

    @staticmethod
    def _done(result):
        if result != 0:
            raise _Left

    def argument(self, n):
        """The nth word on the stack behind the return address, from 0."""
        value = ctypes.c_uint32()
        self._done(_lib.sehlab_guest_argument(self._handle, n, value))
        return value.value

    def read(self, address, size):
        into = ctypes.create_string_buffer(size)
        self._done(_lib.sehlab_guest_read(self._handle, address, into, size))
        return into.raw

    def read_text(self, address, most=4096):
        """The bytes up to the zero."""
        text = b""
        while len(text) < most:
            letter = self.read(address + len(text), 1)
            if letter == b"\0":
                break
            text += letter
        return text

    def write(self, address, data):
        self._done(_lib.sehlab_guest_write(self._handle, address, bytes(data), len(data)))

    def call(self, address, *words):
        """Calls a function of the guest, and gives its EAX."""
        value = ctypes.c_uint32()
        self._done(
            _lib.sehlab_guest_call(self._handle, address, _words(words), len(words), value))
        return value.value

    def raise_exception(self, code, parameters=()):
        """RaiseException; returns when a handler lets the thread go on."""
        self._done(
            _lib.sehlab_guest_raise(self._handle, code, _words(parameters), len(parameters)))

    def set_last_error(self, code):
        self._done(_lib.sehlab_guest_set_last_error(self._handle, code))


def _words(values):
    return (ctypes.c_uint32 * len(values))(*[value & 0xFFFFFFFF for value in values])


class Run:
    """What became of one call."""

    def __init__(self, handle, arguments):
        def listed(count, item):
            return [item(i).decode() for i in range(count)]

        def output(function):
            size = ctypes.c_size_t()
            return ctypes.string_at(function(handle, size), size.value)

        self.ended = Ended(_lib.sehlab_run_ended(handle))
        self.returned = self.ended == Ended.RETURNED
        self.code = _lib.sehlab_run_code(handle)
        self.detail = _lib.sehlab_run_detail(handle).decode()
        self.value64 = _lib.sehlab_run_value(handle)
        self.value = self.value64 & 0xFFFFFFFF
        self.signed = self.value - (self.value >> 31 << 32)
        self.floating_value = _lib.sehlab_run_floating_value(handle)
        self.exception_handled = bool(_lib.sehlab_run_exception_handled(handle))
        self.exceptions = _lib.sehlab_run_exceptions(handle)
        self.chain_intact = bool(_lib.sehlab_run_chain_intact(handle))
        self.instructions = _lib.sehlab_run_instructions(handle)
        self.defects = listed(_lib.sehlab_run_defects(handle),
                              lambda i: _lib.sehlab_run_defect(handle, i))
        #: "image!handler@image!owner of the record", in the order in which they were asked
        self.handlers = listed(_lib.sehlab_run_handlers(handle, 0),
                               lambda i: _lib.sehlab_run_handler(handle, 0, i))
        self.unwound = listed(_lib.sehlab_run_handlers(handle, 1),
                              lambda i: _lib.sehlab_run_handler(handle, 1, i))
        self.output = output(_lib.sehlab_run_output)
        self.error_output = output(_lib.sehlab_run_error_output)
        self.report = _lib.sehlab_run_report(handle).decode()
        self.trace = _lib.sehlab_run_trace(handle).decode()
        #: of each argument, after the call; None where it has none
        self.bytes = []
        for i in range(arguments):
            size = ctypes.c_size_t()
            at = _lib.sehlab_run_bytes(handle, i, size)
            self.bytes.append(ctypes.string_at(at, size.value) if at else None)

    @property
    def events(self):
        """The events as dictionaries, as the trace format documents them."""
        return [json.loads(line) for line in self.trace.splitlines()[1:]]

    def __repr__(self):
        return f"<sehlab.Run {self.ended.name.lower()}>\n{self.report}"


class Moment:
    """Where a run stood: before an instruction, or at its end. What `sehlab replay --json` tells is
    in attributes of the same names (docs/replay.md): instruction, thread, eip, symbol, source,
    registers, code, chain, chain_ending, ended, events, stdout, stderr."""

    def __init__(self, handle):
        self._handle = handle
        self.report = _lib.sehlab_moment_report(handle).decode()
        for name, value in json.loads(_lib.sehlab_moment_json(handle)).items():
            setattr(self, name, value)

    def memory(self, address, size):
        """The guest's bytes, until the lab or the replay goes on."""
        into = ctypes.create_string_buffer(size)
        if _lib.sehlab_moment_read(self._handle, address, into, size) != 0:
            raise Error(f"nothing is at {address:08x}, or the run has gone on")
        return into.raw

    def __del__(self):
        if getattr(self, "_handle", None):
            _lib.sehlab_moment_free(self._handle)

    def __repr__(self):
        return f"<sehlab.Moment>\n{self.report}"


class _Opened:
    """A handle that is opened, used and closed; `_error` and `_close` are the library's."""

    _error = _close = None

    def _check(self, done):
        error = self._error(self._handle) if self._handle else b"no memory"
        if error is not None:
            raise Error(error.decode(errors="replace"))
        return done

    def close(self):
        handle, self._handle = self._handle, None
        if handle:
            self._close(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        if getattr(self, "_handle", None):
            self.close()


class Replay(_Opened):
    """A recorded run of a program: what `sehlab run --record` or Call.record wrote."""

    _error, _close = map(staticmethod, (_lib.sehlab_replay_error, _lib.sehlab_replay_close))

    def __init__(self, recording):
        self._handle = _lib.sehlab_replay_open(_path(recording))
        self._check(self._handle)

    def go_to(self, place):
        """Forwards or backwards: "fault", "defect#2", "event:45", "start", "end", a number of
        instructions."""
        return Moment(self._check(_lib.sehlab_replay_go_to(self._handle, str(place).encode())))


class Snapshot:
    """From where a lab's calls are made: Lab.snapshot gives it, Lab.restore takes it."""

    def __init__(self, handle):
        self._handle = handle

    def __del__(self):
        if getattr(self, "_handle", None):
            _lib.sehlab_snapshot_free(self._handle)


def run_scenarios(paths, *, jobs=1, junit=None):
    """Runs scenario files and folders of them: what `sehlab test --json` prints
    (docs/scenarios.md), as a dictionary with `passed`, `failed` and `scenarios`."""
    all_paths = [_path(path) for path in paths]
    handle = _lib.sehlab_run_scenarios((ctypes.c_char_p * len(all_paths))(*all_paths),
                                       len(all_paths), jobs, _path(junit))
    try:
        error = _lib.sehlab_verdicts_error(handle)
        if error is not None:
            raise Error(error.decode(errors="replace"))
        return json.loads(_lib.sehlab_verdicts_json(handle))
    finally:
        _lib.sehlab_verdicts_free(handle)


class Call:
    """One call, to be described and run."""

    def __init__(self, lab, function, arguments):
        self._lab, self._arguments = lab, len(arguments)
        self._handle = _lib.sehlab_call_new(lab._handle, function.encode() if function else None)
        for value in arguments:
            self._add(value)

    def _add(self, value):
        if isinstance(value, str):
            value = value.encode() + b"\0"
        if isinstance(value, (bytes, bytearray)):
            _lib.sehlab_call_bytes(self._handle, bytes(value), len(value))
        elif isinstance(value, float):
            _lib.sehlab_call_double(self._handle, value)
        elif isinstance(value, int) and -(1 << 31) <= value < 1 << 32:
            _lib.sehlab_call_word(self._handle, value & 0xFFFFFFFF)
        elif isinstance(value, int):
            raise OverflowError(f"{value} is no 32-bit word; Long64({value}) is passed as two")
        elif isinstance(value, Long64):
            _lib.sehlab_call_word64(self._handle, value.value & (1 << 64) - 1)
        else:
            raise TypeError(f"{type(value).__name__} is nothing that a function takes")

    def __del__(self):
        if getattr(self, "_handle", None):
            _lib.sehlab_call_free(self._handle)

    def convention(self, convention):
        _lib.sehlab_call_convention(self._handle, convention)
        return self

    def inject(self, specification):
        """As `sehlab run --inject` takes it: "at=component!Parse fault=read address=0"."""
        _lib.sehlab_call_inject(self._handle, specification.encode())
        return self

    def profile(self, name):
        _lib.sehlab_call_profile(self._handle, name.encode())
        return self

    def watch(self, watch):
        _lib.sehlab_call_watch(self._handle, watch)
        return self

    def budget(self, instructions):
        _lib.sehlab_call_budget(self._handle, instructions)
        return self

    def _done(self, handle):
        """What the library gave, unless a provided function has raised or it failed."""
        raised, self._lab._raised = self._lab._raised, None
        if raised is not None:
            return None, raised
        return self._lab._check(handle), None

    def _run(self, handle):
        done, raised = self._done(handle)
        if raised is not None:
            _lib.sehlab_run_free(handle)
            raise raised
        try:
            return Run(done, self._arguments)
        finally:
            _lib.sehlab_run_free(done)

    def run(self):
        self._lab._raised = None
        return self._run(_lib.sehlab_call_run(self._handle))

    def keep(self):
        """A run whose effects last: the lab's calls are made from where this one returned."""
        self._lab._raised = None
        return self._run(_lib.sehlab_call_keep(self._handle))

    def sweep(self, what, each):
        """A run for each instruction of an undisturbed one, disturbed before it, such as
        "fault=read address=0"; each(position, run) is told of them. Gives the undisturbed one."""

        def swept(position, handle, _):
            if self._lab._raised is None:
                try:
                    each(position, Run(handle, self._arguments))
                except BaseException as error:  # comes out of this method
                    self._lab._raised = error

        self._lab._raised = None
        return self._run(
            _lib.sehlab_call_sweep(self._handle, what.encode(), _SWEPT(swept), None))

    def go_to(self, place):
        """A Moment: the run as far as "fault", "defect#2", "event:45", "start", "end", or a number
        of instructions. Provided functions may be called twice."""
        self._lab._raised = None
        handle = _lib.sehlab_call_go_to(self._handle, str(place).encode())
        done, raised = self._done(handle)
        if raised is not None:
            _lib.sehlab_moment_free(handle)
            raise raised
        return Moment(done)

    def record(self, file):
        """Writes what it takes to run the program again: for Replay and `sehlab replay`."""
        self._lab._check(_lib.sehlab_call_record(self._handle, _path(file)))


class Long64:
    """A 64-bit argument: two words on the stack."""

    def __init__(self, value):
        self.value = value


class Lab(_Opened):
    """A 32-bit image under test: a DLL or a program."""

    _error, _close = map(staticmethod, (_lib.sehlab_error, _lib.sehlab_close))

    def __init__(self, image, *, profile=None, watch=Watch.REPORT, budget=0, seed=0, sehop=False,
                 dll_folders=(), arguments=(), system_folder=None, calls_from=None, input=b"",
                 files=None, suppressions=None):
        folders = [_path(folder) for folder in dll_folders]
        words = [os.fsencode(word) for word in arguments]
        options = _Options(
            ctypes.sizeof(_Options), profile.encode() if profile else None, _path(system_folder),
            calls_from.encode() if calls_from else None,
            (ctypes.c_char_p * len(folders))(*folders), len(folders),
            (ctypes.c_char_p * len(words))(*words), len(words), budget, seed, watch, int(sehop),
            input, len(input), _path(files), _path(suppressions))
        self._functions, self._raised = [], None
        self._handle = _lib.sehlab_open(_path(image), options)
        try:
            self._check(self._handle)
        except Error:
            self.close()
            raise

    def call(self, function, *arguments):
        """Numbers, floats, bytes (of which the function gets the address), texts."""
        if not self._handle:
            raise Error("the lab is closed")
        return Call(self, function, arguments)

    def program(self):
        """The program as a whole, to its end."""
        return self.call(None)

    def snapshot(self):
        """From where calls are made, and which functions are provided: to restore() after
        Call.keep or provide."""
        return Snapshot(self._check(_lib.sehlab_snapshot_take(self._handle)))

    def restore(self, snapshot):
        self._check(_lib.sehlab_snapshot_restore(self._handle, snapshot._handle))

    def address(self, function):
        return self._check(_lib.sehlab_address(self._handle, function.encode()))

    def provide(self, dll, name, words, function):
        """From now on calls of dll's function come to `function(guest)`, which gives EAX. It takes
        `words` words off the stack (stdcall); 0: cdecl."""

        def called(handle, _):
            if self._raised is not None:
                return 0
            try:
                return (function(Guest(handle)) or 0) & 0xFFFFFFFF
            except _Left:
                return 0
            except BaseException as error:  # comes out of Call.run
                self._raised = error
                return 0

        kept = _FUNCTION(called)
        self._functions.append(kept)
        self._check(
            _lib.sehlab_provide(self._handle, dll.encode(), name.encode(), words, kept, None))
