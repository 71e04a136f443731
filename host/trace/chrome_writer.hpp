// The trace as Chrome's trace viewer and Perfetto read it (the "JSON Array" form of the Trace Event
// Format): dispatches, unwindings and handlers as nested slices, all other events as instants. An
// instruction is a microsecond there.
#pragma once

#include <cstdint>
#include <ostream>
#include <set>
#include <string>
#include <string_view>

#include "host/trace/event.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/listener.hpp"
#include "host/trace/slices.hpp"

namespace sehlab::trace {

/// Writes events of the chosen kinds to a stream that outlives it; slices are written whatever the
/// kinds. Whether all was written is the stream's state, which its owner checks.
class ChromeWriter final : public Listener {
 public:
  explicit ChromeWriter(std::ostream& out, KindSet kinds = KindSet::all());
  /// Ends the slices that are open, and the array.
  ~ChromeWriter() override;
  ChromeWriter(const ChromeWriter&) = delete;
  ChromeWriter& operator=(const ChromeWriter&) = delete;
  void on_event(const Event& event) override;

 private:
  void line(char phase, std::uint32_t thread, const std::string& members);
  void end_slices(std::size_t count, std::uint32_t thread);
  void name_thread(std::uint32_t thread);

  std::ostream& out_;
  KindSet kinds_;
  Slices slices_;
  std::set<std::uint32_t> named_;
  std::uint64_t instruction_ = 0;  ///< of the last event: time does not run backwards
};

}  // namespace sehlab::trace
