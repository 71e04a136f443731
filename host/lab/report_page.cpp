#include "host/lab/report_page.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "host/lab/dropped_output.hpp"
#include "host/trace/jsonl_reader.hpp"

namespace sehlab::lab {
namespace {

Result<> write_file(const std::string& file, const report::PageFacts& facts,
                    report::PageTrace& trace, const report::Moments* moments) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  report::write_page(out, facts, trace, moments);
  if (!out.flush()) return fail(file, "cannot be written");
  return {};
}

}  // namespace

Result<RunReport> RunReport::open(const std::string& file, const process::Options& options,
                                  const std::string& watch,
                                  const std::vector<std::filesystem::path>& sources) {
  if (!std::ofstream(file, std::ios::binary | std::ios::app)) {
    return fail("", "cannot write " + file);
  }
  RunReport report;
  report.file_ = file;
  report.facts_.from_run = true;
  report.facts_.title = options.program.filename().string();
  for (const std::string& argument : options.arguments) report.facts_.title += ' ' + argument;
  const seh::Profile& profile =
      options.profile != nullptr ? *options.profile : seh::profiles().front();
  report.facts_.facts = {{"program", report.facts_.title},
                         {"profile", std::string(profile.name)},
                         {"watch", watch},
                         {"seed", std::to_string(options.seed)}};
  report.trace_ = std::make_unique<report::PageTrace>();
  report.moments_ = std::make_unique<report::Moments>();
  report.turns_ = std::make_unique<TurningPoints>();
  report.sources_ = std::make_unique<SourceFiles>(sources);
  report.gather_ = std::make_unique<GatherMoments>(*report.moments_);
  report.gather_->read_sources(*report.sources_);
  return report;
}

std::vector<trace::Listener*> RunReport::listeners() {
  return {trace_.get(), gather_.get(), turns_.get()};
}

bool TurningPoints::wants(const trace::Payload& payload) const {
  return std::holds_alternative<trace::FaultRaised>(payload) ||
         std::holds_alternative<trace::DispatchContinued>(payload) ||
         std::holds_alternative<trace::UnwindEnded>(payload) ||
         std::holds_alternative<trace::RecordExposed>(payload) ||
         std::holds_alternative<trace::DefectFound>(payload);
}

void TurningPoints::on_event(const trace::Event& event) {
  if (instructions.size() >= RunReport::kMostSteps) return;
  if (instructions.empty() || instructions.back() < event.instruction) {
    instructions.push_back(event.instruction);
  }
}

void RunReport::add_steps(const process::Options& options, const std::vector<std::string>& input,
                          std::uint64_t around) {
  DroppedOutput dropped(input);
  GatherMoments steps(*moments_);
  steps.only_steps();
  steps.read_sources(*sources_);
  repeat(options, dropped, {&steps}, [&](process::Process& process) {
    steps.begin(process);
    for (const std::uint64_t turn : turns_->instructions) {
      std::uint64_t at = std::max(turn < around ? 0 : turn - around, process.machine().retired());
      for (; at <= turn + around && moments_->steps() < kMostSteps; ++at) {
        if (auto end = process.run_to(at)) return *end;
        // A gate or a fault may carry it past the instruction that was asked for.
        at = process.machine().retired();
        steps.step();
      }
    }
    return process::End{};  // nobody needs to know how it goes on
  });
}

Result<> RunReport::write() {
  return write_file(file_, facts_, *trace_, moments_.get());
}

Result<> report_trace(const std::string& trace, const std::string& file) {
  std::ifstream in(trace, std::ios::binary);
  if (!in) return fail(trace, "cannot be read");
  report::PageTrace page;
  if (auto read = trace::read_jsonl(in, trace, page); !read) return read;
  report::PageFacts facts;
  facts.title = std::filesystem::path(trace).filename().string();
  facts.facts = {{"trace", trace}};
  return write_file(file, facts, page, nullptr);
}

}  // namespace sehlab::lab
