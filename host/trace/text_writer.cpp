#include "host/trace/text_writer.hpp"

#include <fmt/format.h>

#include "host/trace/plain.hpp"
#include "host/trace/tree_marks.hpp"

namespace sehlab::trace {
namespace {

/// Longer chains are cut in text; JSON Lines hold all of it.
constexpr std::size_t kMostLinks = 8;

}  // namespace

std::string describe(const ChainPicture& chain) {
  const std::string how = chain.ending == "end" ? "" : " (" + printable(chain.ending) + ")";
  if (chain.links.empty()) return how.empty() ? "empty" : hex(chain.head) + how;
  std::string text;
  for (std::size_t i = 0; i < chain.links.size(); ++i) {
    if (i == kMostLinks) return text + fmt::format(">…{} more", chain.links.size() - i) + how;
    if (i > 0) text += '>';
    text += hex(chain.links[i].record);
  }
  return how.empty() ? text : text + '>' + hex(chain.links.back().next) + how;
}

std::string TextLines::line(const Event& event) {
  const std::string what = tree_mark(nesting_.take(event)) +
                           padded(std::string(kind_name(event.payload)), 13) + ' ' +
                           describe(event.payload);
  return fmt::format("@{:>11}  thread {}  {}  in {}  chain {}", grouped(event.instruction),
                     event.thread, padded(what, 72), show(event.eip), describe(event.chain));
}

void TextWriter::on_event(const Event& event) {
  const std::string line = lines_.line(event);
  if (kinds_.contains(event)) out_ << line << '\n';
}

}  // namespace sehlab::trace
