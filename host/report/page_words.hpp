// PageWords: the words of a trace that the glossary explains, as `sehlab explain` does.
#pragma once

#include <cstdint>
#include <functional>
#include <ostream>
#include <set>
#include <string>

#include "host/trace/event.hpp"

namespace sehlab::report {

class PageWords {
 public:
  void take(const trace::Event& event);
  /// A JSON array of the glossary's entries for them.
  void write(std::ostream& out) const;

 private:
  std::set<std::uint32_t> statuses_, dispositions_;
  std::uint32_t flags_ = 0;
  std::set<std::string, std::less<>> checks_, defects_;
};

}  // namespace sehlab::report
