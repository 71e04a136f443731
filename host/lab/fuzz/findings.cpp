#include "host/lab/fuzz/findings.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <string_view>
#include <system_error>

#include "host/lab/fuzz/finding_scenario.hpp"
#include "host/lab/fuzz/told_run.hpp"
#include "host/lab/scenario_lab.hpp"

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostSlug = 60;
constexpr const char* kUnrepeatable =
    "unrepeatable: the engine stopped at it, a run of it here "
    "is as it should be";

/// The first line of a report.txt: whose folder it is.
std::string heading(const Bug& bug) {
  return bug.finding.signature;
}

bool is_of(const fs::path& folder, const Bug& bug) {
  std::ifstream file(folder / "report.txt", std::ios::binary);
  std::string line;
  return std::getline(file, line) && line == heading(bug);
}

/// A folder of this bug's, or one that is not there yet.
fs::path folder_for(const Bug& bug, const fs::path& findings) {
  const std::string slug = slug_of(bug.finding.signature);
  for (int i = 1;; ++i) {
    const fs::path folder = findings / (i == 1 ? slug : fmt::format("{}-{}", slug, i));
    std::error_code error;
    if (!fs::exists(folder, error) || fs::is_empty(folder, error) || is_of(folder, bug)) {
      return folder;
    }
  }
}

std::string report_text(const Bug& bug, FuzzedGuest& guest, const std::string& story) {
  std::string text = heading(bug) + "\n\n" + bug.finding.report;
  if (!text.ends_with('\n')) text += '\n';
  text += fmt::format("\ninput     {}, shrunk from {} ({})\n", guest.size_text(bug.shrunk),
                      guest.size_text(bug.original), bug.from.string());
  text += fmt::format("shown by  {} {} that the engine kept\n", bug.inputs,
                      bug.inputs == 1 ? "input" : "inputs");
  if (!story.empty()) text += "\na run of it, watched:\n\n" + story;
  return text;
}

/// Runs the scenario that is to fail.
bool fails(const fs::path& scenario) {
  const auto outcome = scenario::run_one(scenario, scenario_lab(), {});
  return outcome.status == scenario::Status::Failed;
}

}  // namespace

std::string slug_of(const std::string& signature) {
  std::string slug;
  for (const char c : signature) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool kept = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    if (upper) slug += static_cast<char>(c - 'A' + 'a');
    if (kept) slug += c;
    if (!upper && !kept && !slug.empty() && slug.back() != '-') slug += '-';
  }
  slug = slug.substr(0, kMostSlug);
  while (slug.ends_with('-')) slug.pop_back();
  return slug.empty() ? "finding" : slug;
}

Result<std::vector<Bug>> group_findings(FuzzedGuest& guest, std::span<const fs::path> files,
                                        const std::function<void(std::size_t)>& progress) {
  std::vector<Bug> bugs;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (progress) progress(i);
    auto input = read_input(files[i]);
    if (!input) return tl::make_unexpected(input.error());
    const fuzz::Finding* found = guest.judge(*input);
    const fuzz::Finding finding =
        found != nullptr ? *found : fuzz::Finding{"unrepeatable", kUnrepeatable, ""};
    const auto same = std::ranges::find_if(
        bugs, [&](const Bug& bug) { return bug.finding.signature == finding.signature; });
    if (same == bugs.end()) {
      bugs.push_back({finding, *input, files[i], 1, found != nullptr, *input});
      continue;
    }
    ++same->inputs;
    if (input->size() >= same->original.size()) continue;
    same->finding = finding;
    same->from = files[i];
    same->original = same->shrunk = std::move(*input);
  }
  return bugs;
}

void shrink_bug(FuzzedGuest& guest, Bug& bug, const ShrinkProgress& progress) {
  if (!bug.repeated) return;
  InputBytes shrunk = guest.shrink(bug.original, bug.finding.signature, progress);
  const fuzz::Finding* finding = guest.judge(shrunk);
  // What shrinking promises is looked at again: the folder must show this bug.
  if (finding == nullptr || finding->signature != bug.finding.signature) return;
  bug.finding = *finding;
  bug.shrunk = std::move(shrunk);
}

Result<> write_bug(FuzzedGuest& guest, Bug& bug, const fs::path& findings) {
  std::error_code error;
  const fs::path folder = folder_for(bug, fs::absolute(findings, error));
  if (auto made = make_folder(folder); !made) return made;
  const fs::path input = folder / "input", scenario = folder / "scenario.toml";
  if (auto made = write_file(input, bug.shrunk); !made) return made;
  if (auto made = write_file(folder / "original", bug.original); !made) return made;
  if (auto made = write_file(folder / "listing.txt", guest.listing(bug.shrunk)); !made) return made;
  std::ofstream trace(folder / "trace.txt", std::ios::binary | std::ios::trunc);
  const auto story = guest.tell(bug.shrunk, TraceForm::Text, trace);
  if (!story) return tl::make_unexpected(story.error());
  if (!trace.flush()) return fail((folder / "trace.txt").string(), "cannot be written");
  const auto run = guest.plain_run(bug.shrunk);
  if (auto made = write_file(folder / "report.txt", report_text(bug, guest, *story)); !made) {
    return made;
  }
  bug.folder = folder;
  fs::remove(scenario, error);
  if (!bug.repeated || !run) return {};
  const std::string text =
      finding_scenario(*run, bug.finding.signature, guest.expectations(bug.shrunk));
  if (auto made = write_file(scenario, text); !made) return made;
  bug.scenario_fails = fails(scenario);
  // One that passes beside the bug would say that the bug is gone.
  if (!*bug.scenario_fails) fs::remove(scenario, error);
  return {};
}

}  // namespace sehlab::lab
