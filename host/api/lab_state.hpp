// LabState: the processes of a lab, and what has been done to each.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "host/api/or_throw.hpp"
#include "host/api/sehlab/lab.hpp"
#include "host/api/session.hpp"
#include "host/seh/profile.hpp"

namespace sehlab {

/// A process is made for each system and watch that is asked for, at the first call.
struct LabState {
  using Key = std::pair<const seh::Profile*, Watch>;
  struct Given {
    std::string dll, name;
    Replacement replacement;
  };
  /// What processes to come have to be told, too: functions provided and calls kept, in order.
  using Deed = std::variant<Given, CallPlan>;

  /// Who it is, to snapshots, which may outlive it.
  std::shared_ptr<const void> identity = std::make_shared<char>();
  std::filesystem::path image;
  LabOptions options;
  std::vector<watch::Suppression> suppressions;
  std::map<Key, std::unique_ptr<Session>> sessions;
  std::vector<Deed> deeds;

  /// Throws LabError when there is no such profile, or no process can be made.
  [[nodiscard]] Session& session(const std::string& profile, Watch watch);
  [[nodiscard]] Session& session() { return session({}, options.watch); }
  /// Throws LabError while one of the processes runs: its provided function asks.
  void require_idle() const;
  /// How a process of that key is started, injections aside.
  [[nodiscard]] process::Options process_options(const Key& key) const;
  [[nodiscard]] Key key(const std::string& profile, Watch watch) const;
};

struct Snapshot::State {
  std::shared_ptr<const void> of;  ///< its identity
  std::vector<LabState::Deed> deeds;
  std::map<LabState::Key, StartingPoint> points;
};

}  // namespace sehlab
