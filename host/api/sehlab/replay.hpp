// Replay: a recorded run of a program, gone through forwards and backwards.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "host/api/sehlab/error.hpp"
#include "host/api/sehlab/moment.hpp"
#include "host/trace/event.hpp"

namespace sehlab {

/// Not for several threads at once.
class Replay {
 public:
  /// What `sehlab run --record` or Call::record wrote. Throws LabError when it cannot be read, when
  /// its program is gone or is another, and, here or in go_to(), when the run is not the recorded
  /// one: another build of a DLL, another sehlab.
  explicit Replay(const std::filesystem::path& recording);
  Replay(Replay&&) noexcept;
  Replay& operator=(Replay&&) noexcept;
  ~Replay();

  /// "fault", "defect#2", "event:45", "start", "end", or an instruction (docs/replay.md), from
  /// wherever it stands. Throws LabError when there is no such place.
  Moment go_to(const std::string& place);
  /// What was told up to where it stands. A copy.
  [[nodiscard]] std::vector<trace::Event> events() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sehlab
