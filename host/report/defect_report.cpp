#include "host/report/defect_report.hpp"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>
#include <variant>

#include "host/trace/plain.hpp"

namespace sehlab::report {
namespace {

using trace::grouped;
using trace::hex;
using trace::Place;
using trace::show;

/// "go!callbackasm1+0xe (callback_386.S:31)".
std::string where(const Place& place, const std::string& source) {
  return show(place) + (source.empty() ? "" : fmt::format(" ({})", trace::harmless(source)));
}

bool known(const Place& place) {
  return place.address != GuestAddr{};
}

std::string moment(std::uint64_t instruction) {
  return "@" + grouped(instruction);
}

/// What is wrong, in the record's own terms.
std::string finding(const trace::DefectFound& e) {
  const std::string_view name = e.defect;
  if (name == "dangling") return "its frame is gone; its words are still as they were";
  if (name == "overwritten") return "its frame is gone, and its words were written over since";
  if (name == "patched") {
    return fmt::format("its handler was {} when it was linked, and is now {}", show(e.handler),
                       show(e.handler_now));
  }
  if (name == "off-stack") return "it does not lie on the stack that the TEB describes";
  if (name == "misaligned") return "its address is no multiple of 4";
  if (name == "handler-on-stack") {
    return fmt::format("its handler {} lies on the stack", show(e.handler_now));
  }
  if (name == "handler-not-executable") {
    return fmt::format("its handler {} is in no page that may be executed", show(e.handler_now));
  }
  if (name == "cycle") return fmt::format("its link {} leads back to it", hex(e.next));
  if (name == "not-ascending") {
    return fmt::format("its link {} leads down the stack, to a younger place", hex(e.next));
  }
  return {};
}

std::string relied_on(const std::string& confirmed_by) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kWords{{
      {"dispatch", "the dispatch of an exception raised at"},
      {"unwinding", "an unwinding at"},
      {"push", "a record linked on top of it at"},
      {"thread-end", "the thread's end at"},
      {"exposure", "nothing yet (strict): ESP came above it at"},
      {"write", "nothing yet (strict): it was written at"},
      {"link", "nothing yet (strict): it was linked at"},
  }};
  for (const auto& [name, words] : kWords) {
    if (name == confirmed_by) return std::string(words);
  }
  return trace::printable(confirmed_by);
}

/// What made it so, unless that is the leaving of its frame.
std::string_view brought_about(const trace::DefectFound& e) {
  if (e.defect == "patched") return ", when it was written by ";
  return e.since == e.pushed_at ? ", when it was linked by " : ", through ";
}

}  // namespace

std::string left_words(const std::string& left_by) {
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> kWords{{
      {"return", "by a return"},
      {"longjmp", "by longjmp"},
      {"exception", "by an exception"},
      {"stack-switch", "on another stack; the thread came back above it"},
      {"jump", "by a jump that loaded ESP"},
      {"other", "with ESP raised"},
  }};
  for (const auto& [name, words] : kWords) {
    if (name == left_by) return std::string(words);
  }
  return {};
}

std::string defect_report(const trace::Event& event) {
  const auto* defect = std::get_if<trace::DefectFound>(&event.payload);
  if (defect == nullptr) return {};
  const trace::DefectFound& e = *defect;
  std::string text =
      fmt::format("watch: {}: record {} of thread {}: {}", trace::printable(e.defect),
                  hex(e.record), event.thread, finding(e));
  const auto line = [&text](std::string_view label, const std::string& words) {
    text += fmt::format("\n  {:<10} {}", label, words);
  };
  if (e.pushed_at != 0) {
    line("pushed", moment(e.pushed_at) +
                       (known(e.pushed_by) ? " by " + where(e.pushed_by, e.pushed_source) : ""));
  }
  if (known(e.owner)) {
    line("frame of", trace::show_function(e.owner));
  } else if (e.handler.symbol.ends_with("Protector")) {
    line("frame of", "the dispatcher, which called a handler that did not return to it");
  }
  line("words", fmt::format("{{next {}, handler {}}} now", hex(e.next), show(e.handler_now)));
  if (e.copy_of != GuestAddr{}) {
    line("copy of", hex(e.copy_of) + ", whose place in the chain it took");
  }
  if (e.exposed_at != 0) {
    line("left", fmt::format("{} {}: {}", moment(e.exposed_at), left_words(e.left_by),
                             where(e.since_by, e.since_source)));
  } else if (e.since != 0) {
    line("since", fmt::format("{}{}{}", moment(e.since), brought_about(e),
                              where(e.since_by, e.since_source)));
  }
  if (e.written_at != 0 && e.defect != "patched") {
    line("written", fmt::format("{} by {}", moment(e.written_at), show(e.written_by)));
  } else if (e.intact_at != 0) {
    line("written", fmt::format("some time after {}, when it was still as it had been linked",
                                moment(e.intact_at)));
  }
  line("relied on", fmt::format("{} by {}{}", moment(event.instruction), relied_on(e.confirmed_by),
                                " " + where(e.relied_on_by, e.relied_on_source)));
  if (!e.suppressed.empty()) {
    line("suppressed", trace::printable(e.suppressed));
  } else {
    line("more", "sehlab explain " + trace::printable(e.defect));
  }
  return text;
}

}  // namespace sehlab::report
