// Child: expectations from what POSIX says of processes, pipes and groups, and of sh.
#include "host/lab/child.hpp"

#include <doctest/doctest.h>
#include <signal.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

namespace sehlab::lab {

namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using Clock = std::chrono::steady_clock;

struct Said {
  std::vector<std::string> lines;
  int code = -1;
};

Said run(const ChildCommand& command) {
  auto child = Child::start(command);
  REQUIRE(child);
  Said said;
  const auto take = [&](std::string_view line) { said.lines.emplace_back(line); };
  const auto limit = Clock::now() + seconds(20);
  while (!child->ended() && Clock::now() < limit) child->read_lines(milliseconds(50), take);
  child->end(milliseconds(100), take);
  said.code = child->ended().value_or(-1);
  return said;
}

ChildCommand shell(const std::string& script) {
  return {{"sh", "-c", script}, {}};
}

/// Does it run? A zombie, which waits to be taken away by init, does not.
bool runs(const std::string& id) {
  std::ifstream file("/proc/" + id + "/stat");
  std::string text;
  std::getline(file, text);
  const auto state = text.rfind(") ");  // proc(5): the state follows the name in brackets
  return state != std::string::npos && text.at(state + 2) != 'Z';
}

}  // namespace

TEST_SUITE("lab") {
  TEST_CASE("a child's lines come whole, of both streams, and its exit code") {
    const Said said = run(shell("echo one; echo two >&2; printf three; exit 7"));
    CHECK(said.lines == std::vector<std::string>{"one", "two", "three"});
    CHECK(said.code == 7);
  }

  TEST_CASE("a child that a signal ended is told from one that exited") {
    CHECK(run(shell("kill -ABRT $$")).code == 1000 + SIGABRT);
  }

  TEST_CASE("a child's environment has what is added, in place of what was there") {
    setenv("SEHLAB_CHILD_TEST", "before", 1);
    const Said said = run({{"sh", "-c", "echo $SEHLAB_CHILD_TEST $HOME"},
                           {{"SEHLAB_CHILD_TEST", "after"}, {"HOME", "/nowhere"}}});
    unsetenv("SEHLAB_CHILD_TEST");
    CHECK(said.lines == std::vector<std::string>{"after /nowhere"});
  }

  TEST_CASE("a program that is not there is an error with its name") {
    const auto child = Child::start({{"/nowhere/sehlab-engine"}, {}});
    REQUIRE_FALSE(child);
    CHECK(child.error().text().find("/nowhere/sehlab-engine") != std::string::npos);
  }

  TEST_CASE("a line without an end does not fill memory") {
    const Said said = run(shell("head -c 300000 /dev/zero | tr '\\0' x"));
    std::size_t all = 0;
    for (const std::string& line : said.lines) {
      all += line.size();
      CHECK(line.size() < 100'000);  // 64 KiB and a read more
    }
    CHECK(all == 300'000);
  }

  TEST_CASE("a child that will not end is made to, and so is what it started") {
    auto child = Child::start(shell("trap '' INT; sleep 1000 & echo $!; wait; sleep 1000"));
    REQUIRE(child);
    std::string inner;
    while (inner.empty()) {
      child->read_lines(milliseconds(50), [&](std::string_view line) { inner = line; });
    }
    CHECK(runs(inner));
    const auto start = Clock::now();
    child->end(milliseconds(200), {});
    CHECK(Clock::now() - start < seconds(10));
    CHECK(child->ended() == 1000 + SIGKILL);
    const auto limit = Clock::now() + seconds(5);
    while (runs(inner) && Clock::now() < limit) std::this_thread::sleep_for(milliseconds(20));
    CHECK_FALSE(runs(inner));
  }

  TEST_CASE("a child that ends on SIGINT is given the time for it") {
    auto child =
        Child::start(shell("trap 'echo bye; exit 3' INT; echo up; while :; do sleep 0.05; done"));
    REQUIRE(child);
    std::vector<std::string> lines;
    const auto take = [&](std::string_view line) { lines.emplace_back(line); };
    while (lines.empty()) child->read_lines(milliseconds(50), take);
    child->end(seconds(10), take);
    CHECK(child->ended() == 3);
    CHECK(lines == std::vector<std::string>{"up", "bye"});
  }

  TEST_CASE("a command line is what a shell takes") {
    const ChildCommand command{{"echo", "two words", "it's", "-a=/b", ""}, {{"NAME", "x y"}}};
    CHECK(shell_line(command) == R"(NAME='x y' echo 'two words' 'it'\''s' -a=/b '')");
    const Said said = run(shell(shell_line(command)));
    CHECK(said.lines == std::vector<std::string>{"two words it's -a=/b "});
  }
}

}  // namespace sehlab::lab
