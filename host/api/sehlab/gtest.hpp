// For tests with GoogleTest and GoogleMock (1.12 or later): includes both, the lab, and what makes
// failures readable.
// In a TEST, Run alone is GoogleTest's own:
//
//   const auto run = lab.call("ParseHeader", cut).run();
//   EXPECT_THAT(run, that::returns(-1) && that::is_handled());
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/api/sehlab/lab.hpp"
#include "host/api/sehlab/matchers.hpp"
#include "host/api/sehlab/replay.hpp"
#include "host/api/sehlab/scenarios.hpp"
