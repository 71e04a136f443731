#include "host/cli/manual_spans.hpp"

#include "host/cli/roff.hpp"

namespace sehlab::cli {
namespace {

/// Takes off `text` what is up to `close`.
Result<std::string_view> take_until(std::string_view& text, std::string_view close) {
  const std::size_t end = text.find(close);
  if (end == text.npos) return fail("", "a mark has no \"" + std::string(close) + "\" behind it");
  const std::string_view inner = text.substr(0, end);
  text.remove_prefix(end + close.size());
  return inner;
}

/// "injection.md" of "injection.md#where-at".
std::string_view file_of(std::string_view target) {
  return target.substr(0, target.find('#'));
}

bool is_link(std::string_view text) {
  const std::size_t end = text.find(']');
  return text.starts_with('[') && end != text.npos && text.substr(end).starts_with("](");
}

bool is_emphasis(std::string_view text) {
  const std::size_t end = text.find('*', 1);
  return text.size() > 2 && text[1] != ' ' && end != text.npos && end > 1 && text[end - 1] != ' ';
}

class Spans {
 public:
  explicit Spans(const std::set<std::string>& included) : included_(included) {}

  Result<std::string> all(std::string_view text) {
    while (!text.empty()) {
      if (auto taken = one(text); !taken) return tl::make_unexpected(taken.error());
    }
    flush();
    return std::move(out_);
  }

 private:
  Result<> one(std::string_view& text) {
    if (text.starts_with('`')) return font("\\fB", text, "`", true);
    if (text.starts_with("**")) return font("\\fB", text, "**", false);
    if (text.starts_with('*') && is_emphasis(text)) return font("\\fI", text, "*", false);
    if (is_link(text)) return link(text);
    plain_ += text.front();
    text.remove_prefix(1);
    return {};
  }

  Result<> font(std::string_view start, std::string_view& text, std::string_view mark, bool code) {
    text.remove_prefix(mark.size());
    const auto inner = take_until(text, mark);
    if (!inner) return tl::make_unexpected(inner.error());
    flush();
    if (code) {
      out_ += std::string(start) + roff_code(*inner) + "\\fR";
      return {};
    }
    auto rest = Spans(included_).all(*inner);
    if (!rest) return tl::make_unexpected(rest.error());
    out_ += std::string(start) + *rest + "\\fR";
    return {};
  }

  Result<> link(std::string_view& text) {
    text.remove_prefix(1);
    const auto label = take_until(text, "](");
    if (!label) return tl::make_unexpected(label.error());
    const auto target = take_until(text, ")");
    if (!target) return tl::make_unexpected(target.error());
    flush();
    auto shown = Spans(included_).all(*label);
    if (!shown) return tl::make_unexpected(shown.error());
    out_ += *shown;
    const std::string file(file_of(*target));
    if (!file.empty() && !included_.contains(file)) out_ += " (" + roff_code(file) + ")";
    return {};
  }

  /// A full stop is a request at the beginning of the line only.
  void flush() {
    out_ += out_.empty() ? roff_text(plain_) : roff_text(" " + plain_).substr(1);
    plain_.clear();
  }

  const std::set<std::string>& included_;
  std::string out_, plain_;
};

}  // namespace

Result<std::string> roff_spans(std::string_view text, const std::set<std::string>& included) {
  auto spans = Spans(included).all(text);
  if (!spans) return spans;
  // Behind a font's escape a line still begins with what follows it.
  return spans->starts_with("\\f") ? "\\&" + *spans : *spans;
}

}  // namespace sehlab::cli
