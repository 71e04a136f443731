#include "host/lab/standing.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/lab/crash.hpp"
#include "host/lab/result_file.hpp"
#include "host/process/chain_picture.hpp"
#include "host/report/crash_scene.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {

Standing standing(process::Process& process) {
  Standing now;
  now.instruction = process.machine().retired();
  now.thread = process.scheduler().current().number;
  const process::Modules& modules = process.modules();
  now.at.address = GuestAddr{process.machine().registers().general().eip};
  now.at.symbol = modules.symbolize(now.at.address);
  now.scene = crash_scene(process.scene());
  now.chain =
      process::chain_picture(process.machine().memory().raw(), process.scheduler().current().teb);
  for (trace::ChainLink& link : now.chain.links) {
    link.handler.symbol = modules.symbolize(link.handler.address);
  }
  return now;
}

Standing standing(Replay& replay) {
  Standing now = standing(replay.process());
  now.events = replay.events().size();
  if (!replay.events().empty()) now.last = replay.events().back();
  if (const auto& sought = replay.sought(); sought && sought->number > now.events) {
    now.next = sought;
  }
  now.end = replay.end();
  now.out = replay.out();
  now.error = replay.err();
  return now;
}

std::string standing_text(const Standing& now, report::Style style) {
  std::string place =
      now.at.symbol.empty() ? trace::hex(now.at.address) : trace::harmless(now.at.symbol);
  if (!now.scene.source.empty()) place += " (" + trace::harmless(now.scene.source) + ")";
  std::string text = style.bold(fmt::format("@ {}  thread {}  {}", trace::grouped(now.instruction),
                                            now.thread, place)) +
                     '\n';
  if (now.end) {
    text += fmt::format("  the end: {}, code {:#x}\n", end_name(now.end->kind), now.end->code);
  }
  const auto event_line = [](const char* which, std::uint64_t number, const trace::Event& event) {
    return fmt::format("  {} event {}  @ {}  {}  {}\n", which, number,
                       trace::grouped(event.instruction), trace::kind_name(event.payload),
                       trace::describe(event.payload));
  };
  if (now.last) text += event_line("last", now.events, *now.last);
  if (now.next) text += event_line("next", now.next->number, now.next->event);
  text += '\n' + report::registers_text(now.scene);
  text += '\n' + report::code_text(now.scene, now.at.address, style);
  text += "\n  chain\n";
  for (const trace::ChainLink& link : now.chain.links) {
    const trace::Place& handler = link.handler;
    text += fmt::format(
        "    {}  next {}  {}\n", trace::hex(link.record), trace::hex(link.next),
        handler.symbol.empty() ? trace::hex(handler.address) : trace::harmless(handler.symbol));
  }
  if (now.chain.ending != "end") {
    text += fmt::format("    {}\n", now.chain.ending);
  } else if (now.chain.links.empty()) {
    text += "    empty\n";
  }
  return text;
}

std::string standing_json(const Standing& now) {
  using Json = nlohmann::ordered_json;
  Json json = {{"schema_version", 1},
               {"instruction", now.instruction},
               {"thread", now.thread},
               {"eip", now.at.address.value},
               {"symbol", now.at.symbol},
               {"source", now.scene.source},
               {"ended", now.end.has_value()},
               {"events", now.events},
               {"registers", Json::object()},
               {"code", Json::array()},
               {"chain", Json::array()},
               {"chain_ending", now.chain.ending},
               {"stdout", now.out},
               {"stderr", now.error}};
  for (const auto& [name, value] : now.scene.registers) json["registers"][name] = value;
  for (const auto& line : now.scene.code) {
    json["code"].push_back({{"address", line.address.value}, {"text", line.text}});
  }
  for (const trace::ChainLink& link : now.chain.links) {
    json["chain"].push_back({{"record", link.record.value},
                             {"next", link.next.value},
                             {"handler", link.handler.address.value},
                             {"symbol", link.handler.symbol}});
  }
  if (now.last) {
    json["last_event"] = {{"number", now.events},
                          {"instruction", now.last->instruction},
                          {"kind", trace::kind_name(now.last->payload)},
                          {"text", trace::describe(now.last->payload)}};
  }
  // A guest may have written any bytes.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace sehlab::lab
