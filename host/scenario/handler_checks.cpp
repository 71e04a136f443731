// Checks of which handlers were entered, through which records, in which order.
#include <fmt/format.h>

#include "host/scenario/check.hpp"
#include "host/scenario/handler_name.hpp"
#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

constexpr std::uint32_t kUnwinding = 0x6;  // EXCEPTION_UNWINDING | EXCEPTION_EXIT_UNWIND
constexpr std::size_t kMostKept = 64;      // of what was entered, for the message

/// Compares what is entered with a list, element by element as it comes.
class Sequence {
 public:
  explicit Sequence(std::vector<Text> expected) : expected_(std::move(expected)) {}

  void entered(const trace::HandlerEntered& event) {
    const Handler handler{event.handler, event.owner, event.frame};
    if (count_ >= expected_.size() || !names_handler(expected_[count_].value, handler)) {
      differs_ = true;
    }
    ++count_;
    if (got_.size() < kMostKept) got_.push_back(shown(handler));
  }
  void refused(const trace::RecordRefused& event) {
    if (refused_.empty()) {
      refused_ = fmt::format("{} was refused: {}", trace::hex(event.record),
                             trace::refusal_words(event.why));
    }
  }

  [[nodiscard]] bool holds() const { return !differs_ && count_ == expected_.size(); }

  [[nodiscard]] std::string expected() const {
    std::vector<std::string> names;
    for (const Text& name : expected_) names.push_back(trace::printable(name.value));
    return names.empty() ? "nobody" : fmt::format("{}", fmt::join(names, ", "));
  }
  [[nodiscard]] std::string got() const {
    std::string text = got_.empty() ? "nobody" : fmt::format("{}", fmt::join(got_, ", "));
    if (count_ > got_.size()) text += fmt::format(", and {} more", count_ - got_.size());
    return refused_.empty() ? text : text + "; " + refused_;
  }

 private:
  std::vector<Text> expected_;
  std::size_t count_ = 0;
  bool differs_ = false;
  std::vector<std::string> got_;
  std::string refused_;
};

/// All handlers of one pass, from the first event on.
class AllHandlers final : public Check {
 public:
  AllHandlers(const char* key, bool unwinding, const At<std::vector<Text>>& expected)
      : key_(key), unwinding_(unwinding), line_(expected.line), sequence_(expected.value) {}

  void on_event(const trace::Event& event) override {
    if (const auto* entered = std::get_if<trace::HandlerEntered>(&event.payload)) {
      if (((entered->flags & kUnwinding) != 0) == unwinding_) sequence_.entered(*entered);
    } else if (const auto* refused = std::get_if<trace::RecordRefused>(&event.payload)) {
      if (refused->unwinding == unwinding_) sequence_.refused(*refused);
    }
  }
  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    if (!sequence_.holds()) {
      failures.push_back({key_, line_, sequence_.expected(), sequence_.got()});
    }
  }

 private:
  const char* key_;
  bool unwinding_;
  int line_;
  Sequence sequence_;
};

/// First-pass handlers from the nth visit of a symbol on.
class HandlersAfterVisit final : public Check {
 public:
  HandlersAfterVisit(const HandlersAfter& after, std::string symbol)
      : after_(after), symbol_(std::move(symbol)), sequence_(after.handlers) {}

  void on_event(const trace::Event& event) override {
    if (const auto* reached = std::get_if<trace::SymbolReached>(&event.payload)) {
      if (names_function(symbol_, reached->at)) ++visits_;
    }
    if (visits_ < after_.visit) return;
    if (const auto* entered = std::get_if<trace::HandlerEntered>(&event.payload)) {
      if ((entered->flags & kUnwinding) == 0) sequence_.entered(*entered);
    } else if (const auto* refused = std::get_if<trace::RecordRefused>(&event.payload)) {
      if (!refused->unwinding) sequence_.refused(*refused);
    }
  }
  void conclude(const RunResult&, std::vector<Failure>& failures) override {
    const std::string when =
        fmt::format("after visit {} of {}: ", after_.visit, trace::printable(after_.symbol.value));
    if (visits_ < after_.visit) {
      failures.push_back({"handlers_after", after_.line, when + sequence_.expected(),
                          fmt::format("it was reached {} times", visits_)});
    } else if (!sequence_.holds()) {
      failures.push_back(
          {"handlers_after", after_.line, when + sequence_.expected(), sequence_.got()});
    }
  }

 private:
  HandlersAfter after_;
  std::string symbol_;
  Sequence sequence_;
  std::uint64_t visits_ = 0;
};

}  // namespace

void add_handler_checks(const Scenario& scenario, Checks& checks) {
  const Expectations& expect = scenario.expect;
  if (expect.handlers) {
    checks.push_back(std::make_unique<AllHandlers>("handlers", false, *expect.handlers));
  }
  if (expect.unwound) {
    checks.push_back(std::make_unique<AllHandlers>("unwound", true, *expect.unwound));
  }
  for (const HandlersAfter& after : expect.handlers_after) {
    checks.push_back(
        std::make_unique<HandlersAfterVisit>(after, scenario.qualified(after.symbol.value)));
  }
}

}  // namespace sehlab::scenario
