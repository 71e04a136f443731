// For tests with Catch2, version 2 or 3: includes it, the lab, and what makes failures readable.
//
//   const Run run = lab.call("ParseHeader", cut).run();
//   CHECK_THAT(run, is(that::returns(-1) && that::is_handled()));
#pragma once

#if __has_include(<catch2/catch_test_macros.hpp>)
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>
#include <utility>

#include "host/api/sehlab/lab.hpp"
#include "host/api/sehlab/matchers.hpp"
#include "host/api/sehlab/replay.hpp"
#include "host/api/sehlab/scenarios.hpp"

namespace sehlab {

class CatchMatcher final
#if __has_include(<catch2/catch_test_macros.hpp>)
    : public Catch::Matchers::MatcherBase<Run> {
#else
    : public Catch::MatcherBase<Run> {
#endif
 public:
  explicit CatchMatcher(RunMatcher matcher) : matcher_(std::move(matcher)) {}
  [[nodiscard]] bool match(const Run& run) const override {
    return matcher_.matches(run);
  }
  [[nodiscard]] std::string describe() const override {
    return matcher_.words();
  }

 private:
  RunMatcher matcher_;
};

[[nodiscard]] inline CatchMatcher is(RunMatcher matcher) {
  return CatchMatcher(std::move(matcher));
}

}  // namespace sehlab
