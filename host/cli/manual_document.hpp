// A manual page of section 5 out of the documents of docs/, so that a format is described once.
// They are written in a part of Markdown: headings of three levels, paragraphs, items that begin
// with "- ", tables, code indented by four spaces or between ``` lines; within a line `code`,
// **strong**, *emphasis* and [links](target). Anything else is an error that names file and line.
#pragma once

#include <string>
#include <vector>

#include "emu/result.hpp"

namespace sehlab::cli {

struct DocumentPage {
  std::string name;   ///< "sehlab-trace"
  std::string about;  ///< the line of whatis(1)
  std::string version;
};

/// One document: its name as links in others have it ("injection.md"), and its text (UTF-8).
struct PageSource {
  std::string name, text;
};

/// The page in the macros of man(7). The first document's introduction is DESCRIPTION and its
/// chapters are sections; each document that follows is one section. Each table is a list of its
/// first column, since a table would not fit a narrow terminal.
[[nodiscard]] Result<std::string> manual_of_documents(const DocumentPage& page,
                                                      const std::vector<PageSource>& documents);

}  // namespace sehlab::cli
