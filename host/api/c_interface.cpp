// sehlab.h over <sehlab/lab.hpp>: handles, and no exception gets out.
#include <algorithm>
#include <exception>
#include <new>
#include <optional>
#include <span>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "host/api/sehlab/lab.hpp"
#include "host/api/sehlab/sehlab.h"
#include "host/trace/jsonl_writer.hpp"

using namespace sehlab;

struct sehlab_lab {
  std::optional<Lab> lab;
  std::string error;
};

struct sehlab_call {
  sehlab_lab* lab = nullptr;
  std::string function;
  std::vector<Argument> arguments;
  Convention convention = Convention::Standard;
  std::vector<std::string> injections;
  std::string profile;
  std::optional<Watch> watch;
  std::optional<std::uint64_t> budget;
};

struct sehlab_run {
  Run run;
  std::vector<std::string> handlers, unwound;
  std::string report, trace;
};

struct sehlab_guest {
  Guest& guest;
  std::exception_ptr left{};  ///< thrown again once the provided function has returned
};

namespace {

std::string text(const char* given) {
  return given != nullptr ? given : "";
}

/// Does it, and keeps what it throws as the lab's error; false: it threw.
template <typename Deed>
bool attempt(sehlab_lab* lab, Deed deed) {
  try {
    lab->error.clear();
    deed();
    return true;
  } catch (const std::exception& error) {
    lab->error = error.what();
  } catch (...) {
    lab->error = "a provided function threw";
  }
  return false;
}

template <typename Deed>
int in_guest(sehlab_guest* guest, Deed deed) {
  if (guest->left) return -1;
  try {
    deed(guest->guest);
    return 0;
  } catch (...) {
    guest->left = std::current_exception();
    return -1;
  }
}

/// "image!function" of "image!function+0x31".
std::string function_of(const trace::Place& place) {
  return place.symbol.substr(0, place.symbol.rfind('+'));
}

std::vector<std::string> names(const Handlers& handlers) {
  std::vector<std::string> all;
  for (const HandlerCall& call : handlers.calls) {
    const std::string owner = function_of(call.owner);
    all.push_back(owner.empty() ? call.handler.symbol : call.handler.symbol + "@" + owner);
  }
  return all;
}

std::string as_jsonl(const std::vector<trace::Event>& events) {
  std::ostringstream out;
  trace::JsonlWriter writer(out);
  for (const trace::Event& event : events) writer.on_event(event);
  return out.str();
}

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
  return options;
}

}  // namespace

std::uint32_t sehlab_abi() {
  return SEHLAB_ABI;
}
const char* sehlab_version() {
  return SEHLAB_VERSION;
}

sehlab_lab* sehlab_open(const char* image, const sehlab_options* options) {
  auto* lab = new (std::nothrow) sehlab_lab;
  if (lab == nullptr) return nullptr;
  attempt(lab, [&] {
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
  return lab->error.empty() ? nullptr : lab->error.c_str();
}

std::uint32_t sehlab_address(sehlab_lab* lab, const char* function) {
  std::uint32_t address = 0;
  attempt(lab, [&] { address = lab->lab.value().address(text(function)).value; });
  return address;
}

int sehlab_provide(sehlab_lab* lab, const char* dll, const char* name, std::size_t words,
                   sehlab_function function, void* user) {
  const auto provided = [function, user](Guest& guest) {
    sehlab_guest seen{guest};
    const std::uint32_t value = function(&seen, user);
    if (seen.left) std::rethrow_exception(seen.left);
    return value;
  };
  return attempt(lab, [&] { lab->lab.value().provide(text(dll), text(name), words, provided); })
             ? 0
             : -1;
}

sehlab_call* sehlab_call_new(sehlab_lab* lab, const char* function) {
  auto* call = new (std::nothrow) sehlab_call;
  if (call == nullptr) return nullptr;
  call->lab = lab;
  call->function = text(function);
  return call;
}
void sehlab_call_free(sehlab_call* call) {
  delete call;
}
void sehlab_call_word(sehlab_call* call, std::uint32_t word) {
  call->arguments.emplace_back(word);
}
void sehlab_call_word64(sehlab_call* call, std::uint64_t words) {
  call->arguments.emplace_back(words);
}
void sehlab_call_double(sehlab_call* call, double value) {
  call->arguments.emplace_back(value);
}
void sehlab_call_bytes(sehlab_call* call, const void* bytes, std::size_t size) {
  call->arguments.emplace_back(std::span(static_cast<const std::byte*>(bytes), size));
}
void sehlab_call_convention(sehlab_call* call, std::uint32_t convention) {
  call->convention = static_cast<Convention>(convention);
}
void sehlab_call_inject(sehlab_call* call, const char* specification) {
  call->injections.push_back(text(specification));
}
void sehlab_call_profile(sehlab_call* call, const char* name) {
  call->profile = text(name);
}
void sehlab_call_watch(sehlab_call* call, std::uint32_t watch) {
  call->watch = static_cast<Watch>(watch);
}
void sehlab_call_budget(sehlab_call* call, std::uint64_t instructions) {
  call->budget = instructions;
}

sehlab_run* sehlab_call_run(sehlab_call* call) {
  sehlab_run* made = nullptr;
  attempt(call->lab, [&] {
    Call described(call->lab->lab.value(), call->function, call->arguments);
    described.convention(call->convention).profile(call->profile);
    for (const std::string& injection : call->injections) described.inject(injection);
    if (call->watch) described.watch(*call->watch);
    if (call->budget) described.budget(*call->budget);
    const Run run = described.run();
    made = new sehlab_run{run, names(run.handlers()), names(run.unwound()), run.report(),
                          as_jsonl(run.events())};
  });
  return made;
}

void sehlab_run_free(sehlab_run* run) {
  delete run;
}
std::uint32_t sehlab_run_ended(const sehlab_run* run) {
  return static_cast<std::uint32_t>(run->run.ended());
}
std::uint32_t sehlab_run_code(const sehlab_run* run) {
  return run->run.code();
}
const char* sehlab_run_detail(const sehlab_run* run) {
  return run->run.detail().c_str();
}
std::uint64_t sehlab_run_value(const sehlab_run* run) {
  return run->run.value64();
}
double sehlab_run_floating_value(const sehlab_run* run) {
  return run->run.floating_value();
}
const void* sehlab_run_bytes(const sehlab_run* run, std::size_t argument, std::size_t* size) {
  const auto& bytes = run->run.bytes(argument);
  *size = bytes.size();
  return bytes.empty() ? nullptr : bytes.data();
}
int sehlab_run_exception_handled(const sehlab_run* run) {
  return run->run.exception_handled() ? 1 : 0;
}
std::size_t sehlab_run_exceptions(const sehlab_run* run) {
  return run->run.exceptions();
}
int sehlab_run_chain_intact(const sehlab_run* run) {
  return run->run.chain().intact() ? 1 : 0;
}
std::uint64_t sehlab_run_instructions(const sehlab_run* run) {
  return run->run.instructions();
}
std::size_t sehlab_run_defects(const sehlab_run* run) {
  return run->run.defects().size();
}
const char* sehlab_run_defect(const sehlab_run* run, std::size_t index) {
  const auto& defects = run->run.defects();
  return index < defects.size() ? defects[index].defect.c_str() : nullptr;
}
std::size_t sehlab_run_handlers(const sehlab_run* run, int unwound) {
  return (unwound != 0 ? run->unwound : run->handlers).size();
}
const char* sehlab_run_handler(const sehlab_run* run, int unwound, std::size_t index) {
  const auto& all = unwound != 0 ? run->unwound : run->handlers;
  return index < all.size() ? all[index].c_str() : nullptr;
}
const char* sehlab_run_output(const sehlab_run* run, std::size_t* size) {
  *size = run->run.output().size();
  return run->run.output().c_str();
}
const char* sehlab_run_error_output(const sehlab_run* run, std::size_t* size) {
  *size = run->run.error_output().size();
  return run->run.error_output().c_str();
}
const char* sehlab_run_report(const sehlab_run* run) {
  return run->report.c_str();
}
const char* sehlab_run_trace(const sehlab_run* run) {
  return run->trace.c_str();
}

int sehlab_guest_argument(sehlab_guest* guest, std::size_t n, std::uint32_t* value) {
  return in_guest(guest, [&](Guest& seen) { *value = seen.argument(n); });
}
int sehlab_guest_read(sehlab_guest* guest, std::uint32_t from, void* into, std::size_t size) {
  return in_guest(guest, [&](Guest& seen) {
    const auto bytes = seen.read(GuestAddr{from}, size);
    std::copy(bytes.begin(), bytes.end(), static_cast<std::byte*>(into));
  });
}
int sehlab_guest_write(sehlab_guest* guest, std::uint32_t to, const void* bytes, std::size_t size) {
  return in_guest(guest, [&](Guest& seen) {
    seen.write(GuestAddr{to}, std::span(static_cast<const std::byte*>(bytes), size));
  });
}
int sehlab_guest_call(sehlab_guest* guest, std::uint32_t function, const std::uint32_t* words,
                      std::size_t count, std::uint32_t* value) {
  return in_guest(guest, [&](Guest& seen) {
    const std::vector<Argument> arguments(words, words + count);
    const std::uint32_t gave = seen.call_with(GuestAddr{function}, arguments);
    if (value != nullptr) *value = gave;
  });
}
int sehlab_guest_raise(sehlab_guest* guest, std::uint32_t code, const std::uint32_t* parameters,
                       std::size_t count) {
  return in_guest(guest, [&](Guest& seen) {
    seen.raise(code, std::vector<std::uint32_t>(parameters, parameters + count));
  });
}
int sehlab_guest_set_last_error(sehlab_guest* guest, std::uint32_t code) {
  return in_guest(guest, [&](Guest& seen) { seen.set_last_error(code); });
}
