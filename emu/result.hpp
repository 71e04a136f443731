// Result<T>: what becomes of bad input. What a guest can see is a value of its own, never an
// Error; a broken invariant is an assertion (SEHLAB_CHECK).
#pragma once

#include <string>
#include <tl/expected.hpp>
#include <utility>

namespace sehlab {

/// Why some input was refused. `where` names the file (and offset, line or key), `what` the
/// fault in plain words; printed as "where: what", or "what" when `where` is empty.
struct Error {
  std::string where;
  std::string what;

  [[nodiscard]] std::string text() const { return where.empty() ? what : where + ": " + what; }
};

template <typename T = void>
using Result = tl::expected<T, Error>;

inline tl::unexpected<Error> fail(std::string where, std::string what) {
  return tl::make_unexpected(Error{std::move(where), std::move(what)});
}

}  // namespace sehlab
