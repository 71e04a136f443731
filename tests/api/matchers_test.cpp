// Matchers and what they say. Expectations: guest/api/component.c.
#include <sstream>

#include "host/api/sehlab/doctest.hpp"
#include "tests/api/component.hpp"

namespace sehlab {

TEST_SUITE_BEGIN("api");

namespace {

template <typename T>
std::string shown(const T& value) {
  std::ostringstream out;
  out << value;
  return out.str();
}

}  // namespace

TEST_CASE("a run matches what it is like, and not what it is not like") {
  Lab lab = component();
  const std::vector<std::byte> cut{std::byte{3}, std::byte{10}};
  const Run taken = lab.call("ParseHeader", cut).run();
  CHECK(taken == that::returns());
  CHECK(taken == that::returns(-1));
  CHECK(taken == !that::returns(1));
  CHECK(lab.call("Twice", Long64(0x80000003)).run() == that::returns(Long64(0x100000006)));
  CHECK(lab.call("Twice", Long64(0x80000003)).run() == !that::returns(Long64(6)));
  CHECK(taken == that::is_handled());
  CHECK(taken == !that::raises_nothing());
  CHECK(taken == that::asks(handlers("_except_handler3@ParseHeader")));
  CHECK(taken == !that::asks(handlers()));
  CHECK(taken == !that::unwinds(handlers("_except_handler3@ParseHeader")));
  CHECK(taken == that::leaves_the_chain_intact());
  CHECK(taken == (that::returns(-1) && that::is_handled()));
  CHECK(taken == (that::returns(1) || that::is_handled()));
  CHECK(taken == !(that::returns(1) && that::is_handled()));

  CHECK(lab.call("Weigh", 1, 2, 3).run() == (that::returns(321) && that::raises_nothing()));
  CHECK(lab.call("Die").run() == that::exits_with(7));
  CHECK(lab.call("Picky", 2).run() == that::dies_of(0xe0000007));
  CHECK(lab.call("Picky", 2).run() == !that::dies_of(0xe0000008));
  const Run leak = lab.call("Leak").watch(Watch::Strict).run();
  CHECK(leak == that::has_defect("dangling"));
  CHECK(leak == !that::has_defect("cycle"));
  CHECK(leak == !that::leaves_the_chain_intact());
  CHECK(leak == !that::prints("x"));
}

TEST_CASE("a matcher says what it wants, and its negation the opposite") {
  CHECK(shown(that::returns(-1) && that::is_handled()) ==
        "returns 0xffffffff and raises exceptions, and each is handled");
  CHECK(shown(!that::dies_of(0xc0000005)) == "does not die of exception C0000005");
  std::ostringstream negation;
  that::raises_nothing().DescribeNegationTo(&negation);
  CHECK(negation.str() == "raises an exception");
}

TEST_CASE("the opposite of several words is bracketed") {
  CHECK(shown(!(that::returns() && that::raises_nothing()) && that::prints("x")) ==
        "(does not return or raises an exception) and prints \"x\"");
}

TEST_CASE("values are printed for people") {
  CHECK(shown(GuestAddr{0x19fe94}) == "0019fe94");
  CHECK(shown(Watch::Strict) == "strict");
  CHECK(shown(Convention::Fastcall) == "fastcall");
  CHECK(shown(trace::Place{GuestAddr{0x401000}, "a!f+0x2"}) == "a!f+0x2");
  Lab lab = component();
  const Run leak = lab.call("Leak").watch(Watch::Strict).run();
  REQUIRE(leak.defects().size() == 1);
  CHECK(shown(leak.defects()[0]).find("dangling") != std::string::npos);
  CHECK(shown(leak.events().front()).find('@') != std::string::npos);
}

}  // namespace sehlab
