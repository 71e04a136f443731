"""Holds what sehlab prints as JSON against docs/schemas: outputs.py SEHLAB GUESTS FIXTURES

The outputs are those of real runs, one at least of each kind of answer that a command has.
Expectations: the schemas, which say what docs/cli.md, docs/sweeps.md, docs/replay.md and
docs/trace-format.md say.
"""
import pathlib
import subprocess
import sys
import tempfile

import schemas
from schemas import Problem, Schema, parse

SEHLAB, GUESTS, FIXTURES = (pathlib.Path(argument).resolve() for argument in sys.argv[1:4])
SCRATCH = tempfile.TemporaryDirectory()
FOLDER = pathlib.Path(SCRATCH.name)
ALL = {name: Schema(name) for name in schemas.names()}

# Fault, vectored handlers, unwinding, refusals, threads, injections: each kind of event but
# `reached`, which only scenarios ask for.
TRACED = [
    ["--watch=strict", "go_buggy.exe", "TestCallbackPanicLocked", "TestSetPanicOnFault"],
    ["--watch=strict", "go_fixed.exe", "TestCallbackPanicLocked", "TestSetPanicOnFault"],
    ["--inject", "at=call:kernel32!CreateFileA fail=-1 error=80", "fault_once.exe"],
    ["vectored.exe"], ["seh_vectored_first.O2.exe"], ["seh_finally_order.O2.exe"],
    ["thread.exe"], ["own_handler.exe"], ["continue_after_raise.exe"], ["chain_cycle.exe"],
    ["--sehop", "chain_cycle.exe"], ["unknown_import.exe"], ["bad_record.exe"], ["unhandled.exe"],
    ["--watch=report", "overwritten_record.exe"], ["--watch=report", "leak_longjmp.exe"],
]


def run(*arguments, codes=(0,)):
    ran = subprocess.run([SEHLAB, *map(str, arguments)], stdin=subprocess.DEVNULL, cwd=GUESTS,
                         capture_output=True, timeout=300, check=False)
    if ran.returncode not in codes:
        raise Problem(f"sehlab {' '.join(map(str, arguments))} ended with {ran.returncode}: "
                      f"{ran.stderr.decode('utf-8', 'replace')[-400:]}")
    return ran.stdout.decode("utf-8")


def hold(name, text, whose):
    instance = parse(text)
    ALL[name].hold(instance, whose)
    return instance


def every_schema_is_strict():
    for name in schemas.names():
        for place in schemas.loose_objects(schemas.load(name)):
            if "/if/" not in place and "/then" not in place:
                raise Problem(f"{name}: {place} does not say additionalProperties")


def how_a_run_ended():
    ends = {}
    for arguments in [
            ["exit0.exe"], ["unhandled.exe"], ["unknown_import.exe"],
            ["--budget", "30000", "go_fixed.exe"],
            ["--watch=stop", "go_buggy.exe", "TestCallbackPanicLocked", "TestSetPanicOnFault"],
            ["--inject", "at=call:kernel32!CreateFileA fail=-1", "exit0.exe"],
            ["--inject", "at=exit0!start fault=illegal", "exit0.exe"]]:
        file = FOLDER / "result.json"
        run("run", "--result", file, *arguments, codes=range(256))
        told = hold("run-result", file.read_text("utf-8"), " ".join(arguments))
        ends[told["kind"]] = told
    if len(ends) != 5:  # docs/cli.md: the five kinds
        raise Problem(f"run-result: only {sorted(ends)}")


def traces():
    kinds = set()
    for arguments in TRACED:
        lines = FOLDER / "trace.jsonl"
        run("run", "--trace=jsonl", "-o", lines, "--budget", "150000", *arguments,
            codes=range(256))
        seen = {}
        for number, line in enumerate(lines.read_text("utf-8").splitlines(), 1):
            kind = line.split('"', 4)[3] if line.startswith('{"kind":') else "header"
            seen[kind] = seen.get(kind, 0) + 1
            if seen[kind] <= 20:  # of a kind: a loop's thousands are alike, and it takes 20 ms each
                ALL["trace"].hold(parse(line), f"{' '.join(arguments)}: line {number}",
                                  40 if seen[kind] == 1 else 0)
        if seen.get("header") != 1:
            raise Problem(f"{arguments}: {seen.get('header')} headers")
        kinds |= seen.keys()
    known = set(schemas.load("trace")["$defs"]["event"]["properties"]["kind"]["enum"])
    if known - kinds != {"reached"}:
        raise Problem(f"trace: these kinds came in no run: {sorted(known - kinds)}")


def chrome_traces():
    phases = set()
    for arguments in TRACED[:4]:
        file = FOLDER / "trace.json"
        run("run", "--trace=chrome", "-o", file, *arguments, codes=range(256))
        phases |= {event["ph"] for event in hold("chrome-trace", file.read_text("utf-8"),
                                                 " ".join(arguments))}
    if phases != set("MBEi"):
        raise Problem(f"chrome-trace: only {phases}")


def results_of_scenarios():
    hold("test", run("test", "--json", FIXTURES / "scenarios" / "watch"), "watch")
    hold("test", run("test", "--json", FIXTURES / "scenarios" / "inject"), "inject")
    wrong = FOLDER / "scenarios"
    wrong.mkdir()
    head = 'title = "t"\nguest = "exit0.exe"\n'
    (wrong / "failed.toml").write_text(head + "[expect]\nexit = 1\n")
    (wrong / "broken.toml").write_text(head + "[expect]\nexti = 1\n")
    (wrong / "skipped.toml").write_text(head + 'skip = "not now"\n[expect]\nexit = 0\n')
    (wrong / "golden.toml").write_text(head + 'trace = "golden.trace"\n[expect]\nexit = 0\n')
    told = hold("test", run("test", "--json", "--update", "--reports", FOLDER / "reports", wrong,
                            codes=(2,)), "one of each")
    if sum("report" in one for one in told["scenarios"]) != 1:
        raise Problem("test: one report, of the scenario that failed")
    statuses = {one["status"] for one in told["scenarios"]}
    if statuses != {"passed", "failed", "skipped", "broken"}:
        raise Problem(f"test: only {statuses}")
    if not any("golden_changed" in one for one in told["scenarios"]):
        raise Problem("test: nothing was updated")


def sweeps():
    out = FOLDER / "sweep.toml"
    good = hold("sweep", run("sweep", "--json", "-o", out, "--window", "raise..step", "--fault",
                             "read", "--lines", "seh_nested_except.O2.exe"), "nested")
    if not good["holds"]:
        raise Problem("sweep: docs/sweeps.md has this one hold")
    bad = hold("sweep", run("sweep", "--json", "-o", out, "--window",
                            "start..kernel32!ExitProcess", "--fault", "read", "divide",
                            "fault_continue.exe", codes=(1,)), "fault_continue")
    if not bad["failures"] or "scenario" not in bad:
        raise Problem("sweep: docs/sweeps.md has this one fail")
    scenario = FIXTURES / "scenarios" / "go" / "sweep-callback-buggy.toml"
    foreseen = hold("sweep", run("sweep", "--json", scenario), "sweep-callback-buggy.toml")
    if not foreseen["expectations"] or not foreseen["failing"]:
        raise Problem("sweep: the scenario has expectations, and foresees failures")


def replays():
    recording = FOLDER / "crash.rec"
    run("run", "--watch=report", "--record", recording, "go_buggy.exe", "TestCallbackPanicLocked",
        "TestSetPanicOnFault", codes=(139,))
    places = [word for place in ("start", "defect", "fault", "end") for word in ("--to", place)]
    lines = run("replay", recording, "--json", *places).splitlines()
    if len(lines) != 4:
        raise Problem(f"replay: {len(lines)} lines for four places")
    for line in lines:
        hold("replay", line, "go_buggy.exe")


def the_course_and_the_glossary():
    hold("learn", run("learn", "--json"), "learn")
    for words in ([], ["access_violation"], ["2"], ["dangling"], ["wow64"], ["profile"],
                  ["profile", "windows-7"], ["handler-on-stack"]):
        hold("explain", run("explain", "--json", *words), " ".join(words))


def fuzzing():
    # docs/fuzzing-sequences-text.md: the text form. A panic through a callback is Go's bug.
    text = FOLDER / "panic.txt"
    text.write_text("NOP\nGOCALL\nDEFER RECOVER\nCGOCALL\nCALLBACK\nPANIC 1\n")
    bad = FOLDER / "seeds" / "bad"
    bad.parent.mkdir()
    run("fuzz", "show", text, "-o", bad, "--guest", "sequences_go_buggy", codes=(0, 1))
    for guest, code in (("sequences_go_buggy", 1), ("sequences_go", 0)):
        told = hold("fuzz-replay", run("fuzz", "replay", "--json", "--guest", guest, bad,
                                       codes=(code,)), guest)
        if told["findings"] != code:
            raise Problem(f"fuzz replay: {told['findings']} findings with {guest}")
    if not (SEHLAB.parent / "fuzz" / "sequences").exists():
        return  # no libFuzzer here
    found = hold("fuzz-run", run("fuzz", "run", "--json", "--guest", "sequences_go_buggy",
                                 "--time", "40", "--seed", "7470", "--corpus", bad.parent,
                                 "--out", FOLDER / "out", codes=(1,)), "sequences_go_buggy")
    if len(found["findings"]) != 1 or "scenario" not in found["findings"][0]:
        raise Problem("fuzz run: docs/fuzzing.md has a finding with a scenario")
    hold("fuzz-run", run("fuzz", "run", "--json", "--time", "2", "--out", FOLDER / "none"), "none")
    hold("fuzz-mutants", run("fuzz", "mutants", "--json", "--time", "20",
                             "noncontinuable_continues", codes=(0, 1)), "a mutant")


def every_schema_was_used():
    unused = [name for name, schema in ALL.items() if schema.held == 0]
    if unused and (SEHLAB.parent / "fuzz" / "sequences").exists():
        raise Problem(f"no output was held against {unused}")
    print(", ".join(f"{name} {schema.held}" for name, schema in ALL.items()))


sys.exit(schemas.main([every_schema_is_strict, how_a_run_ended, traces, chrome_traces,
                       results_of_scenarios, sweeps, replays, the_course_and_the_glossary, fuzzing,
                       every_schema_was_used]))
