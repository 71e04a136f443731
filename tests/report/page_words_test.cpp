#include "host/report/page_words.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "tests/trace/trace_maker.hpp"

using namespace sehlab;
using namespace sehlab::report;
using namespace sehlab::trace;

namespace {

std::set<std::string> words_of(const TraceMaker& trace) {
  PageWords words;
  for (const Event& event : trace.events) words.take(event);
  std::ostringstream out;
  words.write(out);
  std::set<std::string> names;
  for (const auto& entry : nlohmann::json::parse(out.str())) {
    CHECK_FALSE(entry["text"].get<std::string>().empty());
    CHECK_FALSE(entry["source"].get<std::string>().empty());
    names.insert(entry["word"]);
  }
  return names;
}

}  // namespace

TEST_SUITE_BEGIN("report");

// Values: ntstatus.h, winnt.h, excpt.h.

TEST_CASE("the page has the words that its trace uses, and no others") {
  TraceMaker trace;
  CHECK(words_of(trace).empty());
  trace.emit(FaultRaised{0xC0000005, 1, {}, {}, false});
  CHECK(words_of(trace) ==
        std::set<std::string>{"STATUS_ACCESS_VIOLATION", "EXCEPTION_NONCONTINUABLE"});
  trace.emit(RecordRefused{.why = Refusal::HandlerOnStack});
  // One word names a check and a defect; the check alone was used, as the kinds are apart.
  CHECK(words_of(trace).contains("handler-on-stack"));
  trace.emit(Disposition{{}, {}, 1});
  CHECK(words_of(trace).contains("ExceptionContinueSearch"));
  CHECK_FALSE(words_of(trace).contains("dangling"));
  trace.emit(RecordExposed{});
  CHECK(words_of(trace).contains("dangling"));
}

TEST_CASE("words that nobody knows bring no entry") {
  TraceMaker trace;
  trace.emit(DefectFound{.defect = "</script>"}).emit(FaultRaised{0x12345678, 0, {}, {}, true});
  CHECK(words_of(trace).empty());
}
