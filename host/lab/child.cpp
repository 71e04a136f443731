#include "host/lab/child.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <thread>

namespace sehlab::lab {
namespace {

constexpr std::size_t kMostLine = 64 * 1024;  // bytes
constexpr std::chrono::milliseconds kPause{20};

std::string quoted(const std::string& word) {
  constexpr std::string_view kPlain = "%+,-./:=@_";
  const bool plain = !word.empty() && std::ranges::all_of(word, [&](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           kPlain.find(c) != kPlain.npos;
  });
  if (plain) return word;
  std::string text = "'";
  for (const char c : word) c == '\'' ? text += "'\\''" : text += c;
  return text + "'";
}

}  // namespace

std::string shell_line(const ChildCommand& command) {
  std::string text;
  for (const auto& [name, value] : command.environment) text += name + "=" + quoted(value) + " ";
  for (const std::string& word : command.words) text += quoted(word) + " ";
  text.pop_back();
  return text;
}

Result<Child> Child::start(const ChildCommand& command) {
  auto started = os::start_program(command.words, command.environment);
  if (!started) return tl::make_unexpected(started.error());
  return Child(std::move(*started));
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      output_(std::move(other.output_)),
      rest_(std::move(other.rest_)),
      status_(other.status_) {}

Child& Child::operator=(Child&& other) noexcept {
  std::swap(id_, other.id_);
  std::swap(output_, other.output_);
  std::swap(rest_, other.rest_);
  std::swap(status_, other.status_);
  return *this;
}

Child::~Child() {
  end({}, {});
}

bool Child::take(const std::function<void(std::string_view)>& line) {
  std::array<char, 16 * 1024> buffer;
  const std::size_t got =
      os::read_some(output_.number(), std::as_writable_bytes(std::span(buffer))).value_or(0);
  if (got == 0) {
    if (!rest_.empty() && line) line(rest_);
    rest_.clear();
    output_.close();
    return false;
  }
  rest_.append(buffer.data(), got);
  std::size_t from = 0;
  for (std::size_t to = rest_.find('\n'); to != rest_.npos; to = rest_.find('\n', from)) {
    if (line) line(std::string_view(rest_).substr(from, to - from));
    from = to + 1;
  }
  rest_.erase(0, from);
  if (rest_.size() >= kMostLine) {
    if (line) line(rest_);
    rest_.clear();
  }
  return true;
}

void Child::read_lines(std::chrono::milliseconds most,
                       const std::function<void(std::string_view)>& line) {
  const auto until = std::chrono::steady_clock::now() + most;
  auto wait = most;
  while (output_.is_open()) {
    // Also when a signal came: the caller looks what it was.
    if (!os::readable_within(output_.number(), wait)) return;
    if (!take(line)) return;
    wait = {};  // what is there is taken, no more
    if (std::chrono::steady_clock::now() > until) return;
  }
  // It may run on with its output closed.
  if (!ended()) std::this_thread::sleep_for(std::min(most, kPause));
}

std::optional<int> Child::ended() {
  // Not forgotten before end(): until then nobody else can get its group's number.
  if (!status_ && id_ > 0) status_ = os::ending_of(id_);
  return status_;
}

void Child::end(std::chrono::milliseconds grace,
                const std::function<void(std::string_view)>& line) {
  if (id_ <= 0) return;
  const auto until = std::chrono::steady_clock::now() + grace;
  if (!ended()) os::interrupt_group(id_);
  while (!ended() && std::chrono::steady_clock::now() < until) read_lines(kPause, line);
  os::kill_group(id_);  // also what it started itself and left behind
  while (!ended()) std::this_thread::sleep_for(kPause);
  os::forget(std::exchange(id_, -1));
  while (output_.is_open()) {
    if (!os::readable_within(output_.number(), {}) || !take(line)) break;
  }
}

}  // namespace sehlab::lab
