// Kinds of events: the stable name of each payload, and sets of them for filters.
#pragma once

#include <bitset>
#include <cstddef>
#include <optional>
#include <string_view>
#include <variant>

#include "emu/result.hpp"
#include "host/trace/event.hpp"

namespace sehlab::trace {

inline constexpr std::size_t kKinds = std::variant_size_v<Payload>;

/// "fault", "dispatch", "visit", …: the name of the payload's kind, as in docs/trace-format.md.
[[nodiscard]] std::string_view kind_name(const Payload& payload);
/// The name of the kind with that index in Payload; `index` < kKinds.
[[nodiscard]] std::string_view kind_name(std::size_t index);
/// Index in Payload of the kind of that name.
[[nodiscard]] std::optional<std::size_t> find_kind(std::string_view name);

/// A set of kinds.
class KindSet {
 public:
  [[nodiscard]] static KindSet all();
  [[nodiscard]] static KindSet none() { return {}; }
  /// "push,pop,fault": just these; "all,-gate": all but these. An unknown name is an Error that
  /// lists the known ones.
  [[nodiscard]] static Result<KindSet> parse(std::string_view list);

  KindSet& add(std::size_t kind) {
    kinds_.set(kind);
    return *this;
  }
  KindSet& remove(std::size_t kind) {
    kinds_.reset(kind);
    return *this;
  }
  [[nodiscard]] bool contains(std::size_t kind) const { return kinds_.test(kind); }
  [[nodiscard]] bool contains(const Event& event) const { return contains(event.payload.index()); }
  bool operator==(const KindSet&) const = default;

 private:
  std::bitset<kKinds> kinds_;
};

}  // namespace sehlab::trace
