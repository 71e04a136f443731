#include "host/scenario/text_file.hpp"

#include <fstream>
#include <iterator>
#include <system_error>

namespace sehlab::scenario {
namespace {

constexpr std::uintmax_t kLargestFile = 1 << 20;

}  // namespace

Result<std::string> read_text_file(const std::filesystem::path& file, const std::string& where) {
  std::error_code error;
  const std::uintmax_t size = std::filesystem::file_size(file, error);
  if (error) return fail(where, "cannot be read: " + error.message());
  if (size > kLargestFile) return fail(where, "the file is larger than a megabyte");
  std::ifstream in(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
  if (!in) return fail(where, "cannot be read");
  return text;
}

}  // namespace sehlab::scenario
