// sehlab learn, as a student and a teacher call it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/cli/run_sehlab.hpp"

namespace sehlab::cli_test {

TEST_SUITE("learn") {
  TEST_CASE("learn lists the lessons for people and for programs") {
    const Ran list = run_sehlab({"learn"});
    CHECK(list.exit_code == 0);
    CHECK(says(list.out, "\n +2  A record, pushed and popped by hand\n"));
    const Ran json = run_sehlab({"learn", "--json"});
    const auto lessons = nlohmann::json::parse(json.out).at("lessons");
    CHECK(lessons.size() == 17);
    CHECK(lessons.at(1).at("name") == "02-record-by-hand");
    CHECK(lessons.at(1).at("checks") == 2);
  }

  TEST_CASE(
      "a lesson is shown at once where there is no terminal and the question comes before the "
      "answer") {
    const Ran ran = run_sehlab({"learn", "2"});
    CAPTURE(ran.err);
    CHECK(ran.exit_code == 0);
    const std::size_t guest = ran.out.find("The guest, record.S");
    const std::size_t question = ran.out.find("Before you look");
    const std::size_t trace = ran.out.find("handler       record!first");
    const std::size_t exercise = ran.out.find("Exercise");
    CHECK(guest < question);
    CHECK(question < trace);
    CHECK(trace < exercise);
    CHECK(exercise != std::string::npos);
    CHECK(says(ran.out, "sehlab explain ExceptionContinueExecution"));
    // The commands it names work: this program was called by its path.
    CHECK(says(ran.out, "   .*/sehlab learn 2 --check "));
  }

  TEST_CASE("an exercise from copy to done in a folder of the student's") {
    const Scratch scratch;
    const std::string folder = scratch.path("mine");
    const Ran edit = run_sehlab({"learn", "4", "--edit", folder});
    CHECK(edit.exit_code == 0);
    CHECK(says(edit.out, "mine/answers.c\n"));
    CHECK(run_sehlab({"learn", "4", "--edit", folder}).exit_code == 2);

    const Ran unchanged = run_sehlab({"learn", "4", "--check", folder});
    CHECK(unchanged.exit_code == 1);
    CHECK(says(unchanged.out, "✗ `inner` must repair the fault"));
    CHECK(says(unchanged.out, "lesson 4: 1 of 2 right\n"));

    const std::string solution = "/04-search-or-continue/solution/answers.c";
    scratch.write("mine/answers.c", read_file(SEHLAB_SOURCE_DIR "/fixtures/lessons" + solution));
    const Ran done = run_sehlab({"learn", "4", "--check", folder});
    CHECK(done.exit_code == 0);
    CHECK(says(done.out, "lesson 4: 2 of 2 right, done\n"));
    // What was built is there to be looked at.
    CHECK(run_sehlab({"run", folder + "/answers.exe"}).exit_code == 7);
  }

  TEST_CASE("what cannot be done is told with exit code 2") {
    const Scratch scratch;
    CHECK(says(run_sehlab({"learn", "99"}).err, "no lesson 99"));
    CHECK(run_sehlab({"learn", "99"}).exit_code == 2);
    CHECK(run_sehlab({"learn", "--check"}).exit_code == 2);
    CHECK(run_sehlab({"learn", "2", "--edit", "--check"}).exit_code == 2);
    CHECK(run_sehlab({"learn", "--course", scratch.path("none")}).exit_code == 2);
    const Ran missing = run_sehlab({"learn", "2", "--check", scratch.path("none")});
    CHECK(missing.exit_code == 2);
    CHECK(says(missing.err, "sehlab learn 2 --edit"));
  }
}

}  // namespace sehlab::cli_test
