// The Markdown of lessons, by its own description in markdown.hpp.
#include "host/lab/learn/markdown.hpp"

#include <doctest/doctest.h>

#include "host/lab/learn/html_text.hpp"
#include "host/lab/learn/terminal_text.hpp"

namespace sehlab::lab {
namespace {

using Kind = Span::Kind;

Document document_of(const std::string& text) {
  const auto sections = parse_sections("## S\n" + text, "x.md");
  REQUIRE_MESSAGE(sections.has_value(), (sections ? "" : sections.error().text()));
  return sections->at(0).document;
}

std::string error_of(const std::string& text) {
  const auto sections = parse_sections(text, "x.md");
  REQUIRE(!sections.has_value());
  return sections.error().text();
}

}  // namespace

TEST_SUITE("learn") {
  TEST_CASE("lines of a paragraph are joined until an empty line") {
    const Document document = document_of("one\ntwo\n\nthree\n");
    REQUIRE(document.size() == 2);
    CHECK(document[0].spans == std::vector<Span>{{Kind::Plain, "one two"}});
    CHECK(document[1].spans == std::vector<Span>{{Kind::Plain, "three"}});
  }

  TEST_CASE("marks within a line") {
    const Document document =
        document_of("a `b*c` **d** [e](https://f.example/) [[dangling]] fs:[0] g[1]\n");
    CHECK(document.at(0).spans == std::vector<Span>{{Kind::Plain, "a "},
                                                    {Kind::Code, "b*c"},
                                                    {Kind::Plain, " "},
                                                    {Kind::Strong, "d"},
                                                    {Kind::Plain, " "},
                                                    {Kind::Link, "e", "https://f.example/"},
                                                    {Kind::Plain, " "},
                                                    {Kind::Term, "dangling"},
                                                    {Kind::Plain, " fs:[0] g[1]"}});
    CHECK(terms_of(document) == std::vector<std::string>{"dangling"});
  }

  TEST_CASE("lists and code that keeps its inner lines and indentation") {
    const Document document = document_of("- one\n- two\n  more\n\n    a\n\n      b\n\nend\n");
    REQUIRE(document.size() == 4);
    CHECK(document[1].kind == Block::Kind::Item);
    CHECK(document[1].spans == std::vector<Span>{{Kind::Plain, "two more"}});
    CHECK(document[2].lines == std::vector<std::string>{"a", "", "  b"});
  }

  TEST_CASE("what is wrong is told with its line") {
    CHECK(error_of("text\n").starts_with("x.md:1: "));
    CHECK(error_of("## S\n\n# T\n").starts_with("x.md:3: "));
    CHECK(error_of("## S\na `b\n\nc\n") == "x.md:3: \"`\" has no \"`\" in its paragraph");
    CHECK(error_of("## S\n[a](b\n").find("\")\"") != std::string::npos);
  }

  TEST_CASE("a text wraps to its columns behind its indentation and marks take no room") {
    const Document document = document_of("- one **two** three four\n");
    // arithmetic: 3 + "- " + 9 columns
    CHECK(to_terminal(document, {{false}, 14}) == "   - one two\n     three\n     four\n");
    CHECK(to_terminal(document, {{true}, 14}) ==
          "   - one \x1b[1mtwo\x1b[0m\n     three\n     four\n");
  }

  TEST_CASE("HTML is escaped and leads to no other place than the web") {
    CHECK(to_html(document_of("a<b & `\"`\n")) == "<p>a&lt;b &amp; <code>&quot;</code></p>\n");
    CHECK(to_html(document_of("[x](javascript:alert)\n")) == "<p>x</p>\n");
    CHECK(to_html(document_of("- a\n- [[dangling]]\n\nb\n")) ==
          "<ul>\n<li>a</li>\n<li><a class=\"word\" href=\"words.html#dangling\">dangling</a></li>\n"
          "</ul>\n<p>b</p>\n");
    CHECK(source_html("a <\n\x1b\n").find("<span>a &lt;</span>\n<span>\\x1b</span>") !=
          std::string::npos);
  }
}

}  // namespace sehlab::lab
