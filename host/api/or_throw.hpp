// Results of the lab as the library's exceptions.
#pragma once

#include <utility>

#include "emu/result.hpp"
#include "host/api/sehlab/error.hpp"

namespace sehlab {

template <typename T>
T or_throw(Result<T> result) {
  if (!result) throw LabError(result.error().text());
  return std::move(*result);
}

}  // namespace sehlab
