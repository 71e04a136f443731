// run_sehlab: starts build/bin/sehlab as a user would and returns all that it said. The tests
// here know the program by its command line alone.
#pragma once

#include <string>
#include <vector>

namespace sehlab::cli_test {

struct Ran {
  int exit_code = -1;      ///< 1000 + N when signal N ended it: a crash of the lab itself
  bool timed_out = false;  ///< it was stopped by us
  std::string out, err;    ///< all of standard output and standard error
  double seconds = 0;      ///< wall time
};

/// Standard input is empty, colour is off, and 60 seconds are the limit.
[[nodiscard]] Ran run_sehlab(const std::vector<std::string>& arguments);

/// Path of an image in build/guest: "exit0.exe".
[[nodiscard]] std::string guest(const std::string& name);

/// A folder of this test's own that is gone with the object.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  [[nodiscard]] std::string path(const std::string& leaf) const { return folder_ + "/" + leaf; }
  /// Writes a file and returns its path.
  std::string write(const std::string& leaf, const std::string& bytes) const;

 private:
  std::string folder_;
};

/// All bytes of a file; fails the test when it cannot be read.
[[nodiscard]] std::string read_file(const std::string& path);

/// Does `text` hold a match of the regular expression (ECMAScript, any line)?
[[nodiscard]] bool says(const std::string& text, const std::string& pattern);

}  // namespace sehlab::cli_test
