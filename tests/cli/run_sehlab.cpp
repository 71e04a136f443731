#include "tests/cli/run_sehlab.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>

namespace sehlab::cli_test {

namespace {

using Clock = std::chrono::steady_clock;
constexpr std::chrono::seconds kLimit{60};

struct Pipe {
  std::array<int, 2> end{-1, -1};
  Pipe() { REQUIRE(::pipe2(end.data(), O_CLOEXEC) == 0); }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_write();
    ::close(end[0]);
  }
  void close_write() {
    if (end[1] >= 0) ::close(end[1]);
    end[1] = -1;
  }
};

/// Our environment, with what would change the program's words taken out or put in.
std::vector<std::string> environment() {
  std::vector<std::string> variables;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    const std::string text = *variable;
    if (!text.starts_with("SEHLAB_") && !text.starts_with("NO_COLOR=")) variables.push_back(text);
  }
  variables.emplace_back("NO_COLOR=1");
  return variables;
}

std::vector<char*> pointers_to(std::vector<std::string>& strings) {
  std::vector<char*> pointers;
  for (std::string& text : strings) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

pid_t spawn(std::vector<std::string> arguments, const Pipe& out, const Pipe& err) {
  std::vector<std::string> variables = environment();
  posix_spawn_file_actions_t actions;
  REQUIRE(posix_spawn_file_actions_init(&actions) == 0);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out.end[1], 1);
  posix_spawn_file_actions_adddup2(&actions, err.end[1], 2);
  pid_t child = -1;
  const int error = posix_spawn(&child, arguments.front().c_str(), &actions, nullptr,
                                pointers_to(arguments).data(), pointers_to(variables).data());
  posix_spawn_file_actions_destroy(&actions);
  REQUIRE_MESSAGE(error == 0, "cannot start " << arguments.front() << ": error " << error);
  return child;
}

/// Moves what there is to read into `text`; false when the other end is closed.
bool drain(int fd, std::string& text) {
  std::array<char, 65536> buffer{};
  const ssize_t got = ::read(fd, buffer.data(), buffer.size());
  if (got < 0 && errno == EINTR) return true;
  if (got <= 0) return false;
  text.append(buffer.data(), static_cast<std::size_t>(got));
  return true;
}

/// Reads both pipes to their ends; false when `deadline` came first.
bool read_both(const Pipe& out, const Pipe& err, Ran& ran, Clock::time_point deadline) {
  std::array<pollfd, 2> polled{pollfd{out.end[0], POLLIN, 0}, pollfd{err.end[0], POLLIN, 0}};
  const std::array<std::string*, 2> text{&ran.out, &ran.err};
  while (polled[0].fd >= 0 || polled[1].fd >= 0) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now());
    if (left.count() <= 0) return false;
    if (::poll(polled.data(), polled.size(), static_cast<int>(left.count())) < 0) continue;
    for (std::size_t i = 0; i < polled.size(); ++i) {
      if (polled[i].fd >= 0 && polled[i].revents != 0 && !drain(polled[i].fd, *text[i])) {
        polled[i].fd = -1;  // poll skips negative descriptors
      }
    }
  }
  return true;
}

}  // namespace

Ran run_sehlab(const std::vector<std::string>& arguments) {
  std::vector<std::string> all{SEHLAB_BINARY_DIR "/bin/sehlab"};
  all.insert(all.end(), arguments.begin(), arguments.end());
  Pipe out, err;
  Ran ran;
  const Clock::time_point start = Clock::now();
  const pid_t child = spawn(all, out, err);
  out.close_write();
  err.close_write();
  ran.timed_out = !read_both(out, err, ran, start + kLimit);
  if (ran.timed_out) ::kill(child, SIGKILL);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) REQUIRE(errno == EINTR);
  ran.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 1000 + WTERMSIG(status);
  ran.seconds = std::chrono::duration<double>(Clock::now() - start).count();
  return ran;
}

std::string guest(const std::string& name) {
  return SEHLAB_BINARY_DIR "/guest/" + name;
}

Scratch::Scratch() {
  std::string pattern = (std::filesystem::temp_directory_path() / "sehlab-cli-XXXXXX").string();
  REQUIRE(::mkdtemp(pattern.data()) != nullptr);
  folder_ = pattern;
}

Scratch::~Scratch() {
  std::error_code ignored;  // a folder that stays behind in /tmp fails no test
  std::filesystem::remove_all(folder_, ignored);
}

std::string Scratch::write(const std::string& leaf, const std::string& bytes) const {
  std::ofstream file(path(leaf), std::ios::binary);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  REQUIRE(file.good());
  return path(leaf);
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE_MESSAGE(file.good(), "cannot read " << path);
  return {std::istreambuf_iterator<char>(file), {}};
}

bool says(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex(pattern));
}

}  // namespace sehlab::cli_test
