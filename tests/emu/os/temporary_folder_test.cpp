// Folders for temporary files: TMPDIR, as POSIX (Environment Variables) and the C++ standard's
// temp_directory_path have it.
#include "emu/os/temporary_folder.hpp"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

namespace sehlab::os {

namespace {

namespace fs = std::filesystem;

/// A variable of ours with another value as long as this lives.
class Variable {
 public:
  Variable(const char* name, const char* value) : name_(name) {
    if (const char* old = std::getenv(name)) old_ = old;
    value == nullptr ? unsetenv(name) : setenv(name, value, 1);
  }
  Variable(const Variable&) = delete;
  Variable& operator=(const Variable&) = delete;
  ~Variable() { old_ ? setenv(name_, old_->c_str(), 1) : unsetenv(name_); }

 private:
  const char* name_;
  std::optional<std::string> old_;
};

}  // namespace

TEST_SUITE("os") {
  TEST_CASE("two folders have two names, are empty, and only their owner may enter them") {
    const auto one = make_temporary_folder("sehlab-test"),
               two = make_temporary_folder("sehlab-test");
    REQUIRE(one);
    REQUIRE(two);
    CHECK(*one != *two);
    CHECK(fs::is_empty(*one));
    CHECK(fs::status(*one).permissions() == fs::perms::owner_all);
    CHECK(one->filename().string().starts_with("sehlab-test-"));
    fs::remove(*one);
    fs::remove(*two);
  }

  TEST_CASE("they are below TMPDIR, and without it below /tmp") {
    const fs::path outer = make_temporary_folder("sehlab-\xc3\xa4 \xe6\xbc\xa2").value();
    {
      const Variable tmpdir("TMPDIR", outer.c_str());
      const auto inner = make_temporary_folder("x");
      REQUIRE(inner);
      CHECK(inner->parent_path() == outer);
    }
    {
      const Variable none("TMPDIR", nullptr), tmp("TMP", nullptr), temp("TEMP", nullptr);
      const auto inner = make_temporary_folder("x");
      REQUIRE(inner);
      CHECK(inner->parent_path() == "/tmp");
      fs::remove(*inner);
    }
    fs::remove_all(outer);
  }

  TEST_CASE("a TMPDIR that is not there is said to be the trouble") {
    const Variable tmpdir("TMPDIR", "/no/such/folder");
    const auto made = make_temporary_folder("x");
    REQUIRE_FALSE(made);
    CHECK(made.error().text() ==
          "/no/such/folder: there is no folder for temporary files (TMPDIR)");
  }
}

}  // namespace sehlab::os
