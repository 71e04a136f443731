// Relay: the process's one intervention, behind which the injections of each run stand in turn.
#pragma once

#include <memory>
#include <span>

#include "host/process/intervention.hpp"

namespace sehlab {

class Relay final : public process::Intervention {
 public:
  /// Null: nobody. The process's breakpoints are to be set again.
  void set(process::Intervention* behind) { behind_ = behind; }

  [[nodiscard]] Result<> begin(process::Process&) override { return {}; }
  /// Those of a run begin with it.
  [[nodiscard]] Result<> begin_run(process::Process& process) {
    return behind_ != nullptr ? behind_->begin(process) : Result<>{};
  }
  void images_changed(process::Process& process) override {
    if (behind_ != nullptr) behind_->images_changed(process);
  }
  void step_in(process::Process& process, Occasion occasion) override {
    if (behind_ != nullptr) behind_->step_in(process, occasion);
  }
  [[nodiscard]] std::shared_ptr<const void> save() const override {
    return behind_ != nullptr ? behind_->save() : nullptr;
  }
  void put_back(const std::shared_ptr<const void>& saved, process::Process& process) override {
    if (behind_ != nullptr && saved) behind_->put_back(saved, process);
  }
  [[nodiscard]] std::span<const GuestAddr> addresses() const override {
    return behind_ != nullptr ? behind_->addresses() : std::span<const GuestAddr>{};
  }
  [[nodiscard]] std::uint64_t next_count() const override {
    return behind_ != nullptr ? behind_->next_count() : kNever;
  }
  [[nodiscard]] bool wants_moves() const override {
    return behind_ != nullptr && behind_->wants_moves();
  }

 private:
  process::Intervention* behind_ = nullptr;
};

}  // namespace sehlab
