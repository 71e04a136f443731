// RepeatableConsole: the guest's standard streams in a run that goes back and comes again: what was
// read once is read again, what was written once is not written again.
#pragma once

#include <algorithm>
#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "host/process/options.hpp"

namespace sehlab::lab {

class RepeatableConsole final : public process::Output {
 public:
  /// Bytes written to each stream and reads done, up to where the run stands.
  struct Place {
    std::size_t out = 0, error = 0, reads = 0;
  };

  /// `streams`: the real ones; they outlive this.
  explicit RepeatableConsole(process::Output& streams) : streams_(streams) {}

  void write(int stream, std::span<const std::byte> bytes) override {
    std::size_t& at = stream == 2 ? here_.error : here_.out;
    std::size_t& furthest = stream == 2 ? furthest_.error : furthest_.out;
    at += bytes.size();
    if (at <= furthest) return;
    const std::size_t fresh = std::min(bytes.size(), at - furthest);
    furthest = at;
    streams_.write(stream, bytes.last(fresh));
  }

  std::size_t read(std::span<std::byte> into) override {
    if (here_.reads == reads_.size()) {
      const std::size_t got = streams_.read(into);
      reads_.emplace_back(reinterpret_cast<const char*>(into.data()), got);
    }
    const std::string& given = reads_[here_.reads++];
    const std::size_t size = std::min(into.size(), given.size());
    std::copy_n(reinterpret_cast<const std::byte*>(given.data()), size, into.begin());
    return size;
  }

  [[nodiscard]] Place place() const { return here_; }
  void set_place(const Place& place) { here_ = place; }
  /// What is written from here on is new, whatever was written before. Input stays what it was.
  void forget_rest() {
    furthest_.out = here_.out;
    furthest_.error = here_.error;
  }

 private:
  process::Output& streams_;
  std::vector<std::string> reads_;
  Place here_, furthest_;
};

}  // namespace sehlab::lab
