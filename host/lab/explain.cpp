#include "host/lab/explain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

#include "host/lab/profile_table.hpp"
#include "host/report/glossary.hpp"
#include "host/report/wrap.hpp"
#include "host/seh/profile.hpp"
#include "host/trace/near_miss.hpp"

namespace sehlab::lab {
namespace {

using nlohmann::ordered_json;
using report::GlossaryEntry;

constexpr std::size_t kIndent = 4;

std::string value_text(const GlossaryEntry& entry) {
  if (!entry.value) return {};
  const bool small = entry.value <= 9;
  return small ? fmt::format(" = {}", *entry.value) : fmt::format(" = 0x{:08X}", *entry.value);
}

std::string text_of(const GlossaryEntry& entry, const report::Style& style) {
  std::string text = fmt::format("{}{}  {}\n", style.bold(entry.word), value_text(entry),
                                 style.faint(report::word_kind_name(entry.kind)));
  text += report::indented(entry.text, kIndent, report::kColumns);
  return text +
         report::indented(fmt::format("Source: {}", entry.source), kIndent, report::kColumns);
}

ordered_json json_of(const GlossaryEntry& entry) {
  ordered_json json{{"kind", report::word_kind_name(entry.kind)}, {"word", entry.word}};
  if (entry.value) json["value"] = *entry.value;
  json["text"] = entry.text;
  json["source"] = entry.source;
  return json;
}

ordered_json json_of(const ProfileField& field) {
  ordered_json values;
  for (const seh::Profile& profile : seh::profiles()) {
    values[std::string(profile.name)] = field.value(profile);
  }
  return {{"kind", "profile-field"}, {"word", field.name},     {"text", field.meaning},
          {"source", field.source},  {"unsure", field.unsure}, {"values", values}};
}

std::string text_of(const ProfileField& field, const report::Style& style) {
  std::string text =
      fmt::format("{}  {}\n", style.bold(field.name), style.faint("field of the profiles"));
  text += report::indented(field.meaning, kIndent, report::kColumns);
  for (const seh::Profile& profile : seh::profiles()) {
    text += fmt::format("{:{}}{:<18} {}\n", "", kIndent, profile.name, field.value(profile));
  }
  return text + fmt::format("{:{}}Source: {}{}\n", "", kIndent, field.source,
                            field.unsure ? " (unsure: a stated default)" : "");
}

/// One profile, or all of them side by side: a line a field, its meaning and source below.
std::string profile_table(std::span<const seh::Profile> shown, const report::Style& style) {
  std::string text;
  for (const seh::Profile& profile : shown) {
    text += fmt::format("{:<18} {}\n", profile.name, profile_meaning(profile.name));
  }
  text += '\n';
  if (shown.size() > 1) {
    std::string head = std::string(34, ' ');
    for (const seh::Profile& profile : shown) head += fmt::format("{:<18}", profile.name);
    text += style.faint(head.substr(0, head.find_last_not_of(' ') + 1)) + '\n';
  }
  for (const ProfileField& field : profile_fields()) {
    std::string values;
    for (const seh::Profile& profile : shown) {
      values += fmt::format("{:<18}", field.value(profile));
    }
    values.erase(values.find_last_not_of(' ') + 1);
    text += style.bold(fmt::format("{:<34}", field.name)) + values + '\n';
    text += report::indented(field.meaning, kIndent, report::kColumns);
    text += style.faint(fmt::format("{:{}}{}{}", "", kIndent, field.source,
                                    field.unsure ? "; unsure, a stated default" : "")) +
            '\n';
  }
  return text + "\nfacts: docs/facts/seh-x86.md\n";
}

ordered_json profile_json(const seh::Profile& profile) {
  ordered_json fields;
  for (const ProfileField& field : profile_fields()) {
    fields.push_back({{"name", field.name},
                      {"value", field.value(profile)},
                      {"meaning", field.meaning},
                      {"source", field.source},
                      {"unsure", field.unsure}});
  }
  return {{"kind", "profile"},
          {"word", profile.name},
          {"text", profile_meaning(profile.name)},
          {"fields", fields}};
}

std::string printed(ordered_json entries) {
  const ordered_json json{{"schema_version", 1}, {"entries", std::move(entries)}};
  return json.dump(2) + '\n';
}

Result<std::string> explain_profile(const std::string& name, const ExplainOptions& options) {
  const seh::Profile* profile = seh::find_profile(name);
  if (profile == nullptr) {
    std::vector<std::string_view> known;
    for (const seh::Profile& each : seh::profiles()) known.push_back(each.name);
    return fail("", fmt::format("explain: \"{}\" is no profile{}; there are {}", name,
                                trace::did_you_mean(name, known), fmt::join(known, ", ")));
  }
  if (options.json) return printed(ordered_json::array({profile_json(*profile)}));
  return profile_table({profile, 1}, options.style);
}

Result<std::string> all_profiles(const ExplainOptions& options) {
  if (!options.json) return profile_table(seh::profiles(), options.style);
  ordered_json all = ordered_json::array();
  for (const seh::Profile& profile : seh::profiles()) all.push_back(profile_json(profile));
  return printed(std::move(all));
}

std::string all_words(const ExplainOptions& options) {
  if (options.json) {
    ordered_json all = ordered_json::array();
    for (const GlossaryEntry& entry : report::glossary()) all.push_back(json_of(entry));
    for (const ProfileField& field : profile_fields()) all.push_back(json_of(field));
    return printed(std::move(all));
  }
  std::string text, words;
  const auto flush = [&](std::string_view kind) {
    text += options.style.bold(kind) + '\n' + report::indented(words, kIndent, report::kColumns);
    words.clear();
  };
  const auto entries = report::glossary();
  for (std::size_t i = 0; i < entries.size(); ++i) {
    words += (words.empty() ? "" : " ") + std::string(entries[i].word);
    if (i + 1 == entries.size() || entries[i + 1].kind != entries[i].kind) {
      flush(report::word_kind_name(entries[i].kind));
    }
  }
  for (const seh::Profile& profile : seh::profiles()) {
    words += (words.empty() ? "" : " ") + std::string(profile.name);
  }
  flush("profile");
  for (const ProfileField& field : profile_fields()) {
    words += (words.empty() ? "" : " ") + std::string(field.name);
  }
  flush("field of the profiles");
  return text;
}

Error unknown(const std::string& word) {
  std::vector<std::string_view> known;
  for (const GlossaryEntry& entry : report::glossary()) known.push_back(entry.word);
  for (const ProfileField& field : profile_fields()) known.push_back(field.name);
  return {"", fmt::format("explain: \"{}\" is no word of the lab's{}; `sehlab explain` lists them",
                          word, trace::did_you_mean(word, known))};
}

}  // namespace

Result<std::string> explain(const std::vector<std::string>& words, const ExplainOptions& options) {
  if (words.empty()) return all_words(options);
  const std::string& word = words.front();
  if (word == "profile") {
    return words.size() == 1 ? all_profiles(options) : explain_profile(words[1], options);
  }
  if (seh::find_profile(word) != nullptr) return explain_profile(word, options);

  const auto entries = report::look_up(word);
  const auto fields = profile_fields();
  const auto field = std::ranges::find(fields, word, &ProfileField::name);
  if (entries.empty() && field == fields.end()) return tl::make_unexpected(unknown(word));
  std::string text;
  ordered_json all = ordered_json::array();
  const auto add = [&](const auto& found) {
    if (options.json) {
      all.push_back(json_of(found));
    } else {
      text += (text.empty() ? "" : "\n") + text_of(found, options.style);
    }
  };
  for (const GlossaryEntry* entry : entries) add(*entry);
  if (field != fields.end()) add(*field);
  return options.json ? printed(std::move(all)) : text;
}

}  // namespace sehlab::lab
