/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The command line: --practice, --instance NAME, --page NAME, --version. */
void steward_options_add          (GApplication *application);
/* Does what needs no window: the exit status, or -1 to go on. */
int  steward_options_handle_local (GVariantDict *options);

G_END_DECLS
