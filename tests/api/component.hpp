// The DLL that the library is tested with: guest/api/component.c says what each function does,
// and is where expectations come from.
#pragma once

#include <string>

#include "host/api/sehlab/lab.hpp"

namespace sehlab {

inline LabOptions with_guests(LabOptions options = {}) {
  options.system_folder = SEHLAB_BINARY_DIR "/guest";
  return options;
}

inline std::string guest(const std::string& file) {
  return SEHLAB_BINARY_DIR "/guest/" + file;
}

inline Lab component(LabOptions options = {}) {
  return Lab(guest("component.dll"), with_guests(std::move(options)));
}

}  // namespace sehlab
