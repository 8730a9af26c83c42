/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <glib.h>

/* What libFuzzer calls, and fuzz-main.c for each file of the corpus. Always 0; what is wrong aborts. */
int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);
