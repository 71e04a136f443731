// sehlab(1), written from the parser.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace sehlab::cli {

/// The page in the macros of man(7).
[[nodiscard]] std::string manual_page(const CLI::App& app, const std::string& version);

}  // namespace sehlab::cli
