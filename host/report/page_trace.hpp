// PageTrace: a trace as the report's page holds it: columns of packed numbers, every string, place
// and chain once, and tables of slices and of records' lives, so that the page looks nothing up
// by going through a million events.
#pragma once

#include <cstdint>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "host/report/page_bytes.hpp"
#include "host/report/page_lives.hpp"
#include "host/report/page_words.hpp"
#include "host/trace/event.hpp"
#include "host/trace/fields.hpp"
#include "host/trace/listener.hpp"
#include "host/trace/slices.hpp"

namespace sehlab::report {

/// Numbers the distinct values that it is given, from 0 in the order of coming.
class PageTable {
 public:
  /// `more`: it was not there before.
  std::uint64_t number(const std::string& key, bool& more);
  [[nodiscard]] std::size_t size() const { return numbers_.size(); }

 private:
  std::unordered_map<std::string, std::uint64_t> numbers_;
};

class PageTrace final : public trace::Listener {
 public:
  /// Events in one block of the body: what the page decodes at a time.
  static constexpr std::size_t kBlock = 64;
  /// Bytes of text that are kept; what comes then is left out, and the page says so.
  static constexpr std::size_t kMostText = 64u << 20;
  /// Events that are kept; of what comes then only the end of the process is.
  static constexpr std::size_t kMostEvents = 2'000'000;

  explicit PageTrace(std::size_t most = kMostEvents) : most_(most) {}
  void on_event(const trace::Event& event) override;
  [[nodiscard]] std::size_t events() const { return events_; }
  [[nodiscard]] const PageWords& words() const { return words_; }
  /// The whole as one JSON object; ends the slices that are still open.
  void write(std::ostream& out);

 private:
  struct Slice {
    std::uint64_t begin = 0, end = 0;  ///< events, from 0; both are in it
    std::uint32_t thread = 0;
    std::size_t depth = 0;
    trace::SliceKind kind = trace::SliceKind::Dispatch;
  };
  class Fields;
  std::uint64_t text(std::string_view bytes);
  std::uint64_t place(const trace::Place& place);
  std::uint64_t chain(const trace::ChainPicture& chain);
  void slices(const trace::Event& event);
  void write_slices(std::ostream& out) const;

  std::size_t most_;
  std::size_t events_ = 0, beyond_ = 0;
  PageBytes kinds_, threads_, depths_, instructions_, body_, blocks_;
  std::uint64_t instruction_ = 0, block_ = 0;
  PageTable texts_, places_, chains_, thread_ids_;
  PageBytes place_column_, chain_column_, chain_sizes_, thread_column_;
  std::string text_list_;
  bool text_left_out_ = false;
  trace::Slices nesting_;
  std::vector<Slice> slices_;
  std::map<std::uint32_t, std::vector<std::size_t>> open_;  ///< in slices_
  std::map<std::uint32_t, std::uint64_t> last_of_thread_;
  PageLives lives_;
  PageWords words_;
};

}  // namespace sehlab::report
