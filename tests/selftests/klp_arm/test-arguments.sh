#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# test-arguments.sh - a replacement gets what was passed, its caller gets what
# it returned, and no register of the caller is lost, for every way to pass
# arguments; once alone, and once while every processor calls.

. "$(dirname "$0")/functions.sh"
. "$HERE/shapes.sh"

shape "words in r0-r3 and on the stack" arguments
shape "64-bit pairs in registers and on the stack" pairs
shape "variable arguments" varargs
shape "structure returned through a hidden pointer" struct_return
shape "structures by value" struct_value

run_cases
