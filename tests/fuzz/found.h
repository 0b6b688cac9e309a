/* SPDX-License-Identifier: GPL-2.0 */
/*
 * found.h - looks at values, and says what is wrong with them
 */
#ifndef KLP_FUZZ_FOUND_H
#define KLP_FUZZ_FOUND_H

#include <stdint.h>

/* Ends the program, which libFuzzer takes for a finding. */
_Noreturn void found(const char *what);

void see_number(uint64_t value);
void see_text(const char *text);

#endif /* KLP_FUZZ_FOUND_H */
