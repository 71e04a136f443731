// <sehlab/catch2.hpp>: two tests, of which one is to fail: what it prints is looked at.
// Expectations: guest/api/component.c.
#define CATCH_CONFIG_MAIN
#include "host/api/sehlab/catch2.hpp"

#include "tests/api/component.hpp"

namespace sehlab {

TEST_CASE("a header that is cut off is refused") {
  Lab lab = component();
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const Run run = lab.call("ParseHeader", cut).run();
  CHECK_THAT(run, is(that::returns(-1) && that::is_handled()));
  CHECK_THAT(run, !is(that::raises_nothing()));
  CHECK(run == that::leaves_the_chain_intact());
}

TEST_CASE("the crash is shown", "[.]") {
  Lab lab = component();
  CHECK_THAT(lab.call("Picky", 2).run(), is(that::returns(2)));
}

}  // namespace sehlab
