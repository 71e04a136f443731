#include "host/lab/fuzz/engine_status.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace sehlab::lab {
namespace {

std::string_view without_spaces(std::string_view text) {
  const std::size_t from = text.find_first_not_of(" \t\r");
  if (from == text.npos) return {};
  return text.substr(from, text.find_last_not_of(" \t\r") - from + 1);
}

/// The digits that `text` begins with; nullopt: with none.
std::optional<std::uint64_t> count_at(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

std::optional<double> number_at(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc()) return std::nullopt;
  return value;
}

/// The number behind "name " in a line of libFuzzer's.
std::optional<std::uint64_t> member(std::string_view line, std::string_view name) {
  const std::size_t at = line.find(name);
  if (at == line.npos) return std::nullopt;
  return count_at(without_spaces(line.substr(at + name.size())));
}

/// The third number of "oom/timeout/crash: 0/0/1", and the others: each is an input that was kept.
std::uint64_t kept_by_fork(std::string_view line) {
  constexpr std::string_view kName = "oom/timeout/crash: ";
  const std::size_t at = line.find(kName);
  if (at == line.npos) return 0;
  std::uint64_t sum = 0;
  std::string_view rest = line.substr(at + kName.size());
  for (int i = 0; i < 3; ++i) {
    sum += count_at(rest).value_or(0);
    const std::size_t slash = rest.find('/');
    if (slash == rest.npos) break;
    rest.remove_prefix(slash + 1);
  }
  return sum;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  while (true) {
    const std::size_t end = text.find(at);
    parts.push_back(without_spaces(text.substr(0, end)));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace

bool read_libfuzzer_line(std::string_view line, EngineStatus& status) {
  for (const std::string_view end : {"stat::number_of_executed_units:", "Done "}) {
    if (!line.starts_with(end)) continue;
    const auto executions = count_at(without_spaces(line.substr(end.size())));
    if (executions) status.executions = *executions;
    return executions.has_value();
  }
  if (!line.starts_with('#')) return false;
  const auto executions = count_at(line.substr(1));
  const auto coverage = member(line, "cov: ");
  // -fork leaves the colon out.
  auto rate = member(line, "exec/s: ");
  if (!rate) rate = member(line, "exec/s ");
  if (!executions || !rate) return false;
  status.executions = *executions;
  status.coverage = coverage.value_or(status.coverage);
  status.corpus = member(line, "corp: ").value_or(status.corpus);
  status.per_second = static_cast<double>(*rate);
  status.findings = std::max(status.findings, kept_by_fork(line));
  return true;
}

std::optional<EngineStatus> read_afl_plot(std::string_view text) {
  const std::size_t newline = text.rfind('\n');
  if (newline == text.npos) return std::nullopt;
  text = text.substr(0, newline);
  const std::size_t header_end = text.find('\n');
  if (header_end == text.npos || !text.starts_with("# ")) return std::nullopt;
  const auto names = split(text.substr(2, header_end - 2), ',');
  const auto values = split(text.substr(text.rfind('\n') + 1), ',');
  const auto value = [&](std::string_view name) -> std::string_view {
    const auto at = std::ranges::find(names, name) - names.begin();
    return static_cast<std::size_t>(at) < values.size() ? values[static_cast<std::size_t>(at)] : "";
  };
  const auto executions = count_at(value("total_execs"));
  if (!executions) return std::nullopt;
  EngineStatus status;
  status.executions = *executions;
  status.per_second = number_at(value("execs_per_sec")).value_or(0);
  status.corpus = count_at(value("corpus_count")).value_or(0);
  status.coverage = count_at(value("edges_found")).value_or(0);
  status.findings =
      count_at(value("saved_crashes")).value_or(0) + count_at(value("saved_hangs")).value_or(0);
  return status;
}

std::optional<EngineStatus> read_afl_stats(std::string_view text) {
  EngineStatus status;
  bool found = false;
  for (const std::string_view line : split(text, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == line.npos) continue;
    const std::string_view name = without_spaces(line.substr(0, colon));
    const std::string_view value = without_spaces(line.substr(colon + 1));
    if (name == "execs_done") {
      found = count_at(value).has_value();
      status.executions = count_at(value).value_or(0);
    }
    if (name == "execs_per_sec") status.per_second = number_at(value).value_or(0);
    if (name == "corpus_count") status.corpus = count_at(value).value_or(0);
    if (name == "edges_found") status.coverage = count_at(value).value_or(0);
    if (name == "saved_crashes" || name == "saved_hangs") {
      status.findings += count_at(value).value_or(0);
    }
  }
  if (!found) return std::nullopt;
  return status;
}

EngineStatus together(const EngineStatus& one, const EngineStatus& other) {
  return {one.executions + other.executions, one.per_second + other.per_second,
          std::max(one.corpus, other.corpus), std::max(one.coverage, other.coverage),
          one.findings + other.findings};
}

}  // namespace sehlab::lab
