// A lesson's text, source and trace as HTML.
#pragma once

#include <string>
#include <string_view>

#include "host/lab/learn/lesson_run.hpp"
#include "host/lab/learn/markdown.hpp"

namespace sehlab::lab {

/// &, <, > and quotes as references; for text and for values of attributes.
[[nodiscard]] std::string html_escaped(std::string_view text);
/// The fragment of words.html that explains a word: "outside-stack".
[[nodiscard]] std::string word_anchor(std::string_view word);

[[nodiscard]] std::string to_html(const Document& document);
/// The source as a list of numbered lines.
[[nodiscard]] std::string source_html(std::string_view source);
[[nodiscard]] std::string to_html(const ShownRun& run);

}  // namespace sehlab::lab
