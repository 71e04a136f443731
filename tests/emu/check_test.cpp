// A broken invariant ends the program and says which.
#include "emu/check.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <string>

namespace sehlab {
namespace {

struct Ending {
  int signal = 0;
  std::string said;
};

template <typename Body>
Ending in_child(Body body) {
  std::array<int, 2> ends{};
  REQUIRE(pipe(ends.data()) == 0);
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    // The test framework reports the signal otherwise.
    std::signal(SIGABRT, SIG_DFL);
    dup2(ends[1], STDERR_FILENO);
    body();
    _exit(0);
  }
  close(ends[1]);
  Ending ending;
  std::array<char, 4096> buffer{};
  for (ssize_t got = 0; (got = read(ends[0], buffer.data(), buffer.size())) > 0;)
    ending.said.append(buffer.data(), static_cast<std::size_t>(got));
  close(ends[0]);
  int status = 0;
  REQUIRE(waitpid(child, &status, 0) == child);
  if (WIFSIGNALED(status)) ending.signal = WTERMSIG(status);
  return ending;
}

}  // namespace

TEST_CASE("A check that holds does nothing") {
  const Ending ending = in_child([] { SEHLAB_CHECK(1 + 1 == 2); });
  CHECK(ending.signal == 0);
  CHECK(ending.said.empty());
}

TEST_CASE("A check that fails prints the condition and the state, and aborts") {
  const Ending ending = in_child([] {
    set_state_dump([](void* owner) { return "state: " + *static_cast<std::string*>(owner); },
                   new std::string("the owner's"));
    SEHLAB_CHECK(1 + 1 == 3);
  });
  CHECK(ending.signal == SIGABRT);
  CHECK(ending.said.find("1 + 1 == 3") != std::string::npos);
  CHECK(ending.said.find("check_test.cpp") != std::string::npos);
  CHECK(ending.said.find("state: the owner's") != std::string::npos);
}

TEST_CASE("A check that fails while the state is printed still ends the program") {
  const Ending ending = in_child([] {
    set_state_dump(
        [](void*) -> std::string {
          SEHLAB_CHECK(false);
          return {};
        },
        nullptr);
    SEHLAB_CHECK(1 + 1 == 3);
  });
  CHECK(ending.signal == SIGABRT);
}

}  // namespace sehlab
