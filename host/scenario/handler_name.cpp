#include "host/scenario/handler_name.hpp"

#include <fmt/format.h>

#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

bool names_address(std::string_view name, GuestAddr address) {
  return name == "0x" + trace::hex(address);
}

std::string_view without_image(std::string_view symbol) {
  const std::size_t bang = symbol.find('!');
  return bang == std::string_view::npos ? symbol : symbol.substr(bang + 1);
}

/// The handler itself, not a place somewhere inside a function.
bool names_entry(std::string_view name, const trace::Place& place) {
  if (names_address(name, place.address)) return true;
  return !place.symbol.empty() && (name == place.symbol || name == without_image(place.symbol));
}

}  // namespace

bool names_function(std::string_view name, const trace::Place& place) {
  if (place.symbol.empty()) return false;
  const std::string_view function = trace::function_part(place.symbol);
  const std::string_view image = trace::image_part(place.symbol);
  return name == function || name == fmt::format("{}!{}", image, function);
}

bool names_handler(std::string_view name, const Handler& handler) {
  if (names_entry(name, handler.handler)) return true;
  // A decorated name may hold an '@' of its own: each is tried as the parting one.
  for (std::size_t at = name.find('@'); at != std::string_view::npos; at = name.find('@', at + 1)) {
    const std::string_view owner = name.substr(at + 1);
    const bool owns = names_function(owner, handler.owner) || names_address(owner, handler.record);
    if (owns && names_entry(name.substr(0, at), handler.handler)) return true;
  }
  return false;
}

std::string shown(const Handler& handler) {
  const std::string owner =
      handler.owner.symbol.empty()
          ? ""
          : "@" + trace::printable(trace::function_part(handler.owner.symbol), 200);
  return fmt::format("{}{} (record {})", trace::show_short(handler.handler), owner,
                     trace::hex(handler.record));
}

}  // namespace sehlab::scenario
