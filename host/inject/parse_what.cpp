#include "host/inject/parse_what.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "host/trace/near_miss.hpp"
#include "host/trace/plain.hpp"
#include "host/win32/exception_flags.hpp"
#include "host/win32/exception_record.hpp"

namespace sehlab::inject {
namespace {

constexpr std::uint32_t kMostPages = 0x10000;
constexpr std::uint32_t kMostRecord = 1'000'000;

struct Rights {
  std::string_view name;
  emu::Protection rights;
};
constexpr std::array<Rights, 5> kRights = {{{"none", emu::kNoAccess},
                                            {"read", emu::kReadOnly},
                                            {"rw", emu::kReadWrite},
                                            {"rx", emu::kReadExecute},
                                            {"rwx", emu::kReadWriteExecute}}};

/// The parts of "a,b,c".
std::vector<std::string_view> parts(std::string_view list) {
  std::vector<std::string_view> result;
  for (std::size_t comma = 0; comma != list.npos;) {
    comma = list.find(',');
    result.push_back(list.substr(0, comma));
    if (comma != list.npos) list.remove_prefix(comma + 1);
  }
  return result;
}

std::string in_quotes(std::string_view text) {
  return '"' + trace::printable(text, 100) + '"';
}

std::optional<emu::Access> read_access(MemberReader& reader) {
  const Member* member = reader.find("access");
  if (member == nullptr) return std::nullopt;
  constexpr std::array<std::pair<std::string_view, emu::Access>, 3> kAccesses = {
      {{"read", emu::Access::Read},
       {"write", emu::Access::Write},
       {"execute", emu::Access::Execute}}};
  for (const auto& [name, access] : kAccesses) {
    if (member->value == name) return access;
  }
  reader.complain("access", member->line,
                  in_quotes(member->value) + " is none of read, write, execute");
  return std::nullopt;
}

void read_parameters(MemberReader& reader, RaiseFault& fault) {
  const Member* member = reader.find("parameters");
  if (member == nullptr) return;
  fault.parameters.emplace();
  if (member->value.empty()) return;
  for (const std::string_view part : parts(member->value)) {
    auto value = parse_value(part);
    if (!value) return reader.complain("parameters", member->line, value.error().text());
    fault.parameters->push_back(std::move(*value));
  }
  if (fault.parameters->size() > win32::EXCEPTION_MAXIMUM_PARAMETERS) {
    reader.complain("parameters", member->line,
                    fmt::format("are {}; a record has room for {}", fault.parameters->size(),
                                win32::EXCEPTION_MAXIMUM_PARAMETERS));
  }
}

void read_flags(MemberReader& reader, RaiseFault& fault) {
  const Member* member = reader.find("flags");
  if (member == nullptr) return;
  if (member->value == "noncontinuable") {
    fault.flags = win32::EXCEPTION_NONCONTINUABLE;
  } else {
    fault.flags = reader.number("flags");
  }
}

/// The word of `fault`; a number is a code.
bool read_fault_word(MemberReader& reader, const Member& action, RaiseFault& fault) {
  if (const auto word = find_fault(action.value)) {
    fault.word = *word;
    return true;
  }
  if (const auto code = parse_number(action.value)) {
    fault.word = FaultWord::Code;
    fault.code = *code;
    return true;
  }
  reader.complain(
      "fault", action.line,
      fmt::format("{} is no fault{}; the faults are {}, and codes such as 0xE0000001",
                  in_quotes(action.value), trace::did_you_mean(action.value, fault_words()),
                  fmt::join(fault_words(), ", ")));
  return false;
}

What parse_fault(MemberReader& reader, const Member& action) {
  RaiseFault fault;
  if (!read_fault_word(reader, action, fault)) return fault;
  const auto needs = [&](const char* key, bool holds) {
    const Member* member = reader.find(key);
    if (member != nullptr && !holds) {
      reader.complain(key, member->line, "does not go with fault=" + action.value);
    }
  };
  needs("address", has_address(fault.word));
  needs("access", has_access(fault.word));
  needs("status", fault.word == FaultWord::InPage);
  fault.address = reader.value("address");
  fault.access = read_access(reader);
  fault.status = reader.number("status");
  read_parameters(reader, fault);
  read_flags(reader, fault);
  return fault;
}

What parse_fail(MemberReader& reader) {
  FailCall call;
  call.value = reader.value("fail").value_or(Value{});
  call.error = reader.number("error");
  if (const auto bytes = reader.count("stack-bytes", 0, 0xffff)) {
    call.stack_bytes = static_cast<std::uint32_t>(*bytes);
    if (*bytes % 4 != 0) {
      reader.complain("stack-bytes", reader.find("stack-bytes")->line, "must be a multiple of 4");
    }
  }
  return call;
}

What parse_protect(MemberReader& reader, const Member& action) {
  ProtectPages protect;
  const auto rights = std::ranges::find(kRights, action.value, &Rights::name);
  if (rights == kRights.end()) {
    reader.complain("protect", action.line,
                    in_quotes(action.value) + " is none of none, read, rw, rx, rwx");
    return protect;
  }
  protect.rights = rights->rights;
  if (reader.find("page") == nullptr) {
    reader.complain("protect", action.line, "says not which page: page=… is missing");
  }
  protect.page = reader.value("page").value_or(Value{});
  if (const auto pages = reader.count("pages", 1, kMostPages)) {
    protect.pages = static_cast<std::uint32_t>(*pages);
  }
  return protect;
}

What parse_set(MemberReader& reader, const Member& action) {
  SetRegisters set;
  for (const std::string_view part : parts(action.value)) {
    const std::size_t colon = part.find(':');
    const auto which = find_register(part.substr(0, colon));
    if (colon == part.npos || !which) {
      reader.complain("set", action.line,
                      fmt::format("{} is no REGISTER:VALUE; the registers are {}", in_quotes(part),
                                  fmt::join(register_names(), ", ")));
      break;
    }
    auto value = parse_value(part.substr(colon + 1));
    if (!value) {
      reader.complain("set", action.line, value.error().text());
      break;
    }
    set.values.emplace_back(*which, std::move(*value));
  }
  return set;
}

What parse_overwrite(MemberReader& reader, const Member& action) {
  OverwriteRecord overwrite;
  if (action.value != "head") {
    if (const auto record = reader.count("overwrite", 1, kMostRecord)) {
      overwrite.record = static_cast<std::uint32_t>(*record);
    }
  }
  overwrite.next = reader.value("next");
  overwrite.handler = reader.value("handler");
  if (!overwrite.next && !overwrite.handler) {
    reader.complain("overwrite", action.line, "says not with what: next=… or handler=…");
  }
  return overwrite;
}

}  // namespace

const Member* MemberReader::find(std::string_view key) const {
  const auto found = std::ranges::find(members_, key, &Member::key);
  return found == members_.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> MemberReader::count(std::string_view key, std::uint64_t from,
                                                 std::uint64_t to) {
  const Member* member = find(key);
  if (member == nullptr) return std::nullopt;
  const auto value = parse_count(member->value);
  if (value && *value >= from && *value <= to) return value;
  complain(key, member->line,
           fmt::format("{} is no whole number from {}{}", in_quotes(member->value), from,
                       to >= UINT64_MAX - 1 ? " on" : fmt::format(" to {}", to)));
  return std::nullopt;
}

std::optional<std::uint32_t> MemberReader::number(std::string_view key) {
  const Member* member = find(key);
  if (member == nullptr) return std::nullopt;
  const auto value = parse_number(member->value);
  if (!value) complain(key, member->line, in_quotes(member->value) + " is no number of 32 bits");
  return value;
}

std::optional<Value> MemberReader::value(std::string_view key) {
  const Member* member = find(key);
  if (member == nullptr) return std::nullopt;
  auto value = parse_value(member->value);
  if (!value) {
    complain(key, member->line, value.error().text());
    return std::nullopt;
  }
  return std::move(*value);
}

void MemberReader::complain(std::string_view key, int line, std::string_view what) {
  if (failed()) return;
  if (line == 0 && !members_.empty()) line = members_.front().line;
  error_.where = line == 0 ? source_ : fmt::format("{}:{}", source_, line);
  error_.what = key.empty() ? std::string(what) : fmt::format("{}: {}", key, what);
}

What parse_what(MemberReader& reader, const Member& action) {
  if (action.key == "fault") return parse_fault(reader, action);
  if (action.key == "fail") return parse_fail(reader);
  if (action.key == "protect") return parse_protect(reader, action);
  if (action.key == "guard") return GuardPage{reader.value("guard").value_or(Value{})};
  if (action.key == "set") return parse_set(reader, action);
  if (action.key == "overwrite") return parse_overwrite(reader, action);
  return MoveLimits{reader.value("limit"), reader.value("base")};
}

}  // namespace sehlab::inject
