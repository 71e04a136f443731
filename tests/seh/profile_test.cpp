// The profiles, against the facts that they quote: facts 1.4, 3.5, 3.6, 4.
#include <doctest/doctest.h>

#include "host/seh/profile.hpp"

namespace sehlab::seh {
namespace {

TEST_CASE("windows-10, a 32-bit process on 64-bit Windows, is the default") {
  REQUIRE(profiles().size() == 5);
  CHECK(profiles().front().name == "windows-10");
  CHECK(profiles().front().wow64);
}

TEST_CASE("every profile is found by its name, and nothing else is") {
  for (const Profile& profile : profiles()) CHECK(find_profile(profile.name) == &profile);
  CHECK(find_profile("windows-11") == nullptr);
  CHECK(find_profile("") == nullptr);
}

TEST_CASE("only the 32-bit systems back up a breakpoint that software raised") {
  for (const Profile& profile : profiles()) {
    CAPTURE(profile.name);
    const bool native = profile.name == "windows-10-native" || profile.name == "windows-7" ||
                        profile.name == "windows-xp";
    CHECK(profile.software_breakpoint_backs_up == native);
    CHECK(profile.wow64 != native);
  }
}

TEST_CASE("only XP raises in process, with less in the context") {
  for (const Profile& profile : profiles()) {
    CAPTURE(profile.name);
    const bool xp = profile.name == "windows-xp";
    CHECK(profile.raise_dispatches_in_process == xp);
    CHECK(profile.context_flags == (xp ? 0x10017u : 0x1003fu));
  }
}

TEST_CASE("Wine differs where the facts say so") {
  const Profile* wine = find_profile("wine");
  REQUIRE(wine != nullptr);
  CHECK_FALSE(wine->safeseh);
  CHECK_FALSE(wine->handler_on_stack_check);
  CHECK(wine->unwind_preserves_nonvolatile);
  CHECK(wine->unwind_end_of_chain_returns);
  CHECK_FALSE(wine->div_overflow_is_integer_overflow);
  CHECK(wine->x87_denormal_has_own_code);
}

TEST_CASE("SEHOP is off on every client profile") {
  for (const Profile& profile : profiles()) CHECK_FALSE(profile.sehop);  // facts 3.2 D
}

}  // namespace
}  // namespace sehlab::seh
