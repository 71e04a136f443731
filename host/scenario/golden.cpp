#include "host/scenario/golden.hpp"

#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>

namespace sehlab::scenario {
namespace {

constexpr std::size_t kLinesBefore = 3;

std::optional<std::string> read_file(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (in.bad()) return std::nullopt;
  return text;
}

}  // namespace

GoldenTrace::GoldenTrace(const Golden& golden) : golden_(golden) {
  const auto text = read_file(golden.path);
  if (!text) {
    unreadable_ = golden.path.generic_string() + " cannot be read (write it with --update)";
    return;
  }
  std::string_view rest = *text;
  while (!rest.empty()) {
    const std::size_t end = rest.find('\n');
    expected_.emplace_back(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
}

void GoldenTrace::differs(std::string expected, std::string got) {
  differs_ = true;
  for (const std::string& line : before_) {
    expected_line_ += "  " + line + '\n';
    got_line_ += "  " + line + '\n';
  }
  expected_line_ = fmt::format("{}, line {}\n{}▶ {}", golden_.path.filename().generic_string(),
                               number_, expected_line_, expected);
  got_line_ = fmt::format("line {}\n{}▶ {}", number_, got_line_, got);
}

void GoldenTrace::on_event(const trace::Event& event) {
  if (differs_ || !unreadable_.empty()) return;
  std::string line = lines_.line(event);
  if (!golden_.kinds.contains(event)) return;
  ++number_;
  if (number_ > expected_.size()) return differs("(the end of the file)", std::move(line));
  if (line != expected_[number_ - 1]) return differs(expected_[number_ - 1], std::move(line));
  before_.push_back(std::move(line));
  if (before_.size() > kLinesBefore) before_.pop_front();
}

void GoldenTrace::conclude(const RunResult&, std::vector<Failure>& failures) {
  if (!unreadable_.empty()) {
    failures.push_back({"trace", golden_.line, "a golden trace to compare with", unreadable_});
    return;
  }
  if (!differs_ && number_ < expected_.size()) {
    ++number_;
    differs(expected_[number_ - 1], "(the end of the run)");
  }
  if (differs_) failures.push_back({"trace", golden_.line, expected_line_, got_line_});
}

void NewGolden::on_event(const trace::Event& event) {
  const std::string line = lines_.line(event);
  if (golden_.kinds.contains(event)) text_ += line + '\n';
}

Result<bool> NewGolden::write() const {
  if (read_file(golden_.path) == text_) return false;
  std::filesystem::path beside = golden_.path;
  beside += ".new";
  const std::string name = golden_.path.generic_string();
  std::ofstream out(beside, std::ios::binary | std::ios::trunc);
  out << text_;
  if (!out.flush()) return fail(name, "cannot be written");
  out.close();
  std::error_code error;
  std::filesystem::rename(beside, golden_.path, error);
  if (error) return fail(name, "cannot be written: " + error.message());
  return true;
}

}  // namespace sehlab::scenario
