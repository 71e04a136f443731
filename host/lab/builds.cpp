#include "host/lab/builds.hpp"

#include <fstream>
#include <sstream>

namespace sehlab::lab {

Result<std::vector<scenario::Build>> builds_of(const std::filesystem::path& folder,
                                               const std::string& program) {
  const std::filesystem::path path = folder / (program + ".builds");
  const std::string where = path.generic_string();
  std::ifstream in(path);
  if (!in) return fail(where, "cannot be read: no program of that name has builds");
  std::vector<scenario::Build> builds;
  for (std::string line; std::getline(in, line);) {
    std::istringstream words(line);
    std::string image, kind, reason;
    words >> image >> kind >> std::ws;
    std::getline(words, reason);
    const bool absent = kind == "absent";
    if ((kind != "always" && kind != "more" && !absent) || absent == reason.empty()) {
      return fail(where, "\"" + line + "\" is no build");
    }
    builds.push_back({image, kind == "always", reason});
  }
  return builds;
}

}  // namespace sehlab::lab
