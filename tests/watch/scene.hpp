// Scene: a watch over a thread with two records on its stack, and what it says.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "host/watch/chain_watch.hpp"
#include "tests/watch/fake_target.hpp"

namespace sehlab::watch {

inline constexpr std::uint32_t kEnd = 0xffffffff;
inline constexpr std::uint32_t kOuter = 0x19ff70, kInner = 0x19fe94;
inline constexpr GuestAddr kBy{0x402010};

struct Sink final : trace::Sink {
  std::vector<trace::Payload> seen;
  void emit(trace::Payload payload) override { seen.push_back(std::move(payload)); }
  template <typename T>
  std::vector<T> all() const {
    std::vector<T> found;
    for (const auto& payload : seen) {
      if (const T* one = std::get_if<T>(&payload)) found.push_back(*one);
    }
    return found;
  }
};

struct Scene {
  FakeTarget target;
  Sink sink;
  ChainWatch watch;

  explicit Scene(Mode mode = Mode::Report, Suppressions suppressions = {})
      : watch(mode, target, sink, std::move(suppressions)) {
    target.put_record(kOuter, kEnd, 0x401000);
    target.set_head(kOuter);
    watch.thread_started(1, FakeTarget::kTeb);
    push(kInner, kOuter);
    sink.seen.clear();
  }
  void push(std::uint32_t record, std::uint32_t next) {
    target.put_record(record, next, 0x401000);
    head(record);
  }
  void head(std::uint32_t record) {
    target.set_head(record);
    watch.word_written(1, FakeTarget::kTeb, 0, record, kBy);
  }
  void expose(GuestAddr by = GuestAddr{0x402020}, GuestAddr before = {}) {
    target.now = 100;
    target.esp_now = GuestAddr{0x19ff40};
    watch.esp_rose(1, by, before);
  }
  void visit(std::uint32_t record) {
    trace::Event event;
    event.thread = 1;
    trace::RecordVisited visited;
    visited.record = GuestAddr{record};
    event.payload = visited;
    watch.on_event(event);
  }
  std::vector<std::string> defects() const {
    std::vector<std::string> names;
    for (const auto& d : sink.all<trace::DefectFound>())
      names.push_back(d.defect + " by " + d.confirmed_by);
    return names;
  }
};

}  // namespace sehlab::watch
