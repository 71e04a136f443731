#include "host/trace/chrome_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::trace {
namespace {

std::string quoted(const std::string& text) {
  // What a guest is named may be any bytes.
  return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

/// What the bar says: "dispatch C0000005", the handler's name, "unwind to 0019ff60".
std::string slice_name(const Payload& payload) {
  if (const auto* begun = std::get_if<DispatchBegun>(&payload)) {
    return fmt::format("dispatch {:08X}", begun->code);
  }
  if (const auto* unwind = std::get_if<UnwindBegun>(&payload)) {
    return unwind->target == GuestAddr{} ? "unwind" : "unwind to " + hex(unwind->target);
  }
  if (const auto* entered = std::get_if<HandlerEntered>(&payload)) {
    return "handler " + show(entered->handler);
  }
  if (const auto* vectored = std::get_if<VectoredEntered>(&payload)) {
    return (vectored->continuing ? "continue handler " : "vectored ") + show(vectored->handler);
  }
  return {};
}

}  // namespace

ChromeWriter::ChromeWriter(std::ostream& out, KindSet kinds) : out_(out), kinds_(kinds) {
  out_ << R"([{"ph":"M","pid":1,"tid":0,"name":"process_name","args":{"name":"sehlab guest"}})";
}

ChromeWriter::~ChromeWriter() {
  for (const std::uint32_t thread : slices_.threads()) end_slices(slices_.open(thread), thread);
  out_ << "\n]\n";
}

void ChromeWriter::line(char phase, std::uint32_t thread, const std::string& members) {
  out_ << fmt::format(",\n{{\"ph\":\"{}\",\"pid\":1,\"tid\":{},\"ts\":{}{}}}", phase, thread,
                      instruction_, members);
}

void ChromeWriter::end_slices(std::size_t count, std::uint32_t thread) {
  for (; count > 0; --count) line('E', thread, "");
}

void ChromeWriter::name_thread(std::uint32_t thread) {
  if (!named_.insert(thread).second) return;
  out_ << fmt::format(
      ",\n{{\"ph\":\"M\",\"pid\":1,\"tid\":{0},\"name\":\"thread_name\",\"args\":{{\"name\":"
      "\"thread {0}\"}}}}",
      thread);
}

void ChromeWriter::on_event(const Event& event) {
  const Slices::Step step = slices_.take(event);
  name_thread(event.thread);
  // What was left was left after the last event.
  end_slices(step.left, event.thread);
  instruction_ = std::max(instruction_, event.instruction);
  const std::string told = quoted(describe(event.payload));
  const std::string args =
      fmt::format(",\"args\":{{\"what\":{},\"at\":{},\"chain\":{},\"esp\":\"{}\"}}", told,
                  quoted(show(event.eip)), quoted(describe(event.chain)), hex(event.esp));
  if (step.opened) {
    line('B', event.thread, ",\"name\":" + quoted(slice_name(event.payload)) + args);
  } else if (kinds_.contains(event)) {
    const std::string name = quoted(std::string(kind_name(event.payload)));
    line('i', event.thread, ",\"s\":\"t\",\"name\":" + name + args);
  }
  end_slices(step.ended, event.thread);
}

}  // namespace sehlab::trace
