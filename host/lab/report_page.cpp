#include "host/lab/report_page.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <fstream>

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
                                  const std::string& watch) {
  if (!std::ofstream(file, std::ios::binary | std::ios::app)) {
    return fail("", "cannot write " + file);
  }
  RunReport report;
  report.file_ = file;
  report.facts_.from_run = true;
  report.facts_.title = options.program.filename().string();
  for (const std::string& argument : options.arguments) report.facts_.title += ' ' + argument;
  report.facts_.facts = {{"program", report.facts_.title},
                         {"profile", std::string(options.profile->name)},
                         {"watch", watch},
                         {"seed", std::to_string(options.seed)}};
  report.trace_ = std::make_unique<report::PageTrace>();
  report.moments_ = std::make_unique<report::Moments>();
  report.gather_ = std::make_unique<GatherMoments>(*report.moments_);
  return report;
}

std::vector<trace::Listener*> RunReport::listeners() {
  return {trace_.get(), gather_.get()};
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
