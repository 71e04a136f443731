// Relay: the process's one intervention, behind which the injections of each run stand in turn.
#pragma once

#include <memory>
#include <span>

#include "host/inject/injector.hpp"
#include "host/process/intervention.hpp"

namespace sehlab {

class Relay final : public process::Intervention {
 public:
  /// Null: nobody. The process's breakpoints are to be set again.
  void set(inject::Injector* injector) { injector_ = injector; }

  [[nodiscard]] Result<> begin(process::Process&) override { return {}; }
  void images_changed(process::Process& process) override {
    if (injector_ != nullptr) injector_->images_changed(process);
  }
  void step_in(process::Process& process, Occasion occasion) override {
    if (injector_ != nullptr) injector_->step_in(process, occasion);
  }
  [[nodiscard]] std::shared_ptr<const void> save() const override {
    return injector_ != nullptr ? injector_->save() : nullptr;
  }
  void put_back(const std::shared_ptr<const void>& saved, process::Process& process) override {
    if (injector_ != nullptr && saved) injector_->put_back(saved, process);
  }
  [[nodiscard]] std::span<const GuestAddr> addresses() const override {
    return injector_ != nullptr ? injector_->addresses() : std::span<const GuestAddr>{};
  }
  [[nodiscard]] std::uint64_t next_count() const override {
    return injector_ != nullptr ? injector_->next_count() : kNever;
  }
  [[nodiscard]] bool wants_moves() const override {
    return injector_ != nullptr && injector_->wants_moves();
  }

 private:
  inject::Injector* injector_ = nullptr;
};

}  // namespace sehlab
