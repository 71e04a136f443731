// A property, checked on cases that RapidCheck makes and shrinks.
#pragma once

#include <doctest/doctest.h>
#include <rapidcheck.h>

#include <cstdlib>

namespace sehlab::testing {

/// The same thousand cases each time, so that nobody's change fails by chance; RC_PARAMS in the
/// environment chooses others ("seed=1 max_success=100000").
template <typename Property>
void holds(Property property) {
  ::setenv("RC_PARAMS", "seed=7470 max_success=1000", 0);
  REQUIRE(rc::check(property));
}

}  // namespace sehlab::testing
