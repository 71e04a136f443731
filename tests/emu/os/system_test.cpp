// What each system does in its own way. Expectations: what the header says, and proc(5).
#include "emu/os/system.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>

#include "emu/os/process.hpp"

namespace sehlab::os {

namespace {

constexpr std::size_t kGuestPage = 4096;

/// So many bytes of zeroed memory.
struct Mapped {
  std::byte* data;
  std::size_t size;
  explicit Mapped(std::size_t bytes) : data(map_zeroed(bytes)), size(bytes) {}
  Mapped(const Mapped&) = delete;
  Mapped& operator=(const Mapped&) = delete;
  ~Mapped() { unmap(data, size); }
  [[nodiscard]] std::span<std::byte> span() const { return {data, size}; }
};

bool all(std::span<const std::byte> bytes, std::byte value) {
  return std::ranges::all_of(bytes, [&](std::byte one) { return one == value; });
}

}  // namespace

TEST_SUITE("os") {
  TEST_CASE("mapped memory is zero, and zero again where it is said to be") {
    // Every guest page of the space in turn: on a system with larger pages, most of them begin or
    // end within one.
    const Mapped memory(64 * kGuestPage);
    REQUIRE(memory.data != nullptr);
    CHECK(all(memory.span(), std::byte{0}));
    for (const std::size_t pages : {1u, 3u, 16u, 17u, 40u}) {
      for (std::size_t first = 0; first + pages <= 64; first += 5) {
        std::ranges::fill(memory.span(), std::byte{0xa5});
        const std::size_t from = first * kGuestPage, size = pages * kGuestPage;
        REQUIRE(zero_mapped(memory.data + from, size));
        CHECK(all(memory.span().first(from), std::byte{0xa5}));
        CHECK(all(memory.span().subspan(from, size), std::byte{0}));
        CHECK(all(memory.span().subspan(from + size), std::byte{0xa5}));
      }
    }
  }

  TEST_CASE("part of a page is zeroed and the rest of it kept") {
    const Mapped memory(4 * kGuestPage);
    REQUIRE(memory.data != nullptr);
    std::ranges::fill(memory.span(), std::byte{7});
    REQUIRE(zero_mapped(memory.data + 100, 200));
    CHECK(all(memory.span().first(100), std::byte{7}));
    CHECK(all(memory.span().subspan(100, 200), std::byte{0}));
    CHECK(all(memory.span().subspan(300), std::byte{7}));
    REQUIRE(zero_mapped(memory.data, 0));
    CHECK(memory.data[0] == std::byte{7});
  }

  TEST_CASE("more memory than there are addresses is refused") {
    CHECK(map_zeroed(SIZE_MAX / 2) == nullptr);
  }

  TEST_CASE("the program that runs is this test, and so is the file of its code") {
    // Where a test is run by an emulator, the system may name that instead of it.
    const std::filesystem::path program = own_program();
    CHECK(std::filesystem::is_regular_file(program));
    CHECK(file_of_code(reinterpret_cast<const void*>(&all)).filename() == "sehlab_os_tests");
  }

  TEST_CASE("a text for children is a file that they read, whatever is in it") {
    const std::string text = "one\ntwo \xc3\xa4\n";
    const auto given = text_for_children(text);
    REQUIRE(given);
    auto cat = start_program({"cat", given->path}, {});
    REQUIRE(cat);
    CHECK(wait_for(cat->id) == 0);
    forget(cat->id);
    std::string got(64, '\0');
    const auto size = read_some(cat->output.number(), std::as_writable_bytes(std::span(got)));
    REQUIRE(size);
    CHECK(got.substr(0, *size) == text);
  }

  TEST_CASE("a pipe is not inherited: its reader sees the end when we close our own") {
    auto pipe = make_pipe();
    REQUIRE(pipe);
    auto sleeper = start_program({"sleep", "60"}, {});
    REQUIRE(sleeper);
    pipe->write.close();
    const bool ended = readable_within(pipe->read.number(), std::chrono::seconds(5));
    std::byte one{};
    CHECK(ended);
    if (ended) CHECK(read_some(pipe->read.number(), {&one, 1}) == 0);
    kill_group(sleeper->id);
    CHECK(wait_for(sleeper->id) == 1009);  // SIGKILL is 9 (POSIX, kill)
    forget(sleeper->id);
  }
}

}  // namespace sehlab::os
