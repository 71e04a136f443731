#include "host/trace/kinds.hpp"

#include <doctest/doctest.h>

#include <set>

#include "tests/trace/sample_events.hpp"

using namespace sehlab;
using namespace sehlab::trace;

TEST_SUITE_BEGIN("trace");

TEST_CASE("each kind goes by its own name") {
  // docs/trace-format.md, in the order of Payload.
  const std::vector<std::string_view> names = {
      "fault",        "dispatch",      "visit",      "refused",   "handler",
      "disposition",  "vectored",      "answer",     "continued", "abandoned",
      "unwind",       "unwound",       "unwind-end", "push",      "pop",
      "exposed",      "exposure-end",  "written",    "defect",    "gate",
      "thread-start", "thread-switch", "thread-end", "image",     "reached",
      "output",       "inject",        "end"};
  const std::vector<Payload> payloads = sample_payloads();
  REQUIRE(payloads.size() == kKinds);
  REQUIRE(names.size() == kKinds);
  for (std::size_t i = 0; i < kKinds; ++i) {
    REQUIRE_MESSAGE(payloads[i].index() == i, "the samples are in the order of Payload");
    CHECK(kind_name(payloads[i]) == names[i]);
    CHECK(find_kind(names[i]) == i);
  }
}

TEST_CASE("a list of kinds names just those, or all but some") {
  const KindSet two = KindSet::parse("push,pop").value();
  CHECK(two.contains(*find_kind("push")));
  CHECK(two.contains(*find_kind("pop")));
  CHECK_FALSE(two.contains(*find_kind("gate")));
  const KindSet most = KindSet::parse("all,-gate").value();
  CHECK(most.contains(*find_kind("push")));
  CHECK_FALSE(most.contains(*find_kind("gate")));
}

TEST_CASE("an unknown kind is refused by name") {
  for (const char* list : {"", "push,", "push,,pop", "Push", "-all", "gates"}) {
    CAPTURE(list);
    CHECK_FALSE(KindSet::parse(list).has_value());
  }
  const std::string what = KindSet::parse("gates").error().what;
  CHECK(what.find("\"gates\" is no kind of event") != std::string::npos);
  CHECK(what.find("thread-switch") != std::string::npos);
}

TEST_SUITE_END();
