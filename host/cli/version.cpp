#include "host/cli/version.hpp"

#include "host/lab/engine_banner.hpp"

namespace sehlab::cli {

std::string version_text() {
  return "sehlab " SEHLAB_VERSION "\n" + lab::engine_banner();
}

}  // namespace sehlab::cli
