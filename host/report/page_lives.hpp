// PageLives: the life of each registration record in a trace, by the numbers of the events that
// tell of it: where the page looks up who pushed a record and whether it is exposed.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <utility>
#include <vector>

#include "host/trace/event.hpp"

namespace sehlab::report {

class PageLives {
 public:
  /// `number`: the event's, from 0.
  void take(const trace::Event& event, std::uint64_t number);
  /// A packed column, in base64 with quotes: thread, record and six events of each life (one more
  /// than the number, 0: did not happen), sorted by thread, record and push.
  void write(std::ostream& out) const;
  [[nodiscard]] std::size_t size() const { return lives_.size(); }

 private:
  struct Life {
    std::uint32_t thread = 0;
    GuestAddr record{};
    std::uint64_t pushed = 0, gone = 0, exposed = 0, exposure_end = 0, written = 0, defect = 0;
  };
  Life& life(std::uint32_t thread, GuestAddr record);

  std::vector<Life> lives_;
  std::map<std::pair<std::uint32_t, GuestAddr>, std::size_t> now_;
};

}  // namespace sehlab::report
