// RecordHistory: what a trace has told so far about each registration record that is linked.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "host/trace/event.hpp"

namespace sehlab::report {

/// Counts are of retired instructions; 0: has not happened, or was not seen.
struct RecordFacts {
  GuestAddr next{};  ///< as when it was linked
  trace::Place handler{}, pushed_by{}, owner{};
  std::uint64_t pushed_at = 0;
  std::uint64_t exposed_at = 0;
  std::uint64_t written_at = 0;  ///< first write while exposed, or by another function
  trace::Place written_by{};
  GuestAddr word_written{};
};

class RecordHistory {
 public:
  void take(const trace::Event& event);
  /// What is known of the thread's record at that address; nullptr when it was not seen pushed
  /// or is no longer linked.
  [[nodiscard]] const RecordFacts* find(std::uint32_t thread, GuestAddr record) const;

 private:
  std::map<std::pair<std::uint32_t, GuestAddr>, RecordFacts> records_;
};

/// "DANGLING and overwritten: pushed @418 204 by callbackasm1+0xe, exposed since …": one
/// sentence, or what of it is known; empty when the push was not seen.
[[nodiscard]] std::string history_words(const RecordFacts& facts, GuestAddr record);

}  // namespace sehlab::report
