// Moments of a run. The oracle is a replay of the same run, gone to the same event; and the trace.
#include "host/lab/gather_moments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "host/lab/record.hpp"
#include "host/lab/replay.hpp"
#include "host/lab/run.hpp"
#include "host/trace/trace.hpp"

namespace sehlab::lab {
namespace {

const std::string kProgram = SEHLAB_BINARY_DIR "/guest/go_buggy.exe";
const std::vector<std::string> kArguments{"TestCallbackPanicLocked", "TestSetPanicOnFault"};

struct Gathered {
  std::vector<trace::Event> events;
  nlohmann::json json;
  Recording recording;
};

Gathered gather(std::size_t most = GatherMoments::kMost) {
  Gathered gathered;
  gathered.recording.program = kProgram;
  gathered.recording.program_digest = digest_of(kProgram);
  gathered.recording.arguments = kArguments;
  gathered.recording.profile = seh::profiles().front().name;
  gathered.recording.watch = "report";
  process::Options options;
  options.program = kProgram;
  options.arguments = kArguments;
  options.system_folder = system_folder();
  options.watch = watch::Mode::Report;
  CapturedOutput output;
  trace::Trace trace;
  report::Moments moments;
  GatherMoments gatherer(moments, most);
  SourceFiles sources({SEHLAB_SOURCE_DIR});
  gatherer.read_sources(sources);
  const auto end = run(options, output, {&trace, &gatherer}, {}, [&](process::Process& process) {
    gatherer.begin(process);
    return run_recorded(process, gathered.recording);
  });
  REQUIRE(end);
  gathered.events = trace.events;
  std::ostringstream out;
  moments.write(out);
  gathered.json = nlohmann::json::parse(out.str());
  return gathered;
}

/// Index of the first event of that kind.
template <class Kind>
std::size_t first(const std::vector<trace::Event>& events) {
  for (std::size_t i = 0; i < events.size(); ++i) {
    if (std::holds_alternative<Kind>(events[i].payload)) return i;
  }
  FAIL("no such event");
  return 0;
}

}  // namespace

TEST_SUITE_BEGIN("lab");

TEST_CASE("every event has its moment, where the event says that the thread stood") {
  const Gathered run = gather();
  REQUIRE(run.json["moments"].size() == run.events.size());
  for (std::size_t i = 0; i < run.events.size(); ++i) {
    const auto& moment = run.json["moments"][i];
    CHECK(moment[0] == i + 1);
    if (run.events[i].instruction == 0) continue;  // told before there was a process to look at
    CHECK(moment[1] == run.events[i].instruction);
    CHECK(moment[2] == run.events[i].thread);
    CHECK(moment[3][4] == run.events[i].esp.value);
    CHECK(moment[3][8] == run.events[i].eip.address.value);
  }
}

TEST_CASE("at the fault a moment has the registers and the memory that a replay finds there") {
  const Gathered run = gather();
  const std::size_t fault = first<trace::FaultRaised>(run.events);
  const auto& moment = run.json["moments"][fault];
  auto replay = Replay::open(run.recording);
  REQUIRE(replay);
  REQUIRE((*replay)->go_to("fault"));
  auto& machine = (*replay)->process().machine();
  const emu::GeneralRegisters registers = machine.registers().general();
  CHECK(moment[3][0] == registers.eax);
  CHECK(moment[3][3] == registers.ebx);
  CHECK(moment[3][5] == registers.ebp);
  CHECK(moment[3][8] == registers.eip);
  std::size_t words = 0;
  for (const auto& line : moment[5]) {
    const std::size_t at = 9 * line.get<std::size_t>();
    for (std::uint32_t k = 0; k < 8; ++k, ++words) {
      const GuestAddr address{run.json["lines"][at].get<std::uint32_t>() + 4 * k};
      CHECK(run.json["lines"][at + 1 + k] == machine.memory().raw().get<std::uint32_t>(address));
    }
  }
  CHECK(words >= 64);
}

TEST_CASE("code around EIP has its source line, and calls are named") {
  const Gathered run = gather();
  const auto& moment = run.json["moments"][first<trace::FaultRaised>(run.events)];
  bool found = false;
  for (const auto& number : run.json["listings"][moment[6].get<std::size_t>()]) {
    const auto& line = run.json["code"][number.get<std::size_t>()];
    if (line[0] != moment[3][8]) continue;
    found = true;
    CHECK(line[3] == "go_buggy!probe+0x6");
    CHECK(line[4].get<std::string>().find("runtime_test.c:") != std::string::npos);
  }
  CHECK(found);
  CHECK(moment[7].size() >= 2);
}

TEST_CASE(
    "where there is debug information the text of the lines around EIP is there, as in the file") {
  const Gathered run = gather();
  const auto& sources = run.json["sources"];
  const auto file = std::ranges::find_if(
      sources, [](const auto& one) { return one[0] == "guest/go/runtime_test.c"; });
  REQUIRE(file != sources.end());
  std::ifstream in(SEHLAB_SOURCE_DIR "/guest/go/runtime_test.c");
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  REQUIRE(file->size() > 7);
  for (std::size_t i = 1; i < file->size(); i += 2) {
    CHECK((*file)[i + 1] == lines.at((*file)[i].get<std::size_t>() - 1));
  }
}

TEST_CASE("in a dispatch a moment has the exception's record and context") {
  const Gathered run = gather();
  const std::size_t at = first<trace::DispatchBegun>(run.events);
  const auto& begun = std::get<trace::DispatchBegun>(run.events[at].payload);
  const auto& exception = run.json["moments"][at][8];
  CHECK(exception[0] == begun.record.value);
  CHECK(exception[1] == begun.context.value);
  CHECK(exception[2][0] == 0xC0000005);  // ExceptionCode: a nil dereference
  CHECK(exception[2][3] == run.events[at].eip.address.value);
  CHECK(exception[3][18] == run.events[at].eip.address.value);  // Context::Eip
  CHECK(run.json["moments"][at - 1][8] == 0);                   // before it there is none
}

TEST_CASE("past the bound only turning points keep their moments, and the rest is counted") {
  const Gathered run = gather(10);
  const std::size_t kept = run.json["moments"].size();
  CHECK(kept > 10);
  CHECK(kept <= 20);
  CHECK(run.json["skipped"] == run.events.size() - kept);
}

}  // namespace sehlab::lab
