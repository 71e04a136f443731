// Modules: the images of a process: found, mapped, bound to each other and to gates, and asked
// for symbols, exports and what handler validation wants to know.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "emu/address_space.hpp"
#include "emu/guest_addr.hpp"
#include "emu/result.hpp"
#include "host/load/image.hpp"
#include "host/load/symbols.hpp"
#include "host/process/self_naming.hpp"
#include "host/seh/system.hpp"
#include "host/services/kernel.hpp"

namespace sehlab::process {

/// One loaded image. Images are kept for the life of the process: FreeLibrary lowers a count
/// that nothing else looks at, so that a trace can always be read.
struct Module {
  std::string name;  ///< file name, lower case: "go_buggy.exe"
  std::string stem;  ///< for people: "go_buggy"
  GuestAddr base;
  std::uint32_t size = 0;
  std::unique_ptr<load::Image> image;  ///< null: a known DLL of Windows made of self-naming gates
  std::unique_ptr<load::Symbols> symbols;
  bool initialized = false;  ///< its imports are bound and its initializers are listed
};

/// A gate as the machine may stop at: a service's, or one that only says its name.
struct GateTarget {
  std::uint32_t number = 0;           ///< guest/include/lab/gates.h
  const UnboundImport* unbound = nullptr;  ///< set: nothing provides it
};

class Modules {
 public:
  struct Folders {
    std::filesystem::path system;                 ///< the lab's own DLLs
    std::vector<std::filesystem::path> searched;  ///< the program's folder, then --dll-path
  };

  Modules(emu::AddressSpace& space, Folders folders) : space_(space), folders_(std::move(folders)), self_naming_(space) {}

  /// Maps the program, the system DLLs and everything they import, and binds it all.
  [[nodiscard]] Result<Module*> load_program(const std::filesystem::path& file);
  /// Maps and binds a DLL; an error names the file or says that it was not found.
  [[nodiscard]] Result<Module*> load_dll(std::string_view name);

  [[nodiscard]] Module* find(std::string_view name);
  [[nodiscard]] const Module* at(GuestAddr address) const;
  [[nodiscard]] const std::deque<Module>& all() const { return modules_; }

  /// Address of an export, forwarders followed (their DLLs loaded); nullopt: no such export.
  [[nodiscard]] std::optional<GuestAddr> find_export(Module& module, std::string_view name);
  [[nodiscard]] std::optional<GuestAddr> find_export(Module& module, std::uint16_t ordinal);
  /// An export or COFF symbol of a module, by its undecorated name.
  [[nodiscard]] std::optional<GuestAddr> find_symbol(const Module& module,
                                                     std::string_view name) const;

  /// "go_buggy!deref+0x6"; empty outside of every image.
  [[nodiscard]] std::string symbolize(GuestAddr address) const;
  /// Start of the function that holds `address`; 0 when no symbol covers it.
  [[nodiscard]] GuestAddr function(GuestAddr address) const;
  /// "file.c:12", empty without debug information.
  [[nodiscard]] std::string source_line(GuestAddr address) const;

  [[nodiscard]] std::optional<seh::ImageFacts> facts_at(GuestAddr address) const;
  [[nodiscard]] std::span<const services::Initializer> initializers() const {
    return initializers_;
  }
  [[nodiscard]] const std::unordered_map<GuestAddr, GateTarget>& gates() const { return gates_; }
  /// Changes whenever `gates` does.
  [[nodiscard]] std::size_t gates_version() const { return gates_.size(); }
  /// Static TLS of the images loaded so far, in index order.
  struct TlsTemplate {
    GuestAddr raw_begin;
    std::uint32_t raw_size = 0, zero_fill = 0;
  };
  [[nodiscard]] std::span<const TlsTemplate> tls() const { return tls_; }

 private:
  [[nodiscard]] Result<Module*> map(const std::filesystem::path& file, std::string name);
  [[nodiscard]] Result<Module*> load_any(std::string_view name, int depth);
  [[nodiscard]] Result<> bind(Module& module, int depth);
  [[nodiscard]] Result<> bind_import(Module& module, const load::Import& import, Module& from,
                                     int depth);
  [[nodiscard]] Result<std::optional<GuestAddr>> resolve(Module& module, const load::Export* found,
                                                         int depth);
  [[nodiscard]] Result<> collect_gates(const Module& module);
  [[nodiscard]] Result<> list_initializers(const Module& module);
  [[nodiscard]] Result<Module*> make_self_naming(std::string name);
  [[nodiscard]] std::optional<std::filesystem::path> find_file(const std::string& name) const;

  emu::AddressSpace& space_;
  Folders folders_;
  SelfNaming self_naming_;
  std::deque<Module> modules_;  ///< addresses stay valid
  std::unordered_map<GuestAddr, GateTarget> gates_;
  std::vector<services::Initializer> initializers_;
  std::vector<TlsTemplate> tls_;
};

}  // namespace sehlab::process
