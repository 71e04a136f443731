#include "host/lab/learn/markdown.hpp"

#include <optional>

namespace sehlab::lab {
namespace {

/// What opens and closes a span, the longest first.
struct Mark {
  std::string_view open, close;
  Span::Kind kind;
};
constexpr Mark kMarks[] = {{"[[", "]]", Span::Kind::Term},
                           {"**", "**", Span::Kind::Strong},
                           {"`", "`", Span::Kind::Code},
                           {"[", "]", Span::Kind::Link}};

void add_plain(std::vector<Span>& spans, char c) {
  if (spans.empty() || spans.back().kind != Span::Kind::Plain) {
    spans.push_back({Span::Kind::Plain, ""});
  }
  spans.back().text += c;
}

const Mark* mark_at(std::string_view text) {
  for (const Mark& mark : kMarks) {
    if (text.starts_with(mark.open)) return &mark;
  }
  return nullptr;
}

/// The spans of a paragraph, or what is wrong with it. "fs:[0]" is no link: a [ is one only where
/// "](" follows its end.
Result<std::vector<Span>> parse_spans(std::string_view text) {
  std::vector<Span> spans;
  while (!text.empty()) {
    const Mark* mark = mark_at(text);
    std::size_t end = std::string_view::npos;
    if (mark != nullptr) end = text.find(mark->close, mark->open.size());
    const bool link = mark != nullptr && mark->kind == Span::Kind::Link;
    if (mark == nullptr || (link && (end == text.npos || !text.substr(end).starts_with("](")))) {
      add_plain(spans, text.front());
      text.remove_prefix(1);
      continue;
    }
    if (end == text.npos) {
      return fail("", "\"" + std::string(mark->open) + "\" has no \"" + std::string(mark->close) +
                          "\" in its paragraph");
    }
    Span span{mark->kind, std::string(text.substr(mark->open.size(), end - mark->open.size()))};
    text.remove_prefix(end + mark->close.size());
    if (link) {
      const std::size_t close = text.find(')');
      if (close == text.npos) return fail("", "a link has no \")\"");
      span.target = text.substr(1, close - 1);
      text.remove_prefix(close + 1);
    }
    spans.push_back(std::move(span));
  }
  return spans;
}

std::string_view trimmed(std::string_view line) {
  while (!line.empty() && (line.back() == ' ' || line.back() == '\r')) line.remove_suffix(1);
  return line;
}

/// Collects the lines of a section block by block.
class Blocks {
 public:
  explicit Blocks(Document& document) : document_(document) {}

  Result<> line(std::string_view line) {
    if (line.empty()) {
      if (in_code_ && !document_.back().lines.empty()) return add_code("");
      return close();
    }
    if (open_.empty() && line.starts_with("    ")) {
      return add_code(line.substr(4));
    }
    if (in_code_) end_code();
    if (line.starts_with("- ")) {
      if (auto closed = close(); !closed) return closed;
      kind_ = Block::Kind::Item;
      open_ = line.substr(2);
      return {};
    }
    while (line.starts_with(' ')) line.remove_prefix(1);
    if (open_.empty()) kind_ = Block::Kind::Paragraph;
    if (!open_.empty()) open_ += ' ';
    open_ += line;
    return {};
  }

  Result<> close() {
    if (in_code_) end_code();
    if (open_.empty()) return {};
    auto spans = parse_spans(open_);
    open_.clear();
    if (!spans) return tl::make_unexpected(spans.error());
    document_.push_back({kind_, std::move(*spans)});
    return {};
  }

 private:
  Result<> add_code(std::string_view line) {
    if (!in_code_) document_.push_back({Block::Kind::Code});
    in_code_ = true;
    document_.back().lines.emplace_back(line);
    return {};
  }
  void end_code() {
    auto& lines = document_.back().lines;
    while (!lines.empty() && lines.back().empty()) lines.pop_back();
    in_code_ = false;
  }

  Document& document_;
  Block::Kind kind_ = Block::Kind::Paragraph;
  std::string open_;  ///< a paragraph or an item that may go on
  bool in_code_ = false;
};

}  // namespace

Result<std::vector<Section>> parse_sections(std::string_view text, const std::string& where) {
  std::vector<Section> sections;
  std::optional<Blocks> blocks;
  int number = 0;
  const auto wrong = [&](const std::string& what) {
    return fail(where + ":" + std::to_string(number), what);
  };
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    ++number;
    const bool heading = line.starts_with("## ");
    if (!heading && line.starts_with('#')) return wrong("only \"## \" begins a section");
    if (!heading && !blocks && !line.empty()) return wrong("text before the first section");
    if (!blocks && !heading) continue;
    if (heading) {
      if (blocks) {
        if (auto closed = blocks->close(); !closed) return wrong(closed.error().what);
      }
      sections.push_back({std::string(line.substr(3)), number, {}});
      blocks.emplace(sections.back().document);
      continue;
    }
    if (auto added = blocks->line(line); !added) return wrong(added.error().what);
  }
  if (blocks) {
    if (auto closed = blocks->close(); !closed) return wrong(closed.error().what);
  }
  return sections;
}

std::vector<std::string> terms_of(const Document& document) {
  std::vector<std::string> terms;
  for (const Block& block : document) {
    for (const Span& span : block.spans) {
      if (span.kind == Span::Kind::Term) terms.push_back(span.text);
    }
  }
  return terms;
}

}  // namespace sehlab::lab
