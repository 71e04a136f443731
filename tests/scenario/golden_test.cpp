#include "host/scenario/golden.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;

namespace {

trace::TraceMaker some_trace() {
  trace::TraceMaker t;
  for (std::uint32_t i = 0; i < 6; ++i) {
    t.instruction = 100 + i;
    t.emit(trace::ThreadSwitched{i, i + 1});
    t.emit(trace::GateCalled{"k.dll", "f", {}});
  }
  return t;
}

std::string text_of(const trace::TraceMaker& t) {
  std::ostringstream out;
  trace::TextWriter writer(out);
  t.tell(writer);
  return out.str();
}

std::vector<Failure> compared(const Golden& golden, const trace::TraceMaker& t) {
  GoldenTrace check(golden);
  t.tell(check);
  std::vector<Failure> failures;
  check.conclude({}, failures);
  return failures;
}

std::string contents(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("the text that the trace writer writes is the golden trace's") {
  TemporaryFolder folder;
  const Golden golden{folder.write("a.trace", text_of(some_trace())), trace::KindSet::all(), 7};
  CHECK(compared(golden, some_trace()).empty());
}

TEST_CASE("the first line that differs is shown with the lines before it") {
  TemporaryFolder folder;
  std::string text = text_of(some_trace());
  const std::size_t at = text.find("4 → 5");
  REQUIRE(at != std::string::npos);
  text[at] = '9';
  const auto failures =
      compared({folder.write("a.trace", text), trace::KindSet::all(), 7}, some_trace());
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].expectation == "trace");
  CHECK(failures[0].line == 7);
  CHECK(failures[0].expected.starts_with("a.trace, line 9\n  @"));
  CHECK(failures[0].expected.find("▶ @        104  thread 1  thread-switch 9 → 5") !=
        std::string::npos);
  CHECK(failures[0].got.starts_with("line 9\n  @"));
  CHECK(failures[0].got.find("▶ @        104  thread 1  thread-switch 4 → 5") != std::string::npos);
  CHECK(failures[0].got.find("@        103") != std::string::npos);
  CHECK(failures[0].got.find("@        101") == std::string::npos);
}

TEST_CASE("a run that is longer or shorter than the golden trace differs") {
  TemporaryFolder folder;
  std::string text = text_of(some_trace());
  const auto longer = compared(
      {folder.write("a.trace", text + "one more\n"), trace::KindSet::all(), 0}, some_trace());
  REQUIRE(longer.size() == 1);
  CHECK(longer[0].expected.ends_with("▶ one more"));
  CHECK(longer[0].got.ends_with("▶ (the end of the run)"));
  text.resize(text.rfind("@"));
  const auto shorter =
      compared({folder.write("a.trace", text), trace::KindSet::all(), 0}, some_trace());
  REQUIRE(shorter.size() == 1);
  CHECK(shorter[0].expected.ends_with("▶ (the end of the file)"));
}

TEST_CASE("kinds that are left out are not compared") {
  TemporaryFolder folder;
  const trace::KindSet kinds = trace::KindSet::parse("all,-gate").value();
  std::ostringstream out;
  trace::TextWriter writer(out, kinds);
  some_trace().tell(writer);
  CHECK(compared({folder.write("a.trace", out.str()), kinds, 0}, some_trace()).empty());
}

TEST_CASE("a golden trace that is missing fails, and says how to make it") {
  TemporaryFolder folder;
  const auto failures =
      compared({folder.path() / "none.trace", trace::KindSet::all(), 7}, some_trace());
  REQUIRE(failures.size() == 1);
  CHECK(failures[0].got.ends_with("none.trace cannot be read (write it with --update)"));
}

TEST_CASE("a new golden trace is the text, and is written only when it differs") {
  TemporaryFolder folder;
  const Golden golden{folder.path() / "a.trace", trace::KindSet::all(), 0};
  NewGolden writer(golden);
  some_trace().tell(writer);
  CHECK(writer.write().value());
  CHECK(contents(golden.path) == text_of(some_trace()));
  CHECK_FALSE(writer.write().value());
  CHECK(compared(golden, some_trace()).empty());
}

TEST_CASE("a golden trace that cannot be written is an error") {
  TemporaryFolder folder;
  NewGolden writer({folder.path() / "no-such-folder" / "a.trace", trace::KindSet::all(), 0});
  some_trace().tell(writer);
  CHECK(writer.write().error().what == "cannot be written");
}

TEST_SUITE_END();
