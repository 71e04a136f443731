// The packets q and Q, and what tells of stops and of going on.
#include <fmt/format.h>

#include <algorithm>

#include "host/gdb/commands.hpp"
#include "host/gdb/hex.hpp"
#include "host/gdb/target_description.hpp"

namespace sehlab::gdb {
namespace {

/// A piece of a text as qXfer hands it out: 'm' and more to come, 'l' and the last.
std::string piece(const std::string& text, std::string_view range) {
  const auto offset = hex_word(cut(range, ','));
  const auto size = hex_word(range);
  if (!offset || !size || *offset > text.size()) return std::string(kError);
  // Escapes may double a byte.
  const std::size_t most = std::min<std::size_t>(*size, kLongestPacket / 2 - 1);
  const bool last = text.size() - *offset <= most;
  return (last ? 'l' : 'm') + text.substr(*offset, most);
}

}  // namespace

std::string Commands::query(std::string_view text, Control& control) {
  if (text.starts_with("qSupported")) {
    text.remove_prefix(std::min(text.size(), std::string_view("qSupported:").size()));
    return supported(text);
  }
  if (text == "QStartNoAckMode") {
    no_acknowledgements_ = true;
    return std::string(kOk);
  }
  if (text == "qC") return fmt::format("QC{:x}", target_.standing().thread);
  if (text == "qAttached") return "0";
  if (text == "qfThreadInfo") return thread_list();
  if (text == "qsThreadInfo") return "l";
  if (text.starts_with("qXfer:")) return transfer(text.substr(6));
  if (text.starts_with("qRcmd,")) return monitor(text.substr(6), control);
  if (text.starts_with("qThreadExtraInfo,")) {
    const auto thread = hex_word(text.substr(17));
    return thread ? hex_of(target_.thread_note(*thread)) : std::string(kError);
  }
  if (text.starts_with("qGetTIBAddr:")) {
    const auto thread = hex_word(text.substr(12));
    const auto teb = thread ? target_.teb(*thread) : std::nullopt;
    return teb ? fmt::format("{:08x}", teb->value) : std::string(kError);
  }
  if (text.starts_with("qSymbol:")) return std::string(kOk);
  return {};
}

std::string Commands::supported(std::string_view offers) {
  while (!offers.empty()) {
    const std::string_view one = cut(offers, ';');
    swbreak_ = swbreak_ || one == "swbreak+";
    hwbreak_ = hwbreak_ || one == "hwbreak+";
  }
  return fmt::format(
      "PacketSize={:x};QStartNoAckMode+;qXfer:features:read+;qXfer:libraries:read+;swbreak+;"
      "hwbreak+;vContSupported+;ReverseStep+;ReverseContinue+",
      kLongestPacket);
}

std::string Commands::thread_list() {
  std::string text;
  for (const std::uint32_t thread : target_.threads()) {
    // What does not fit into a packet is left out; a guest's threads are not that many.
    if (text.size() + 10 > kLongestPacket) break;
    text += fmt::format("{}{:x}", text.empty() ? 'm' : ',', thread);
  }
  return text.empty() ? "l" : text;
}

std::string Commands::transfer(std::string_view text) {
  const std::string_view object = cut(text, ':'), operation = cut(text, ':');
  const std::string_view annex = cut(text, ':');
  if (operation != "read") return {};
  if (object == "features") {
    return annex == "target.xml" ? piece(target_description(), text) : std::string("E00");
  }
  if (object == "libraries") return piece(library_list(target_.images()), text);
  return {};
}

std::string Commands::monitor(std::string_view digits, Control& control) {
  const auto bytes = bytes_of_hex(digits);
  if (!bytes) return std::string(kError);
  const std::string_view line(reinterpret_cast<const char*>(bytes->data()), bytes->size());
  const Target::Answer answer = target_.monitor(line, control);
  if (!answer.text.empty()) control.say(answer.text);
  return std::string(answer.well ? kOk : kError);
}

std::string Commands::stop_reply(const StopReport& report) const {
  const auto signal = static_cast<unsigned>(report.signal);
  if (report.why == StopReport::Why::Exited) return fmt::format("W{:02x}", report.code & 0xff);
  if (report.why == StopReport::Why::Killed) return fmt::format("X{:02x}", signal);
  std::string text = fmt::format("T{:02x}", signal);
  if (report.why == StopReport::Why::HistoryBegin) text += "replaylog:begin;";
  if (report.why == StopReport::Why::HistoryEnd) text += "replaylog:end;";
  if (report.why == StopReport::Why::StopPoint) {
    switch (report.point.kind) {
      case Stopper::SoftwareBreakpoint:
        if (swbreak_) text += "swbreak:;";
        break;
      case Stopper::HardwareBreakpoint:
        if (hwbreak_) text += "hwbreak:;";
        break;
      case Stopper::WriteWatch:
        text += fmt::format("watch:{:08x};", report.point.address.value);
        break;
      case Stopper::ReadWatch:
        text += fmt::format("rwatch:{:08x};", report.point.address.value);
        break;
      case Stopper::AccessWatch:
        text += fmt::format("awatch:{:08x};", report.point.address.value);
        break;
    }
  }
  if (report.images_changed) text += "library:;";
  return text + fmt::format("thread:{:x};", report.thread);
}

std::optional<Resume> Commands::resume_of(std::string_view payload) const {
  using Way = Resume::Way;
  if (payload == "bc") return Resume{Way::ContinueBack, selected_, Signal::None};
  if (payload == "bs") return Resume{Way::StepBack, selected_, Signal::None};
  std::uint32_t thread = selected_;
  if (payload.starts_with("vCont;")) {
    // The first action is the one that matters: the schedule is the lab's, and no thread is held.
    payload.remove_prefix(6);
    std::string_view action = cut(payload, ';');
    payload = cut(action, ':');
    if (!action.empty()) {
      const auto told = thread_of(action);
      if (!told) return std::nullopt;
      thread = *told;
    }
  }
  if (payload.empty()) return std::nullopt;
  const char letter = payload.front();
  payload.remove_prefix(1);
  Resume resume{Way::Continue, thread, Signal::None};
  if (letter == 's' || letter == 'S') resume.way = Way::Step;
  if (letter == 'C' || letter == 'S') {
    const auto signal = hex_word(payload);
    if (!signal || *signal > 0xff) return std::nullopt;
    resume.signal = static_cast<Signal>(*signal);
    return resume;
  }
  // Another address to go on at comes with no GDB of today.
  const bool known = (letter == 'c' || letter == 's') && payload.empty();
  return known ? std::optional(resume) : std::nullopt;
}

}  // namespace sehlab::gdb
