// What is wrong with a linked record by itself, whether or not its frame still lives: where it is,
// what it links to, and whether the dispatcher would call its handler.
#pragma once

#include <optional>

#include "host/watch/linked_record.hpp"
#include "host/watch/target.hpp"

namespace sehlab::watch {

/// The record's two words as they are in memory now.
struct RecordWords {
  GuestAddr next, handler;
};
[[nodiscard]] std::optional<RecordWords> read_words(const Target& target, GuestAddr record);

/// The first thing that is wrong, in the order in which the dispatcher would find it: its place,
/// its handler, its link. The dispatcher's own records may lie anywhere.
[[nodiscard]] std::optional<Defect> structural_defect(const Target& target,
                                                      const LinkedRecord& record);

}  // namespace sehlab::watch
