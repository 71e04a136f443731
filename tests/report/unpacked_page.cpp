#include "tests/report/unpacked_page.hpp"

#include <stdexcept>
#include <type_traits>

namespace sehlab::report {
namespace {

class Reader {
 public:
  explicit Reader(std::string bytes, std::size_t at = 0) : bytes_(std::move(bytes)), at_(at) {}
  [[nodiscard]] bool more() const { return at_ < bytes_.size(); }
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0;; shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.at(at_++));
      value |= static_cast<std::uint64_t>(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
  }
  std::int64_t difference() {
    const std::uint64_t packed = number();
    const auto half = static_cast<std::int64_t>(packed >> 1);
    return packed % 2 == 0 ? half : -half - 1;
  }

 private:
  std::string bytes_;
  std::size_t at_;
};

std::string decoded(const std::string& text) {
  std::string bytes;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : text) {
    if (c == '=') break;
    const int value = c >= 'A' && c <= 'Z'   ? c - 'A'
                      : c >= 'a' && c <= 'z' ? c - 'a' + 26
                      : c >= '0' && c <= '9' ? c - '0' + 52
                      : c == '+'             ? 62
                                             : 63;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    bytes += static_cast<char>(bits >> count & 0xff);
  }
  return bytes;
}

/// printable() undone, as far as the tests' texts need it.
std::string plain(const std::string& shown) {
  std::string text;
  for (std::size_t i = 0; i < shown.size(); ++i) {
    if (shown[i] != '\\') {
      text += shown[i];
    } else if (shown[++i] == 'x') {
      text += static_cast<char>(std::stoi(shown.substr(i + 1, 2), nullptr, 16));
      i += 2;
    } else {
      text += shown[i] == 'n' ? '\n' : shown[i] == 't' ? '\t' : shown[i];
    }
  }
  return text;
}

class Unpacker {
 public:
  explicit Unpacker(const UnpackedPage& page)
      : json_(page.json),
        places_(page.numbers("places")),
        chains_(page.bytes("chains")),
        chain_sizes_(page.numbers("chain_sizes")) {}

  void head(Reader& in, trace::Event& event) const {
    event.eip = place(in);
    event.esp = GuestAddr{static_cast<std::uint32_t>(in.number())};
    event.chain = chain(in.number());
  }
  void payload(Reader& in, std::size_t kind, trace::Payload& into) const {
    choose<0>(in, kind, into);
  }

 private:
  template <std::size_t I>
  void choose(Reader& in, std::size_t kind, trace::Payload& into) const {
    if constexpr (I < trace::kKinds) {
      if (I != kind) return choose<I + 1>(in, kind, into);
      auto& chosen = into.emplace<I>();
      trace::fields(chosen, [&](const char*, auto& field, auto...) { read(in, field); });
    }
  }
  [[nodiscard]] std::string text(std::uint64_t number) const {
    return plain(json_["texts"].at(number).get<std::string>());
  }
  trace::Place place(Reader& in) const {
    const std::uint64_t number = in.number();
    return {GuestAddr{static_cast<std::uint32_t>(places_.at(2 * number))},
            text(places_.at(2 * number + 1))};
  }
  [[nodiscard]] trace::ChainPicture chain(std::uint64_t number) const {
    std::size_t begin = 0;
    for (std::size_t i = 0; i < number; ++i) begin += chain_sizes_.at(i);
    Reader in(chains_, begin);
    trace::ChainPicture chain;
    read(in, chain.head);
    chain.ending = text(in.number());
    for (std::uint64_t left = in.number(); left > 0; --left) {
      trace::ChainLink& link = chain.links.emplace_back();
      read(in, link.record);
      read(in, link.next);
      link.handler = place(in);
    }
    return chain;
  }

  void read(Reader& in, bool& field) const { field = in.number() != 0; }
  void read(Reader& in, std::uint32_t& field) const {
    field = static_cast<std::uint32_t>(in.number());
  }
  void read(Reader& in, std::uint64_t& field) const { field = in.number(); }
  void read(Reader& in, GuestAddr& field) const { read(in, field.value); }
  void read(Reader& in, GuestRange& field) const {
    read(in, field.begin);
    read(in, field.end);
  }
  void read(Reader& in, trace::Place& field) const { field = place(in); }
  void read(Reader& in, trace::CallFrame& field) const {
    read(in, field.frame);
    field.code = place(in);
  }
  void read(Reader& in, std::string& field) const { field = text(in.number()); }
  void read(Reader& in, trace::Refusal& field) const {
    field = trace::find_refusal(text(in.number())).value();
  }
  void read(Reader& in, trace::EndKind& field) const {
    field = trace::find_end(text(in.number())).value();
  }
  template <class T>
  void read(Reader& in, std::vector<T>& field) const {
    for (std::uint64_t left = in.number(); left > 0; --left) read(in, field.emplace_back());
  }

  const nlohmann::json& json_;
  std::vector<std::uint64_t> places_;
  std::string chains_;
  std::vector<std::uint64_t> chain_sizes_;
};

}  // namespace

std::string UnpackedPage::bytes(const char* column) const {
  return decoded(json.at(column).get<std::string>());
}

std::vector<std::uint64_t> UnpackedPage::numbers(const char* column) const {
  std::vector<std::uint64_t> list;
  for (Reader in(bytes(column)); in.more();) list.push_back(in.number());
  return list;
}

trace::Event UnpackedPage::block_of(std::size_t i) const {
  const std::size_t block = i / PageTrace::kBlock;
  trace::Event event = events.at(block * PageTrace::kBlock);
  Reader in(bytes("body"), blocks.at(block));
  const Unpacker unpacker(*this);
  unpacker.head(in, event);
  unpacker.payload(in, event.payload.index(), event.payload);
  return event;
}

UnpackedPage unpacked(const trace::TraceMaker& trace) {
  PageTrace packed;
  trace.tell(packed);
  std::ostringstream out;
  packed.write(out);
  UnpackedPage page;
  page.json = nlohmann::json::parse(out.str());
  std::uint64_t at = 0;
  for (const std::uint64_t delta : page.numbers("blocks")) page.blocks.push_back(at += delta);
  const std::string kinds = page.bytes("kinds");
  const auto ids = page.numbers("thread_ids"), threads = page.numbers("threads");
  const Unpacker unpacker(page);
  Reader instructions(page.bytes("instructions")), body(page.bytes("body"));
  std::int64_t now = 0;
  for (std::size_t i = 0; i < page.json["events"].get<std::size_t>(); ++i) {
    trace::Event& event = page.events.emplace_back();
    now += instructions.difference();
    event.instruction = static_cast<std::uint64_t>(now);
    event.thread = static_cast<std::uint32_t>(ids.at(threads.at(i)));
    unpacker.head(body, event);
    unpacker.payload(body, static_cast<unsigned char>(kinds.at(i)), event.payload);
  }
  return page;
}

}  // namespace sehlab::report
