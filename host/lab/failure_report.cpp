#include "host/lab/failure_report.hpp"

#include <fstream>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "host/lab/crash.hpp"
#include "host/lab/report_page.hpp"
#include "host/lab/run.hpp"
#include "host/lab/scenario_lab.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestName = 100;

/// "--- title", and the lines below it with control characters made harmless.
std::string section(const std::string& title, const std::string& text) {
  if (text.empty()) return {};
  std::string out = "--- " + title + "\n";
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    out += trace::harmless(text.substr(at, end - at)) + '\n';
    at = end + 1;
  }
  return out + '\n';
}

/// A name for each scenario, for itself alone: "a/b" and "a-b" give the same one. For several
/// threads.
class Names {
 public:
  std::string of(const fs::path& scenario) {
    const std::string name = report_name(scenario);
    const std::lock_guard lock(mutex_);
    for (int number = 1;; ++number) {
      const std::string numbered = number == 1 ? name : name + "-" + std::to_string(number);
      if (taken_.emplace(numbered, scenario).first->second == scenario) return numbered;
    }
  }

 private:
  std::mutex mutex_;
  std::map<std::string, fs::path> taken_;
};

Result<std::string> keep(const fs::path& stem, const scenario::Scenario& scenario) {
  auto prepared = prepare_run(scenario);
  if (!prepared) return tl::make_unexpected(prepared.error());
  process::Options& options = prepared->options;
  options.trace_gates = true;
  const std::string page = stem.string() + ".html";
  auto report = RunReport::open(page, options, scenario.watch, source_folders({}, options.program));
  if (!report) return tl::make_unexpected(report.error());
  report::CrashStory crash;
  CapturedOutput output;
  std::vector<trace::Listener*> listeners = report->listeners();
  listeners.push_back(&crash);
  const auto end = run(options, output, listeners, {}, [&](process::Process& process) {
    report->begin(process);
    return process.run();
  });
  std::ofstream text(stem.string() + ".txt", std::ios::binary | std::ios::trunc);
  text << section("scenario", scenario.file.generic_string() + "\n" + scenario.title)
       << section("standard output", output.out()) << section("standard error", output.error())
       << (end ? last_words(*end, crash, {}) : "sehlab: " + refusal(end.error()) + "\n");
  if (!text.flush()) return fail(stem.string() + ".txt", "cannot be written");
  if (auto written = report->write(); !written) return tl::make_unexpected(written.error());
  return page;
}

}  // namespace

std::string report_name(const fs::path& scenario) {
  std::string name;
  for (const char c : fs::path(scenario).replace_extension().lexically_normal().generic_string()) {
    const bool plain = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                       c == '_' || c == '-' || (c == '.' && !name.empty() && name.back() != '.');
    name += plain ? c : '-';
  }
  if (name.size() > kLongestName) name.erase(0, name.size() - kLongestName);
  name.erase(0, std::min(name.find_first_not_of(".-"), name.size()));
  return name.empty() ? "scenario" : name;
}

Result<KeepReport> failure_reports(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error)) {
    return fail(folder.generic_string(), "cannot be made: " + error.message());
  }
  return [folder, names = std::make_shared<Names>()](const scenario::Scenario& scenario) {
    return keep(folder / names->of(scenario.file), scenario);
  };
}

}  // namespace sehlab::lab
