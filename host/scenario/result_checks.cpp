// Checks of how the run ended and of what was printed.
#include <fmt/format.h>

#include "host/scenario/check.hpp"
#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::size_t kMostShown = 400;  // bytes of output in a message

/// How the run ended, in one phrase, as the reason for a wrong exit code.
std::string how(const RunResult& result) {
  switch (result.end) {
    case End::Exited:
      return fmt::format("the process exited with {}", result.code);
    case End::Unhandled: {
      const std::string_view words = trace::status_words(result.code);
      return fmt::format("unhandled {:08X}{}{}", result.code, words.empty() ? "" : " ", words);
    }
    case End::Budget:
      return "the budget was spent";
    case End::Unmodelled:
      return "not modelled: " + trace::printable(result.detail, kMostShown);
    case End::Stopped:
      return "the watch stopped it";
    case End::Refused:
      return "the guest could not be run: " + trace::printable(result.detail, kMostShown);
  }
  return {};
}

/// A check that needs no events.
template <class Judge>
class ResultCheck final : public Check {
 public:
  explicit ResultCheck(Judge judge) : judge_(std::move(judge)) {}
  void on_event(const trace::Event&) override {}
  void conclude(const RunResult& result, std::vector<Failure>& failures) override {
    judge_(result, failures);
  }

 private:
  Judge judge_;
};

template <class Judge>
void add(Checks& checks, Judge judge) {
  checks.push_back(std::make_unique<ResultCheck<Judge>>(std::move(judge)));
}

/// The first line in which two texts differ: "line 3: \"…\"".
std::string line_at(std::string_view text, std::size_t difference, std::size_t number) {
  const std::size_t before = text.substr(0, difference).rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  if (begin >= text.size()) return fmt::format("line {}: nothing, the text ends", number);
  const std::string_view line = text.substr(begin, text.find('\n', begin) - begin);
  const bool ended = begin + line.size() < text.size();
  return fmt::format("line {}: \"{}{}\"", number, trace::printable(line, kMostShown),
                     ended ? "\\n" : "");
}

void compare_text(const char* key, const Text& expected, const std::string& got,
                  std::vector<Failure>& failures) {
  if (expected.value == got) return;
  std::size_t difference = 0, number = 1;
  while (difference < expected.value.size() && difference < got.size() &&
         expected.value[difference] == got[difference]) {
    number += got[difference++] == '\n' ? 1 : 0;
  }
  failures.push_back({key, expected.line, line_at(expected.value, difference, number),
                      line_at(got, difference, number)});
}

void find_text(const char* key, const Text& expected, const std::string& got,
               std::vector<Failure>& failures) {
  if (got.find(expected.value) != std::string::npos) return;
  const std::string shown = got.empty() ? "nothing" : '"' + trace::printable(got, kMostShown) + '"';
  failures.push_back(
      {key, expected.line, '"' + trace::printable(expected.value, kMostShown) + '"', shown});
}

void add_ending(const Expectations& expect, Checks& checks) {
  if (expect.exit) {
    add(checks, [e = *expect.exit](const RunResult& r, std::vector<Failure>& failures) {
      if (r.exit == e.value) return;
      failures.push_back(
          {"exit", e.line, std::to_string(e.value), fmt::format("{}: {}", r.exit, how(r))});
    });
  }
  if (expect.end) {
    add(checks, [e = *expect.end](const RunResult& r, std::vector<Failure>& failures) {
      if (r.end == e.value) return;
      failures.push_back({"end", e.line, std::string(end_word(e.value)),
                          fmt::format("{}: {}", end_word(r.end), how(r))});
    });
  }
  if (expect.code) {
    add(checks, [e = *expect.code](const RunResult& r, std::vector<Failure>& failures) {
      const bool has_code = r.end == End::Exited || r.end == End::Unhandled;
      if (has_code && r.code == e.value) return;
      failures.push_back({"code", e.line, fmt::format("{0:08X} ({0})", e.value),
                          has_code ? fmt::format("{0:08X} ({0})", r.code) : "none: " + how(r)});
    });
  }
}

}  // namespace

void add_result_checks(const Expectations& expect, Checks& checks) {
  add_ending(expect, checks);
  if (expect.out) {
    add(checks, [e = *expect.out](const RunResult& r, std::vector<Failure>& failures) {
      compare_text("stdout", e, r.out, failures);
    });
  }
  if (expect.err) {
    add(checks, [e = *expect.err](const RunResult& r, std::vector<Failure>& failures) {
      compare_text("stderr", e, r.err, failures);
    });
  }
  for (const Text& part : expect.out_contains) {
    add(checks, [part](const RunResult& r, std::vector<Failure>& failures) {
      find_text("stdout_contains", part, r.out, failures);
    });
  }
  for (const Text& part : expect.err_contains) {
    add(checks, [part](const RunResult& r, std::vector<Failure>& failures) {
      find_text("stderr_contains", part, r.err, failures);
    });
  }
}

}  // namespace sehlab::scenario
