#include "host/report/page_words.hpp"

#include <string>
#include <variant>

#include "host/report/glossary.hpp"
#include "host/report/page_bytes.hpp"
#include "host/trace/fields.hpp"
#include "host/trace/names.hpp"
#include "host/win32/exception_flags.hpp"

namespace sehlab::report {
namespace {

/// A guest may raise ever new codes.
constexpr std::size_t kMostCodes = 4096;

void keep(std::set<std::uint32_t>& codes, std::uint32_t code) {
  if (codes.size() < kMostCodes) codes.insert(code);
}

}  // namespace

void PageWords::take(const trace::Event& event) {
  const auto member = [this](std::string_view name, const auto& field, auto...) {
    if constexpr (std::is_same_v<decltype(field), const std::uint32_t&>) {
      if (name == "code") keep(statuses_, field);
      if (name == "flags") flags_ |= field;
      if (name == "value") keep(dispositions_, field);
    }
  };
  std::visit([&member](const auto& payload) { trace::fields(payload, member); }, event.payload);
  if (const auto* refused = std::get_if<trace::RecordRefused>(&event.payload)) {
    checks_.emplace(trace::refusal_name(refused->why));
    flags_ |= win32::EXCEPTION_STACK_INVALID;  // the record's flags have it from here on
  } else if (const auto* found = std::get_if<trace::DefectFound>(&event.payload)) {
    if (defects_.size() < kMostCodes) defects_.insert(found->defect);
  } else if (std::holds_alternative<trace::RecordExposed>(event.payload)) {
    defects_.insert("dangling");
  }
}

void PageWords::write(std::ostream& out) const {
  const auto used = [this](const GlossaryEntry& entry) {
    switch (entry.kind) {
      case WordKind::Status:
        return statuses_.contains(entry.value.value_or(0));
      case WordKind::Flag:
        return (flags_ & entry.value.value_or(0)) != 0;
      case WordKind::Disposition:
        return dispositions_.contains(entry.value.value_or(0));
      case WordKind::Check:
        return checks_.contains(entry.word);
      case WordKind::Defect:
        return defects_.contains(entry.word);
    }
    return false;
  };
  out << '[';
  const char* between = "";
  for (const GlossaryEntry& entry : glossary()) {
    if (!used(entry)) continue;
    out << between << "{\"kind\":" << page_string(word_kind_name(entry.kind))
        << ",\"word\":" << page_string(entry.word) << ",\"value\":";
    entry.value ? out << *entry.value : out << "null";
    out << ",\"text\":" << page_string(entry.text) << ",\"source\":" << page_string(entry.source)
        << '}';
    between = ",";
  }
  out << ']';
}

}  // namespace sehlab::report
