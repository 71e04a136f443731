#include "host/scenario/read_suppressions.hpp"
#include "host/trace/near_miss.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/scenario/read_expectations.hpp"
#include "host/scenario/table_reader.hpp"
#include "host/scenario/text_file.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::scenario {
namespace {

/// A word without `*` and `?` must be a defect's name: another would never suppress anything.
void check_defect(TableReader& table, const Text& defect) {
  if (defect.value.find_first_of("*?") != std::string::npos) return;
  const auto known = defect_names();
  if (std::find(known.begin(), known.end(), defect.value) != known.end()) return;
  table.complain("defect", defect.line,
                 fmt::format("\"{}\" is no defect{}; they are {}", trace::printable(defect.value),
                             trace::did_you_mean(defect.value, known), fmt::join(known, ", ")));
}

Suppress read_one(const TomlValue& value, Complaint& complaint) {
  TableReader table(value, "suppress", complaint);
  Suppress one;
  const auto take = [&table](const char* key, std::string& field) {
    const auto words = table.words(key);
    words ? void(field = words->value) : table.missing(key);
    return words;
  };
  if (const auto defect = take("defect", one.defect)) check_defect(table, *defect);
  take("owner", one.owner);
  take("reason", one.reason);
  table.finish();
  return one;
}

}  // namespace

Result<std::vector<Suppress>> parse_suppressions(std::string_view text, const std::string& file) {
  const std::string where = "suppressions " + file;
  const auto document = parse_toml(text, where);
  if (!document) return tl::make_unexpected(document.error());
  Complaint complaint;
  std::vector<Suppress> all;
  TableReader table(*document, "", complaint);
  if (const TomlValue* value = table.take("suppress")) {
    const auto* several = std::get_if<TomlArray>(&value->value);
    if (several == nullptr) {
      table.complain("suppress", value->line, "must be [[suppress]], an array of tables");
    } else {
      for (const TomlValue& one : *several) all.push_back(read_one(one, complaint));
    }
  }
  table.finish();
  if (complaint) return fail(fmt::format("{}:{}", where, complaint.line), complaint.what);
  return all;
}

Result<std::vector<Suppress>> read_suppressions(const std::filesystem::path& file) {
  const std::string where = "suppressions " + file.string();
  const auto text = read_text_file(file, where);
  if (!text) return tl::make_unexpected(text.error());
  return parse_suppressions(*text, file.string());
}

}  // namespace sehlab::scenario
