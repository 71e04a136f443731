// What is behind the handles of sehlab.h, and how exceptions become its errors.
#pragma once

#include <exception>
#include <new>
#include <optional>
#include <string>
#include <vector>

#include "host/api/sehlab/lab.hpp"
#include "host/api/sehlab/sehlab.h"

struct sehlab_lab {
  std::optional<sehlab::Lab> lab;
  std::string error;
};

struct sehlab_call {
  explicit sehlab_call(sehlab_lab* of) : lab(of) {}

  sehlab_lab* lab;
  std::optional<sehlab::Call> call{};  ///< none: the lab was not opened
  std::string wrong{};                 ///< of what it was given
};

struct sehlab_run {
  explicit sehlab_run(const sehlab::Run& made) : run(made) {}

  sehlab::Run run;
  // Once somebody has asked for it.
  mutable std::optional<std::vector<std::string>> handlers{}, unwound{};
  mutable std::optional<std::string> report{}, trace{};
};

struct sehlab_moment {
  explicit sehlab_moment(const sehlab::Moment& made)
      : moment(made), report(made.report()), json(made.json()) {}

  sehlab::Moment moment;
  std::string report, json;
};

namespace sehlab {

[[nodiscard]] inline std::string text(const char* given) {
  return given != nullptr ? given : "";
}

/// Does it, and keeps what it throws; false: it threw.
template <typename Deed>
bool attempt(std::string& error, Deed deed) {
  try {
    deed();
    error.clear();  // also of what the test's own functions tried meanwhile
    return true;
  } catch (const std::exception& thrown) {
    error = thrown.what();
    if (error.empty()) error = "failed";
  } catch (...) {
    error = "a provided function threw";
  }
  return false;
}

[[nodiscard]] inline Lab& opened(sehlab_lab* lab) {
  if (!lab->lab) throw LabError("the lab was not opened");
  return *lab->lab;
}

[[nodiscard]] inline const char* error_or_null(const std::string& error) {
  return error.empty() ? nullptr : error.c_str();
}

}  // namespace sehlab
