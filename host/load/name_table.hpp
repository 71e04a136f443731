// NameTable: the symbols of an image by RVA and by name. Internal to host/load; Symbols is what
// others see.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "host/load/image.hpp"

namespace sehlab::load {

class NameTable {
 public:
  struct Symbol {
    std::string_view name;  ///< undecorated
    std::uint32_t rva = 0;
    std::uint32_t end = 0;  ///< RVA: no address from there on is its
  };

  /// From the COFF symbol table; by address from the exports when that names no function. Views
  /// are into the image's bytes.
  explicit NameTable(const Image& image);

  /// The nearest symbol at or below `rva` in the same section, functions only in code sections. Of
  /// exports alone only one that is less than a page away: what lies between exports is functions
  /// that have no name.
  [[nodiscard]] const Symbol* nearest(std::uint32_t rva) const;
  [[nodiscard]] std::optional<std::uint32_t> rva_of(std::string_view name) const;
  /// Every name at that RVA, decorated and not.
  [[nodiscard]] std::vector<std::string_view> all_at(std::uint32_t rva) const;
  /// Undecorated names, functions and what else can be nearest().
  [[nodiscard]] std::vector<std::string_view> all() const;

 private:
  /// The better of two symbols for one address or one name has the lower rank.
  enum class Rank : std::uint8_t { ExternalFunction, External, StaticFunction, Static, Exported };
  struct Found {
    std::string_view decorated, name;
    std::uint32_t rva = 0, end = 0;
    Rank rank = Rank::Static;
    bool nameable = false;  ///< serves nearest()
  };
  struct Named {
    std::string_view name;
    std::uint32_t rva = 0;
    Rank rank = Rank::Static;
  };

  [[nodiscard]] static std::vector<Found> read_coff(const Image& image);
  [[nodiscard]] static std::vector<Found> read_exports(const Image& image);
  void index_addresses(std::vector<Found> symbols);
  void index_names(const std::vector<Found>& symbols);

  std::vector<std::uint32_t> starts_;  ///< RVAs of `symbols_`, for the binary search
  std::vector<Symbol> symbols_;
  std::vector<Named> names_;
};

}  // namespace sehlab::load
