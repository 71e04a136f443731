#include "emu/os/process.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include "emu/os/system.hpp"

extern char** environ;

namespace sehlab::os {
namespace {

std::vector<std::string> with_ours(
    const std::vector<std::pair<std::string, std::string>>& environment) {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string_view text = *variable;
    const bool replaced = std::ranges::any_of(
        environment, [&](const auto& added) { return text.starts_with(added.first + "="); });
    if (!replaced) variables.emplace_back(text);
  }
  for (const auto& [name, value] : environment) variables.push_back(name + "=" + value);
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

/// A group of its own, and signals as a program expects them, whatever ours are.
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

/// Where whoever started us has SIGCHLD ignored, nobody would learn how a child ends (POSIX, exit).
void keep_endings() {
  struct sigaction now {};
  if (::sigaction(SIGCHLD, nullptr, &now) == 0 && now.sa_handler == SIG_IGN) {
    ::signal(SIGCHLD, SIG_DFL);
  }
}

tl::unexpected<Error> not_started(const std::string& program, int error) {
  return fail(program, std::string("cannot be started: ") + std::strerror(error));
}

/// Nobody to wait for: somebody else took it away.
constexpr int kTakenAway = 1;

/// nullopt while it runs and `options` say not to wait.
std::optional<int> ending(ProcessId id, int options) {
  siginfo_t info{};
  int got = 0;
  do {
    got = ::waitid(P_PID, static_cast<id_t>(id), &info, WEXITED | WNOWAIT | options);
  } while (got != 0 && errno == EINTR);
  if (got != 0) return kTakenAway;
  if (info.si_pid != id) return std::nullopt;
  return info.si_code == CLD_EXITED ? info.si_status : 1000 + info.si_status;
}

}  // namespace

Result<StartedProgram> start_program(
    const std::vector<std::string>& words,
    const std::vector<std::pair<std::string, std::string>>& environment) {
  keep_endings();
  auto pipe = make_pipe();
  if (!pipe) return fail(words.front(), pipe.error().what);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe->write.number(), STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe->write.number(), STDERR_FILENO);
  const Attributes attributes;
  std::vector<std::string> program = words, variables = with_ours(environment);
  pid_t id = -1;
  const int error = posix_spawnp(&id, program.front().c_str(), &actions, &attributes.value,
                                 pointers_to(program).data(), pointers_to(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  if (error != 0) return not_started(words.front(), error);
  return StartedProgram{id, std::move(pipe->read)};
}

Result<ProcessId> start_on_our_terminal(const std::vector<std::string>& words) {
  keep_endings();
  std::vector<std::string> program = words;
  pid_t id = -1;
  const int error = posix_spawnp(&id, program.front().c_str(), nullptr, nullptr,
                                 pointers_to(program).data(), environ);
  if (error != 0) return not_started(words.front(), error);
  return id;
}

std::optional<int> ending_of(ProcessId id) {
  return ending(id, WNOHANG);
}

int wait_for(ProcessId id) {
  return ending(id, 0).value_or(kTakenAway);
}

void forget(ProcessId id) {
  while (::waitpid(id, nullptr, 0) < 0 && errno == EINTR) {
  }
}

void interrupt_group(ProcessId id) {
  ::kill(-id, SIGINT);
}

void kill_group(ProcessId id) {
  ::kill(-id, SIGKILL);
}

void leave_interrupts_to_children() {
  ::signal(SIGINT, SIG_IGN);
}

}  // namespace sehlab::os
