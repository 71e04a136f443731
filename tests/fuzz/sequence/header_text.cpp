#include "tests/fuzz/sequence/header_text.hpp"

#include <doctest/doctest.h>

#include <fstream>
#include <iterator>
#include <regex>

namespace sehlab::fuzz::sequence {

HeaderText read_header_text() {
  std::ifstream file(SEHLAB_SOURCE_DIR "/guest/include/lab/sequence.h");
  REQUIRE(file);
  std::string text{std::istreambuf_iterator<char>(file), {}};
  for (std::size_t from = text.find("/*"); from != text.npos; from = text.find("/*", from)) {
    text.erase(from, text.find("*/", from) + 2 - from);
  }

  HeaderText header;
  const auto each = [](const std::string& in, const char* pattern, auto then) {
    const std::regex expression(pattern);
    for (std::sregex_iterator at(in.begin(), in.end(), expression), end; at != end; ++at) then(*at);
  };
  each(text, R"(LAB_OP_(\w+)\s*=\s*(\d+))",
       [&](const std::smatch& match) { header.ops[match[1]] = std::stoi(match[2]); });
  each(text, R"(enum\s*\{([^}]*)\})", [&](const std::smatch& match) {
    std::vector<std::string> names;
    each(match[1], R"(LAB_\w+)", [&](const std::smatch& name) { names.push_back(name[0]); });
    header.enums.push_back(names);
  });
  each(text, R"(0x([0-9a-f]{8})u\b)", [&](const std::smatch& match) {
    header.codes.push_back(static_cast<unsigned>(std::stoul(match[1], nullptr, 16)));
  });
  header.codes.pop_back();  // the last number of that form is LAB_SEQ_RAISED
  return header;
}

std::vector<std::string> names_before(const HeaderText& header, const std::string& last,
                                      const std::string& prefix) {
  for (std::vector<std::string> names : header.enums) {
    if (names.empty() || names.back() != last) continue;
    names.pop_back();
    for (std::string& name : names) {
      REQUIRE(name.starts_with(prefix));
      name.erase(0, prefix.size());
    }
    return names;
  }
  FAIL("no enum ends with " << last);
  return {};
}

}  // namespace sehlab::fuzz::sequence
