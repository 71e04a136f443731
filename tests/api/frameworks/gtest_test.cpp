// <sehlab/gtest.hpp>: two tests, of which one is to fail: what it prints is looked at.
// Expectations: guest/api/component.c.
#include "host/api/sehlab/gtest.hpp"

#include "tests/api/component.hpp"

namespace sehlab {
namespace {

TEST(Component, TakesWhatIsCutOff) {
  Lab lab = component();
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const auto run = lab.call("ParseHeader", cut).run();
  EXPECT_THAT(run, that::returns(-1) && that::is_handled());
  EXPECT_THAT(run, testing::Not(that::raises_nothing()));
  EXPECT_EQ(run, that::leaves_the_chain_intact());
}

TEST(Component, DISABLED_ShowsTheCrash) {
  Lab lab = component();
  EXPECT_THAT(lab.call("Picky", 2).run(), that::returns(2));
}

}  // namespace
}  // namespace sehlab
