// ProcessTarget: a run in the lab as a debugger's target. Stops before exceptions are dispatched
// (the first chance), at defects that the watch finds and before the process ends, and goes back to
// each of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "host/gdb/target.hpp"
#include "host/inject/spec.hpp"
#include "host/lab/debug/guest_console.hpp"
#include "host/lab/debug/places.hpp"
#include "host/lab/debug/stop_points.hpp"
#include "host/lab/debug/timeline.hpp"

namespace sehlab::lab {

class ProcessTarget final : public gdb::Target {
 public:
  /// `watch`: the mode that the process was started with.
  ProcessTarget(Timeline& timeline, watch::Mode watch, GuestConsole& console)
      : timeline_(timeline), watch_(watch), console_(console) {}

  gdb::StopReport standing() override;
  std::vector<std::uint32_t> threads() override;
  std::string thread_note(std::uint32_t thread) override;
  std::optional<gdb::RegisterBlock> registers(std::uint32_t thread) override;
  bool set_registers(std::uint32_t thread, const gdb::RegisterBlock& block) override;
  std::size_t read_memory(GuestAddr from, std::span<std::byte> to) override;
  bool write_memory(GuestAddr to, std::span<const std::byte> from) override;
  bool add(const gdb::StopPoint& point) override { return points_.add(point); }
  void remove(const gdb::StopPoint& point) override { points_.remove(point); }
  gdb::StopReport resume(const gdb::Resume& how, gdb::Control& control) override;
  std::vector<gdb::LoadedImage> images() override;
  std::optional<GuestAddr> teb(std::uint32_t thread) override;
  Answer monitor(std::string_view line, gdb::Control& control) override;
  void detach() override;

 private:
  using Moment = Timeline::Moment;
  /// An exception before whose dispatch it stands.
  struct Chance {
    std::size_t event = 0;  ///< its index
    Moment moment;
    gdb::Signal signal = gdb::Signal::None;
  };
  enum class Exceptions : std::uint8_t { First, Second };

  [[nodiscard]] process::Process& process() { return timeline_.process(); }
  [[nodiscard]] process::Thread& current() { return process().scheduler().current(); }
  /// 0: the running one; null: there is none, or it has ended.
  [[nodiscard]] process::Thread* thread(std::uint32_t number);
  [[nodiscard]] GuestAddr eip();
  /// Of a thread; 0: there is none.
  [[nodiscard]] std::uint32_t eip_of(std::uint32_t number);
  /// The debugger has changed something.
  void note_change(const char* what);

  // process_target_resume.cpp
  [[nodiscard]] gdb::StopReport resume_now(const gdb::Resume& how, gdb::Control& control);
  [[nodiscard]] gdb::StopReport go_to_armed(gdb::Control& control);
  /// False: it cannot be done here, which is said.
  [[nodiscard]] bool carry_out_injection(gdb::Control& control);
  [[nodiscard]] gdb::StopReport forwards(const gdb::Resume& how, gdb::Control& control);
  [[nodiscard]] std::optional<gdb::StopReport> look_at_events(std::size_t& seen,
                                                              const std::optional<Chance>& passed,
                                                              gdb::Control& control);
  [[nodiscard]] gdb::StopReport ended(gdb::Control& control);
  void arrive(Moment moment, gdb::Control& control);
  [[nodiscard]] gdb::StopReport met(const gdb::StopPoint& point);
  [[nodiscard]] gdb::StopReport report(gdb::StopReport::Why why, gdb::Signal signal);

  // process_target_back.cpp
  [[nodiscard]] gdb::StopReport backwards(const gdb::Resume& how, gdb::Control& control);

  // process_target_monitor.cpp
  [[nodiscard]] std::string where_text();
  /// Who a dispatch that begins here would ask.
  [[nodiscard]] std::string next_asked_text();
  [[nodiscard]] std::string chain_text();
  [[nodiscard]] std::string dispatch_text();
  [[nodiscard]] Answer watch_answer(std::string_view word);
  [[nodiscard]] Answer exceptions_answer(std::string_view word);
  [[nodiscard]] Answer end_answer(std::string_view word);
  [[nodiscard]] Answer arm_injection(std::string_view what);
  [[nodiscard]] Answer arm(const Result<Place>& place);

  Timeline& timeline_;
  watch::Mode watch_;
  GuestConsole& console_;
  StopPoints points_;
  gdb::StopReport standing_;
  Exceptions exceptions_ = Exceptions::First;
  bool stop_at_defects_ = true, stop_at_end_ = true;
  std::optional<Chance> chance_;
  std::optional<Place> armed_;                ///< where the next resumption goes
  std::optional<inject::Spec> injection_;     ///< that the next resumption begins with
  std::string notes_;                         ///< to be said when the guest runs next
  std::optional<gdb::StopReport> kept_back_;  ///< until other images are told of
  bool end_told_ = false;
  bool images_asked_ = false;
  std::uint64_t images_told_ = 0;  ///< Modules::version
};

}  // namespace sehlab::lab
