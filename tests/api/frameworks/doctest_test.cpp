// <sehlab/doctest.hpp>: two tests, of which one is to fail: what it prints is looked at.
// Expectations: guest/api/component.c.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include "host/api/sehlab/doctest.hpp"

#include "tests/api/component.hpp"

namespace sehlab {

TEST_CASE("a header that is cut off is refused") {
  Lab lab = component();
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const Run run = lab.call("ParseHeader", cut).run();
  CHECK(run == (that::returns(-1) && that::is_handled()));
  CHECK_FALSE(run == that::raises_nothing());
}

TEST_CASE("the crash is shown" * doctest::skip()) {
  Lab lab = component();
  CHECK(lab.call("Picky", 2).run() == that::returns(2));
}

}  // namespace sehlab
