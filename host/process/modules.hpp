// Modules: the images of a process: found, mapped, bound to each other and to gates, and asked
// for symbols, exports and what handler validation wants to know.
#pragma once

#include <cstdint>
#include <filesystem>
#include <list>
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
#include "host/load/file_bytes.hpp"
#include "host/load/image.hpp"
#include "host/load/symbols.hpp"
#include "host/process/self_naming.hpp"
#include "host/seh/system.hpp"
#include "host/services/kernel.hpp"

namespace sehlab::process {

/// One loaded image.
struct Module {
  std::uint64_t number = 0;  ///< in load order, from 1; no two images of a process share one
  std::string name;          ///< file name, lower case: "go_buggy.exe"
  std::string stem;          ///< for people: "go_buggy"
  GuestAddr base;
  std::uint32_t size = 0;
  std::shared_ptr<load::Image> image;  ///< null: a known DLL of Windows made of self-naming gates
  std::shared_ptr<load::Symbols> symbols;
};

/// A gate as the machine may stop at: a service's, or one that only says its name.
struct GateTarget {
  std::uint32_t number = 0;                ///< guest/include/lab/gates.h
  const UnboundImport* unbound = nullptr;  ///< set: nothing provides it
};

/// The name in lower case, as names of images are compared: UTF-8, in any alphabet.
[[nodiscard]] std::string lower_case(std::string_view name);
/// The file that a DLL's name stands for: "KERNEL32" and "C:\\x\\Kernel32.DLL" are both
/// "kernel32.dll".
[[nodiscard]] std::string file_name(std::string_view name);
/// The file of the image that a DLL's name stands for: that of its host when it is an API set's.
[[nodiscard]] std::string image_name(std::string_view name);

class Modules {
 public:
  struct Folders {
    std::filesystem::path system;                 ///< the lab's own DLLs
    std::vector<std::filesystem::path> searched;  ///< the program's folder, then --dll-path
    bool stand_ins = false;                       ///< Options::stand_ins
  };

  Modules(emu::AddressSpace& space, Folders folders)
      : space_(space), folders_(std::move(folders)), self_naming_(space) {}

  /// Maps the program, the system DLLs and everything they import, and binds it all.
  [[nodiscard]] tl::expected<Module*, load::LoadError> load_program(
      const std::filesystem::path& file);
  /// Maps and binds a DLL; an error names the file or says that it was not found.
  [[nodiscard]] Result<Module*> load_dll(std::string_view name);
  /// There is a file for that name, and it is no image that can be loaded.
  [[nodiscard]] bool is_broken(std::string_view name) const;

  /// The file that is loaded for that DLL's name; nullopt: there is none.
  [[nodiscard]] std::optional<std::filesystem::path> file_of(std::string_view name) const;

  /// Takes a DLL out of memory, its gates, initializers and TLS index with it; false: none at
  /// `base`, or the program itself.
  [[nodiscard]] bool unload(GuestAddr base);

  [[nodiscard]] Module* find(std::string_view name);
  [[nodiscard]] const Module* at(GuestAddr address) const;
  [[nodiscard]] Module* at(GuestAddr address);
  /// The image whose symbols are meant where none is named: the program, or a DLL under test.
  [[nodiscard]] const Module& subject() const;
  /// From now on; the program is again once it is unloaded.
  void set_subject(const Module& module) { subject_ = module.number; }
  /// The program first, then in load order.
  [[nodiscard]] const std::list<Module>& all() const { return modules_; }
  /// How many images were ever loaded: the number of the newest.
  [[nodiscard]] std::uint64_t loads() const { return loads_; }
  /// Counts the changes of `all`.
  [[nodiscard]] std::uint64_t version() const { return version_; }
  [[nodiscard]] std::span<const GuestAddr> bases() const { return bases_; }

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
  /// Counts the changes of `gates`.
  [[nodiscard]] std::size_t gates_version() const { return gates_version_; }
  /// Static TLS of the loaded images, by index.
  struct TlsTemplate {
    GuestAddr module_base;  ///< 0: the index is free
    GuestAddr raw_begin;
    std::uint32_t raw_size = 0, zero_fill = 0;
  };
  [[nodiscard]] std::span<const TlsTemplate> tls() const { return tls_; }

  /// All of this, for snapshots; what is mapped is not part of it.
  struct State;
  [[nodiscard]] std::shared_ptr<const State> state();
  /// Images that both know stay where they are; pointers to others end.
  void restore(const std::shared_ptr<const State>& state);

 private:
  struct Found {
    std::filesystem::path file;
    bool ours = false;  ///< from the lab's own folder: its table of gates is believed
  };
  [[nodiscard]] Result<Module*> map(load::Image image, bool ours);
  /// Runs `step`, a load or something that may bring one about; when it fails, all that it loaded
  /// goes again.
  template <typename Step>
  [[nodiscard]] auto all_or_nothing(Step step);
  void unload_since(std::uint64_t loads);
  [[nodiscard]] Module* find_loaded(std::string_view name);  ///< by Module::name
  [[nodiscard]] Result<Module*> load_any(std::string_view name, int depth);
  [[nodiscard]] std::optional<Found> find_file(const std::string& name) const;
  [[nodiscard]] Result<Module*> make_self_naming(const std::string& name);
  [[nodiscard]] Module& add(const std::string& name, GuestAddr base, std::uint32_t size);
  [[nodiscard]] Result<GuestAddr> place(const load::Image& image);
  [[nodiscard]] Result<> collect_gates(const Module& module);
  [[nodiscard]] Result<> add_tls(const Module& module);
  void list_initializers(const Module& module);

  // module_binding.cpp
  [[nodiscard]] Result<> bind(Module& module, int depth);
  [[nodiscard]] Result<GuestAddr> import_address(Module& from, const load::Import& import,
                                                 int depth);
  /// `depth`: of the imports that led here; `hops`: the forwarders followed.
  [[nodiscard]] Result<std::optional<GuestAddr>> export_address(Module& module,
                                                                const load::Export* found,
                                                                int depth, int hops = 0);
  [[nodiscard]] std::optional<GuestAddr> find_export(Module& module, const load::Export* found,
                                                     const std::string& function);
  [[nodiscard]] Result<GuestAddr> self_naming_gate(const std::string& dll,
                                                   const std::string& function);

  emu::AddressSpace& space_;
  Folders folders_;
  SelfNaming self_naming_;
  std::list<Module> modules_;  ///< addresses stay valid
  std::uint64_t loads_ = 0, version_ = 0;
  std::uint64_t subject_ = 0;  ///< its number; 0: the program
  std::vector<GuestAddr> bases_;
  std::unordered_map<GuestAddr, GateTarget> gates_;
  std::size_t gates_version_ = 0;
  std::vector<services::Initializer> initializers_;
  std::vector<TlsTemplate> tls_;
  std::shared_ptr<const State> state_;  ///< as it was asked for last
};

struct Modules::State {
  std::list<Module> modules;
  std::uint64_t loads = 0, version = 0;
  std::vector<GuestAddr> bases;
  std::unordered_map<GuestAddr, GateTarget> gates;
  std::size_t gates_version = 0;
  std::vector<services::Initializer> initializers;
  std::vector<TlsTemplate> tls;
  SelfNaming::State self_naming;
};

template <typename Step>
auto Modules::all_or_nothing(Step step) {
  const std::uint64_t before = loads_;
  auto result = step();
  if (!result) unload_since(before);
  return result;
}

}  // namespace sehlab::process
