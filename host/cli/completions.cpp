#include "host/cli/completions.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <vector>

#include "host/cli/command_tree.hpp"

namespace sehlab::cli {
namespace {

/// All words that may stand there.
std::string words_of(const CommandPlace& place) {
  std::vector<std::string> words;
  for (const auto& command : place.commands) words.push_back(command.first);
  for (const TreeOption& option : place.options) {
    if (option.positional) continue;
    words.insert(words.end(), option.names.begin(), option.names.end());
  }
  return fmt::format("{}", fmt::join(words, " "));
}

/// In a shell's single quotes.
std::string in_quotes(std::string_view text) {
  std::string out = "'";
  for (const char letter : text) {
    if (letter == '\'') {
      out += "'\\''";
    } else {
      out += letter == '\n' ? ' ' : letter;
    }
  }
  return out + "'";
}

/// Of zsh's _describe: a colon parts name and description.
std::string described(const std::string& name, const std::string& description) {
  std::string escaped = name;
  for (std::size_t at = 0; (at = escaped.find(':', at)) != escaped.npos; at += 2) {
    escaped.insert(at, "\\");
  }
  return in_quotes(escaped + ":" + description);
}

}  // namespace

std::string bash_completions(const CLI::App& app) {
  std::string cases;
  for (const CommandPlace& place : command_tree(app)) {
    cases += fmt::format("    {}) words={} ;;\n",
                         in_quotes(fmt::format("{}", fmt::join(place.words, " "))),
                         in_quotes(words_of(place)));
  }
  return R"(# Completion of sehlab for bash: source it, or put it in
# ~/.local/share/bash-completion/completions/sehlab
_sehlab() {
  local current=${COMP_WORDS[COMP_CWORD]} path= words= i
  for ((i = 1; i < COMP_CWORD; ++i)); do
    case ${COMP_WORDS[i]} in
      -*) ;;
      *) [[ $path == *' '* || ( -n $path && $path != fuzz ) ]] || path="${path:+$path }${COMP_WORDS[i]}" ;;
    esac
  done
  case $path in
)" + cases +
         R"(  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [[ $current == -* ]] || COMPREPLY+=($(compgen -f -- "$current"))
}
complete -o filenames -F _sehlab sehlab
)";
}

std::string zsh_completions(const CLI::App& app) {
  std::string cases;
  for (const CommandPlace& place : command_tree(app)) {
    cases += fmt::format("    {})\n      commands_here=(\n",
                         in_quotes(fmt::format("{}", fmt::join(place.words, " "))));
    for (const auto& [name, description] : place.commands) {
      cases += "        " + described(name, description) + "\n";
    }
    cases += "      )\n      options_here=(\n";
    for (const TreeOption& option : place.options) {
      if (option.positional) continue;
      for (const std::string& name : option.names) {
        cases += "        " + described(name, option.description) + "\n";
      }
    }
    cases += "      )\n      ;;\n";
  }
  return R"(#compdef sehlab
# Completion of sehlab for zsh: put it as _sehlab in a folder of $fpath.
_sehlab() {
  local -a commands_here options_here
  local word where=
  for word in ${words[2,CURRENT-1]}; do
    [[ $word == -* ]] && continue
    [[ -z $where || $where == fuzz ]] && where="${where:+$where }$word"
  done
  case $where in
)" + cases +
         R"(  esac
  _describe 'command' commands_here
  _describe -o 'option' options_here
  [[ $PREFIX == -* ]] || _files
}
# Loaded by the first completion it is to complete at once; sourced it is to be registered.
if [[ ${funcstack[1]} == _sehlab ]]; then
  _sehlab "$@"
else
  compdef _sehlab sehlab
fi
)";
}

std::string fish_completions(const CLI::App& app) {
  std::string text =
      "# Completion of sehlab for fish: put it in ~/.config/fish/completions/sehlab.fish\n";
  for (const CommandPlace& place : command_tree(app)) {
    std::vector<std::string> seen;
    for (const std::string& word : place.words) {
      seen.push_back("__fish_seen_subcommand_from " + word);
    }
    std::string here = fmt::format("{}", fmt::join(seen, "; and "));
    if (here.empty()) here = "__fish_use_subcommand";
    for (const auto& [name, description] : place.commands) {
      text += fmt::format("complete -c sehlab -n {} -a {} -d {}\n", in_quotes(here),
                          in_quotes(name), in_quotes(description));
    }
    for (const TreeOption& option : place.options) {
      if (option.positional) continue;
      std::string names;
      for (const std::string& name : option.names) {
        names += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
      }
      text += fmt::format("complete -c sehlab -n {}{}{} -d {}\n", in_quotes(here), names,
                          option.takes_value ? " -r" : "", in_quotes(option.description));
    }
  }
  return text;
}

}  // namespace sehlab::cli
