"""sehlab.py on component.dll: expectations from guest/api/component.c.

    test_sehlab.py GUEST_FOLDER
"""

import os
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
                lab.call("Weigh", None)


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
