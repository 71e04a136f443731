#include "host/cli/manual_document.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "host/cli/manual_spans.hpp"
#include "host/cli/roff.hpp"

namespace sehlab::cli {
namespace {

using Cells = std::vector<std::string>;

std::string_view trimmed(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ') || text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

/// The cells of "| a | b \| c |".
Cells cells_of(std::string_view row) {
  Cells cells;
  std::string cell;
  row = trimmed(row);
  row.remove_prefix(1);
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i] == '\\' && i + 1 < row.size() && row[i + 1] == '|') {
      cell += row[++i];
    } else if (row[i] == '|') {
      cells.emplace_back(trimmed(cell));
      cell.clear();
    } else {
      cell += row[i];
    }
  }
  return cells;
}

bool is_rule(std::string_view row) {
  return row.find_first_not_of("|-: \r") == row.npos && row.find("--") != row.npos;
}

/// ASCII only: a title's other letters stay as they are.
char capital(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
}

/// In capitals, as manual pages have their sections, but for what is code.
std::string heading_text(std::string_view title, bool capitals) {
  std::string text;
  bool code = false;
  for (const char c : title) {
    if (c == '`') {
      code = !code;
    } else {
      text += capitals && !code ? capital(c) : c;
    }
  }
  return roff_code(text);
}

/// Writes one document, line by line.
class Writer {
 public:
  Writer(std::string& out, const std::set<std::string>& included, bool first)
      : out_(out), included_(included), first_(first) {}

  Result<> line(std::string_view text) {
    if (text.starts_with("```")) return fence();
    if (fenced_) return code(text);
    const bool empty = trimmed(text).empty();
    if (text.starts_with("    ") && paragraph_.empty()) return code(text.substr(4));
    if (empty && in_code_) {
      ++empty_lines_;
      return {};
    }
    end_code();
    if (!text.starts_with('|')) header_.clear();
    if (empty) return end_paragraph();
    if (text.starts_with('|')) return row(text);
    if (text.starts_with('#')) return heading(text);
    if (text.starts_with("- ")) {
      if (auto ended = end_paragraph(); !ended) return ended;
      item_ = true;
      text.remove_prefix(2);
    }
    if (paragraph_.empty() && (text.starts_with('>') || text.starts_with("1. ") ||
                               text.starts_with('<') || text.starts_with("!["))) {
      return fail("", "the manual page has nothing for \"" + std::string(text) + "\"");
    }
    if (!paragraph_.empty()) paragraph_ += ' ';
    paragraph_ += trimmed(text);
    return {};
  }

  Result<> end() {
    if (fenced_) return fail("", "``` has no other end");
    end_code();
    return end_paragraph();
  }

 private:
  Result<> heading(std::string_view text) {
    if (auto ended = end_paragraph(); !ended) return ended;
    const std::size_t level = text.find_first_not_of('#');
    if (level == text.npos || level > 3 || text[level] != ' ') {
      return fail("", "no heading of three levels at most");
    }
    const std::string title(trimmed(text.substr(level)));
    if (first_ && level == 1) {
      out_ += ".SH DESCRIPTION\n";
    } else if (level == (first_ ? 2U : 1U)) {
      out_ += ".SH " + heading_text(title, true) + "\n";
    } else if (level == (first_ ? 3U : 2U)) {
      out_ += ".SS " + heading_text(title, false) + "\n";
    } else {
      out_ += ".PP\n\\&\\fB" + heading_text(title, false) + "\\fR\n";
    }
    return {};
  }

  Result<> row(std::string_view text) {
    if (auto ended = end_paragraph(); !ended) return ended;
    const Cells cells = cells_of(text);
    if (header_.empty()) {
      header_ = cells;
      return {};
    }
    if (is_rule(text)) return {};
    if (cells.size() != header_.size()) {
      return fail("", fmt::format("{} cells below a header of {}", cells.size(), header_.size()));
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const auto cell = roff_spans(cells[i], included_);
      if (!cell) return tl::make_unexpected(cell.error());
      if (i == 0) out_ += ".TP\n" + (cell->empty() ? "\\&" : *cell) + "\n";
      if (i == 1) out_ += (cell->empty() ? "\\&" : *cell) + "\n";
      if (i < 2 || cell->empty()) continue;
      const auto column = roff_spans(header_[i], included_);
      if (!column) return tl::make_unexpected(column.error());
      out_ += ".br\n" + *column + ": " + *cell + "\n";
    }
    return {};
  }

  Result<> fence() {
    if (auto ended = end_paragraph(); !ended) return ended;
    fenced_ = !fenced_;
    if (!fenced_) end_code();
    return {};
  }

  Result<> code(std::string_view text) {
    if (!in_code_) out_ += ".PP\n.nf\n.RS 4\n";
    in_code_ = true;
    for (; empty_lines_ > 0; --empty_lines_) out_ += "\\&\n";
    out_ += "\\&" + roff_code(text) + "\n";
    return {};
  }

  void end_code() {
    if (in_code_) out_ += ".RE\n.fi\n";
    in_code_ = false;
    empty_lines_ = 0;
  }

  Result<> end_paragraph() {
    if (paragraph_.empty()) return {};
    const auto text = roff_spans(paragraph_, included_);
    if (!text) return tl::make_unexpected(text.error());
    out_ += (item_ ? ".IP \\(bu 2\n" : ".PP\n") + *text + "\n";
    paragraph_.clear();
    item_ = false;
    return {};
  }

  std::string& out_;
  const std::set<std::string>& included_;
  const bool first_;
  std::string paragraph_;  ///< or an item
  Cells header_;           ///< of the table that may go on
  bool item_ = false, in_code_ = false, fenced_ = false;
  int empty_lines_ = 0;  ///< within code, if it goes on
};

Result<> write(std::string& out, const PageSource& source, const std::set<std::string>& included,
               bool first) {
  Writer writer(out, included, first);
  std::string_view rest = source.text;
  for (int number = 1; !rest.empty(); ++number) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    if (auto done = writer.line(rest.substr(0, end)); !done) {
      return fail(source.name + ":" + std::to_string(number), done.error().what);
    }
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (auto done = writer.end(); !done) return fail(source.name, done.error().what);
  return {};
}

}  // namespace

Result<std::string> manual_of_documents(const DocumentPage& page,
                                        const std::vector<PageSource>& documents) {
  std::set<std::string> included;
  for (const PageSource& source : documents) included.insert(source.name);
  std::string title = page.name;
  std::ranges::transform(title, title.begin(), capital);
  std::string out = fmt::format(
      ".TH {} 5 \"\" \"sehlab {}\" \"File Formats\"\n{}.SH NAME\n{} \\- {}\n", roff_code(title),
      page.version, roff_fallbacks(), roff_code(page.name), roff_code(page.about));
  bool first = true;
  for (const PageSource& source : documents) {
    if (auto written = write(out, source, included, first); !written) {
      return tl::make_unexpected(written.error());
    }
    first = false;
  }
  out += ".SH SEE ALSO\n.BR sehlab (1)";
  for (const std::string_view other : {"sehlab-scenario", "sehlab-trace"}) {
    if (other != page.name) out += ",\n.BR " + roff_code(other) + " (5)";
  }
  out +=
      "\n.PP\nDocuments named here (\\fI*.md\\fR) are in the folder\n"
      "\\fIshare/doc/sehlab/docs\\fR of the installation.\n";
  return out;
}

}  // namespace sehlab::cli
