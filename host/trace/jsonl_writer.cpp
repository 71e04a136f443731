#include "host/trace/jsonl_writer.hpp"

#include <fmt/format.h>

#include <iterator>

#include "host/trace/byte_text.hpp"
#include "host/trace/fields.hpp"
#include "host/trace/names.hpp"

namespace sehlab::trace {
namespace {

/// Appends one JSON object, member by member.
class ObjectWriter {
 public:
  explicit ObjectWriter(std::string& out) : out_(out) { out_ += '{'; }
  void end() { out_ += '}'; }

  template <class T>
  void operator()(const char* name, const T& field, NumberForm form = NumberForm::Decimal) {
    if (!first_) out_ += ',';
    first_ = false;
    fmt::format_to(std::back_inserter(out_), "\"{}\":", name);
    value(field, form);
  }

 private:
  void value(bool field, NumberForm) { out_ += field ? "true" : "false"; }
  void value(std::uint32_t field, NumberForm form) {
    if (form == kHex) {
      fmt::format_to(std::back_inserter(out_), "\"0x{:08x}\"", field);
    } else {
      fmt::format_to(std::back_inserter(out_), "{}", field);
    }
  }
  void value(std::uint64_t field, NumberForm) {
    fmt::format_to(std::back_inserter(out_), "{}", field);
  }
  void value(GuestAddr field, NumberForm) { value(field.value, kHex); }
  void value(const GuestRange& field, NumberForm) {
    ObjectWriter range(out_);
    range("begin", field.begin);
    range("end", field.end);
    range.end();
  }
  void value(const Place& field, NumberForm) {
    ObjectWriter place(out_);
    place("address", field.address);
    place("symbol", field.symbol);
    place.end();
  }
  void value(const ChainLink& field, NumberForm) {
    ObjectWriter link(out_);
    link("record", field.record);
    link("next", field.next);
    link("handler", field.handler);
    link.end();
  }
  void value(const CallFrame& field, NumberForm) {
    ObjectWriter frame(out_);
    frame("frame", field.frame);
    frame("code", field.code);
    frame.end();
  }
  void value(const ChainPicture& field, NumberForm) {
    ObjectWriter chain(out_);
    chain("head", field.head);
    chain("links", field.links);
    chain("ending", field.ending);
    chain.end();
  }
  void value(Refusal field, NumberForm form) { value(refusal_name(field), form); }
  void value(EndKind field, NumberForm form) { value(end_name(field), form); }
  void value(const std::string& field, NumberForm form) { value(std::string_view(field), form); }
  void value(std::string_view field, NumberForm);
  template <class T>
  void value(const std::vector<T>& field, NumberForm form) {
    out_ += '[';
    for (std::size_t i = 0; i < field.size(); ++i) {
      if (i > 0) out_ += ',';
      value(field[i], form);
    }
    out_ += ']';
  }

  std::string& out_;
  bool first_ = true;
};

void ObjectWriter::value(std::string_view field, NumberForm) {
  out_ += '"';
  for (const char c : to_text(field)) {
    if (c == '"' || c == '\\') {
      out_ += '\\';
      out_ += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      fmt::format_to(std::back_inserter(out_), "\\u{:04x}", static_cast<unsigned>(c));
    } else {
      out_ += c;
    }
  }
  out_ += '"';
}

}  // namespace

std::string jsonl_header() {
  return fmt::format("{{\"sehlab_trace\":1,\"schema_version\":{}}}", kSchemaVersion);
}

std::string jsonl_line(const Event& event) {
  std::string out;
  ObjectWriter line(out);
  line("kind", kind_name(event.payload));
  line("instruction", event.instruction);
  line("thread", event.thread);
  line("eip", event.eip);
  line("esp", event.esp);
  line("chain", event.chain);
  out += ",\"data\":";
  std::visit(
      [&out](const auto& payload) {
        ObjectWriter data(out);
        fields(payload, data);
        data.end();
      },
      event.payload);
  line.end();
  return out;
}

JsonlWriter::JsonlWriter(std::ostream& out, KindSet kinds) : out_(out), kinds_(kinds) {
  out_ << jsonl_header() << '\n';
}

void JsonlWriter::on_event(const Event& event) {
  if (kinds_.contains(event)) out_ << jsonl_line(event) << '\n';
}

}  // namespace sehlab::trace
