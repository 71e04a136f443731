#include "host/lab/replay_report.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "host/lab/crash.hpp"
#include "host/lab/result_file.hpp"
#include "host/report/crash_scene.hpp"
#include "host/seh/chain.hpp"
#include "host/trace/kinds.hpp"
#include "host/trace/plain.hpp"
#include "host/trace/text_writer.hpp"

namespace sehlab::lab {
namespace {

constexpr std::size_t kLongestChain = 64;  // records shown

struct Standing {
  std::uint64_t instruction = 0;
  std::uint32_t thread = 0;
  GuestAddr eip;
  std::string symbol;
  report::CrashScene scene;
  seh::Chain chain;
};

Standing standing(Replay& replay) {
  process::Process& process = replay.process();
  Standing now;
  now.instruction = replay.instruction();
  now.thread = process.scheduler().current().number;
  now.eip = GuestAddr{process.machine().registers().general().eip};
  now.symbol = process.modules().symbolize(now.eip);
  now.scene = crash_scene(process.scene());
  const emu::RawAccess& memory = process.machine().memory().raw();
  const auto head = memory.get<std::uint32_t>(process.scheduler().current().teb);
  now.chain = seh::read_chain(memory, GuestAddr{head.value_or(0xffffffff)}, kLongestChain);
  return now;
}

std::string_view ending_word(seh::ChainEnding ending) {
  switch (ending) {
    case seh::ChainEnding::End:
      return "end";
    case seh::ChainEnding::Cycle:
      return "cycle";
    case seh::ChainEnding::TooLong:
      return "too-long";
    case seh::ChainEnding::Unreadable:
      return "unreadable";
  }
  return {};
}

}  // namespace

std::string standing_text(Replay& replay, report::Style style) {
  const Standing now = standing(replay);
  const process::Modules& modules = replay.process().modules();
  std::string place = now.symbol.empty() ? trace::hex(now.eip) : trace::harmless(now.symbol);
  if (!now.scene.source.empty()) place += " (" + trace::harmless(now.scene.source) + ")";
  std::string text = style.bold(fmt::format("@ {}  thread {}  {}", trace::grouped(now.instruction),
                                            now.thread, place)) +
                     '\n';
  if (replay.end()) {
    text += fmt::format("  the end: {}, code {:#x}\n", end_name(replay.end()->kind),
                        replay.end()->code);
  }
  const auto event_line = [](const char* which, std::uint64_t number, const trace::Event& event) {
    return fmt::format("  {} event {}  @ {}  {}  {}\n", which, number,
                       trace::grouped(event.instruction), trace::kind_name(event.payload),
                       trace::describe(event.payload));
  };
  if (!replay.events().empty()) {
    text += event_line("last", replay.events().size(), replay.events().back());
  }
  if (const auto& sought = replay.sought(); sought && sought->number > replay.events().size()) {
    text += event_line("next", sought->number, sought->event);
  }
  text += '\n' + report::registers_text(now.scene);
  text += '\n' + report::code_text(now.scene, now.eip, style);
  text += "\n  chain\n";
  for (const seh::ChainRecord& record : now.chain.records) {
    const std::string handler = modules.symbolize(record.handler);
    text += fmt::format("    {}  next {}  {}\n", trace::hex(record.record), trace::hex(record.next),
                        handler.empty() ? trace::hex(record.handler) : trace::harmless(handler));
  }
  if (now.chain.ending != seh::ChainEnding::End) {
    text += fmt::format("    {}\n", ending_word(now.chain.ending));
  } else if (now.chain.records.empty()) {
    text += "    empty\n";
  }
  return text;
}

std::string standing_json(Replay& replay) {
  using Json = nlohmann::ordered_json;
  const Standing now = standing(replay);
  Json json = {{"schema_version", 1},
               {"instruction", now.instruction},
               {"thread", now.thread},
               {"eip", now.eip.value},
               {"symbol", now.symbol},
               {"source", now.scene.source},
               {"ended", replay.end().has_value()},
               {"events", replay.events().size()},
               {"registers", Json::object()},
               {"code", Json::array()},
               {"chain", Json::array()},
               {"chain_ending", ending_word(now.chain.ending)},
               {"stdout", replay.out()},
               {"stderr", replay.err()}};
  for (const auto& [name, value] : now.scene.registers) json["registers"][name] = value;
  for (const auto& line : now.scene.code) {
    json["code"].push_back({{"address", line.address.value}, {"text", line.text}});
  }
  for (const seh::ChainRecord& record : now.chain.records) {
    json["chain"].push_back({{"record", record.record.value},
                             {"next", record.next.value},
                             {"handler", record.handler.value},
                             {"symbol", replay.process().modules().symbolize(record.handler)}});
  }
  if (!replay.events().empty()) {
    const trace::Event& last = replay.events().back();
    json["last_event"] = {{"number", replay.events().size()},
                          {"instruction", last.instruction},
                          {"kind", trace::kind_name(last.payload)},
                          {"text", trace::describe(last.payload)}};
  }
  // A guest may have written any bytes.
  return json.dump(-1, ' ', false, Json::error_handler_t::replace) + '\n';
}

}  // namespace sehlab::lab
