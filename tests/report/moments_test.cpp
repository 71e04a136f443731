#include "host/report/moments.hpp"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <sstream>

using namespace sehlab;
using namespace sehlab::report;

namespace {

nlohmann::json written(const Moments& moments) {
  std::ostringstream out;
  moments.write(out);
  return nlohmann::json::parse(out.str());
}

Moment sample() {
  Moment moment;
  moment.events = 3;
  moment.instruction = 418204;
  moment.thread = 1;
  for (std::uint32_t i = 0; i < moment.registers.size(); ++i) moment.registers[i] = 100 + i;
  moment.os_esp = GuestAddr{0x19ff00};
  moment.memory = {{GuestAddr{0x19ff00}, {1, 2, 3, 4, 5, 6, 7, 0xffffffff}}};
  moment.code = {{GuestAddr{0x401000}, "8b 00", "mov eax, dword ptr [eax]", "go!f", "f.c:1"}};
  moment.frames = {{GuestAddr{0x19ff10}, {GuestAddr{0x401234}, "go!main+0x4"}}};
  return moment;
}

}  // namespace

TEST_SUITE_BEGIN("report");

TEST_CASE("a moment is written with all that it holds") {
  Moments moments;
  Moment moment = sample();
  moment.exception = Moment::Exception{
      GuestAddr{0x19f000}, GuestAddr{0x19f050},
      win32::ExceptionRecord{0xC0000005, 0, 0, 0x401000, 2, {0, 0x10}}, win32::Context{}};
  moments.add(moment);
  const auto json = written(moments);
  const auto& one = json["moments"][0];
  CHECK(one[0] == 3);
  CHECK(one[1] == 418204);
  CHECK(one[3].size() == 17);
  CHECK(one[3][16] == 116);
  CHECK(one[4] == 0x19ff00);
  CHECK(json["lines"] == nlohmann::json{0x19ff00, 1, 2, 3, 4, 5, 6, 7, 0xffffffff});
  CHECK(json["code"][0][2] == "mov eax, dword ptr [eax]");
  CHECK(json["names"][0] == nlohmann::json{0x401234, "go!main+0x4"});
  // The record's words up to its last parameter, in the order of winnt.h.
  CHECK(one[8][2] == nlohmann::json{0xC0000005, 0, 0, 0x401000, 2, 0, 0x10});
  CHECK(one[8][3].size() == 23);
}

TEST_CASE("lines of sources are written by file, each once, and bounded") {
  Moments moments;
  moments.source("b.c", 7, "  return 1;");
  moments.source("a.c", 12, "second");
  moments.source("a.c", 3, "<script>");
  moments.source("a.c", 3, "again");
  CHECK(written(moments)["sources"] ==
        nlohmann::json{{"a.c", 3, "<script>", 12, "second"}, {"b.c", 7, "  return 1;"}});
  for (std::uint32_t i = 0; i < 60'000; ++i) moments.source("c.c", i, std::string(10'000, 'x'));
  std::ostringstream out;
  moments.write(out);
  CHECK(out.str().size() < 2 * Moments::kMostSource);
}

TEST_CASE("memory and code that stay the same are there once") {
  Moments moments;
  for (std::uint64_t i = 1; i <= 100; ++i) {
    Moment moment = sample();
    moment.events = i;
    moments.add(moment);
  }
  const auto json = written(moments);
  CHECK(json["moments"].size() == 100);
  CHECK(json["lines"].size() == 9);
  CHECK(json["code"].size() == 1);
  CHECK(json["listings"].size() == 1);
}

TEST_CASE("a record that says it has more parameters than fit is cut at fifteen") {
  Moments moments;
  Moment moment = sample();
  moment.exception = Moment::Exception{};
  moment.exception->record = win32::ExceptionRecord{1, 0, 0, 0, 0xffffffff, {}};
  moments.add(moment);
  // EXCEPTION_MAXIMUM_PARAMETERS of winnt.h is 15, behind five words.
  CHECK(written(moments)["moments"][0][8][2].size() == 20);
  CHECK(written(moments)["moments"][0][8][3].empty());
}

TEST_CASE("steps and skipped moments are counted apart") {
  Moments moments;
  moments.add(sample());
  moments.add_step(sample());
  moments.add_step(sample());
  moments.skip();
  const auto json = written(moments);
  CHECK(json["moments"].size() == 1);
  CHECK(json["steps"].size() == 2);
  CHECK(json["skipped"] == 1);
}
