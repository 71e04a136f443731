#include "host/lab/learn/html_text.hpp"

#include <algorithm>

#include "host/report/glossary.hpp"
#include "host/trace/plain.hpp"

namespace sehlab::lab {
namespace {

/// Only these lead out of a page: a lesson may come from anybody.
bool is_web_address(std::string_view target) {
  return target.starts_with("https://") || target.starts_with("http://");
}

std::string to_html(const Span& span) {
  const std::string text = html_escaped(span.text);
  switch (span.kind) {
    case Span::Kind::Code:
      return "<code>" + text + "</code>";
    case Span::Kind::Strong:
      return "<strong>" + text + "</strong>";
    case Span::Kind::Term:
      return "<a class=\"word\" href=\"words.html#" + word_anchor(span.text) + "\">" + text +
             "</a>";
    case Span::Kind::Link:
      if (!is_web_address(span.target)) return text;
      return "<a href=\"" + html_escaped(span.target) + "\">" + text + "</a>";
    case Span::Kind::Plain:
      break;
  }
  return text;
}

std::string to_html(const std::vector<Span>& spans) {
  std::string text;
  for (const Span& span : spans) text += to_html(span);
  return text;
}

/// A chain that a browser may break behind its arrows.
std::string breakable(std::string_view chain) {
  std::string text;
  while (!chain.empty()) {
    const std::size_t arrow = std::min(chain.find('>'), chain.size() - 1) + 1;
    text += html_escaped(chain.substr(0, arrow)) + "<wbr>";
    chain.remove_prefix(arrow);
  }
  return text;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      default:
        escaped += c;
    }
  }
  return escaped;
}

std::string word_anchor(std::string_view word) {
  const auto entries = report::look_up(word);
  return html_escaped(entries.empty() ? word : entries.front()->word);
}

std::string to_html(const Document& document) {
  std::string text;
  bool list = false;
  for (const Block& block : document) {
    const bool item = block.kind == Block::Kind::Item;
    if (item != list) text += item ? "<ul>\n" : "</ul>\n";
    list = item;
    if (block.kind == Block::Kind::Code) {
      text += "<pre>";
      for (const std::string& line : block.lines) text += html_escaped(line) + '\n';
      text += "</pre>\n";
    } else {
      const std::string tag = item ? "li" : "p";
      text += "<" + tag + ">" + to_html(block.spans) + "</" + tag + ">\n";
    }
  }
  return text + (list ? "</ul>\n" : "");
}

std::string source_html(std::string_view source) {
  std::string text = "<pre class=\"source\"><code>";
  while (!source.empty()) {
    const std::size_t end = std::min(source.find('\n'), source.size());
    text += "<span>" + html_escaped(trace::harmless(source.substr(0, end))) + "</span>\n";
    source.remove_prefix(std::min(end + 1, source.size()));
  }
  return text + "</code></pre>\n";
}

std::string to_html(const ShownRun& run) {
  std::string text =
      "<p class=\"command\"><code>$ sehlab " + html_escaped(run.command) + "</code></p>\n";
  text += "<pre class=\"trace\" tabindex=\"0\">";
  for (const ShownLine& line : run.lines) {
    text += "<span><i>" + html_escaped(line.when) + "</i>" + html_escaped(line.text);
    if (!line.chain.empty()) text += "  <i>chain " + breakable(line.chain) + "</i>";
    text += "\n</span>";
  }
  text += "</pre>\n";
  if (!run.report.empty()) {
    text += "<pre class=\"report\" tabindex=\"0\">" + html_escaped(run.report) + "</pre>\n";
  }
  return text;
}

}  // namespace sehlab::lab
