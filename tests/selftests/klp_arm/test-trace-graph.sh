#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-trace-graph.sh - a function that is patched and traced by the function_graph
# tracer, in either order: the new one answers, the tracer sees every call, and
# both can go first.

. "$(dirname "$0")/functions.sh"
. "$HERE/trace-cases.sh"

add_tracer_cases function_graph

run_cases
