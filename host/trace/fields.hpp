// Every field of every payload, listed once with its stable name. JSON Lines (both ways) and the
// naming of places are made from this list; docs/trace-format.md describes the same fields.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

#include "host/trace/event.hpp"

namespace sehlab::trace {

/// How a number is written: counts and ids in decimal, codes and flags in hexadecimal.
enum class NumberForm : std::uint8_t { Decimal, Hex };
inline constexpr NumberForm kHex = NumberForm::Hex;

// fields(payload, visit) calls visit(name, field) for each field, or visit(name, field, kHex).
// `P` is the payload's type, const or not.

template <class P, class T>
concept Is = std::is_same_v<std::remove_const_t<P>, T>;

template <Is<FaultRaised> P, class V>
void fields(P& p, V&& visit) {
  visit("code", p.code, kHex);
  visit("flags", p.flags, kHex);
  visit("at", p.at);
  visit("parameters", p.parameters, kHex);
  visit("software", p.software);
}
template <Is<DispatchBegun> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("context", p.context);
  visit("code", p.code, kHex);
  visit("flags", p.flags, kHex);
  visit("on_os_stack", p.on_os_stack);
}
template <Is<RecordVisited> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("next", p.next);
  visit("handler", p.handler);
  visit("unwinding", p.unwinding);
}
template <Is<RecordRefused> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("handler", p.handler);
  visit("why", p.why);
  visit("unwinding", p.unwinding);
}
template <Is<HandlerEntered> P, class V>
void fields(P& p, V&& visit) {
  visit("frame", p.frame);
  visit("handler", p.handler);
  visit("code", p.code, kHex);
  visit("flags", p.flags, kHex);
  visit("owner", p.owner);
  visit("pushed_by", p.pushed_by);
}
template <Is<Disposition> P, class V>
void fields(P& p, V&& visit) {
  visit("frame", p.frame);
  visit("handler", p.handler);
  visit("value", p.value);
}
template <Is<VectoredEntered> P, class V>
void fields(P& p, V&& visit) {
  visit("handler", p.handler);
  visit("continuing", p.continuing);
  visit("code", p.code, kHex);
  visit("flags", p.flags, kHex);
}
template <Is<VectoredReturned> P, class V>
void fields(P& p, V&& visit) {
  visit("handler", p.handler);
  visit("continuing", p.continuing);
  visit("value", p.value, kHex);
}
template <Is<DispatchContinued> P, class V>
void fields(P& p, V&& visit) {
  visit("to", p.to);
  visit("esp", p.esp);
}
template <Is<DispatchAbandoned> P, class V>
void fields(P& p, V&& visit) {
  visit("code", p.code, kHex);
  visit("stack_invalid", p.stack_invalid);
}
template <Is<UnwindBegun> P, class V>
void fields(P& p, V&& visit) {
  visit("target", p.target);
  visit("code", p.code, kHex);
  visit("flags", p.flags, kHex);
}
template <Is<RecordUnwound> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
}
template <Is<UnwindEnded> P, class V>
void fields(P& p, V&& visit) {
  visit("target", p.target);
  visit("to", p.to);
}
template <Is<RecordPushed> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("next", p.next);
  visit("handler", p.handler);
  visit("by", p.by);
  visit("owner", p.owner);
}
template <Is<RecordPopped> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("head", p.head);
  visit("by", p.by);
}
template <Is<RecordExposed> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("esp", p.esp);
  visit("handler", p.handler);
  visit("pushed_by", p.pushed_by);
  visit("owner", p.owner);
  visit("pushed_at", p.pushed_at);
  visit("left_by", p.left_by);
  visit("exposed_by", p.exposed_by);
}
template <Is<ExposureEnded> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("by", p.by);
  visit("lasted", p.lasted);
}
template <Is<ExposedRecordWritten> P, class V>
void fields(P& p, V&& visit) {
  visit("record", p.record);
  visit("word", p.word);
  visit("old_value", p.old_value, kHex);
  visit("new_value", p.new_value, kHex);
  visit("by", p.by);
}
template <Is<DefectFound> P, class V>
void fields(P& p, V&& visit) {
  visit("defect", p.defect);
  visit("confirmed_by", p.confirmed_by);
  visit("record", p.record);
  visit("next", p.next);
  visit("handler", p.handler);
  visit("handler_now", p.handler_now);
  visit("pushed_by", p.pushed_by);
  visit("owner", p.owner);
  visit("written_by", p.written_by);
  visit("pushed_at", p.pushed_at);
  visit("exposed_at", p.exposed_at);
  visit("written_at", p.written_at);
  visit("left_by", p.left_by);
  visit("since", p.since);
  visit("since_by", p.since_by);
  visit("intact_at", p.intact_at);
  visit("relied_on_by", p.relied_on_by);
  visit("copy_of", p.copy_of);
  visit("pushed_source", p.pushed_source);
  visit("since_source", p.since_source);
  visit("relied_on_source", p.relied_on_source);
  visit("suppressed", p.suppressed);
}
template <Is<GateCalled> P, class V>
void fields(P& p, V&& visit) {
  visit("dll", p.dll);
  visit("function", p.function);
  visit("caller", p.caller);
}
template <Is<ThreadStarted> P, class V>
void fields(P& p, V&& visit) {
  visit("id", p.id);
  visit("teb", p.teb);
  visit("stack", p.stack);
  visit("entry", p.entry);
}
template <Is<ThreadSwitched> P, class V>
void fields(P& p, V&& visit) {
  visit("from", p.from);
  visit("to", p.to);
}
template <Is<ThreadEnded> P, class V>
void fields(P& p, V&& visit) {
  visit("id", p.id);
  visit("code", p.code, kHex);
}
template <Is<ImageMapped> P, class V>
void fields(P& p, V&& visit) {
  visit("name", p.name);
  visit("range", p.range);
}
template <Is<SymbolReached> P, class V>
void fields(P& p, V&& visit) {
  visit("at", p.at);
  visit("visit", p.visit);
  visit("frames", p.frames);
}
template <Is<OutputWritten> P, class V>
void fields(P& p, V&& visit) {
  visit("error_stream", p.error_stream);
  visit("text", p.text);
}
template <Is<InjectionFired> P, class V>
void fields(P& p, V&& visit) {
  visit("number", p.number);
  visit("spec", p.spec);
  visit("at", p.at);
  visit("visit", p.visit);
  visit("raises", p.raises);
}
template <Is<ProcessEnded> P, class V>
void fields(P& p, V&& visit) {
  visit("kind", p.kind);
  visit("code", p.code, kHex);
  visit("detail", p.detail);
}

/// Calls visit(Place&) for every place of the event: EIP, the chain's handlers, the payload's.
template <class V>
void for_each_place(Event& event, V&& visit) {
  visit(event.eip);
  for (ChainLink& link : event.chain.links) visit(link.handler);
  const auto only_places = [&visit](const char*, auto& field, auto...) {
    if constexpr (std::is_same_v<decltype(field), Place&>) visit(field);
    if constexpr (std::is_same_v<decltype(field), std::vector<CallFrame>&>) {
      for (CallFrame& frame : field) visit(frame.code);
    }
  };
  std::visit([&only_places](auto& payload) { fields(payload, only_places); }, event.payload);
}

}  // namespace sehlab::trace
