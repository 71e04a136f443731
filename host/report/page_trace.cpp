#include "host/report/page_trace.hpp"

#include <algorithm>

#include "host/trace/kinds.hpp"
#include "host/trace/names.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::report {
namespace {

/// One text; a guest may print a megabyte at once.
constexpr std::size_t kLongestText = 4096;

/// What the page has to know of a field to unpack and show it.
template <class T>
constexpr std::string_view type_of(trace::NumberForm form) {
  using Field = std::remove_cvref_t<T>;
  if constexpr (std::is_same_v<Field, bool>) return "bool";
  if constexpr (std::is_same_v<Field, std::uint32_t>) {
    return form == trace::kHex ? "hex" : "number";
  }
  if constexpr (std::is_same_v<Field, std::uint64_t>) return "number";
  if constexpr (std::is_same_v<Field, GuestAddr>) return "address";
  if constexpr (std::is_same_v<Field, GuestRange>) return "range";
  if constexpr (std::is_same_v<Field, trace::Place>) return "place";
  if constexpr (std::is_same_v<Field, std::vector<std::uint32_t>>) return "hexes";
  if constexpr (std::is_same_v<Field, std::vector<trace::CallFrame>>) return "frames";
  return "text";
}

template <std::size_t I = 0>
void schema_from(std::ostream& out) {
  if constexpr (I < trace::kKinds) {
    out << (I == 0 ? "" : ",") << "[" << page_string(trace::kind_name(I)) << ",[";
    const char* between = "";
    std::variant_alternative_t<I, trace::Payload> payload;
    trace::fields(payload, [&](const char* name, const auto& field,
                               trace::NumberForm form = trace::NumberForm::Decimal) {
      out << between << '[' << page_string(name) << ','
          << page_string(type_of<decltype(field)>(form)) << ']';
      between = ",";
    });
    out << "]]";
    schema_from<I + 1>(out);
  }
}

void column(std::ostream& out, const char* name, const PageBytes& bytes) {
  out << ",\n\"" << name << "\":\"" << base64(bytes.bytes()) << '"';
}

}  // namespace

std::uint64_t PageTable::number(const std::string& key, bool& more) {
  const auto [place, fresh] = numbers_.try_emplace(key, numbers_.size());
  more = fresh;
  return place->second;
}

/// Packs the fields of a payload into the body, in the order of host/trace/fields.hpp.
class PageTrace::Fields {
 public:
  explicit Fields(PageTrace& page) : page_(page), body_(page.body_) {}
  template <class T>
  void operator()(const char*, const T& field, trace::NumberForm = trace::NumberForm::Decimal) {
    pack(field);
  }

 private:
  void pack(bool field) { body_.number(field ? 1 : 0); }
  void pack(std::uint32_t field) { body_.number(field); }
  void pack(std::uint64_t field) { body_.number(field); }
  void pack(GuestAddr field) { body_.number(field.value); }
  void pack(const GuestRange& field) {
    pack(field.begin);
    pack(field.end);
  }
  void pack(const trace::Place& field) { body_.number(page_.place(field)); }
  void pack(const trace::CallFrame& field) {
    pack(field.frame);
    pack(field.code);
  }
  void pack(trace::Refusal field) { pack(std::string(trace::refusal_name(field))); }
  void pack(trace::EndKind field) { pack(std::string(trace::end_name(field))); }
  void pack(const std::string& field) { body_.number(page_.text(field)); }
  template <class T>
  void pack(const std::vector<T>& field) {
    body_.number(field.size());
    for (const T& one : field) pack(one);
  }

  PageTrace& page_;
  PageBytes& body_;
};

std::uint64_t PageTrace::text(std::string_view bytes) {
  std::string shown = trace::printable(bytes, kLongestText);
  if (text_list_.size() + shown.size() > kMostText) {
    text_left_out_ = true;
    shown = "(left out: too much text)";
  }
  bool more = false;
  const std::uint64_t number = texts_.number(shown, more);
  if (more) text_list_ += (number == 0 ? "" : ",") + page_string(shown);
  return number;
}

std::uint64_t PageTrace::place(const trace::Place& place) {
  bool more = false;
  const std::uint64_t number = places_.number(trace::hex(place.address) + place.symbol, more);
  if (more) {
    place_column_.number(place.address.value);
    place_column_.number(text(place.symbol));
  }
  return number;
}

std::uint64_t PageTrace::chain(const trace::ChainPicture& chain) {
  PageBytes packed;
  packed.number(chain.head.value);
  packed.number(text(chain.ending));
  packed.number(chain.links.size());
  for (const trace::ChainLink& link : chain.links) {
    packed.number(link.record.value);
    packed.number(link.next.value);
    packed.number(place(link.handler));
  }
  bool more = false;
  const std::uint64_t number = chains_.number(std::string(packed.bytes()), more);
  if (more) {
    for (const char c : packed.bytes()) chain_column_.byte(static_cast<std::uint8_t>(c));
    chain_sizes_.number(packed.size());
  }
  return number;
}

void PageTrace::slices(const trace::Event& event) {
  const trace::Slices::Step step = nesting_.take(event);
  std::vector<std::size_t>& open = open_[event.thread];
  const auto close = [&](std::size_t count, std::uint64_t last) {
    for (; count > 0; --count) {
      slices_[open.back()].end = last;
      open.pop_back();
    }
  };
  close(step.left, last_of_thread_[event.thread]);
  depths_.byte(static_cast<std::uint8_t>(std::min<std::size_t>(step.depth, 255)));
  close(step.ended, events_);
  if (step.opened) {
    open.push_back(slices_.size());
    slices_.push_back({events_, events_, event.thread, open.size() - 1, *step.opened});
  }
  last_of_thread_[event.thread] = events_;
}

void PageTrace::on_event(const trace::Event& event) {
  if (events_ >= most_ && !std::holds_alternative<trace::ProcessEnded>(event.payload)) {
    ++beyond_;
    return;
  }
  if (events_ % kBlock == 0) {
    blocks_.number(body_.size() - block_);
    block_ = body_.size();
  }
  kinds_.byte(static_cast<std::uint8_t>(event.payload.index()));
  bool more = false;
  threads_.number(thread_ids_.number(std::to_string(event.thread), more));
  if (more) thread_column_.number(event.thread);
  instructions_.difference(instruction_, event.instruction);
  instruction_ = event.instruction;
  slices(event);
  body_.number(place(event.eip));
  body_.number(event.esp.value);
  body_.number(chain(event.chain));
  std::visit([this](const auto& payload) { trace::fields(payload, Fields(*this)); }, event.payload);
  lives_.take(event, events_);
  words_.take(event);
  ++events_;
}

void PageTrace::write_slices(std::ostream& out) const {
  PageBytes packed;
  std::uint64_t begin = 0;
  for (const Slice& slice : slices_) {
    packed.number(slice.begin - begin);
    begin = slice.begin;
    packed.number(slice.end - slice.begin);
    packed.number(slice.thread);
    packed.number(slice.depth);
    packed.number(static_cast<std::uint64_t>(slice.kind));
  }
  column(out, "slices", packed);
}

void PageTrace::write(std::ostream& out) {
  for (auto& [thread, open] : open_) {
    for (const std::size_t one : open) slices_[one].end = last_of_thread_[thread];
    open.clear();
  }
  out << "{\"events\":" << events_ << ",\"block\":" << kBlock << ",\"beyond\":" << beyond_
      << ",\"text_left_out\":" << (text_left_out_ ? "true" : "false") << ",\n\"schema\":[";
  schema_from(out);
  out << "],\n\"texts\":[" << text_list_ << ']';
  column(out, "kinds", kinds_);
  column(out, "threads", threads_);
  column(out, "thread_ids", thread_column_);
  column(out, "depths", depths_);
  column(out, "instructions", instructions_);
  column(out, "blocks", blocks_);
  column(out, "body", body_);
  column(out, "places", place_column_);
  column(out, "chain_sizes", chain_sizes_);
  column(out, "chains", chain_column_);
  write_slices(out);
  out << ",\n\"lives\":";
  lives_.write(out);
  out << '}';
}

}  // namespace sehlab::report
