#include "host/lab/child.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
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

std::vector<std::string> environment_of(const ChildCommand& command) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const bool replaced = std::ranges::any_of(command.environment, [&](const auto& added) {
      return text.starts_with(added.first + "=");
    });
    if (!replaced) variables.emplace_back(text);
  }
  for (const auto& [name, value] : command.environment) variables.push_back(name + "=" + value);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// Signals as a program expects them: none blocked, none ignored, whatever ours are.
struct Attributes {
  posix_spawnattr_t value{};
  Attributes() {
    posix_spawnattr_init(&value);
    sigset_t none, all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&value, &none);
    posix_spawnattr_setsigdefault(&value, &all);
    posix_spawnattr_setpgroup(&value, 0);
    posix_spawnattr_setflags(
        &value, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  ~Attributes() { posix_spawnattr_destroy(&value); }
};

}  // namespace

std::string shell_line(const ChildCommand& command) {
  std::string text;
  for (const auto& [name, value] : command.environment) text += name + "=" + quoted(value) + " ";
  for (const std::string& word : command.words) text += quoted(word) + " ";
  text.pop_back();
  return text;
}

Result<Child> Child::start(const ChildCommand& command) {
  std::array<int, 2> ends{-1, -1};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    return fail(command.words.front(), std::strerror(errno));
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, ends[1], STDERR_FILENO);
  const Attributes attributes;
  std::vector<std::string> words = command.words, variables = environment_of(command);
  pid_t id = -1;
  const int error = posix_spawnp(&id, words.front().c_str(), &actions, &attributes.value,
                                 pointers_to(words).data(), pointers_to(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return fail(command.words.front(), std::string("cannot be started: ") + std::strerror(error));
  }
  return Child(id, ends[0]);
}

Child::Child(Child&& other) noexcept
    : id_(std::exchange(other.id_, -1)),
      output_(std::exchange(other.output_, -1)),
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
  close_output();
}

void Child::close_output() {
  if (output_ >= 0) close(output_);
  output_ = -1;
}

bool Child::take(const std::function<void(std::string_view)>& line) {
  std::array<char, 16 * 1024> buffer;
  const ssize_t got = read(output_, buffer.data(), buffer.size());
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) {
    if (!rest_.empty() && line) line(rest_);
    rest_.clear();
    close_output();
    return false;
  }
  rest_.append(buffer.data(), static_cast<std::size_t>(got));
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
  int wait = static_cast<int>(most.count());
  while (output_ >= 0) {
    pollfd polled{output_, POLLIN, 0};
    const int ready = poll(&polled, 1, wait);
    if (ready <= 0) return;  // also when a signal came: the caller looks what it was
    if (!take(line)) return;
    wait = 0;  // what is there is taken, no more
    if (std::chrono::steady_clock::now() > until) return;
  }
  // It may run on with its output closed.
  if (!ended()) std::this_thread::sleep_for(std::min(most, kPause));
}

std::optional<int> Child::ended() {
  if (status_ || id_ <= 0) return status_;
  // Not taken away before end(): until then nobody else can get its group's number.
  siginfo_t info{};
  if (waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      info.si_pid != id_) {
    return std::nullopt;
  }
  status_ = info.si_code == CLD_EXITED ? info.si_status : 1000 + info.si_status;
  return status_;
}

void Child::end(std::chrono::milliseconds grace,
                const std::function<void(std::string_view)>& line) {
  if (id_ <= 0) return;
  const auto until = std::chrono::steady_clock::now() + grace;
  if (!ended()) kill(-id_, SIGINT);
  while (!ended() && std::chrono::steady_clock::now() < until) read_lines(kPause, line);
  kill(-id_, SIGKILL);  // also what it started itself and left behind
  while (!ended()) std::this_thread::sleep_for(kPause);
  while (waitpid(id_, nullptr, 0) < 0 && errno == EINTR) {
  }
  id_ = -1;
  while (output_ >= 0) {
    pollfd polled{output_, POLLIN, 0};
    if (poll(&polled, 1, 0) <= 0 || !take(line)) break;
  }
}

}  // namespace sehlab::lab
