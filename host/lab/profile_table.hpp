// The table of profiles: each field of seh::Profile with its meaning, its source and its value in
// every profile, for `sehlab explain` and for docs/profiles.md.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "host/seh/profile.hpp"

namespace sehlab::lab {

struct ProfileField {
  std::string_view name;     ///< as in seh::Profile
  std::string_view meaning;  ///< what it says when it is "yes", or which values there are
  std::string_view source;
  std::string (*value)(const seh::Profile& profile);
  bool unsure = false;  ///< sources differ or are silent: a stated default, and no hard test
};

[[nodiscard]] std::span<const ProfileField> profile_fields();
/// What the profile of that name stands for: "32-bit Windows 7".
[[nodiscard]] std::string_view profile_meaning(std::string_view name);

}  // namespace sehlab::lab
