// GatherMoments: looks at the process at each event, for a report: registers, the stack around ESP
// and around each record, code, the exception that is being dispatched. Only where one was asked
// for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "host/lab/source_files.hpp"
#include "host/process/process.hpp"
#include "host/report/moments.hpp"
#include "host/trace/listener.hpp"

namespace sehlab::lab {

class GatherMoments final : public trace::Listener {
 public:
  /// Moments of events of every kind; beyond these only those of faults, dispatches, unwindings
  /// and defects are kept, up to as many again.
  static constexpr std::size_t kMost = 20'000;

  explicit GatherMoments(report::Moments& moments, std::size_t most = kMost)
      : moments_(moments), most_(most) {}
  /// From now on there is a process to look at; it outlives the run. Events before this one (the
  /// images, the first thread) are shown as it stands now.
  void begin(process::Process& process);
  void on_event(const trace::Event& event) override;
  /// Follows the events of a run that is repeated, for its steps alone: no moment of theirs.
  void only_steps() { steps_only_ = true; }
  /// Where the text of source lines comes from; without it there is none.
  void read_sources(SourceFiles& sources) { sources_ = &sources; }
  /// Where the process stands, between two instructions: a moment behind the last event.
  void step();

 private:
  [[nodiscard]] report::Moment look();
  void add_memory(report::Moment& moment, const std::vector<GuestAddr>& around);
  void add_code(report::Moment& moment);
  void add_source(const std::string& place, std::uint32_t around);
  void add_frames(report::Moment& moment);
  void add_exception(report::Moment& moment);
  void name_words(const report::MomentLine& line);
  void follow(const trace::Event& event);
  void note_stack(std::uint32_t thread, GuestAddr esp);

  report::Moments& moments_;
  std::size_t most_;
  process::Process* process_ = nullptr;
  SourceFiles* sources_ = nullptr;
  std::uint64_t events_ = 0;
  std::uint64_t instruction_ =
      0;  ///< of the last event: a dispatch begins below the ESP it fell from
  bool steps_only_ = false;
  std::map<std::uint32_t, GuestAddr> os_esp_;  ///< of each thread
  std::map<std::uint32_t, GuestRange> stacks_;
  /// Where the frames of each thread's dispatches lie, outermost first.
  struct Dispatch {
    GuestAddr record{}, context{};
  };
  std::map<std::uint32_t, std::vector<Dispatch>> dispatches_;
  std::set<GuestAddr> named_;
};

}  // namespace sehlab::lab
