#include "host/lab/learn/terminal_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "host/report/wrap.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kIndent = 3;
/// Where what comes behind the count is wrapped to: below the text behind the kind of event.
constexpr std::size_t kHang = 4;

/// A word as it is printed, and how wide it is: colour takes no room.
struct Word {
  std::string inked;
  std::size_t width = 0;
};

std::string ink(const Span& span, std::string_view word, const report::Style& style) {
  const bool marked = span.kind != Span::Kind::Plain && span.kind != Span::Kind::Link;
  return marked ? style.bold(word) : std::string(word);
}

/// Words of several spans that no space parts are one.
std::vector<Word> words_of(const std::vector<Span>& spans, const report::Style& style) {
  std::vector<Word> words(1);
  for (const Span& span : spans) {
    std::string text = span.text;
    if (span.kind == Span::Kind::Link) text += " (" + span.target + ")";
    std::string_view rest = text;
    while (true) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      const std::string_view word = rest.substr(0, space);
      if (!word.empty()) {
        words.back().inked += ink(span, word, style);
        words.back().width += trace::width(word);
      }
      if (space == rest.size()) break;
      if (words.back().width > 0) words.emplace_back();
      rest.remove_prefix(space + 1);
    }
  }
  if (words.back().width == 0) words.pop_back();
  return words;
}

std::string wrapped(const std::vector<Word>& words, std::string_view first, std::size_t hang,
                    std::size_t columns) {
  std::string text(first), block;
  std::size_t used = hang;
  bool fresh = true;
  for (const Word& word : words) {
    if (!fresh && used + 1 + word.width > columns) {
      block += text + '\n';
      text = std::string(hang, ' ');
      used = hang;
      fresh = true;
    }
    if (!fresh) text += ' ';
    used += word.width + (fresh ? 0 : 1);
    text += word.inked;
    fresh = false;
  }
  return block + text + '\n';
}

/// A chain broken behind its arrows.
std::vector<std::string> chain_rows(std::string_view chain, std::size_t columns) {
  std::vector<std::string> rows(1);
  while (!chain.empty()) {
    const std::size_t arrow = std::min(chain.find('>'), chain.size() - 1) + 1;
    const std::string_view link = chain.substr(0, arrow);
    chain.remove_prefix(arrow);
    if (!rows.back().empty() && trace::width(rows.back()) + trace::width(link) > columns) {
      rows.emplace_back();
    }
    rows.back() += link;
  }
  return rows;
}

}  // namespace

std::string to_terminal(const Document& document, const Page& page) {
  std::string text;
  const Block* before = nullptr;
  const std::string indent(kIndent, ' ');
  for (const Block& block : document) {
    const bool list =
        before != nullptr && before->kind == Block::Kind::Item && block.kind == Block::Kind::Item;
    if (before != nullptr && !list) text += '\n';
    before = &block;
    switch (block.kind) {
      case Block::Kind::Paragraph:
        text += wrapped(words_of(block.spans, page.style), indent, kIndent, page.columns);
        break;
      case Block::Kind::Item:
        text +=
            wrapped(words_of(block.spans, page.style), indent + "- ", kIndent + 2, page.columns);
        break;
      case Block::Kind::Code:
        for (const std::string& line : block.lines) {
          text += line.empty() ? "\n" : indent + "    " + line + '\n';
        }
        break;
    }
  }
  return text;
}

std::string numbered(const std::string& source, const Page& page) {
  std::string text;
  std::string_view rest = source;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    text += page.style.faint(fmt::format("   {:3}", number)) + "  " +
            trace::harmless(rest.substr(0, end));
    while (text.ends_with(' ')) text.pop_back();
    text += '\n';
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return text;
}

std::string to_terminal(const ShownRun& run, const Page& page) {
  std::string text;
  for (const ShownLine& line : run.lines) {
    const std::size_t hang = trace::width(line.when) + kHang;
    const std::size_t room = std::max(page.columns, hang + 30) - hang;
    const auto rows = report::wrap(line.text, room);
    for (std::size_t i = 0; i < rows.size(); ++i) {
      text += i == 0 ? page.style.faint(line.when) + rows[i] : std::string(hang, ' ') + rows[i];
      text += '\n';
    }
    if (line.chain.empty()) continue;
    for (const std::string& row : chain_rows("chain " + line.chain, room)) {
      text += std::string(hang, ' ') + page.style.faint(row) + '\n';
    }
  }
  return text;
}

}  // namespace sehlab::lab
