#include "host/load/decorated_export.hpp"

#include <algorithm>

#include "host/load/symbols.hpp"

namespace sehlab::load {

bool is_called(std::string_view function, std::string_view name) {
  const bool decorated = function.find('@', 1) != std::string_view::npos;
  return function == name || (decorated && undecorated(function) == name);
}

const Export* find_export_called(const Image& image, std::string_view name) {
  if (const Export* exact = image.find_export(name)) return exact;
  const auto found = std::ranges::find_if(image.exports, [&](const Export& exported) {
    return exported.name != name && is_called(exported.name, name);
  });
  return found != image.exports.end() ? &*found : nullptr;
}

}  // namespace sehlab::load
