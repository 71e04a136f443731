#include "host/lab/result_file.hpp"

#include <nlohmann/json.hpp>

namespace sehlab::lab {

std::string_view end_name(trace::EndKind kind) {
  switch (kind) {
    case trace::EndKind::Exited:
      return "exited";
    case trace::EndKind::UnhandledException:
      return "unhandled-exception";
    case trace::EndKind::BudgetSpent:
      return "budget-spent";
    case trace::EndKind::Unmodelled:
      return "unmodelled";
    case trace::EndKind::Stopped:
      return "stopped";
  }
  return "unknown";
}

int exit_code(const process::End& end) {
  switch (end.kind) {
    case trace::EndKind::Exited: {
      const int code = static_cast<int>(end.code & 0xff);
      return code == 0 && end.defects != 0 ? 1 : code;
    }
    case trace::EndKind::UnhandledException:
      return 139;
    case trace::EndKind::BudgetSpent:
      return 124;
    case trace::EndKind::Unmodelled:
      return 125;
    case trace::EndKind::Stopped:
      return 1;
  }
  return 125;
}

std::string result_json(const process::End& end, const std::vector<inject::Outcome>& injections) {
  nlohmann::ordered_json json;
  json["schema_version"] = 1;
  json["kind"] = end_name(end.kind);
  json["code"] = end.code;
  json["exit_code"] = exit_code(end);
  json["instructions"] = end.instructions;
  json["defects"] = end.defects;
  if (!end.detail.empty()) json["detail"] = end.detail;
  for (const inject::Outcome& outcome : injections) {
    nlohmann::ordered_json one = {
        {"spec", outcome.spec}, {"fired", outcome.fired}, {"visits", outcome.visits}};
    if (!outcome.why.empty()) one["why"] = outcome.why;
    json["injections"].push_back(std::move(one));
  }
  return json.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace sehlab::lab
