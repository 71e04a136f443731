// Results come in the order of the work, and what is thrown ends it (the contract in in_order.hpp).
#include "host/scenario/in_order.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <stdexcept>
#include <thread>
#include <vector>

namespace sehlab::scenario {

TEST_SUITE("in order") {
  TEST_CASE("results come in order, however long each takes, with one job or several") {
    for (const unsigned jobs : {0u, 1u, 2u, 5u, 100u}) {
      CAPTURE(jobs);
      std::vector<std::size_t> taken;
      in_order<std::size_t>(
          20, jobs,
          [](std::size_t i) {
            std::this_thread::sleep_for(std::chrono::milliseconds(i % 3));
            return i;
          },
          [&](std::size_t i) { taken.push_back(i); });
      REQUIRE(taken.size() == 20);
      for (std::size_t i = 0; i < taken.size(); ++i) CHECK(taken[i] == i);
    }
  }

  TEST_CASE("what is thrown comes out, and no more work is begun") {
    for (const unsigned jobs : {1u, 3u}) {
      CAPTURE(jobs);
      for (const bool in_work : {false, true}) {
        CAPTURE(in_work);
        std::atomic<std::size_t> made = 0;
        CHECK_THROWS_AS(in_order<int>(
                            1000, jobs,
                            [&](std::size_t i) {
                              ++made;
                              if (in_work && i == 2) throw std::runtime_error("made");
                              std::this_thread::sleep_for(std::chrono::milliseconds(1));
                              return static_cast<int>(i);
                            },
                            [&](int i) {
                              if (!in_work && i == 2) throw std::runtime_error("taken");
                            }),
                        std::runtime_error);
        CHECK(made >= 3);
        CHECK(made < 900);
      }
    }
  }
}

}  // namespace sehlab::scenario
