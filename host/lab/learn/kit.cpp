#include "host/lab/learn/kit.hpp"

#include <cstdlib>
#include <optional>
#include <string_view>
#include <system_error>

#include "host/lab/run.hpp"
#include "host/scenario/table_reader.hpp"
#include "host/scenario/text_file.hpp"
#include "host/scenario/toml_value.hpp"

namespace sehlab::lab {
namespace {

std::filesystem::path kit_file() {
  const char* named = std::getenv("SEHLAB_KIT");
  if (named != nullptr && *named != '\0') return named;
  return system_folder().parent_path() / "lessons" / "kit.toml";
}

/// `text` with the folder in place of each {kit}.
std::string placed(std::string text, const std::string& folder) {
  constexpr std::string_view kMark = "{kit}";
  for (std::size_t at = 0; (at = text.find(kMark, at)) != text.npos; at += folder.size()) {
    text.replace(at, kMark.size(), folder);
  }
  return text;
}

}  // namespace

Result<Kit> read_kit() {
  const std::filesystem::path file = kit_file();
  const std::string where = "kit " + file.generic_string();
  const auto text = scenario::read_text_file(file, where);
  if (!text) return fail(text.error().where, text.error().what + " (`./lab build` writes it)");
  const auto document = scenario::parse_toml(*text, where);
  if (!document) return tl::make_unexpected(document.error());
  scenario::Complaint complaint;
  scenario::TableReader table(*document, "", complaint);
  std::error_code error;
  const std::string folder = std::filesystem::absolute(file, error).parent_path().string();
  const auto word = [&](std::string_view key) {
    const auto value = table.words(key);
    if (!value) table.missing(key);
    return value ? placed(value->value, folder) : std::string();
  };
  const auto list = [&](std::string_view key) {
    std::vector<std::string> words;
    for (const auto& one : table.some_texts(key)) words.push_back(placed(one.value, folder));
    return words;
  };
  Kit kit;
  kit.course = word("course");
  kit.header = word("header");
  kit.compiler = word("compiler");
  kit.linker = word("linker");
  kit.compile = list("compile");
  kit.cxx = list("cxx");
  kit.link = list("link");
  kit.libraries = list("libraries");
  kit.safeseh = word("safeseh");
  table.finish();
  if (complaint) return fail(where + ":" + std::to_string(complaint.line), complaint.what);
  return kit;
}

}  // namespace sehlab::lab
