// The text of a lesson: the small part of Markdown that lessons are written in, as values. A
// paragraph, an item of a list that begins with "- ", a block of code indented by four spaces;
// within a line `code`, **strong**, [a link](https://…) and [[a word of `sehlab explain`]].
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::lab {

struct Span {
  enum class Kind : std::uint8_t { Plain, Code, Strong, Link, Term };
  Kind kind = Kind::Plain;
  std::string text;
  std::string target{};  ///< of a Link
  bool operator==(const Span&) const = default;
};

struct Block {
  enum class Kind : std::uint8_t { Paragraph, Item, Code };
  Kind kind = Kind::Paragraph;
  std::vector<Span> spans{};         ///< of a Paragraph and an Item
  std::vector<std::string> lines{};  ///< of Code, without the indentation
  bool operator==(const Block&) const = default;
};

using Document = std::vector<Block>;

/// One section of a file: "## Title" and what follows.
struct Section {
  std::string title;
  int line = 0;
  Document document;
};

/// The sections of a file, in order. An Error names the file and the line: text before the first
/// section, a mark without its other end, a heading of another kind.
[[nodiscard]] Result<std::vector<Section>> parse_sections(std::string_view text,
                                                          const std::string& where);

/// All words in [[…]].
[[nodiscard]] std::vector<std::string> terms_of(const Document& document);

}  // namespace sehlab::lab
