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
import functools
import itertools
import json
import os
import pathlib

__all__ = [
    "Call", "Convention", "Ended", "Error", "Float32", "Guest", "Lab", "Long64", "Moment", "Replay",
    "Run", "Snapshot", "Watch", "profiles", "run_scenarios", "version"
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


_SWEPT = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_uint64, ctypes.c_void_p, ctypes.c_void_p)
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
        ("profile", text, size),
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
        ("call_float", None, p, ctypes.c_float),
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
        ("run_copy", p, p),
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
        ("run_never_fired", text, p, size),
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
        ("guest_give_up", integer, p, text),
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


def profiles():
    """Names of the systems that a lab can be, the default one first."""
    return list(_listed(_lib.sehlab_profile))


def _listed(item, *arguments):
    """The texts that the library gives for 0, 1, ..., up to the first that there is not."""
    for i in itertools.count():
        text = item(*arguments, i)
        if text is None:
            return
        yield text.decode()


def _whole(text):
    if b"\0" in text:
        raise ValueError(f"{text!r} has a zero in it")
    return text


def _text(text):
    """As the library takes it; None: null."""
    return _whole(text.encode()) if text is not None else None


def _path(path):
    return _whole(os.fsencode(path)) if path is not None else None


def _paths(given):
    """One or several, as the library takes them."""
    one = isinstance(given, (str, bytes, os.PathLike))
    paths = [_path(path) for path in ([given] if one else given)]
    return (ctypes.c_char_p * len(paths))(*paths), len(paths)


class _Left(BaseException):
    """The guest has left the provided function for good."""


class _Single:
    """Of which there is one: no copy.copy, no pickle."""

    def __reduce__(self):
        raise TypeError(f"a {type(self).__name__} cannot be copied")


class _Handle(_Single):
    """What the library has given, until it is taken back."""

    _handle = None
    _gone = "it is closed"

    @property
    def _live(self):
        if not self._handle:
            raise Error(self._gone)
        return self._handle


class Guest(_Handle):
    """The guest, while a provided function runs, and not beyond it. When an exception leaves the
    function for good, whichever method brought that about does not return."""

    _gone = "the provided function is over"

    def __init__(self, handle):
        self._handle = handle

    @staticmethod
    def _done(result):
        if result != 0:
            raise _Left

    def argument(self, n):
        """The nth word on the stack behind the return address, from 0."""
        value = ctypes.c_uint32()
        self._done(_lib.sehlab_guest_argument(self._live, n, value))
        return value.value

    def read(self, address, size):
        into = ctypes.create_string_buffer(size)
        self._done(_lib.sehlab_guest_read(self._live, address, into, size))
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
        size = data.nbytes if isinstance(data, memoryview) else len(data)
        self._done(_lib.sehlab_guest_write(self._live, address, bytes(data), size))

    def call(self, address, *words):
        """Calls a function of the guest, and gives its EAX."""
        value = ctypes.c_uint32()
        self._done(
            _lib.sehlab_guest_call(self._live, address, _words(words), len(words), value))
        return value.value

    def raise_exception(self, code, parameters=()):
        """RaiseException; returns when a handler lets the thread go on."""
        self._done(
            _lib.sehlab_guest_raise(self._live, code, _words(parameters), len(parameters)))

    def set_last_error(self, code):
        self._done(_lib.sehlab_guest_set_last_error(self._live, code))


def _words(values):
    return (ctypes.c_uint32 * len(values))(*[value & 0xFFFFFFFF for value in values])


class Run:
    """What became of one call. `value` (EAX; `signed`: with its sign), `value64` (EDX:EAX) and
    `floating_value` (ST(0)) are 0 when the call did not return: look at `returned` first. Lives on
    when its lab is closed."""

    _handle = None

    def __init__(self, handle, arguments):
        self._handle, self._arguments = handle, arguments
        self.ended = Ended(_lib.sehlab_run_ended(handle))
        self.returned = self.ended == Ended.RETURNED
        self.code = _lib.sehlab_run_code(handle)
        self.value64 = _lib.sehlab_run_value(handle)
        self.value = self.value64 & 0xFFFFFFFF
        self.signed = self.value - (self.value >> 31 << 32)

    def __del__(self):
        if self._handle:
            _lib.sehlab_run_free(self._handle)

    def __getstate__(self):
        """A copy, or what is pickled, is a value without the library's."""
        later = (name for name, member in vars(Run).items()
                 if isinstance(member, functools.cached_property))
        return {**self.__dict__, **{name: getattr(self, name) for name in later}, "_handle": None}

    # Made when they are asked for: of most runs nobody asks for most of it.

    @functools.cached_property
    def detail(self):
        """What is not modelled, and where."""
        return _lib.sehlab_run_detail(self._handle).decode()

    @functools.cached_property
    def floating_value(self):
        return _lib.sehlab_run_floating_value(self._handle)

    @functools.cached_property
    def exception_handled(self):
        """An exception was raised, and each was taken."""
        return bool(_lib.sehlab_run_exception_handled(self._handle))

    @functools.cached_property
    def exceptions(self):
        """How many were dispatched."""
        return _lib.sehlab_run_exceptions(self._handle)

    @functools.cached_property
    def chain_intact(self):
        """fs:[0] is what it was, leads to its end, and the watch found nothing."""
        return bool(_lib.sehlab_run_chain_intact(self._handle))

    @functools.cached_property
    def instructions(self):
        return _lib.sehlab_run_instructions(self._handle)

    @functools.cached_property
    def defects(self):
        """Names of what the watch found: "dangling"."""
        return list(_listed(_lib.sehlab_run_defect, self._handle))

    @functools.cached_property
    def never_fired(self):
        """A line for each injection that never fired, with the reason."""
        return list(_listed(_lib.sehlab_run_never_fired, self._handle))

    @functools.cached_property
    def handlers(self):
        """Who was asked, in order: "image!handler@image!owner of the record"."""
        return list(_listed(_lib.sehlab_run_handler, self._handle, 0))

    @functools.cached_property
    def unwound(self):
        """Who was called to clean up, in order."""
        return list(_listed(_lib.sehlab_run_handler, self._handle, 1))

    @functools.cached_property
    def output(self):
        """What it wrote to standard output, as bytes."""
        return self._bytes(_lib.sehlab_run_output)

    @functools.cached_property
    def error_output(self):
        return self._bytes(_lib.sehlab_run_error_output)

    @functools.cached_property
    def bytes(self):
        """Of each argument, after the call; None where it has none."""
        return [self._bytes(_lib.sehlab_run_bytes, i) for i in range(self._arguments)]

    def _bytes(self, function, *arguments):
        size = ctypes.c_size_t()
        at = function(self._handle, *arguments, size)
        return ctypes.string_at(at, size.value) if at else None

    @functools.cached_property
    def report(self):
        """How it ended, who was asked, what became of the chain; of a crash, the report."""
        return _lib.sehlab_run_report(self._handle).decode()

    @functools.cached_property
    def trace(self):
        """The events as JSON Lines."""
        return _lib.sehlab_run_trace(self._handle).decode()

    @property
    def events(self):
        """The events as dictionaries, as the trace format documents them."""
        return [json.loads(line) for line in self.trace.splitlines()[1:]]

    def __repr__(self):
        return f"<sehlab.Run {self.ended.name.lower()}>\n{self.report}"


class _Opened(_Handle):
    """A handle that is opened, used and closed; `_error` and `_close` are the library's."""

    _error = _close = None
    _runs = 0  # that are going on, one within a provided function of the other

    def _open(self, handle):
        if not handle:
            raise MemoryError
        self._given = {}  # the handles of its _Given, and what frees each
        self._handle = handle
        error = self._error(handle)
        if error is not None:
            self.close()
            raise Error(error.decode(errors="replace"))

    def _check(self, done):
        """It, unless it is nothing: so the library says that it failed. That there is an error says
        nothing: a provided function may have asked for what is not there."""
        if not done:
            raise Error((self._error(self._live) or b"no memory").decode(errors="replace"))
        return done

    def _ask(self, function, *arguments):
        """What a function of the library gives, during which it is not to be closed."""
        self._runs += 1
        try:
            return function(*arguments)
        finally:
            self._runs -= 1

    def close(self):
        """Again, too. Not within a run. What it gave is over with it, but for each Run."""
        if self._runs:
            raise Error("it cannot be closed within a run")
        handle, self._handle = self._handle, None
        if handle:
            while self._given:
                given, free = self._given.popitem()
                free(given)
            self._close(handle)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def __del__(self):
        self.close()


class _Given(_Single):
    """A handle that an _Opened has given: freed with this object, or when that is closed."""

    _owner = _free = None

    def __init__(self, owner, handle):
        self._owner, self._handle = owner, handle
        owner._given[handle] = self._free

    @property
    def _live(self):
        return self._owner._live and self._handle

    def __del__(self):
        if self._owner and self._owner._given.pop(self._handle, None):
            self._free(self._handle)


class Moment(_Given):
    """Where a run stood: before an instruction, or at its end. What `sehlab replay --json` tells is
    in attributes of the same names (docs/replay.md): instruction, thread, eip, symbol, source,
    registers, code, chain, chain_ending, ended, events, stdout, stderr."""

    _free = staticmethod(_lib.sehlab_moment_free)

    def __init__(self, owner, handle):
        super().__init__(owner, handle)
        self.report = _lib.sehlab_moment_report(handle).decode()
        for name, value in json.loads(_lib.sehlab_moment_json(handle)).items():
            setattr(self, name, value)

    def memory(self, address, size):
        """The guest's bytes, until the lab or the replay goes on or is closed."""
        into = ctypes.create_string_buffer(size)
        if _lib.sehlab_moment_read(self._live, address, into, size) != 0:
            raise Error(f"nothing is at {address:08x}, or the run has gone on")
        return into.raw

    def __repr__(self):
        return f"<sehlab.Moment>\n{self.report}"


class Replay(_Opened):
    """A recorded run of a program: what `sehlab run --record` or Call.record wrote."""

    _gone = "the replay is closed"
    _error, _close = map(staticmethod, (_lib.sehlab_replay_error, _lib.sehlab_replay_close))

    def __init__(self, recording):
        self._open(_lib.sehlab_replay_open(_path(recording)))

    def go_to(self, place):
        """Forwards or backwards: "fault", "defect#2", "event:45", "start", "end", a number of
        instructions."""
        handle = self._ask(_lib.sehlab_replay_go_to, self._live, _text(str(place)))
        return Moment(self, self._check(handle))


class Snapshot(_Given):
    """From where a lab's calls are made: Lab.snapshot gives it, Lab.restore takes it."""

    _free = staticmethod(_lib.sehlab_snapshot_free)


def run_scenarios(paths, *, jobs=1, junit=None):
    """Runs scenario files and folders of them (or one): what `sehlab test --json` prints
    (docs/scenarios.md), as a dictionary with `passed`, `failed` and `scenarios`."""
    handle = _lib.sehlab_run_scenarios(*_paths(paths), jobs, _path(junit))
    if not handle:
        raise MemoryError
    try:
        error = _lib.sehlab_verdicts_error(handle)
        if error is not None:
            raise Error(error.decode(errors="replace"))
        return json.loads(_lib.sehlab_verdicts_json(handle))
    finally:
        _lib.sehlab_verdicts_free(handle)


class Call(_Given):
    """One call, to be described and run. What a provided function raises ends the run, and comes
    out of the method that began it; the lab is as it was before."""

    _free = staticmethod(_lib.sehlab_call_free)

    def __init__(self, lab, function, arguments):
        handle = _lib.sehlab_call_new(lab._live, _text(function))
        super().__init__(lab, lab._check(handle))
        self._arguments = len(arguments)
        for value in arguments:
            self._add(value)

    def _add(self, value):
        if value is None:
            value = 0
        if isinstance(value, str):
            value = value.encode() + b"\0"
        if isinstance(value, (bytes, bytearray, memoryview)):
            value = bytes(value)
            _lib.sehlab_call_bytes(self._live, value, len(value))
        elif isinstance(value, float):
            _lib.sehlab_call_double(self._live, value)
        elif isinstance(value, int) and -(1 << 31) <= value < 1 << 32:
            _lib.sehlab_call_word(self._live, value & 0xFFFFFFFF)
        elif isinstance(value, int):
            raise OverflowError(f"{value} is no 32-bit word; Long64({value}) is passed as two")
        elif isinstance(value, Float32):
            _lib.sehlab_call_float(self._live, value.value)
        elif isinstance(value, Long64):
            _lib.sehlab_call_word64(self._live, value.value & (1 << 64) - 1)
        else:
            raise TypeError(f"{type(value).__name__} is nothing that a function takes")

    def convention(self, convention):
        _lib.sehlab_call_convention(self._live, convention)
        return self

    def inject(self, specification):
        """As `sehlab run --inject` takes it: "at=component!Parse fault=read address=0"."""
        _lib.sehlab_call_inject(self._live, _text(specification))
        return self

    def profile(self, name):
        _lib.sehlab_call_profile(self._live, _text(name))
        return self

    def watch(self, watch):
        _lib.sehlab_call_watch(self._live, watch)
        return self

    def budget(self, instructions):
        _lib.sehlab_call_budget(self._live, instructions)
        return self

    def _run(self, function, *arguments):
        handle = self._owner._do(_lib.sehlab_run_free, function, self._live, *arguments)
        return Run(self._owner._check(handle), self._arguments)

    def run(self):
        return self._run(_lib.sehlab_call_run)

    def keep(self):
        """A run whose effects last: the lab's calls are made from where this one returned. When a
        provided function raises, nothing is kept. Not within a provided function."""
        if self._owner._guests:
            raise Error("a provided function runs: no call can be kept")
        return self._run(_lib.sehlab_call_keep)

    def sweep(self, what, each):
        """A run for each instruction of an undisturbed one, disturbed before it, such as
        "fault=read address=0"; each(position, run) is told of them. Gives the undisturbed one."""
        lab = self._owner

        def swept(position, handle, _):
            try:
                each(position, Run(lab._check(_lib.sehlab_run_copy(handle)), self._arguments))
            except BaseException as error:  # comes out of this method
                lab._raised = error
                return 1
            return 0

        return self._run(_lib.sehlab_call_sweep, _text(what), _SWEPT(swept), None)

    def go_to(self, place):
        """A Moment: the run as far as "fault", "defect#2", "event:45", "start", "end", or a number
        of instructions. Provided functions may be called twice."""
        lab = self._owner
        handle = lab._do(_lib.sehlab_moment_free, _lib.sehlab_call_go_to, self._live,
                         _text(str(place)))
        return Moment(lab, lab._check(handle))

    def record(self, file):
        """Writes what it takes to run the program again: for Replay and `sehlab replay`."""
        lab = self._owner
        lab._check(lab._do(None, _lib.sehlab_call_record, self._live, _path(file)) == 0)


class Float32:
    """An argument of C's type float: one word. A Python float is passed as a double."""

    def __init__(self, value):
        self.value = value


class Long64:
    """A 64-bit argument: two words on the stack."""

    def __init__(self, value):
        self.value = value


class Lab(_Opened):
    """A 32-bit image under test: a DLL or a program."""

    _gone = "the lab is closed"
    _error, _close = map(staticmethod, (_lib.sehlab_error, _lib.sehlab_close))

    def __init__(self, image, *, profile=None, watch=Watch.REPORT, budget=0, seed=0, sehop=False,
                 dll_folders=(), arguments=(), system_folder=None, calls_from=None, input=b"",
                 files=None, suppressions=None):
        options = _Options(
            ctypes.sizeof(_Options), _text(profile), _path(system_folder), _text(calls_from),
            *_paths(dll_folders), *_paths(arguments), budget, seed, watch, int(sehop), input,
            len(input), _path(files), _path(suppressions))
        self._functions, self._guests, self._raised = [], [], None
        self._open(_lib.sehlab_open(_path(image), options))

    def _do(self, free, function, *arguments):
        """What a function of the library gives. When what it called here has raised, that comes
        out, and what it gave is freed."""
        self._raised = None
        given = self._ask(function, *arguments)
        raised, self._raised = self._raised, None
        if raised is not None:
            if free is not None:
                free(given)
            raise raised
        return given

    def call(self, function, *arguments):
        """Numbers, floats, texts; bytes, bytearrays and memoryviews, of which the function gets the
        address of a copy; None, which is NULL: a word of 0."""
        return Call(self, function, arguments)

    def program(self):
        """The program as a whole, to its end."""
        return self.call(None)

    def snapshot(self):
        """From where calls are made, and which functions are provided: to restore() after
        Call.keep or provide."""
        return Snapshot(self, self._check(_lib.sehlab_snapshot_take(self._live)))

    def restore(self, snapshot):
        handle = self._live
        if snapshot._owner is not self:
            raise Error("the snapshot is another lab's")
        self._check(_lib.sehlab_snapshot_restore(handle, snapshot._live) == 0)

    def address(self, function):
        return self._check(self._do(None, _lib.sehlab_address, self._live, _text(function)))

    def provide(self, dll, name, words, function):
        """From now on calls of dll's function come to `function(guest)`, which gives EAX. It takes
        `words` words off the stack (stdcall); 0: cdecl."""

        def called(handle, _):
            guest = Guest(handle)
            self._guests.append(guest)
            try:
                return (function(guest) or 0) & 0xFFFFFFFF
            except _Left:
                return 0
            except BaseException as error:  # comes out of Call.run
                self._raised = error
                _lib.sehlab_guest_give_up(handle, b"a provided function raised")
                return 0
            finally:
                self._guests.pop()._handle = None

        kept = _FUNCTION(called)
        self._functions.append(kept)
        self._check(
            self._do(None, _lib.sehlab_provide, self._live, _text(dll), _text(name), words,
                     kept, None) == 0)
