// What the demo claims, each sentence with the check that the traces must pass.
#pragma once

#include <string>
#include <vector>

#include "host/lab/demo_story.hpp"

namespace sehlab::lab {

struct Claim {
  int act = 0;
  std::string sentence;
  bool holds = false;
};

/// All claims of the four acts, in order, checked against the stories of the two images.
[[nodiscard]] std::vector<Claim> claims(const Story& buggy, const Story& fixed);

}  // namespace sehlab::lab
