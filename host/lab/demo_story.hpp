// The story of Go issue 7470 as two traces tell it: for each image the moments that the demo
// speaks of, found in the events of a run. A moment that did not come is null.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "host/lab/run.hpp"
#include "host/trace/event.hpp"

namespace sehlab::lab {

/// An event and its payload, both inside a Story's events.
template <typename T>
struct Moment {
  const trace::Event* event = nullptr;
  const T* what = nullptr;
  explicit operator bool() const { return event != nullptr; }
};

/// One image, run once.
struct Story {
  std::string image;  ///< file name without extension
  std::vector<trace::Event> events;
  process::End end;
  std::string output;  ///< what the guest printed

  GuestRange stack;                             ///< the OS stack of the thread that calls C
  Moment<trace::RecordPushed> thread_record;    ///< mstart's
  Moment<trace::RecordPushed> callback_record;  ///< callbackasm1's, linked when the panic came
  Moment<trace::SymbolReached> panic;           ///< the inner Go panics
  Moment<trace::SymbolReached> recovery;        ///< the outer Go calls recover()
  Moment<trace::RecordExposed> exposed;
  Moment<trace::ExposureEnded> restored;
  Moment<trace::ExposedRecordWritten> written;
  Moment<trace::FaultRaised> fault;                  ///< after the recovery
  std::vector<Moment<trace::RecordVisited>> visits;  ///< of the fault's dispatch
  Moment<trace::RecordRefused> refused;
  Moment<trace::HandlerEntered> handler;
  Moment<trace::DispatchContinued> continued;
  Moment<trace::SymbolReached> sigpanic;
  Moment<trace::DefectFound> defect;
};

/// The function in "go_buggy!mstart+0x1f": "mstart"; empty when there is none.
[[nodiscard]] std::string function_name(std::string_view symbol);

/// How the demo runs `image`: which tests, watched and observed by whom.
[[nodiscard]] process::Options story_options(const std::filesystem::path& image);

/// Runs `image` and finds the moments.
[[nodiscard]] tl::expected<Story, StartError> tell(const std::filesystem::path& image);

}  // namespace sehlab::lab
