#include "host/trace/jsonl_reader.hpp"

#include <fmt/format.h>

#include <charconv>
#include <limits>
#include <nlohmann/json.hpp>
#include <set>
#include <string_view>

#include "host/trace/byte_text.hpp"
#include "host/trace/fields.hpp"
#include "host/trace/jsonl_writer.hpp"
#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/trace.hpp"

namespace sehlab::trace {
namespace {

using nlohmann::json;

/// Reads the members of one object into fields. The first complaint is kept, with the path of
/// the member: "data.handler.address".
class ObjectReader {
 public:
  ObjectReader(const json& object, std::string path, std::string& complaint)
      : object_(object), path_(std::move(path)), complaint_(complaint) {
    if (!object_.is_object()) complain(path_.empty() ? "the line" : path_, "is no object");
  }

  template <class T>
  void operator()(const char* name, T& field, NumberForm form = NumberForm::Decimal) {
    if (!complaint_.empty()) return;
    const auto member = object_.find(name);
    if (member == object_.end()) return complain(under(name), "is missing");
    known_.insert(name);
    value(under(name), *member, field, form);
  }

  /// The member is read elsewhere.
  void skip(const char* name) { known_.insert(name); }

  /// Complains of members that no field asked for.
  void end() {
    if (!complaint_.empty()) return;
    for (const auto& member : object_.items()) {
      if (!known_.contains(member.key())) {
        return complain(under(printable(member.key(), 80)), "is no member that belongs here");
      }
    }
  }

 private:
  void complain(const std::string& member, std::string_view what) {
    if (complaint_.empty()) complaint_ = fmt::format("{} {}", member, what);
  }
  [[nodiscard]] std::string under(const std::string& name) const {
    return path_.empty() ? name : path_ + '.' + name;
  }

  void value(const std::string& path, const json& from, bool& field, NumberForm) {
    if (!from.is_boolean()) return complain(path, "is neither true nor false");
    field = from.get<bool>();
  }
  void value(const std::string& path, const json& from, std::uint64_t& field, NumberForm) {
    if (!from.is_number_unsigned()) return complain(path, "is no whole number from 0 to 2^64 - 1");
    field = from.get<std::uint64_t>();
  }
  void value(const std::string& path, const json& from, std::uint32_t& field, NumberForm form) {
    if (form == kHex) return hexadecimal(path, from, field);
    if (!from.is_number_unsigned() ||
        from.get<std::uint64_t>() > std::numeric_limits<std::uint32_t>::max()) {
      return complain(path, "is no whole number from 0 to 4294967295");
    }
    field = from.get<std::uint32_t>();
  }
  void value(const std::string& path, const json& from, GuestAddr& field, NumberForm) {
    hexadecimal(path, from, field.value);
  }
  void hexadecimal(const std::string& path, const json& from, std::uint32_t& field);
  void value(const std::string& path, const json& from, std::string& field, NumberForm) {
    if (!from.is_string()) return complain(path, "is no string");
    field = to_bytes(from.get_ref<const std::string&>());
  }
  void value(const std::string& path, const json& from, GuestRange& field, NumberForm) {
    ObjectReader range(from, path, complaint_);
    range("begin", field.begin);
    range("end", field.end);
    range.end();
  }
  void value(const std::string& path, const json& from, Place& field, NumberForm) {
    ObjectReader place(from, path, complaint_);
    place("address", field.address);
    place("symbol", field.symbol);
    place.end();
  }
  void value(const std::string& path, const json& from, ChainLink& field, NumberForm) {
    ObjectReader link(from, path, complaint_);
    link("record", field.record);
    link("next", field.next);
    link("handler", field.handler);
    link.end();
  }
  void value(const std::string& path, const json& from, CallFrame& field, NumberForm) {
    ObjectReader frame(from, path, complaint_);
    frame("frame", field.frame);
    frame("code", field.code);
    frame.end();
  }
  void value(const std::string& path, const json& from, ChainPicture& field, NumberForm) {
    ObjectReader chain(from, path, complaint_);
    chain("head", field.head);
    chain("links", field.links);
    chain("ending", field.ending);
    chain.end();
  }
  void value(const std::string& path, const json& from, Refusal& field, NumberForm form) {
    word(path, from, field, form, find_refusal, "is no reason to refuse a record");
  }
  void value(const std::string& path, const json& from, EndKind& field, NumberForm form) {
    word(path, from, field, form, find_end, "is no way to end");
  }
  template <class T, class Find>
  void word(const std::string& path, const json& from, T& field, NumberForm form, Find find,
            std::string_view complaint) {
    std::string name;
    value(path, from, name, form);
    if (!complaint_.empty()) return;
    const auto found = find(name);
    found ? void(field = *found) : complain(path, complaint);
  }
  template <class T>
  void value(const std::string& path, const json& from, std::vector<T>& field, NumberForm form) {
    if (!from.is_array()) return complain(path, "is no array");
    for (const json& element : from) {
      const std::string at = fmt::format("{}[{}]", path, field.size());
      value(at, element, field.emplace_back(), form);
      if (!complaint_.empty()) return;
    }
  }

  const json& object_;
  std::string path_;
  std::string& complaint_;
  std::set<std::string, std::less<>> known_;
};

void ObjectReader::hexadecimal(const std::string& path, const json& from, std::uint32_t& field) {
  constexpr std::size_t kLength = 10;  // 0x and eight digits
  if (from.is_string()) {
    const auto& text = from.get_ref<const std::string&>();
    if (text.size() == kLength && text.starts_with("0x")) {
      const char* end = text.data() + kLength;
      const auto parsed = std::from_chars(text.data() + 2, end, field, 16);
      if (parsed.ec == std::errc{} && parsed.ptr == end) return;
    }
  }
  complain(path, "is no string of 0x and eight hexadecimal digits");
}

/// Gives `payload` the alternative with that index.
template <std::size_t I = 0>
void choose(Payload& payload, std::size_t index) {
  if constexpr (I < kKinds) {
    index == I ? void(payload.emplace<I>()) : choose<I + 1>(payload, index);
  }
}

/// Empty when the line is a good header.
std::string header_complaint(const json& line) {
  std::string complaint;
  std::uint64_t marker = 0, version = 0;
  ObjectReader header(line, "", complaint);
  header("sehlab_trace", marker);
  header("schema_version", version);
  if (!complaint.empty()) return "this is no sehlab trace: " + complaint;
  if (marker != 1 || version != kSchemaVersion) {
    return fmt::format("the trace has schema version {}; this sehlab reads version {}", version,
                       kSchemaVersion);
  }
  header.end();
  return complaint;
}

std::string event_complaint(const json& line, Event& event) {
  std::string complaint;
  std::string kind;
  ObjectReader members(line, "", complaint);
  members("kind", kind);
  members("instruction", event.instruction);
  members("thread", event.thread);
  members("eip", event.eip);
  members("esp", event.esp);
  members("chain", event.chain);
  if (!complaint.empty()) return complaint;
  const auto index = find_kind(kind);
  if (!index) return fmt::format("kind \"{}\" is unknown", printable(kind, 80));
  choose(event.payload, *index);
  const auto data = line.find("data");
  if (data == line.end()) return "data is missing";
  members.skip("data");
  members.end();
  ObjectReader reader(*data, "data", complaint);
  std::visit([&reader](auto& payload) { fields(payload, reader); }, event.payload);
  reader.end();
  return complaint;
}

}  // namespace

Result<> read_jsonl(std::istream& in, const std::string& file, Listener& listener) {
  std::string text;
  std::size_t number = 0;
  while (std::getline(in, text)) {
    ++number;
    const auto refuse = [&](std::string what) {
      return fail(fmt::format("{}:{}", file, number), std::move(what));
    };
    const json line = json::parse(text, nullptr, /*allow_exceptions=*/false);
    if (line.is_discarded()) return refuse("the line is no JSON, or it is cut short");
    Event event;
    std::string complaint = number == 1 ? header_complaint(line) : event_complaint(line, event);
    if (!complaint.empty()) return refuse(std::move(complaint));
    if (number > 1) listener.on_event(event);
  }
  if (in.bad()) return fail(file, "reading failed after line " + std::to_string(number));
  if (number == 0) return fail(file, "the file is empty, not even a header is there");
  return {};
}

Result<std::vector<Event>> read_jsonl(std::istream& in, const std::string& file) {
  Trace trace;
  if (auto read = read_jsonl(in, file, trace); !read) return tl::make_unexpected(read.error());
  return std::move(trace.events);
}

}  // namespace sehlab::trace
