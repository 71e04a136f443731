#include "host/cli/manual.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <sstream>
#include <vector>

#include "host/cli/command_tree.hpp"
#include "host/cli/roff.hpp"

namespace sehlab::cli {
namespace {

std::string option_text(const TreeOption& option) {
  std::vector<std::string> names;
  for (const std::string& name : option.names) {
    names.push_back((option.positional ? "\\fI" : "\\fB") + roff_code(name) + "\\fR");
  }
  std::string text = fmt::format(".TP\n{}", fmt::join(names, ", "));
  if (!option.positional && !option.type.empty()) text += " \\fI" + roff_code(option.type) + "\\fR";
  return text + "\n" + roff_code(option.description) + "\n";
}

std::string place_text(const CommandPlace& place) {
  std::string text = fmt::format(".SS \"sehlab {}\"\n{}\n", fmt::join(place.words, " "),
                                 roff_code(place.description));
  for (const TreeOption& option : place.options) text += option_text(option);
  if (!place.footer.empty()) text += ".PP\n.nf\n" + roff_code(place.footer) + "\n.fi\n";
  return text;
}

}  // namespace

std::string manual_page(const CLI::App& app, const std::string& version) {
  const auto places = command_tree(app);
  std::string text = fmt::format(".TH SEHLAB 1 \"\" \"sehlab {}\" \"User Commands\"\n", version);
  text += roff_fallbacks();
  text +=
      ".SH NAME\nsehlab \\- a lab for 32\\-bit x86 structured exception handling\n"
      ".SH SYNOPSIS\n";
  for (const auto& command : places.front().commands) {
    text += fmt::format(".B sehlab {}\n\\fI...\\fR\n.br\n", roff_code(command.first));
  }
  text += ".SH DESCRIPTION\n" + roff_code(places.front().description) +
          "\nData goes to standard output, talk to standard error. \\fB\\-\\-help\\fR behind a "
          "command says more of it.\n.SH COMMANDS\n";
  for (std::size_t i = 1; i < places.size(); ++i) text += place_text(places[i]);
  text += R"(.SH EXIT STATUS
Of \fBrun\fR: the guest's own; 139 when it died of an unhandled exception, 124 when the budget is
spent, 125 when the lab failed or met what it does not model, 126 when the image cannot be run, 127
when it does not exist, 1 when the guest ended well and the watch reported.
Of everything else: 0 as expected, 1 something failed, 2 bad input or usage, 77 all skipped,
125 the lab failed, or what it was to write could not be written.
.SH ENVIRONMENT
.TP
\fBSEHLAB_GUEST_DIR\fR
The folder with the lab's own guest images; without it they are found beside the program.
.TP
\fBNO_COLOR\fR
No colours, whatever the terminal can do.
.SH SEE ALSO
.BR sehlab\-scenario (5),
.BR sehlab\-trace (5),
.BR gdb (1)
)";
  return text;
}

}  // namespace sehlab::cli
