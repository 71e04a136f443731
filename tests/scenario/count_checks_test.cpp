#include <doctest/doctest.h>

#include "tests/scenario/judged.hpp"

using namespace sehlab;
using namespace sehlab::scenario;
using trace::place;
using trace::TraceMaker;
using Failures = std::vector<std::string>;

namespace {

trace::DefectFound defect(const char* name) {
  trace::DefectFound found;
  found.defect = name;
  found.confirmed_by = "dispatch";
  found.record = GuestAddr{0x19fe94};
  found.owner = place(0x40210e, "go!callbackasm1+0xe");
  return found;
}

}  // namespace

TEST_SUITE_BEGIN("scenario");

TEST_CASE("the watch must report exactly the defects listed, in order") {
  TraceMaker t;
  t.emit(defect("dangling")).emit(defect("overwritten"));
  CHECK(judged("watch = [\"dangling\", \"overwritten\"]", t).empty());
  CHECK(judged("watch = [\"dangling@callbackasm1\", \"overwritten\"]", t).empty());
  const std::string got =
      " got dangling@callbackasm1 (record 0019fe94, confirmed by dispatch), "
      "overwritten@callbackasm1 (record 0019fe94, confirmed by dispatch)";
  CHECK(judged("watch = []", t) == Failures{"watch: expected nothing" + got});
  CHECK(judged("watch = [\"dangling\"]", t) == Failures{"watch: expected dangling" + got});
  CHECK(judged("watch = [\"overwritten\", \"dangling\"]", t).size() == 1);
  CHECK(judged("watch = [\"dangling@mstart\", \"overwritten\"]", t).size() == 1);
  CHECK(judged("watch = [\"dangling\"]", TraceMaker{}) ==
        Failures{"watch: expected dangling got nothing"});
  CHECK(judged("watch = []", TraceMaker{}).empty());
}

TEST_CASE("exposures and dispatches are counted") {
  TraceMaker t;
  t.emit(trace::RecordExposed{}).emit(trace::DispatchBegun{}).emit(trace::DispatchBegun{});
  CHECK(judged("exposures = 1\ndispatches = 2", t).empty());
  CHECK(judged("exposures = 0\ndispatches = 3", t) ==
        Failures{"exposures: expected 0 got 1", "dispatches: expected 3 got 2"});
}

TEST_CASE("visits of a symbol are counted, of the guest's image unless another is named") {
  TraceMaker t;
  t.emit(trace::SymbolReached{place(1, "go_fixed!recovery"), 1, {}});
  t.emit(trace::SymbolReached{place(1, "go_fixed!recovery"), 2, {}});
  t.emit(trace::SymbolReached{place(1, "user32!EnumWindows"), 1, {}});
  CHECK(judged("reached = {recovery = 2, \"user32!EnumWindows\" = 1, EnumWindows = 0}", t).empty());
  CHECK(judged("reached = {recovery = 1}", t) ==
        Failures{"reached: expected recovery 1 times got 2 times"});
  CHECK(judged("reached = {panic = 1}", t) ==
        Failures{"reached: expected panic 1 times got 0 times"});
}

TEST_SUITE_END();
