#include "host/trace/plain.hpp"

#include <doctest/doctest.h>

#include "host/trace/names.hpp"
#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::trace;

TEST_SUITE_BEGIN("trace");

TEST_CASE("counts are grouped by thousands") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1 000");
  CHECK(grouped(418204) == "418 204");
  CHECK(grouped(18446744073709551615U) == "18 446 744 073 709 551 615");  // 2^64 - 1
}

TEST_CASE("a symbol falls into image, function and offset") {
  CHECK(image_part("go_buggy!deref+0x6") == "go_buggy");
  CHECK(function_part("go_buggy!deref+0x6") == "deref");
  CHECK(function_part("go_buggy!deref") == "deref");
  CHECK(image_part("deref") == "");
  CHECK(function_part("cpp!operator+(int)+0x1f") == "operator+(int)");
  CHECK(show_short(place(1, "go!f+0x10")) == "f+0x10");
  CHECK(show_short(place(0x41414141)) == "41414141");
  CHECK(show_function(place(1, "go!f+0x10")) == "go!f");
  CHECK(show_function(place(0x41414141)) == "41414141");
}

TEST_CASE("nothing that the guest names can break a line or steer a terminal") {
  CHECK(printable("a\nb\tc") == "a\\nb\\tc");
  CHECK(printable("\x1b[31m") == "\\x1b[31m");
  CHECK(printable("a\\n") == "a\\\\n");
  CHECK(printable("\x7f") == "\\x7f");
  CHECK(printable("\xc2\x9b"
                  "31m") == "\\xc2\\x9b31m");  // U+009B, the one-byte CSI
  CHECK(printable("ü·→") == "ü·→");
  CHECK(printable("\xff\xfe") == "\\xff\\xfe");
  CHECK(harmless("a\\n\n\x1b") == "a\\n\\n\\x1b");
  CHECK(printable("abcdef", 3) == "abc…");
  CHECK(show(place(1, "img!a\nb")) == "img!a\\nb");
}

TEST_CASE("only well-formed UTF-8 counts as a sequence") {
  // Unicode 15, table 3-7: overlong forms, surrogates and what lies beyond U+10FFFF are none.
  CHECK(utf8_sequence("") == 0);
  CHECK(utf8_sequence("a") == 1);
  CHECK(utf8_sequence("\xc3\xbc") == 2);
  CHECK(utf8_sequence("\xe2\x86\x92") == 3);
  CHECK(utf8_sequence("\xf0\x9f\x98\x80") == 4);
  CHECK(utf8_sequence("\xc0\x80") == 0);
  CHECK(utf8_sequence("\xe0\x80\x80") == 0);
  CHECK(utf8_sequence("\xed\xa0\x80") == 0);
  CHECK(utf8_sequence("\xf0\x80\x80\x80") == 0);
  CHECK(utf8_sequence("\xf4\x90\x80\x80") == 0);
  CHECK(utf8_sequence("\xe2\x86") == 0);
  CHECK(utf8_sequence("\x80") == 0);
}

TEST_CASE("padding counts characters, not bytes") {
  CHECK(width("0019fe94 ← ü") == 12);
  CHECK(padded("←", 3) == "←  ");
  CHECK(padded("abcd", 3) == "abcd");
}

TEST_CASE("a fault is put in words") {
  // The parameters of an access violation: winnt.h, 0 read, 1 write, 8 execute.
  FaultRaised fault{0xC0000005, 0, place(0x401a36, "go!deref+0x6"), {0, 0}, false};
  CHECK(fault_words(fault) == "read of 00000000 at go!deref+0x6 (access violation C0000005)");
  fault.parameters = {1, 0x1000};
  CHECK(fault_cause(fault) == "write to 00001000 (access violation C0000005)");
  fault.parameters = {8, 0};
  CHECK(fault_cause(fault) == "execution of 00000000 (access violation C0000005)");
  fault.parameters = {0};
  CHECK(fault_cause(fault) == "access violation C0000005");
  fault.parameters = {7, 0};
  CHECK(fault_cause(fault) == "access violation C0000005");
  fault = {0xC0000094, 0, place(0x401a36), {}, false};
  CHECK(fault_words(fault) == "integer divide by zero C0000094 at 00401a36");
  fault.code = 0x20746573;
  CHECK(fault_cause(fault) == "exception 20746573");
}

TEST_CASE("names of refusals and ends lead back to their values") {
  for (int i = 0; i <= static_cast<int>(Refusal::Unreadable); ++i) {
    const auto why = static_cast<Refusal>(i);
    CHECK(find_refusal(refusal_name(why)) == why);
    CHECK_FALSE(refusal_words(why).empty());
  }
  for (int i = 0; i <= static_cast<int>(EndKind::Stopped); ++i) {
    CHECK(find_end(end_name(static_cast<EndKind>(i))) == static_cast<EndKind>(i));
  }
  CHECK_FALSE(find_refusal("no"));
  CHECK_FALSE(find_end("no"));
  // excpt.h, EXCEPTION_DISPOSITION.
  CHECK(disposition_name(0) == "ContinueExecution");
  CHECK(disposition_name(1) == "ContinueSearch");
  CHECK(disposition_name(2) == "NestedException");
  CHECK(disposition_name(3) == "CollidedUnwind");
  CHECK(disposition_name(7).empty());
}

TEST_SUITE_END();
