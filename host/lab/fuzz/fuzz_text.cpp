#include "host/lab/fuzz/fuzz_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/trace/byte_text.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

using trace::grouped;

std::string engine_name(Engine engine) {
  return engine == Engine::Afl ? "AFL++" : "libFuzzer";
}

std::string counted(std::uint64_t count, const char* one, const char* many) {
  return grouped(count) + " " + (count == 1 ? one : many);
}

/// Lines, each moved to the right.
std::string indented(const std::string& text, std::size_t by) {
  std::string result;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t to = std::min(text.find('\n', from), text.size());
    if (to > from) result += std::string(by, ' ') + text.substr(from, to - from);
    result += '\n';
    from = to + 1;
  }
  return result;
}

double rate(const EngineStatus& status, double seconds) {
  return static_cast<double>(status.executions) / std::max(seconds, 0.001);
}

double rate(const CampaignAnswer& answer) {
  return rate(answer.status, answer.seconds);
}

std::string bug_text(FuzzedGuest& guest, const Bug& bug) {
  std::string text = "\n" + trace::harmless(bug.finding.signature) + "\n";
  text += fmt::format("  input     {}, shrunk from {}; shown by {}\n", guest.size_text(bug.shrunk),
                      guest.size_text(bug.original), counted(bug.inputs, "input", "inputs"));
  text += "  in short  " + guest.in_short(bug.shrunk) + "\n";
  text += "  see       " + bug.folder.string() + "/\n";
  if (bug.scenario_fails.value_or(false)) {
    text += "  scenario  sehlab test " + (bug.folder / "scenario.toml").string() +
            "   (fails while the bug is there)\n";
  } else if (bug.scenario_fails) {
    text += "  scenario  none: what differs is nothing that a scenario looks at\n";
  }
  return text;
}

}  // namespace

std::string campaign_title(const FuzzRun& run) {
  std::string text = fmt::format("{} with {}, {}", trace::harmless(run.guest),
                                 engine_name(run.engine), counted(run.jobs, "job", "jobs"));
  if (run.seconds != 0) text += fmt::format(", {} s", grouped(run.seconds));
  if (run.ending_only) text += ", only the ending counts";
  return text;
}

std::string progress_text(const FuzzRun& run, const EngineStatus& status, double seconds) {
  // -fork tells that of the last of its short-lived children, often 0.
  const double engines = status.per_second;
  const double per_second = engines > 0 ? engines : rate(status, seconds);
  std::string text =
      fmt::format("{:4.0f} s   {}   {}/s   corpus {}   coverage {}   findings {}", seconds,
                  counted(status.executions, "execution", "executions"),
                  grouped(static_cast<std::uint64_t>(per_second)), grouped(status.corpus),
                  grouped(status.coverage), grouped(status.findings));
  if (run.seconds != 0) {
    const double left = std::max(0.0, static_cast<double>(run.seconds) - seconds);
    text += fmt::format("   {:.0f} s left", left);
  }
  return text;
}

std::string campaign_text(FuzzedGuest& guest, const FuzzRun& run, const CampaignAnswer& answer,
                          std::span<const Bug> bugs) {
  std::string text;
  for (const Bug& bug : bugs) text += bug_text(guest, bug);
  if (!bugs.empty()) text += "\n";
  text += bugs.empty() ? "no finding" : counted(bugs.size(), "finding", "findings");
  text += fmt::format(" in {:.0f} s: {} ({} a second), corpus {}, coverage {}\n", answer.seconds,
                      counted(answer.status.executions, "execution", "executions"),
                      grouped(static_cast<std::uint64_t>(rate(answer))),
                      grouped(answer.status.corpus), grouped(answer.status.coverage));
  text += "corpus  " + corpus_folder(run).string() + "\n";
  return text;
}

std::string campaign_json(FuzzedGuest& guest, const FuzzRun& run, const CampaignAnswer& answer,
                          std::span<const Bug> bugs) {
  nlohmann::json found = nlohmann::json::array();
  for (const Bug& bug : bugs) {
    nlohmann::json one{{"rule", bug.finding.rule},
                       {"signature", trace::to_text(bug.finding.signature)},
                       {"folder", trace::to_text(bug.folder.string())},
                       {"inputs", bug.inputs},
                       {"repeated", bug.repeated},
                       {"bytes", bug.shrunk.size()},
                       {"original_bytes", bug.original.size()},
                       {"in_short", trace::to_text(guest.in_short(bug.shrunk))}};
    if (bug.scenario_fails.value_or(false)) {
      one["scenario"] = trace::to_text((bug.folder / "scenario.toml").string());
    }
    found.push_back(std::move(one));
  }
  const nlohmann::json all{{"schema_version", 1},
                           {"guest", trace::to_text(run.guest)},
                           {"engine", run.engine == Engine::Afl ? "afl" : "libfuzzer"},
                           {"jobs", run.jobs},
                           {"seconds", answer.seconds},
                           {"executions", answer.status.executions},
                           {"per_second", rate(answer)},
                           {"corpus", answer.status.corpus},
                           {"coverage", answer.status.coverage},
                           {"interrupted", answer.interrupted},
                           {"failure", trace::to_text(answer.failure)},
                           {"findings", found}};
  return all.dump(2) + "\n";
}

std::string replay_text(const Replayed& one) {
  if (one.signature.empty()) {
    return "  ✓ " + trace::harmless(one.file) + "\n";
  }
  return "  ✗ " + trace::harmless(one.file) + "\n      " + trace::harmless(one.signature) + "\n" +
         indented(one.report, 6);
}

std::string replay_json(std::span<const Replayed> all) {
  nlohmann::json inputs = nlohmann::json::array();
  std::size_t found = 0;
  for (const Replayed& one : all) {
    nlohmann::json input{{"file", trace::to_text(one.file)}, {"finding", nullptr}};
    if (!one.signature.empty()) {
      ++found;
      input["finding"] = {{"rule", one.rule},
                          {"signature", trace::to_text(one.signature)},
                          {"report", trace::to_text(one.report)}};
    }
    inputs.push_back(std::move(input));
  }
  const nlohmann::json object{{"schema_version", 1}, {"inputs", inputs}, {"findings", found}};
  return object.dump(2) + "\n";
}

}  // namespace sehlab::lab
