// sehlab manual DOCUMENT: manual pages out of documents. Expectations: man(7) and groff_char(7);
// what docs/scenarios.md and docs/trace-format.md say; groff's own warnings.
#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

using namespace sehlab::cli_test;

namespace {

std::string page_of(const std::string& text) {
  const Scratch scratch;
  const Ran ran =
      run_sehlab({"manual", "--page", "p", "--about", "a", scratch.write("x.md", text)});
  CHECK(ran.err.empty());
  return ran.out;
}

std::string error_of(const std::string& text) {
  const Scratch scratch;
  const Ran ran =
      run_sehlab({"manual", "--page", "p", "--about", "a", scratch.write("x.md", text)});
  CHECK(ran.exit_code == 2);
  return ran.err;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string built_page(const std::string& name) {
  return read_file(std::string(SEHLAB_BINARY_DIR) + "/man/" + name);
}

/// The first cells of a document's tables, below their headers: what its page must have as well.
std::vector<std::string> keys_of(const std::string& document) {
  std::vector<std::string> keys;
  std::ifstream in(std::string(SEHLAB_SOURCE_DIR) + "/docs/" + document);
  bool header = false;  // the line before may be one
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("|--") && header) keys.pop_back();
    header = line.starts_with("| `");
    if (!header) continue;
    keys.push_back(line.substr(3, line.find('`', 3) - 3));
  }
  return keys;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("headings, paragraphs and items of a document become macros of man(7)") {
    const std::string page =
        page_of("# T\nOne\ntwo.\n\n## A `[b]` part\n- x\n  y\n- z\n\n### Sub\nend\n");
    CHECK(has(page, ".TH P 5 "));
    CHECK(has(page, ".SH NAME\np \\- a\n"));
    CHECK(has(page, ".SH DESCRIPTION\n.PP\nOne two.\n"));
    CHECK(has(page, ".SH A [b] PART\n.IP \\(bu 2\nx y\n.IP \\(bu 2\nz\n"));
    CHECK(has(page, ".SS Sub\n.PP\nend\n"));
  }

  TEST_CASE("what roff would take for a request or an escape is text") {
    CHECK(has(page_of("# T\n.nf is\n"), ".PP\n\\&.nf is\n"));
    CHECK(has(page_of("# T\n'tis\n"), ".PP\n\\&'tis\n"));
    CHECK(has(page_of("# T\na\\nb\n"), ".PP\na\\enb\n"));
    CHECK(has(page_of("# T\n`.nf`\n"), "\\&\\fB\\&.nf\\fR\n"));
    CHECK(has(page_of("# T\n\n    .so /etc/passwd\n"), ".nf\n.RS 4\n\\&\\&.so /etc/passwd\n"));
    CHECK(has(page_of("# T\n```\n'x' --y ~ ^\n\n.\n```\n"),
              ".nf\n.RS 4\n\\&\\&\\(aqx\\(aq \\-\\-y \\(ti \\(ha\n\\&\n\\&\\&.\n.RE\n.fi\n"));
  }

  TEST_CASE("marks within a line: code, strong, emphasis, links") {
    CHECK(has(page_of("# T\na `b-c` **d `e`** *f* 2 * 3 [g](x.md#h) [i](y.md) [j](#k) fs:[0]\n"),
              "a \\fBb\\-c\\fR \\fBd \\fBe\\fR\\fR \\fIf\\fR 2 * 3 g i (y.md) j fs:[0]\n"));
  }

  TEST_CASE("a table is a list of its first column, its third column under its name") {
    CHECK(has(page_of("# T\n| a | b | `d` |\n|---|---|---|\n| `k` | v\\|w | x |\n| | | |\n"),
              ".TP\n\\&\\fBk\\fR\nv|w\n.br\n\\&\\fBd\\fR: x\n.TP\n\\&\n\\&\n"));
  }

  TEST_CASE("what the converter does not know is an error with its line") {
    CHECK(has(error_of("# T\n\n> quoted\n"), "x.md:3: "));
    CHECK(has(error_of("# T\n`open\n\n"), "x.md:3: "));
    CHECK(has(error_of("# T\n#### deep\n"), "x.md:2: "));
    CHECK(has(error_of("# T\n| a |\n|---|\n| b | c |\n"), "x.md:4: 2 cells below a header of 1"));
    CHECK(has(error_of("# T\n```\ncode\n"), "```"));
    CHECK(run_sehlab({"manual", "--page", "p", "--about", "a", "/nowhere.md"}).exit_code == 2);
    CHECK(run_sehlab({"manual", "--page", "p"}).exit_code == 2);
  }

  TEST_CASE("the pages of the file formats have every key, kind and member of their documents") {
    const std::string scenario = built_page("sehlab-scenario.5");
    const std::string trace = built_page("sehlab-trace.5");
    for (const auto& [document, page] : {std::pair{"scenarios.md", &scenario},
                                         {"injection.md", &scenario},
                                         {"sweeps.md", &scenario},
                                         {"trace-format.md", &trace}}) {
      const auto keys = keys_of(document);
      CHECK(keys.size() >= 10);
      for (std::string key : keys) {
        for (std::size_t at = 0; (at = key.find('-', at)) != key.npos; at += 2) {
          key.insert(at, "\\");
        }
        for (std::size_t at = 0; (at = key.find("\\|")) != key.npos;) key.erase(at, 1);
        CAPTURE(key);
        CHECK(has(*page, "\\fB" + key + "\\fR"));
      }
    }
  }

  TEST_CASE("groff has no warning for the installed pages") {
    for (const char* name : {"sehlab.1", "sehlab-scenario.5", "sehlab-trace.5"})
      for (const char* device : {"utf8", "ascii", "latin1"}) {
        CAPTURE(name);
        CAPTURE(device);
        const std::string command = std::string("groff -K utf8 -man -ww -rLL=100n -T") + device +
                                    " '" + std::string(SEHLAB_BINARY_DIR) + "/man/" + name +
                                    "' 2>&1 >/dev/null; echo ended $?";
        std::FILE* pipe = popen(command.c_str(), "r");
        REQUIRE(pipe != nullptr);
        std::string said;
        for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe)) {
          said += static_cast<char>(c);
        }
        pclose(pipe);
        CHECK(said == "ended 0\n");
      }
  }
}
