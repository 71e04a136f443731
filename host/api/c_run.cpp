// sehlab.h: runs.
#include <sstream>

#include "host/api/c_handles.hpp"
#include "host/trace/plain.hpp"

using namespace sehlab;

namespace {

std::vector<std::string> names(const Handlers& handlers) {
  std::vector<std::string> all;
  for (const HandlerCall& call : handlers.calls) {
    const bool owned = !call.owner.symbol.empty();
    all.push_back(call.handler.symbol + (owned ? "@" + trace::show_function(call.owner) : ""));
  }
  return all;
}

const std::vector<std::string>& handlers_of(const sehlab_run* run, int unwound) {
  auto& all = unwound != 0 ? run->unwound : run->handlers;
  if (!all) all = names(unwound != 0 ? run->run.unwound() : run->run.handlers());
  return *all;
}

}  // namespace

sehlab_run* sehlab_run_copy(const sehlab_run* run) {
  sehlab_run* copy = nullptr;
  std::string ignored;  // there is no memory
  attempt(ignored, [&] { copy = new sehlab_run(run->run); });
  return copy;
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
const char* sehlab_run_never_fired(const sehlab_run* run, std::size_t index) {
  const auto& lines = run->run.never_fired();
  return index < lines.size() ? lines[index].c_str() : nullptr;
}
std::size_t sehlab_run_handlers(const sehlab_run* run, int unwound) {
  return handlers_of(run, unwound).size();
}
const char* sehlab_run_handler(const sehlab_run* run, int unwound, std::size_t index) {
  const auto& all = handlers_of(run, unwound);
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
  if (!run->report) run->report = run->run.report();
  return run->report->c_str();
}
const char* sehlab_run_trace(const sehlab_run* run) {
  if (!run->trace) run->trace = run->run.trace(TraceForm::JsonLines);
  return run->trace->c_str();
}
