// sehlab.h over <sehlab/lab.hpp>: labs and calls. No exception gets out.
#include <memory>
#include <span>
#include <utility>

#include "host/api/c_handles.hpp"

using namespace sehlab;

struct sehlab_snapshot {
  Snapshot snapshot;
};

namespace {

LabOptions options_of(const sehlab_options* given) {
  LabOptions options;
  if (given == nullptr) return options;
  options.profile = text(given->profile);
  options.system_folder = text(given->system_folder);
  options.calls_from = text(given->calls_from);
  for (std::size_t i = 0; i < given->dll_folder_count; ++i) {
    options.dll_folders.emplace_back(given->dll_folders[i]);
  }
  for (std::size_t i = 0; i < given->argument_count; ++i) {
    options.arguments.emplace_back(given->arguments[i]);
  }
  if (given->budget != 0) options.budget = given->budget;
  options.seed = given->seed;
  options.watch = static_cast<Watch>(given->watch);
  options.sehop = given->sehop != 0;
  if (given->input != nullptr) {
    options.input.assign(static_cast<const char*>(given->input), given->input_size);
  }
  options.files = text(given->files);
  options.suppressions = text(given->suppressions);
  return options;
}

/// What goes wrong is kept for when the call is made.
template <typename Change>
void change(sehlab_call* call, Change change) {
  std::string wrong;
  if (call->call && !attempt(wrong, [&] { change(*call->call); })) call->wrong = std::move(wrong);
}

/// The call as it was described.
Call& whole(sehlab_call* call) {
  if (!call->wrong.empty()) throw LabError(call->wrong);
  static_cast<void>(opened(call->lab));  // without it there is no call
  return call->call.value();
}

/// What `deed` makes of the call, as a handle; null with the lab's error when it throws.
template <typename Handle, typename Deed>
Handle* made(sehlab_call* call, Deed deed) {
  Handle* handle = nullptr;
  attempt(call->lab->error, [&] { handle = new Handle(deed(whole(call))); });
  return handle;
}

}  // namespace

std::uint32_t sehlab_abi() {
  return SEHLAB_ABI;
}
const char* sehlab_version() {
  return SEHLAB_VERSION;
}

const char* sehlab_profile(std::size_t index) {
  static const std::vector<std::string> all = profiles();
  return index < all.size() ? all[index].c_str() : nullptr;
}

sehlab_lab* sehlab_open(const char* image, const sehlab_options* options) {
  auto* lab = new (std::nothrow) sehlab_lab;
  if (lab == nullptr) return nullptr;
  attempt(lab->error, [&] {
    if (options != nullptr && options->size != sizeof *options) {
      throw LabError("sehlab_options.size is not that of this library");
    }
    if (options != nullptr && options->watch > SEHLAB_WATCH_STOP) {
      throw LabError("sehlab_options.watch is none of enum sehlab_watch");
    }
    lab->lab.emplace(text(image), options_of(options));
  });
  return lab;
}

void sehlab_close(sehlab_lab* lab) {
  delete lab;
}

const char* sehlab_error(const sehlab_lab* lab) {
  return error_or_null(lab->error);
}

std::uint32_t sehlab_address(sehlab_lab* lab, const char* function) {
  std::uint32_t address = 0;
  attempt(lab->error, [&] { address = opened(lab).address(text(function)).value; });
  return address;
}

sehlab_snapshot* sehlab_snapshot_take(sehlab_lab* lab) {
  sehlab_snapshot* taken = nullptr;
  attempt(lab->error, [&] { taken = new sehlab_snapshot{opened(lab).snapshot()}; });
  return taken;
}
int sehlab_snapshot_restore(sehlab_lab* lab, const sehlab_snapshot* snapshot) {
  const auto restore = [&] { opened(lab).restore(snapshot->snapshot); };
  return attempt(lab->error, restore) ? 0 : -1;
}
void sehlab_snapshot_free(sehlab_snapshot* snapshot) {
  delete snapshot;
}

sehlab_call* sehlab_call_new(sehlab_lab* lab, const char* function) {
  sehlab_call* call = nullptr;
  attempt(lab->error, [&] {
    auto made = std::make_unique<sehlab_call>(lab);
    if (lab->lab && function != nullptr) made->call.emplace(*lab->lab, function);
    if (lab->lab && function == nullptr) made->call.emplace(*lab->lab);
    call = made.release();
  });
  return call;
}
void sehlab_call_free(sehlab_call* call) {
  delete call;
}
void sehlab_call_word(sehlab_call* call, std::uint32_t word) {
  change(call, [&](Call& described) { described.argument(word); });
}
void sehlab_call_word64(sehlab_call* call, std::uint64_t words) {
  change(call, [&](Call& described) { described.argument(Long64(words)); });
}
void sehlab_call_double(sehlab_call* call, double value) {
  change(call, [&](Call& described) { described.argument(value); });
}
void sehlab_call_float(sehlab_call* call, float value) {
  change(call, [&](Call& described) { described.argument(value); });
}
void sehlab_call_bytes(sehlab_call* call, const void* bytes, std::size_t size) {
  change(call, [&](Call& described) {
    described.argument(std::span(static_cast<const std::byte*>(bytes), size));
  });
}
void sehlab_call_convention(sehlab_call* call, std::uint32_t convention) {
  if (convention > SEHLAB_THISCALL) call->wrong = "the convention is none of sehlab_convention";
  change(call, [&](Call& described) { described.convention(static_cast<Convention>(convention)); });
}
void sehlab_call_inject(sehlab_call* call, const char* specification) {
  change(call, [&](Call& described) { described.inject(text(specification)); });
}
void sehlab_call_profile(sehlab_call* call, const char* name) {
  change(call, [&](Call& described) { described.profile(text(name)); });
}
void sehlab_call_watch(sehlab_call* call, std::uint32_t watch) {
  if (watch > SEHLAB_WATCH_STOP) call->wrong = "the watch is none of enum sehlab_watch";
  change(call, [&](Call& described) { described.watch(static_cast<Watch>(watch)); });
}
void sehlab_call_budget(sehlab_call* call, std::uint64_t instructions) {
  change(call, [&](Call& described) { described.budget(instructions); });
}

sehlab_run* sehlab_call_run(sehlab_call* call) {
  return made<sehlab_run>(call, [](Call& described) { return described.run(); });
}
sehlab_run* sehlab_call_keep(sehlab_call* call) {
  return made<sehlab_run>(call, [](Call& described) { return described.keep(); });
}
sehlab_run* sehlab_call_sweep(sehlab_call* call, const char* what, sehlab_swept each, void* user) {
  return made<sehlab_run>(call, [&](Call& described) {
    return described.sweep(Disturbance(text(what)), [&](std::uint64_t position, const Run& run) {
      const sehlab_run swept(run);
      if (each(position, &swept, user) != 0) throw LabError("the sweep was ended");
    });
  });
}
sehlab_moment* sehlab_call_go_to(sehlab_call* call, const char* place) {
  return made<sehlab_moment>(call, [&](Call& described) { return described.go_to(text(place)); });
}
int sehlab_call_record(sehlab_call* call, const char* file) {
  const auto record = [&] { whole(call).record(text(file)); };
  return attempt(call->lab->error, record) ? 0 : -1;
}
