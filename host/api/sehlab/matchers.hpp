// Matchers: what a run must be like, in words. A failing assertion shows the words and the run's
// report. `run == matcher` is for every framework; doctest.hpp, gtest.hpp and catch2.hpp have more.
#pragma once

#include <cstdint>
#include <functional>
#include <iosfwd>
#include <string>
#include <type_traits>

#include "host/api/sehlab/guest.hpp"
#include "host/api/sehlab/run.hpp"

namespace sehlab {

/// `run == matcher` is whether it matches. It is a matcher of GoogleTest's as well.
class RunMatcher {
 public:
  using is_gtest_matcher = void;
  /// `words`: "returns 7"; `unlike`: the same of a run that does not, "does not return 7".
  RunMatcher(std::string words, std::string unlike, std::function<bool(const Run&)> matches)
      : words_(std::move(words)), unlike_(std::move(unlike)), matches_(std::move(matches)) {}

  [[nodiscard]] bool matches(const Run& run) const { return matches_(run); }
  [[nodiscard]] const std::string& words() const { return words_; }

  bool MatchAndExplain(const Run& run, std::ostream* /*explanation*/) const {
    return matches_(run);
  }
  void DescribeTo(std::ostream* out) const;
  void DescribeNegationTo(std::ostream* out) const;

  friend RunMatcher operator&&(const RunMatcher& a, const RunMatcher& b);
  friend RunMatcher operator||(const RunMatcher& a, const RunMatcher& b);
  friend RunMatcher operator!(const RunMatcher& a);
  friend bool operator==(const Run& run, const RunMatcher& matcher) { return matcher.matches(run); }

 private:
  std::string words_, unlike_;
  std::function<bool(const Run&)> matches_;
};
std::ostream& operator<<(std::ostream& out, const RunMatcher& matcher);

/// What a run must be like.
namespace that {

[[nodiscard]] RunMatcher returns();
[[nodiscard]] RunMatcher returns_word(std::uint32_t eax);
/// EAX is that number, with or without a sign.
template <typename T>
requires(std::is_integral_v<T> || std::is_enum_v<T>) [[nodiscard]] RunMatcher returns(T eax) {
  static_assert(sizeof(T) <= 4, "sehlab::Long64(x) is what a function of 64 bits gives");
  return returns_word(static_cast<std::uint32_t>(eax));
}
/// EDX:EAX.
[[nodiscard]] RunMatcher returns(Long64 value);
/// The process ended by itself, with that code.
[[nodiscard]] RunMatcher exits_with(std::uint32_t code);
/// Nobody took an exception of that code.
[[nodiscard]] RunMatcher dies_of(std::uint32_t code);
/// Exceptions were raised, and each was taken.
[[nodiscard]] RunMatcher is_handled();
/// No exception was raised.
[[nodiscard]] RunMatcher raises_nothing();
/// Exactly these handlers were asked, in order: asks(handlers("f@g", "h")).
[[nodiscard]] RunMatcher asks(const HandlerNames& handlers);
/// Exactly these were called to clean up.
[[nodiscard]] RunMatcher unwinds(const HandlerNames& handlers);
/// fs:[0] is what it was, leads to its end, and the watch found nothing.
[[nodiscard]] RunMatcher leaves_the_chain_intact();
/// The watch found a defect of that name: "dangling".
[[nodiscard]] RunMatcher has_defect(const std::string& defect);
/// Every injection of the call did what it was to do, once at least.
[[nodiscard]] RunMatcher injections_fired();
/// That text is in what the guest wrote to standard output.
[[nodiscard]] RunMatcher prints(const std::string& text);

}  // namespace that

}  // namespace sehlab
