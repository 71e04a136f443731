// For tests with doctest: includes it, the lab, and what makes failures readable.
//
//   const Run run = lab.call("ParseHeader", cut).run();
//   CHECK(run == (that::returns(-1) && that::is_handled()));
#pragma once

#include <doctest/doctest.h>

#include "host/api/sehlab/lab.hpp"
#include "host/api/sehlab/matchers.hpp"
#include "host/api/sehlab/replay.hpp"
#include "host/api/sehlab/scenarios.hpp"
