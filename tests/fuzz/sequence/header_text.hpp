// HeaderText: the names and numbers of guest/include/lab/sequence.h, read from its text, so that
// tables of names can be compared with it.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace sehlab::fuzz::sequence {

struct HeaderText {
  std::map<std::string, int> ops;               ///< LAB_OP_*, without the prefix
  std::vector<std::vector<std::string>> enums;  ///< each enum's names, in order, with prefixes
  std::vector<unsigned> codes;                  ///< LAB_SEQ_CODES
};

[[nodiscard]] HeaderText read_header_text();

/// The names of the enum that ends with `last`, without it and without the prefix of all.
[[nodiscard]] std::vector<std::string> names_before(const HeaderText& header,
                                                    const std::string& last,
                                                    const std::string& prefix);

}  // namespace sehlab::fuzz::sequence
