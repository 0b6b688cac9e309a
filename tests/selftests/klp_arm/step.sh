#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# step.sh COMMAND... - run one function of the selftests' library in a process
# of its own, for hammer.

. "$(dirname "$0")/functions.sh"
. "$HERE/sleep.sh"
. "$HERE/trace.sh"

"$@"
