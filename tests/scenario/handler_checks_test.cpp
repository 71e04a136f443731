#include <doctest/doctest.h>

#include "host/scenario/handler_name.hpp"
#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using trace::place;
using trace::TraceMaker;
using Failures = std::vector<std::string>;

namespace {

trace::HandlerEntered entered(const char* handler, const char* owner, std::uint32_t frame,
                              std::uint32_t flags = 0) {
  return {
      GuestAddr{frame}, place(0x403000, handler), 0xC0000005, flags, place(0x402022, owner), {}};
}

/// sigtramp through mstart's record, then C's handler, then sigtramp unwinding.
TraceMaker two_handlers() {
  TraceMaker t;
  t.emit(entered("go_fixed!sigtramp", "go_fixed!mstart+0x22", 0x19ff70));
  t.emit(entered("c!handler", "c!f+0x10", 0x19ff00));
  t.emit(entered("go_fixed!sigtramp", "go_fixed!mstart+0x22", 0x19ff70, 2));
  return t;
}

trace::SymbolReached reached(const char* symbol) {
  return {place(0x402800, symbol), 1, {}};
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("a handler goes by name, by owner, by record and by image") {
  const Handler handler{place(0x403000, "go!sigtramp"), place(0x402022, "go!mstart+0x22"),
                        GuestAddr{0x19ff70}};
  for (const char* name : {"sigtramp", "go!sigtramp", "sigtramp@mstart", "go!sigtramp@mstart",
                           "sigtramp@go!mstart", "sigtramp@0x0019ff70"}) {
    CAPTURE(name);
    CHECK(names_handler(name, handler));
  }
  for (const char* name :
       {"sigtram", "sigtramp2", "c!sigtramp", "sigtramp@callbackasm1", "sigtramp@0x0019fe94",
        "sigtramp@", "@mstart", "mstart", "", "sigtramp@mstart@mstart"}) {
    CAPTURE(name);
    CHECK_FALSE(names_handler(name, handler));
  }
  CHECK(shown(handler) == "sigtramp@mstart (record 0019ff70)");
}

TEST_CASE("a place inside a function is not that function as a handler") {
  const Handler inside{place(0x403005, "go!sigtramp+0x5"), {}, {}};
  CHECK_FALSE(names_handler("sigtramp", inside));
  const Handler nowhere{place(0x41414141), {}, GuestAddr{0x19fe94}};
  CHECK(names_handler("0x41414141", nowhere));
  CHECK(names_handler("0x41414141@0x0019fe94", nowhere));
  CHECK_FALSE(names_handler("", nowhere));
}

TEST_CASE("a decorated name holds an @ of its own") {
  const Handler handler{place(0x403000, "c!_f@4"), place(0x402022, "c!_g@8+0x1"), {}};
  CHECK(names_handler("_f@4", handler));
  CHECK(names_handler("_f@4@_g@8", handler));
  CHECK_FALSE(names_handler("_f@8", handler));
}

TEST_CASE("exactly the handlers listed must be entered, in order, in the first pass") {
  CHECK(judged("handlers = [\"sigtramp@mstart\", \"handler@f\"]", two_handlers()).empty());
  const std::string got = " got sigtramp@mstart (record 0019ff70), handler@f (record 0019ff00)";
  CHECK(judged("handlers = [\"handler@f\", \"sigtramp@mstart\"]", two_handlers()) ==
        Failures{"handlers: expected handler@f, sigtramp@mstart" + got});
  CHECK(judged("handlers = [\"sigtramp@mstart\"]", two_handlers()) ==
        Failures{"handlers: expected sigtramp@mstart" + got});
  CHECK(judged("handlers = []", two_handlers()) == Failures{"handlers: expected nobody" + got});
  CHECK(judged("handlers = [\"sigtramp\", \"handler\", \"last\"]", two_handlers()) ==
        Failures{"handlers: expected sigtramp, handler, last" + got});
}

TEST_CASE("the handler's name alone passes where its frame would not") {
  // facts: go-windows-386.md 4 c: the stale record still holds sigtramp.
  TraceMaker t;
  t.emit(entered("go_buggy!sigtramp", "go_buggy!callbackasm1+0xe", 0x19fe94));
  CHECK(judged("handlers = [\"sigtramp\"]", t).empty());
  CHECK(judged("handlers = [\"sigtramp@mstart\"]", t) ==
        Failures{"handlers: expected sigtramp@mstart got sigtramp@callbackasm1 (record 0019fe94)"});
}

TEST_CASE("handlers called to unwind are a list of their own") {
  CHECK(judged("unwound = [\"sigtramp@mstart\"]", two_handlers()).empty());
  CHECK(judged("unwound = []", two_handlers()) ==
        Failures{"unwound: expected nobody got sigtramp@mstart (record 0019ff70)"});
}

TEST_CASE("nobody entered: the refused record is told") {
  TraceMaker t;
  t.emit(trace::RecordRefused{GuestAddr{0x19fe94}, place(0x41414141),
                              trace::Refusal::HandlerNotExecutable, false});
  CHECK(judged("handlers = [\"sigtramp@mstart\"]", t) ==
        Failures{"handlers: expected sigtramp@mstart got nobody; 0019fe94 was refused: the "
                 "handler is in no executable page"});
  CHECK(judged("handlers = []", t).empty());
}

TEST_CASE("handlers after a symbol's nth visit are counted from there") {
  TraceMaker t;
  t.emit(entered("go_fixed!sigtramp", "go_fixed!callbackasm1+0xe", 0x19fe94));
  t.emit(reached("go_fixed!recovery"));
  t.emit(entered("go_fixed!sigtramp", "go_fixed!mstart+0x22", 0x19ff70));
  t.emit(reached("go_fixed!recovery"));
  t.emit(entered("c!handler", "c!f", 0x19ff00));
  CHECK(judged("handlers_after = {symbol = \"recovery\", handlers = [\"sigtramp@mstart\", "
               "\"handler\"]}",
               t)
            .empty());
  CHECK(judged("handlers_after = {symbol = \"recovery\", visit = 2, handlers = [\"handler\"]}", t)
            .empty());
  CHECK(judged("handlers_after = {symbol = \"recovery\", handlers = [\"handler\"]}", t) ==
        Failures{"handlers_after: expected after visit 1 of recovery: handler got sigtramp@mstart "
                 "(record 0019ff70), handler@f (record 0019ff00)"});
  CHECK(judged("handlers_after = {symbol = \"recovery\", visit = 3, handlers = []}", t) ==
        Failures{"handlers_after: expected after visit 3 of recovery: nobody got it was reached 2 "
                 "times"});
  CHECK_MESSAGE(!judged("handlers_after = {symbol = \"c!recovery\", handlers = []}", t).empty(),
                "another image's symbol of that name is another symbol");
}

TEST_CASE("a hundred thousand handlers make a short message") {
  TraceMaker t;
  for (int i = 0; i < 100000; ++i) t.emit(entered("c!handler", "c!f", 0x19ff00));
  const Failures failures = judged("handlers = []", t);
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].ends_with(", and 99936 more"));  // 100000 - 64
  CHECK(failures[0].size() < 5000);
}

TEST_SUITE_END();
