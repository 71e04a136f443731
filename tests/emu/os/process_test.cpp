// Programs of the host, as POSIX says of processes (tests/lab/child_test.cpp has more of them).
#include "emu/os/process.hpp"

#include <doctest/doctest.h>

#include <csignal>
#include <span>
#include <string>

namespace sehlab::os {

namespace {

int ended_with(Result<StartedProgram> program) {
  REQUIRE(program);
  const int code = wait_for(program->id);
  CHECK(ending_of(program->id) == code);  // and stays so until it is forgotten
  forget(program->id);
  return code;
}

}  // namespace

TEST_SUITE("os") {
  TEST_CASE("a program ends with its exit code, or with 1000 and the signal") {
    CHECK(ended_with(start_program({"sh", "-c", "exit 7"}, {})) == 7);
    CHECK(ended_with(start_program({"sh", "-c", "kill -TERM $$"}, {})) == 1015);  // SIGTERM
  }

  TEST_CASE("how it ends is known also where whoever started us has SIGCHLD ignored") {
    std::signal(SIGCHLD, SIG_IGN);
    CHECK(ended_with(start_program({"sh", "-c", "exit 7"}, {})) == 7);
    std::signal(SIGCHLD, SIG_IGN);
    const auto id = start_on_our_terminal({"sh", "-c", "exit 3"});
    REQUIRE(id);
    CHECK(wait_for(*id) == 3);
    forget(*id);
    std::signal(SIGCHLD, SIG_DFL);
  }

  TEST_CASE("variables are added to ours, or stand in place of them") {
    const auto script = "[ \"$SEHLAB_ONE\" = 'a b' ] && [ \"$PATH\" = /bin ] && [ -n \"$0\" ]";
    CHECK(ended_with(start_program({"/bin/sh", "-c", script},
                                   {{"SEHLAB_ONE", "a b"}, {"PATH", "/bin"}})) == 0);
  }

  TEST_CASE("its standard input is empty") {
    CHECK(ended_with(start_program({"sh", "-c", "! read line"}, {})) == 0);
  }

  TEST_CASE("what is no program says so, with its name") {
    const auto started = start_program({"/no/such/program"}, {});
    REQUIRE_FALSE(started);
    CHECK(started.error().text() ==
          "/no/such/program: cannot be started: No such file or directory");
    CHECK_FALSE(start_on_our_terminal({"/no/such/program"}));
  }

  TEST_CASE("a program on our terminal has our streams") {
    const auto id = start_on_our_terminal({"sh", "-c", "exit 3"});
    REQUIRE(id);
    CHECK(wait_for(*id) == 3);
    forget(*id);
  }
}

}  // namespace sehlab::os
