// Recordings as files: what is written is read again, and what a stranger hands in is refused by
// name. CBOR is RFC 8949's; what a recording holds is the lab's own.
#include "host/lab/recording.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <random>

namespace sehlab::lab {
namespace {

Recording sample() {
  Recording recording;
  recording.program = "a folder/a program.exe";
  recording.program_digest = 0xfedcba9876543210;
  recording.arguments = {"", "one two", std::string("\xff\x00\x01", 3)};
  recording.dll_folders = {"dlls"};
  recording.profile = "windows-7";
  recording.watch = "report";
  recording.sehop = true;
  recording.seed = 7;
  recording.budget = UINT64_MAX;
  recording.injections = {"at=main fault=read"};
  recording.input = {"line\n", std::string("\0\x80", 2)};
  recording.files = {{"folder", true, {}}, {"folder/file", false, {0, 1, 255}}};
  recording.checkpoints = {{0, 1}, {1'000'000, 2}};
  recording.end = "exited";
  recording.instructions = 1'500'000;
  return recording;
}

struct Scratch {
  std::filesystem::path file = std::filesystem::temp_directory_path() /
                               ("sehlab_recording_test_" + std::to_string(std::random_device{}()));
  ~Scratch() {
    std::error_code ignored;
    std::filesystem::remove(file, ignored);
  }
};

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

/// A recording's file with one member replaced.
std::vector<std::uint8_t> with(const std::vector<std::uint8_t>& bytes, const char* key,
                               const nlohmann::json& value) {
  nlohmann::json json = nlohmann::json::from_cbor(bytes);
  json[key] = value;
  return nlohmann::json::to_cbor(json);
}

}  // namespace

TEST_CASE("A recording is read as it was written, whatever bytes are in it") {
  Scratch scratch;
  REQUIRE(write_recording(sample(), scratch.file));
  const auto read = read_recording(scratch.file);
  REQUIRE_MESSAGE(read.has_value(), read.error().text());
  CHECK(*read == sample());
}

TEST_CASE("No beginning of a recording is one, nor is anything else") {
  Scratch scratch;
  REQUIRE(write_recording(sample(), scratch.file));
  const auto bytes = bytes_of(scratch.file);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto read = parse_recording(std::span(bytes).first(size), "x");
    REQUIRE(!read.has_value());
    CHECK(read.error().text() == "x: is no recording of a run");
  }
  for (std::size_t at = 0; at < bytes.size(); ++at) {  // no crash, whatever comes of it
    auto changed = bytes;
    changed[at] ^= 0xff;
    static_cast<void>(parse_recording(changed, "x"));
  }
}

TEST_CASE("Lengths that nothing can have, and nesting without end, are no recording") {
  const auto refused = [](const std::vector<std::uint8_t>& bytes) {
    const auto read = parse_recording(bytes, "x");
    return !read.has_value() && read.error().text() == "x: is no recording of a run";
  };
  // RFC 8949, 3: 0x9b, 0xbb, 0x5b and 0x7b: array, map, bytes and text with a length of 64 bits.
  for (const std::uint8_t type : std::vector<std::uint8_t>{0x9b, 0xbb, 0x5b, 0x7b}) {
    CHECK(refused({type, 0x64, 0x64, 0x64, 0x64, 0x64, 0x64, 0x64, 0x64, 0x00}));
    CHECK(refused({type, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x00}));
  }
  CHECK(refused(std::vector<std::uint8_t>(1'000'000, 0x81)));  // arrays of one, each in the next
  CHECK(refused(std::vector<std::uint8_t>(1'000'000, 0x9f)));  // arrays of a length not told
}

TEST_CASE("Members that are missing or of another kind are named") {
  Scratch scratch;
  REQUIRE(write_recording(sample(), scratch.file));
  const auto bytes = bytes_of(scratch.file);
  const auto complaint = [&](const char* key, const nlohmann::json& value) {
    const auto read = parse_recording(with(bytes, key, value), "x");
    REQUIRE(!read.has_value());
    return read.error().text();
  };
  CHECK(complaint("seed", -1) == "x: \"seed\" is missing or of the wrong kind");
  CHECK(complaint("program", 5) == "x: \"program\" is missing or of the wrong kind");
  CHECK(complaint("arguments", {1, 2}) == "x: \"arguments\" is missing or of the wrong kind");
  CHECK(complaint("files", {{{"path", 1}}}) == "x: \"files\" is missing or of the wrong kind");
  // They must ascend.
  CHECK(complaint("checkpoints", {{5, 1}, {5, 2}}) ==
        "x: \"checkpoints\" is missing or of the wrong kind");
  CHECK(complaint("version", 2) == "x: is a recording of another version of sehlab");
  CHECK(complaint("format", "else") == "x: is no recording of a run");
}

TEST_CASE("A file that cannot be read or written is named") {
  CHECK(read_recording("/nonexistent/r").error().text().starts_with("/nonexistent/r: cannot be"));
  CHECK(write_recording(sample(), "/nonexistent/r").error().text() ==
        "/nonexistent/r: cannot be written");
}

}  // namespace sehlab::lab
