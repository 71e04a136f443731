// Where the lab's own DLLs are. Expectations: the layouts of a build (build/bin, build/lib) and of
// what is installed (GNU Coding Standards, "Directory Variables"; Debian's multiarch libraries).
#include "host/lab/system_folder.hpp"

#include <doctest/doctest.h>

#include <algorithm>

namespace sehlab::lab {

TEST_SUITE("lab") {
  TEST_CASE("the guests are found from the program and from the library, built or installed") {
    const auto has = [](const char* file, const char* folder) {
      const auto folders = system_folders_of(file);
      return std::ranges::find(folders, folder) != folders.end();
    };
    CHECK(has("/src/build/bin/sehlab", "/src/build/guest"));
    CHECK(has("/src/build/lib/libsehlab.so", "/src/build/guest"));
    CHECK(has("/usr/bin/sehlab", "/usr/share/sehlab/guest"));
    CHECK(has("/usr/lib/libsehlab.so.0.1", "/usr/share/sehlab/guest"));
    CHECK(has("/usr/lib/x86_64-linux-gnu/libsehlab.so.0.1", "/usr/share/sehlab/guest"));
    CHECK(system_folders_of("/src/build/bin/sehlab").front() == "/src/build/guest");
  }
}

}  // namespace sehlab::lab
