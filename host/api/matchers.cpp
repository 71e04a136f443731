#include "host/api/sehlab/matchers.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ostream>
#include <sstream>

namespace sehlab {
namespace {

std::string said(const HandlerNames& handlers) {
  std::ostringstream out;
  out << handlers;
  return out.str();
}

}  // namespace

void RunMatcher::DescribeTo(std::ostream* out) const {
  *out << words_;
}
void RunMatcher::DescribeNegationTo(std::ostream* out) const {
  *out << unlike_;
}

RunMatcher operator&&(const RunMatcher& a, const RunMatcher& b) {
  return {a.words_ + " and " + b.words_, "(" + a.unlike_ + " or " + b.unlike_ + ")",
          [a, b](const Run& run) { return a.matches(run) && b.matches(run); }};
}
RunMatcher operator||(const RunMatcher& a, const RunMatcher& b) {
  return {"(" + a.words_ + " or " + b.words_ + ")", "(" + a.unlike_ + " and " + b.unlike_ + ")",
          [a, b](const Run& run) { return a.matches(run) || b.matches(run); }};
}
RunMatcher operator!(const RunMatcher& a) {
  return {a.unlike_, a.words_, [a](const Run& run) { return !a.matches(run); }};
}

std::ostream& operator<<(std::ostream& out, const RunMatcher& matcher) {
  return out << matcher.words();
}

namespace that {

RunMatcher returns() {
  return {"returns", "does not return", [](const Run& run) { return run.returned(); }};
}
RunMatcher returns_word(std::uint32_t eax) {
  const std::string value = fmt::format("{:#x}", eax);
  return {"returns " + value, "does not return " + value,
          [eax](const Run& run) { return run.returned() && run.value() == eax; }};
}
RunMatcher returns(Long64 value) {
  const std::string hex = fmt::format("{:#x}", value.value);
  return {"returns " + hex, "does not return " + hex,
          [value](const Run& run) { return run.returned() && run.value64() == value.value; }};
}
RunMatcher exits_with(std::uint32_t code) {
  const std::string how = fmt::format("with {}", code);
  return {"exits " + how, "does not exit " + how,
          [code](const Run& run) { return run.ended() == Ended::Exited && run.code() == code; }};
}
RunMatcher dies_of(std::uint32_t code) {
  const std::string what = fmt::format("exception {:08X}", code);
  return {"dies of " + what, "does not die of " + what, [code](const Run& run) {
            return run.ended() == Ended::UnhandledException && run.code() == code;
          }};
}
RunMatcher is_handled() {
  return {"raises exceptions, and each is handled", "raises none, or one that is not handled",
          [](const Run& run) { return run.exception_handled(); }};
}
RunMatcher raises_nothing() {
  return {"raises no exception", "raises an exception",
          [](const Run& run) { return run.exceptions() == 0; }};
}
RunMatcher asks(const HandlerNames& handlers) {
  return {"asks " + said(handlers), "asks others than " + said(handlers),
          [handlers](const Run& run) { return run.handlers() == handlers; }};
}
RunMatcher unwinds(const HandlerNames& handlers) {
  return {"unwinds " + said(handlers), "unwinds others than " + said(handlers),
          [handlers](const Run& run) { return run.unwound() == handlers; }};
}
RunMatcher leaves_the_chain_intact() {
  return {"leaves the chain intact", "does not leave the chain intact",
          [](const Run& run) { return run.chain().intact(); }};
}
RunMatcher has_defect(const std::string& defect) {
  return {"has the defect " + defect, "has no defect " + defect, [defect](const Run& run) {
            return std::ranges::any_of(run.defects(), [&](const trace::DefectFound& found) {
              return found.defect == defect;
            });
          }};
}
RunMatcher injections_fired() {
  return {"has no injection that never fired", "has an injection that never fired",
          [](const Run& run) { return run.never_fired().empty(); }};
}
RunMatcher prints(const std::string& text) {
  return {"prints \"" + text + "\"", "does not print \"" + text + "\"",
          [text](const Run& run) { return run.output().find(text) != std::string::npos; }};
}

}  // namespace that

}  // namespace sehlab
