// Taking a process as it stands, and going back.
#include <utility>

#include "emu/check.hpp"
#include "host/process/object_copies.hpp"
#include "host/process/process.hpp"
#include "host/process/snapshot.hpp"

namespace sehlab::process {

KernelPort::State KernelPort::State::copy(ObjectCopies& copies) const {
  State copy{files.with_root(copies.of(files.root())), views, allocations};
  for (auto& [base, view] : copy.views) view.section = copies.of(view.section);
  return copy;
}

std::shared_ptr<const Snapshot> Process::take_snapshot() {
  SEHLAB_CHECK(!end_);
  auto snapshot = std::make_shared<Snapshot>();
  snapshot->machine = machine_->take_snapshot();
  snapshot->instructions = machine_->retired();
  snapshot->modules = modules_->state();
  if (kernel_changed()) settle_kernel(++kernel_numbers_);
  snapshot->kernel_number = kernel_number_;
  ObjectCopies copies;
  snapshot->objects = objects_.copy(copies);
  snapshot->kernel = kernel_->state().copy(copies);
  snapshot->scheduler = scheduler_->state();
  snapshot->clock = clock_->state();
  snapshot->clock_due = clock_due_;
  snapshot->threads_created = threads_->created();
  snapshot->execute_flags = system_->execute_flags();
  if (observers_) snapshot->observers = observers_->state();
  snapshot->moved = moved_;
  snapshot->moved_at = moved_at_.instructions;
  snapshot->moves = moved_at_.moves;
  snapshot->waiting = waiting_;
  if (intervening_ != nullptr) snapshot->intervention = intervening_->save();
  return snapshot;
}

bool Process::kernel_changed() const {
  return objects_.changed() || kernel_->changed();
}

void Process::settle_kernel(std::uint64_t number) {
  objects_.settle();
  kernel_->settle();
  kernel_number_ = number;
}

void Process::restore_kernel(const Snapshot& snapshot) {
  ObjectCopies copies;
  Objects objects = snapshot.objects.copy(copies);
  kernel_->restore(snapshot.kernel.copy(copies));
  objects_ = std::move(objects);
  settle_kernel(snapshot.kernel_number);
}

void Process::restore(const Snapshot& snapshot) {
  modules_->restore(snapshot.modules);
  if (kernel_changed() || kernel_number_ != snapshot.kernel_number) restore_kernel(snapshot);
  scheduler_->restore(snapshot.scheduler);
  clock_->restore(snapshot.clock);
  clock_due_ = snapshot.clock_due;
  threads_->restore_created(snapshot.threads_created);
  system_->restore_execute_flags(snapshot.execute_flags);
  memory_->set_teb(scheduler_->current().teb);
  machine_->restore(*snapshot.machine);
  if (observers_) observers_->restore(*snapshot.observers);
  refresh_gates();
  crash_.reset();
  end_.reset();
  moved_ = snapshot.moved;
  moved_at_ = {snapshot.moved_at, snapshot.moves};
  waiting_ = snapshot.waiting;
  if (intervening_ != nullptr && snapshot.intervention) {
    intervening_->put_back(snapshot.intervention, *this);
  }
  const bool other_images = images_met_ != modules_->version();
  images_met_ = modules_->version();
  if (intervening_ != nullptr || other_images) set_breakpoints();
  if (other_images) set_counted_code();
}

}  // namespace sehlab::process
