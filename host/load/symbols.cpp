#include "host/load/symbols.hpp"

#include <fmt/format.h>

#include <charconv>
#include <mutex>
#include <system_error>

#include "host/load/dwarf_lines.hpp"
#include "host/load/name_table.hpp"

namespace sehlab::load {

struct Symbols::Tables {
  Tables(const Image& of, GuestAddr at) : image(of), base(at) {}

  const NameTable& names() {
    std::call_once(names_once, [this] { name_table.emplace(image); });
    return *name_table;
  }
  const LineTable& lines() {
    std::call_once(lines_once, [this] { line_table.emplace(image); });
    return *line_table;
  }

  Image image;
  GuestAddr base;
  std::once_flag names_once, lines_once;
  std::optional<NameTable> name_table;
  std::optional<LineTable> line_table;
};

Symbols::Symbols(const Image& image, GuestAddr base)
    : tables_(std::make_unique<Tables>(image, base)) {}
Symbols::~Symbols() = default;
Symbols::Symbols(Symbols&&) noexcept = default;
Symbols& Symbols::operator=(Symbols&&) noexcept = default;

std::optional<NearestSymbol> Symbols::nearest(GuestAddr address) const {
  const auto* symbol = tables_->names().nearest(address - tables_->base);
  if (symbol == nullptr) return std::nullopt;
  const GuestAddr start = tables_->base + symbol->rva;
  return NearestSymbol{symbol->name, start, address - start};
}

std::string Symbols::describe(GuestAddr address) const {
  const auto symbol = nearest(address);
  if (!symbol) return {};
  if (symbol->offset == 0) return std::string(symbol->name);
  return fmt::format("{}+0x{:x}", symbol->name, symbol->offset);
}

std::optional<GuestAddr> Symbols::address_of(std::string_view name) const {
  const auto rva = tables_->names().rva_of(name);
  if (!rva) return std::nullopt;
  return tables_->base + *rva;
}

std::vector<std::string_view> Symbols::names() const {
  return tables_->names().all();
}

std::optional<SourceLine> Symbols::line_at(GuestAddr address) const {
  return tables_->lines().find(address - tables_->base);
}

std::vector<GuestAddr> Symbols::statements(std::string_view file, std::uint32_t line) const {
  std::vector<GuestAddr> addresses;
  for (const std::uint32_t rva : tables_->lines().statements(file, line)) {
    addresses.push_back(tables_->base + rva);
  }
  return addresses;
}

std::vector<std::uint32_t> Symbols::lines_of(std::string_view file) const {
  return tables_->lines().lines_of(file);
}

std::vector<std::string> Symbols::source_files() const {
  return tables_->lines().files();
}

std::optional<std::uint32_t> Symbols::argument_bytes(GuestAddr start) const {
  for (const std::string_view name : tables_->names().all_at(start - tables_->base)) {
    const auto at = name.rfind('@');
    if (undecorated(name) == name || at == std::string_view::npos || name[0] != '_') continue;
    std::uint32_t bytes = 0;
    const char* end = name.data() + name.size();
    const auto parsed = std::from_chars(name.data() + at + 1, end, bytes);
    if (parsed.ec == std::errc{} && parsed.ptr == end) return bytes;
  }
  return std::nullopt;
}

std::string Symbols::line_remark() const {
  return tables_->lines().remark();
}

std::string_view undecorated(std::string_view symbol) {
  if (symbol.size() < 2 || (symbol[0] != '_' && symbol[0] != '@')) return symbol;
  const auto at = symbol.rfind('@');
  const bool counted = at != std::string_view::npos && at > 1 && at + 1 < symbol.size() &&
                       symbol.find_first_not_of("0123456789", at + 1) == std::string_view::npos;
  if (counted) return symbol.substr(1, at - 1);
  return symbol[0] == '_' ? symbol.substr(1) : symbol;
}

}  // namespace sehlab::load
