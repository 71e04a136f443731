// LabError: what the lab cannot do for a test.
#pragma once

#include <stdexcept>

namespace sehlab {

/// What cannot be done: an image that does not load, a function that is not there, a specification
/// that is wrong. Never what the guest does. `what()` names the file, or the part that is wrong.
class LabError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

}  // namespace sehlab
