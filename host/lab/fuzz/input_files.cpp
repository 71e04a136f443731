#include "host/lab/fuzz/input_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <system_error>

namespace sehlab::lab {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kMostBytes = 1u << 20;

bool is_input(const fs::directory_entry& entry) {
  std::error_code error;
  const std::string name = entry.path().filename().string();
  return entry.is_regular_file(error) && !name.starts_with('.') && name != "README.txt";
}

}  // namespace

Result<InputBytes> read_input(const fs::path& file) {
  std::error_code error;
  const auto status = fs::status(file, error);
  if (!fs::exists(status)) return fail(file.string(), "there is no such file");
  if (fs::is_directory(status)) return fail(file.string(), "is a folder");
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(file.string(), "cannot be read");
  std::string text(kMostBytes + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (stream.bad()) return fail(file.string(), "cannot be read");
  text.resize(static_cast<std::size_t>(stream.gcount()));
  if (text.size() > kMostBytes) {
    return fail(file.string(), fmt::format("is longer than {} bytes: no input", kMostBytes));
  }
  const auto bytes = std::as_bytes(std::span(text));
  return InputBytes(bytes.begin(), bytes.end());
}

Result<std::vector<fs::path>> input_files(const fs::path& path) {
  std::error_code error;
  const auto status = fs::status(path, error);
  if (!fs::exists(status)) return fail(path.string(), "there is no such file or folder");
  if (!fs::is_directory(status)) return std::vector<fs::path>{path};
  std::vector<fs::path> files;
  for (fs::directory_iterator at(path, error), end; !error && at != end; at.increment(error)) {
    if (is_input(*at)) files.push_back(at->path());
  }
  if (error) return fail(path.string(), "cannot be read: " + error.message());
  std::ranges::sort(files);
  return files;
}

Result<> write_file(const fs::path& file, std::string_view text) {
  std::ofstream stream(file, std::ios::binary | std::ios::trunc);
  stream << text;
  if (!stream.flush()) return fail(file.string(), "cannot be written");
  return {};
}

Result<> write_file(const fs::path& file, std::span<const std::byte> bytes) {
  return write_file(file,
                    std::string_view(reinterpret_cast<const char*>(bytes.data()), bytes.size()));
}

Result<> make_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error || !fs::is_directory(folder, error)) {
    return fail(folder.string(),
                "cannot be made" + (error ? ": " + error.message() : ": it is no folder"));
  }
  return {};
}

std::string hex_digits(std::span<const std::byte> bytes) {
  std::string text;
  for (const std::byte byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned>(byte));
  return text;
}

}  // namespace sehlab::lab
