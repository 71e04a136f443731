// sehlab completions: the scripts, and what bash makes of its own. Expectations: the options that
// --help lists; Bash Reference Manual, "Programmable Completion".
#include <doctest/doctest.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "tests/cli/run_sehlab.hpp"

using namespace sehlab::cli_test;

namespace {

/// What bash offers when TAB is pressed behind these words, the last of which is begun.
std::string offered(const std::vector<std::string>& words) {
  const std::string script = SEHLAB_BINARY_DIR "/completions_test.bash";
  {
    std::ofstream file(script);
    file << run_sehlab({"completions", "bash"}).out << "cd /; COMP_WORDS=(sehlab";
    for (const std::string& word : words) file << " '" << word << "'";
    file << "); COMP_CWORD=" << words.size() << "; _sehlab; echo \"${COMPREPLY[*]}\"\n";
  }
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> pipe(
      popen(("bash '" + script + "'").c_str(), "r"), pclose);
  REQUIRE(pipe);
  std::string text = " ";
  for (int letter = 0; (letter = std::fgetc(pipe.get())) != EOF;) {
    text += letter == '\n' ? ' ' : static_cast<char>(letter);
  }
  return text;
}

}  // namespace

TEST_SUITE("cli") {
  TEST_CASE("each shell gets a script that has each command") {
    for (const char* shell : {"bash", "zsh", "fish"}) {
      CAPTURE(shell);
      const Ran ran = run_sehlab({"completions", shell});
      CHECK(ran.exit_code == 0);
      for (const char* word : {"run", "sweep", "fuzz", "inject", "profile", "junit"}) {
        CAPTURE(word);
        CHECK(ran.out.find(word) != std::string::npos);
      }
    }
    CHECK(run_sehlab({"completions", "tcsh"}).exit_code == 2);
  }

  TEST_CASE("the manual has each command and option, and no line that roff takes for a request") {
    const Ran manual = run_sehlab({"manual"});
    CHECK(manual.exit_code == 0);
    for (const char* text : {".SS \"sehlab run\"", ".SS \"sehlab fuzz run\"",
                             "\\fB\\-\\-inject\\fR", "\\fITRACE\\fR", ".SH EXIT STATUS"}) {
      CAPTURE(text);
      CHECK(manual.out.find(text) != std::string::npos);
    }
    // man(7): the macros that the page uses.
    std::istringstream lines(manual.out);
    for (std::string line; std::getline(lines, line);) {
      if (line.empty() || (line[0] != '.' && line[0] != '\'')) continue;
      const std::string macro = line.substr(1, line.find(' ') - 1);
      CAPTURE(line);
      CHECK(std::string(" TH SH SS TP PP B BR br nf fi fchar ").find(" " + macro + " ") !=
            std::string::npos);
    }
    CHECK(run_sehlab({"--help"}).out.find("manual") == std::string::npos);
  }

  TEST_CASE("bash offers commands, then the options of the command") {
    const auto has = [](const std::string& text, const char* word) {
      return text.find(std::string(" ") + word + " ") != std::string::npos;
    };
    CHECK(has(offered({"ex"}), "explain"));
    CHECK_FALSE(has(offered({"ex"}), "run"));
    CHECK(has(offered({"run", "--rep"}), "--report"));
    CHECK_FALSE(has(offered({"run", "--rep"}), "--trace"));
    CHECK(has(offered({"fuzz", "r"}), "replay"));
    CHECK(has(offered({"fuzz", "run", "--g"}), "--guest"));
    CHECK_FALSE(has(offered({"run", "--jun"}), "--junit"));
    CHECK(has(offered({"test", "--jun"}), "--junit"));
  }
}
