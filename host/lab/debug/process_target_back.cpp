// Going backwards, to the moment before or to the last stop point.
#include "host/lab/debug/patience.hpp"
#include "host/lab/debug/process_target.hpp"

namespace sehlab::lab {
namespace {

using Why = gdb::StopReport::Why;
using Way = gdb::Resume::Way;

/// Looks for the last stop point that was met.
class PointVisitor final : public Timeline::Visitor {
 public:
  PointVisitor(Timeline& timeline, StopPoints& points, gdb::Control& control)
      : timeline_(timeline), points_(points), patience_(control) {}
  std::span<const GuestAddr> addresses() const override { return points_.addresses(); }
  bool wants_all() const override { return points_.watches(); }
  bool counts_here() override {
    const auto* point =
        points_.at(GuestAddr{timeline_.process().machine().registers().general().eip});
    if (point != nullptr) met_ = *point;
    return point != nullptr;
  }
  void before_step() override {
    from_ = timeline_.moment();
    points_.before_step(timeline_.process());
  }
  bool after_step() override {
    const auto* point = points_.after_step(timeline_.process(),
                                           timeline_.moment().instructions > from_.instructions);
    if (point != nullptr) met_ = *point;
    return point != nullptr;
  }
  bool given_up() override { return patience_.over(); }

  [[nodiscard]] const gdb::StopPoint& point() const { return met_; }

 private:
  gdb::StopPoint met_;
  Timeline& timeline_;
  StopPoints& points_;
  Patience patience_;
  Timeline::Moment from_;
};

/// Looks for the last moment at which a thread ran.
class ThreadVisitor final : public Timeline::Visitor {
 public:
  ThreadVisitor(Timeline& timeline, std::uint32_t thread, gdb::Control& control)
      : timeline_(timeline), thread_(thread), patience_(control) {}
  std::span<const GuestAddr> addresses() const override { return {}; }
  bool wants_all() const override { return true; }
  bool counts_here() override {
    return timeline_.process().scheduler().current().number == thread_;
  }
  bool given_up() override { return patience_.over(); }

 private:
  Timeline& timeline_;
  std::uint32_t thread_;
  Patience patience_;
};

}  // namespace

gdb::StopReport ProcessTarget::backwards(const gdb::Resume& how, gdb::Control& control) {
  chance_.reset();
  end_told_ = false;
  const Moment here = timeline_.moment();
  if (how.way == Way::StepBack) {
    const std::uint32_t wanted = how.thread != 0 ? how.thread : current().number;
    auto before = timeline_.step_back_from(here);
    if (before && current().number != wanted) {
      ThreadVisitor visitor(timeline_, wanted, control);
      before = timeline_.last_before(here, visitor);
    }
    arrive(before.value_or(here), control);
    return report(before ? Why::Signal : Why::HistoryBegin, gdb::Signal::Trap);
  }
  PointVisitor visitor(timeline_, points_, control);
  const bool any = points_.watches() || !points_.addresses().empty();
  const auto found = any ? timeline_.last_before(here, visitor) : std::nullopt;
  if (found) {
    arrive(*found, control);
    return met(visitor.point());
  }
  if (visitor.given_up()) {
    arrive(here, control);
    return report(Why::Signal, gdb::Signal::Interrupt);
  }
  arrive({}, control);
  return report(Why::HistoryBegin, gdb::Signal::Trap);
}

}  // namespace sehlab::lab
