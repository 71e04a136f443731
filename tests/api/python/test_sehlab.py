"""sehlab.py on component.dll: expectations from guest/api/component.c.

    test_sehlab.py GUEST_FOLDER
"""

import array
import copy
import gc
import os
import pathlib
import pickle
import sys
import tempfile
import unittest

import sehlab

GUESTS = sys.argv.pop()


def component(**options):
    return sehlab.Lab(GUESTS + "/component.dll", **options)


class Calls(unittest.TestCase):
    def test_words_and_value(self):
        with component() as lab:
            run = lab.call("Weigh", 1, 2, 3).run()
            self.assertEqual((run.ended, run.value), (sehlab.Ended.RETURNED, 321))
            self.assertTrue(run.chain_intact)
            fast = lab.call("WeighFast", 1, 2, 3).convention(sehlab.Convention.FASTCALL)
            self.assertEqual(fast.run().value, 321)
            self.assertEqual(lab.call("Weigh", -1, 0, 0).run().signed, -1)
            self.assertEqual(lab.call("Twice", sehlab.Long64(1 << 40)).run().value64, 2 << 40)
            self.assertEqual(lab.call("Half", 7.0).run().floating_value, 3.5)

    def test_none_is_null_and_views_are_bytes(self):
        with component() as lab:
            self.assertEqual(lab.call("Weigh", None, 2, None).run().value, 20)
            view = memoryview(b"x\x03\x0a\x14\x1e")[1:]
            self.assertEqual(lab.call("ParseHeader", view).run().value, 60)
            words = memoryview(array.array("I", [0x14140a03, 0]))
            run = lab.call("ParseHeader", words).run()
            self.assertEqual((run.value, len(run.bytes[0])), (0x0a + 0x14 + 0x14, 8))
            self.assertEqual(lab.call("Shout", bytearray(b"seh\0")).run().bytes, [b"SEH\0"])
            self.assertEqual(lab.call("Weigh", None, 2, None).run().bytes, [None] * 3)

    def test_a_name_is_whole(self):
        with component() as lab:
            for wrong in (lambda: lab.call("Weigh\0x"), lambda: lab.address("Weigh\0"),
                          lambda: sehlab.Lab(GUESTS + "/component.dll\0x")):
                with self.assertRaisesRegex(ValueError, "zero"):
                    wrong()
            with self.assertRaisesRegex(sehlab.Error, "no name"):
                lab.call("").run()

    def test_profiles_are_what_a_lab_can_be(self):
        self.assertEqual(sehlab.profiles()[0], "windows-10")  # docs/profiles.md
        for name in sehlab.profiles():
            with component(profile=name) as lab:
                self.assertEqual(lab.call("Weigh", 1, 2, 3).run().value, 321)

    def test_an_injection_that_never_fired_is_told_of(self):
        with component() as lab:
            run = lab.call("Weigh", 1, 2, 3).inject("at=Picky fault=divide").run()
            self.assertRegex(run.never_fired[0], "at=Picky .*never fired")
            fired = lab.call("Weigh", 1, 2, 3).inject("at=Weigh fault=divide").run()
            self.assertEqual((fired.never_fired, fired.code), ([], 0xC0000094))

    def test_a_call_that_did_not_return_has_no_value(self):
        with component() as lab:
            run = lab.call("Die").run()
            self.assertEqual((run.returned, run.code), (False, 7))
            self.assertEqual((run.value, run.value64, run.signed, run.floating_value), (0,) * 4)
            self.assertIn("are 0 when the call did not return", " ".join(run.__doc__.split()))

    def test_a_sweep_ends_with_what_is_raised(self):
        with component() as lab:
            seen = []

            def each(position, _):
                seen.append(position)
                if position == 2:
                    raise ValueError("mine")

            with self.assertRaises(ValueError):
                lab.call("Weigh", 1, 2, 3).sweep("fault=divide", each)
            self.assertEqual(seen, [0, 1, 2])
            self.assertEqual(lab.call("Weigh", 1, 2, 3).run().value, 321)
            runs = []

            def fetch(_):
                runs.append(1)
                raise ValueError("mine")

            lab.provide("rows", "FetchRow", 3, fetch)
            with self.assertRaises(ValueError):
                lab.call("SumRow", 1).sweep("fault=divide", each)
            self.assertEqual(len(runs), 1)

    def test_nothing_is_copied(self):
        with component() as lab:
            for one in (lab, lab.call("Weigh", 1, 2, 3), lab.snapshot()):
                for make in (copy.copy, copy.deepcopy, pickle.dumps):
                    with self.assertRaisesRegex(TypeError, "cannot be copied"):
                        make(one)

    def test_a_run_is_a_value(self):
        with component() as lab:
            runs = [lab.call("Picky", 2).run()]
            lab.call("Picky", 1).sweep("fault=divide", lambda _, run: runs.append(run))
        for run in runs:  # the lab is closed
            copies = (copy.copy(run), copy.deepcopy(run), pickle.loads(pickle.dumps(run)))
            reports = {one.report for one in (run, *copies)}
            self.assertEqual((len(reports), run.report in repr(copies[0])), (1, True))
            for one in copies:
                self.assertEqual((one.events, one.code), (run.events, run.code))
        self.assertEqual(runs[0].code, 0xE0000007)
        self.assertEqual({run.code for run in runs[1:]}, {0xC0000094})
        del runs, run
        self.assertEqual(copies[0].code, 0xC0000094)

    def test_a_float_is_one_word(self):
        with component() as lab:
            # 1.5f is 3fc00000 (IEEE 754)
            run = lab.call("Weigh", sehlab.Float32(1.5), 0, 0).run()
            self.assertEqual(run.value, 0x3FC00000)

    def test_what_the_test_has_handled_is_no_error_of_the_run(self):
        with component() as lab:
            def fetch(_):
                with self.assertRaises(sehlab.Error):
                    lab.address("Nobody")
                return 0

            lab.provide("rows", "FetchRow", 3, fetch)
            self.assertTrue(lab.call("SumRow", 1).run().returned)
            with self.assertRaises(sehlab.Error):
                lab.provide("rows", "", 3, fetch)

    def test_what_is_closed_says_so(self):
        lab = component()
        call, taken = lab.call("Weigh", 1, 2, 3), lab.snapshot()
        lab.close()
        lab.close()
        for used in (call.run, call.keep, lab.snapshot, lab.program,
                     lambda: call.sweep("fault=divide", lambda *_: None),
                     lambda: call.go_to("start"), lambda: call.record("x"),
                     lambda: call.convention(0), lambda: call.inject("at=component!Weigh"),
                     lambda: call.profile("windows-xp"), lambda: call.watch(0),
                     lambda: call.budget(1), lambda: lab.call("Weigh"),
                     lambda: lab.restore(taken), lambda: lab.address("Weigh"),
                     lambda: lab.provide("rows", "FetchRow", 3, lambda guest: 0)):
            with self.assertRaisesRegex(sehlab.Error, "the lab is closed"):
                used()

    def test_what_a_lab_gave_is_over_with_it_and_runs_live_on(self):
        with component() as lab:
            call = lab.call("ParseHeader", b"\x03\x0a")
            run, fault, fresh = call.run(), call.go_to("fault"), lab.snapshot()
        self.assertEqual((run.signed, run.bytes), (-1, [b"\x03\x0a"]))
        self.assertIn("component!sum_of", fault.report)
        with self.assertRaisesRegex(sehlab.Error, "the lab is closed"):
            fault.memory(fault.chain[0]["record"], 4)
        with component() as other, self.assertRaisesRegex(sehlab.Error, "another lab"):
            other.restore(fresh)

    def test_what_is_forgotten_is_freed_in_any_order(self):
        lab = component()
        lab.provide("rows.dll", "FetchRow", 3, lambda guest: lab.address("Weigh"))  # a cycle
        held = [lab.call("SumRow", 1), lab.snapshot(), lab.call("Weigh", 1, 2, 3).go_to("end")]
        held.append(held)
        del lab, held
        gc.collect()
        moment = component().call("Weigh", 1, 2, 3).go_to("end")  # which has its lab live
        self.assertEqual(len(moment.memory(int(moment.registers["esp"]), 4)), 4)

    def test_a_lab_is_not_closed_within_a_run_and_a_guest_ends_with_its_function(self):
        guests = []
        with component() as lab:
            def fetch(guest):
                guests.append(guest)
                lab.close()

            lab.provide("rows", "FetchRow", 3, fetch)
            with self.assertRaisesRegex(sehlab.Error, "within a run"):
                lab.call("SumRow", 1).run()
            with self.assertRaisesRegex(sehlab.Error, "within a run"):
                lab.call("Weigh", 1, 2, 3).sweep("fault=divide", lambda *_: lab.close())
            self.assertEqual(lab.call("Weigh", 1, 2, 3).run().value, 321)
            guest = guests[0]
            for used in (lambda: guest.argument(0), lambda: guest.read(0x1000, 1),
                         lambda: guest.read_text(0x1000), lambda: guest.write(0x1000, b"x"),
                         lambda: guest.call(0x1000), lambda: guest.raise_exception(1),
                         lambda: guest.set_last_error(1)):
                with self.assertRaisesRegex(sehlab.Error, "the provided function is over"):
                    used()

    def test_a_run_ends_where_a_provided_function_raises(self):
        with component() as lab:
            later = []

            def fetch(guest):
                raise ValueError("mine")

            lab.provide("rows", "FetchRow", 3, fetch)
            lab.provide("kernel32", "CreateFileA", 7, lambda _: later.append(1))
            lab.provide("component", "Weigh", 3, lambda guest: guest.call(lab.address("SumRow"), 1))
            with self.assertRaisesRegex(ValueError, "mine"):
                lab.call("Weigh", 1, 2, 3).run()
            self.assertEqual(later, [])
            lab.provide("rows", "FetchRow", 3, lambda _: 0)
            self.assertEqual(lab.call("Weigh", 1, 2, 3).run().signed, -1)

    def test_nothing_is_kept_when_a_provided_function_raises(self):
        with component() as lab:
            def fetch(_):
                raise ValueError("mine")

            lab.provide("rows", "FetchRow", 3, fetch)
            lab.call("CountCalls").keep()
            with self.assertRaises(ValueError):
                lab.call("SumRow", 1).keep()
            other = lab.call("CountCalls").profile("windows-xp")
            self.assertEqual((lab.call("CountCalls").run().value, other.run().value), (2, 2))

    def test_a_process_in_which_a_kept_call_raised_is_not_used(self):
        with component() as lab:
            rows = [1]
            lab.provide("rows.dll", "FetchRow", 3, lambda _: rows.pop())
            lab.call("SumRow", 1).keep()
            other = lab.call("Weigh", 1, 2, 3).profile("windows-xp")
            for _ in range(2):  # it makes the kept call first
                with self.assertRaises(IndexError):
                    other.run()
            rows.append(1)
            self.assertEqual(other.run().value, 321)

    def test_within_a_provided_function_no_call_is_kept(self):
        with component() as lab:
            def fetch(guest):
                lab.call("CountCalls").profile("windows-xp").keep()
                return guest.argument(0)

            lab.provide("rows.dll", "FetchRow", 3, fetch)
            with self.assertRaisesRegex(sehlab.Error, "no call can be kept"):
                lab.call("SumRow", 1).run()

    def test_an_error_that_a_provided_function_takes_is_not_that_of_the_call(self):
        with component() as lab:
            def fetch(_):
                with self.assertRaisesRegex(sehlab.Error, "no such export or symbol"):
                    lab.address("NoSuch")
                return 1

            lab.provide("rows.dll", "FetchRow", 3, fetch)
            self.assertEqual(lab.call("SumRow", 1).run().value, 0)

    def test_bytes_end_at_a_page_that_faults(self):
        with component() as lab:
            self.assertEqual(lab.call("ParseHeader", b"\x03\x0a\x14\x1e").run().value, 60)
            run = lab.call("ParseHeader", b"\x03\x0a").run()
            self.assertEqual(run.signed, -1)
            self.assertTrue(run.exception_handled)
            self.assertEqual(run.handlers,
                             ["component!_except_handler3@component!ParseHeader"])
            self.assertEqual([e["kind"] for e in run.events if e["kind"] == "fault"], ["fault"])
            self.assertEqual(lab.call("Shout", "seh").run().bytes, [b"SEH\0"])

    def test_injection_and_report(self):
        with component() as lab:
            run = lab.call("Weigh", 1, 2, 3).inject("at=component!Weigh fault=divide").run()
            self.assertEqual(run.ended, sehlab.Ended.UNHANDLED_EXCEPTION)
            self.assertEqual(run.code, 0xC0000094)
            self.assertIn("who was asked", run.report)

    def test_leak(self):
        with component(watch=sehlab.Watch.STRICT) as lab:
            run = lab.call("Leak").run()
            self.assertFalse(run.chain_intact)
            self.assertEqual(run.defects, ["dangling"])

    def test_a_program_as_a_whole(self):
        words = ("TestCallbackPanicLocked", "TestSetPanicOnFault")
        with sehlab.Lab(GUESTS + "/go_buggy.exe", arguments=words) as lab:
            run = lab.program().run()
            self.assertEqual((run.ended, run.code),
                             (sehlab.Ended.UNHANDLED_EXCEPTION, 0xC0000005))
            self.assertEqual(run.defects, ["overwritten"])

    def test_what_cannot_be_done(self):
        with self.assertRaisesRegex(sehlab.Error, "no such file"):
            sehlab.Lab(GUESTS + "/no such.dll")
        with component() as lab:
            with self.assertRaisesRegex(sehlab.Error, "no such export or symbol"):
                lab.call("NoSuch").run()
            with self.assertRaises(OverflowError):
                lab.call("Weigh", 1 << 32)
            with self.assertRaises(TypeError):
                lab.call("Weigh", [1])

    def test_one_argument_of_a_program_needs_no_list(self):
        with sehlab.Lab(GUESTS + "/go_buggy.exe", arguments="TestSetPanicOnFault") as lab:
            self.assertIn("TestSetPanicOnFault", lab.program().run().output.decode())


class Moments(unittest.TestCase):
    def test_keep_and_snapshot(self):
        with component() as lab:
            fresh = lab.snapshot()
            self.assertEqual(lab.call("CountCalls").keep().value, 1)
            self.assertEqual(lab.call("CountCalls").run().value, 2)
            lab.restore(fresh)
            self.assertEqual(lab.call("CountCalls").run().value, 1)
            with self.assertRaisesRegex(sehlab.Error, "did not return"):
                lab.call("Picky", 2).keep()
            with component() as other, self.assertRaisesRegex(sehlab.Error, "another lab"):
                lab.restore(other.snapshot())

    def test_go_to(self):
        with component() as lab:
            call = lab.call("ParseHeader", b"\x03\x0a")
            fault = call.go_to("fault")
            self.assertTrue(fault.symbol.startswith("component!sum_of"))
            record = fault.chain[0]
            self.assertEqual(fault.memory(record["record"], 4),
                             record["next"].to_bytes(4, "little"))
            self.assertIn("component!sum_of", fault.report)
            earlier = call.go_to(fault.instruction - 1)
            self.assertEqual(earlier.instruction, fault.instruction - 1)
            with self.assertRaisesRegex(sehlab.Error, "gone on"):
                fault.memory(record["record"], 4)
            with self.assertRaisesRegex(sehlab.Error, "never comes"):
                call.go_to("fault#2")

    def test_sweep(self):
        with component() as lab:
            seen = []
            whole = lab.call("ParseHeader", b"\x01\x07").sweep(
                "fault=read address=0x10", lambda position, run: seen.append((position, run)))
            self.assertEqual(whole.value, 7)
            self.assertEqual([position for position, _ in seen], list(range(whole.instructions)))
            self.assertTrue(any(run.signed == -1 for _, run in seen))
            with self.assertRaises(ZeroDivisionError):
                lab.call("Weigh", 1, 2, 3).sweep("fault=divide", lambda *_: 1 // 0)

    def test_record_and_replay(self):
        words = ("TestCallbackPanicLocked", "TestSetPanicOnFault")
        with tempfile.TemporaryDirectory() as folder:
            file = folder + "/run.rec"
            with sehlab.Lab(GUESTS + "/go_buggy.exe", arguments=words) as lab:
                lab.program().record(file)
            with sehlab.Replay(file) as replay:
                fault = replay.go_to("fault")
                self.assertEqual(fault.symbol, "go_buggy!probe+0x6")
                self.assertLess(replay.go_to("defect").instruction, fault.instruction)
                self.assertTrue(replay.go_to("end").ended)
            replay.close()
            for used in (lambda: replay.go_to("end"), lambda: fault.memory(0x10000, 4)):
                with self.assertRaisesRegex(sehlab.Error, "the replay is closed"):
                    used()
            with self.assertRaisesRegex(sehlab.Error, "none.rec"):
                sehlab.Replay(folder + "/none.rec")

    def test_scenarios(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/a.toml", "w") as file:
                file.write(f'title = "it ends"\nguest = "{GUESTS}/exit0.exe"\n'
                           "[expect]\nexit = 0\n")
            verdicts = sehlab.run_scenarios([folder], junit=folder + "/junit.xml")
            self.assertEqual((verdicts["passed"], verdicts["failed"]), (1, 0))
            self.assertTrue(os.path.getsize(folder + "/junit.xml") > 0)
            for path in (folder, pathlib.Path(folder), os.fsencode(folder)):
                self.assertEqual(sehlab.run_scenarios(path)["passed"], 1)
            with self.assertRaisesRegex(sehlab.Error, "none.toml"):
                sehlab.run_scenarios([folder + "/none.toml"])

    def test_input_and_files(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(folder + "/row.txt", "w"):
                pass
            with component(input=b"words", files=folder) as lab:
                self.assertEqual(lab.call("ReadInput", bytes(8), 8).run().bytes[0][:5], b"words")
                self.assertEqual(lab.call("AskError").run().value, 0)


class Provided(unittest.TestCase):
    def test_in_place_of_an_import(self):
        with component() as lab:
            def fetch(guest):
                self.assertEqual(guest.argument(0), 5)
                guest.write(guest.argument(1), b"\x14\x14")
                return 1
            lab.provide("rows.dll", "FetchRow", 3, fetch)
            self.assertEqual(lab.call("SumRow", 5).run().value, 40)
            words = memoryview(array.array("I", [0x01010101, 0x02020202]))
            lab.provide("rows.dll", "FetchRow", 3,
                        lambda guest: guest.write(guest.argument(1), words) or 1)
            self.assertEqual(lab.call("SumRow", 5).run().value, 12)

    def test_left_by_an_exception(self):
        with component() as lab:
            came = []
            def fetch(guest):
                came.append("in")
                guest.raise_exception(0xE0000001, (1, 2))
                came.append("back")
                return 1
            lab.provide("rows.dll", "FetchRow", 3, fetch)
            self.assertEqual(lab.call("SumRow", 1).run().signed, -2)
            self.assertEqual(came, ["in"])
            lab.provide("rows.dll", "FetchRow", 3, lambda guest: guest.read(0x10, 4))
            self.assertEqual(lab.call("SumRow", 1).run().signed, -2)

    def test_calls_back(self):
        with component() as lab:
            picky = lab.address("Picky")
            lab.provide("rows.dll", "FetchRow", 3, lambda guest: guest.call(picky, 1))
            self.assertEqual(lab.call("SumRow", 1).run().value, 0)
            lab.provide("rows.dll", "FetchRow", 3, lambda guest: guest.call(picky, 2))
            self.assertEqual(lab.call("SumRow", 1).run().signed, -2)

    def test_an_error_of_the_test_comes_out(self):
        with component() as lab:
            lab.provide("rows.dll", "FetchRow", 3, lambda guest: 1 // 0)
            with self.assertRaises(ZeroDivisionError):
                lab.call("SumRow", 1).run()
            self.assertEqual(lab.call("Weigh", 1, 0, 0).run().value, 1)


if __name__ == "__main__":
    unittest.main()
