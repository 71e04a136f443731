// The three streams that a program is given.
#pragma once

namespace sehlab::os {

/// Where one of them is closed, something that can be neither read nor written stands in its place:
/// the next file that is opened would else be taken for it. To be called first of all.
void hold_standard_streams();

}  // namespace sehlab::os
