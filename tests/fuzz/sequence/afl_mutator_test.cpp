// libsehlab-mutator.so as afl-fuzz uses it. The order of calls and what they may return:
// AFL++ 4.04c, docs/custom_mutators.md.
#include "host/fuzz/sequence/afl_mutator.hpp"

#include <dlfcn.h>
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>

#include "tests/fuzz/sequence/ops.hpp"

namespace sehlab::fuzz::sequence {

namespace {

class Library {
 public:
  explicit Library(unsigned seed) : handle_(dlopen(SEHLAB_MUTATOR, RTLD_NOW | RTLD_LOCAL)) {
    REQUIRE_MESSAGE(handle_ != nullptr, dlerror());
    data_ = call<decltype(afl_custom_init)>("afl_custom_init")(nullptr, seed);
    REQUIRE(data_ != nullptr);
  }
  Library(const Library&) = delete;
  Library& operator=(const Library&) = delete;
  ~Library() {
    call<decltype(afl_custom_deinit)>("afl_custom_deinit")(data_);
    dlclose(handle_);
  }

  Bytes fuzz(Bytes bytes, Bytes other, std::size_t most) {
    unsigned char* out = nullptr;
    const std::size_t size = call<decltype(afl_custom_fuzz)>("afl_custom_fuzz")(
        data_, bytes.data(), bytes.size(), &out, other.empty() ? nullptr : other.data(),
        other.size(), most);
    REQUIRE(out != nullptr);
    return {out, out + size};
  }

  /// As trim_case_custom of afl-fuzz does.
  template <typename Same>
  Bytes trim(Bytes bytes, Same same, int& steps) {
    const int most = call<decltype(afl_custom_init_trim)>("afl_custom_init_trim")(
        data_, bytes.data(), bytes.size());
    REQUIRE(most >= 0);
    for (int step = 0; step < most;) {
      unsigned char* out = nullptr;
      const std::size_t size = call<decltype(afl_custom_trim)>("afl_custom_trim")(data_, &out);
      REQUIRE(out != nullptr);
      REQUIRE(size > 0);
      REQUIRE(size <= bytes.size());
      const Bytes candidate(out, out + size);
      const bool good = same(candidate);
      if (good) bytes = candidate;
      step = call<decltype(afl_custom_post_trim)>("afl_custom_post_trim")(data_, good ? 1 : 0);
      ++steps;
    }
    return bytes;
  }

 private:
  template <typename Function>
  Function* call(const char* name) {
    void* function = dlsym(handle_, name);
    REQUIRE_MESSAGE(function != nullptr, name);
    return reinterpret_cast<Function*>(function);
  }

  void* handle_;
  void* data_ = nullptr;
};

bool has(const Bytes& bytes, int code) {
  return std::ranges::count(codes_of(bytes), code) != 0;
}

}  // namespace

TEST_SUITE("AFL++'s mutator of sequences") {
  TEST_CASE("a seed gives the same test cases, none empty, none too long") {
    Library first(7), same(7), other(8);
    const Bytes bytes = bytes_of({{LAB_OP_RECORD, 1}, {LAB_OP_FAULT}, {LAB_OP_END}});
    const Bytes second = bytes_of({{LAB_OP_GOCALL}, {LAB_OP_PANIC, 4}});
    int differ = 0;
    for (std::size_t i = 0; i < 3000; ++i) {
      const std::size_t most = 1 + i % 100;
      const Bytes out = first.fuzz(bytes, i % 3 == 0 ? Bytes{} : second, most);
      CHECK(out.size() >= 1);
      CHECK(out.size() <= most);
      CHECK(out == same.fuzz(bytes, i % 3 == 0 ? Bytes{} : second, most));
      differ += out != other.fuzz(bytes, i % 3 == 0 ? Bytes{} : second, most) ? 1 : 0;
    }
    CHECK(differ > 1500);
  }

  TEST_CASE("it begins with nothing as well") {
    Library library(1);
    CHECK(library.fuzz({}, {}, 400).size() >= 1);
  }

  TEST_CASE("trimming keeps what decides, and ends") {
    Library library(1);
    Bytes bytes;
    for (int i = 0; i < 20; ++i) {
      const Bytes part = bytes_of({{LAB_OP_RECORD, i}, {LAB_OP_REUSE}, {LAB_OP_END}});
      bytes.insert(bytes.end(), part.begin(), part.end());
    }
    const Bytes part = bytes_of({{LAB_OP_CGOCALL, 9}, {LAB_OP_FAULT, 3}, {LAB_OP_END}});
    bytes.insert(bytes.begin() + 40, part.begin(), part.end());
    int steps = 0;
    const Bytes trimmed = library.trim(
        bytes, [](const Bytes& out) { return has(out, LAB_OP_CGOCALL) && has(out, LAB_OP_FAULT); },
        steps);
    CHECK(trimmed == bytes_of({{LAB_OP_CGOCALL}, {LAB_OP_FAULT}}));
    CHECK(steps < 500);
  }

  TEST_CASE("a test case that nothing can be taken from is trimmed in few steps, or in none") {
    Library library(1);
    int steps = 0;
    CHECK(library.trim(
              bytes_of({{LAB_OP_NOP}}), [](const Bytes&) { return true; }, steps) ==
          bytes_of({{LAB_OP_NOP}}));
    CHECK(steps == 0);
    const Bytes fault = bytes_of({{LAB_OP_FAULT, 1}});
    CHECK(library.trim(
              fault, [](const Bytes&) { return false; }, steps) == fault);
    CHECK(steps < 10);
  }

  TEST_CASE("the number of steps is bounded where there is much to try") {
    Library library(1);
    Bytes bytes;
    for (int i = 0; i < LAB_SEQ_MOST_OPS; ++i) {
      const Bytes part = bytes_of({{LAB_OP_TRY_BOTH, 5, 1, 1}});
      bytes.insert(bytes.end(), part.begin(), part.end());
    }
    int steps = 0;
    CHECK(library.trim(
              bytes, [](const Bytes&) { return false; }, steps) == bytes);
    CHECK(steps == 1500);
  }
}

}  // namespace sehlab::fuzz::sequence
