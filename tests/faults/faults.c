/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */

#include "faults.h"

/* The instance's own error object, and what a gateway in between says. */
#define OWN(status) \
  "\"fault\":\"status\",\"status\":" status ",\"body\":\"{\\\"status\\\":" status "," \
  "\\\"statusReason\\\":\\\"No\\\",\\\"message\\\":\\\"words of the instance\\\"," \
  "\\\"toe\\\":\\\"AAA-BBB-CCC\\\"}\""
#define GATEWAY(status) "\"fault\":\"status\",\"status\":" status ",\"body\":\"gateway\""
#define ONCE ",\"times\":1"

const FaultCase fault_cases[] = {
  /* No connection. */
  { "connection-refused", NULL, DEAD_END_REFUSED, 0 },
  { "dns", NULL, DEAD_END_NAME, 0 },
  { "tls-not-spoken", NULL, DEAD_END_NO_TLS, 0 },
  { "tls-unknown-authority", NULL, DEAD_END_AUTHORITY, 0 },
  { "connect-timeout", NULL, DEAD_END_SILENT, 0 },
  { "reset-before-send", NULL, DEAD_END_RESET, 0 },

  /* A connection, and no whole answer. */
  { "reset-at-send", "\"fault\":\"reset-before\"", 0, 0 },
  { "reset-in-mid-body", "\"fault\":\"truncate\",\"reset\":true", 0, 0 },
  { "reset-after-effect", "\"fault\":\"reset-after\"", 0, 0 },
  { "closed-without-effect", "\"fault\":\"close\"", 0, 0 },
  { "effect-past-first-reads", "\"fault\":\"close\",\"effect_after_ms\":900", 0, 0 },
  { "no-reply-timed-out", "\"fault\":\"hang\"", 0, FAULT_SHORT_PATIENCE },
  { "no-reply-effect-timed-out", "\"fault\":\"hang\",\"effect\":true", 0, FAULT_SHORT_PATIENCE },
  { "no-reply-stop-waiting", "\"fault\":\"hang\"", 0, FAULT_STOP_WAITING },
  { "one-byte-a-second", "\"fault\":\"drip\",\"rate\":1", 0, FAULT_STOP_WAITING },
  { "truncated", "\"fault\":\"truncate\"", 0, 0 },
  { "truncated-chunks", "\"fault\":\"truncate\",\"chunked\":true,\"at\":1000000", 0, 0 },

  /* A whole answer that says nothing. */
  { "broken-json", "\"fault\":\"broken-json\"", 0, 0 },
  { "empty", "\"fault\":\"empty\"", 0, 0 },
  { "html", "\"fault\":\"html\"", 0, 0 },
  { "html-with-effect", "\"fault\":\"html\",\"effect\":true", 0, 0 },
  { "big-body", "\"fault\":\"big\",\"mb\":5", 0, 0 },
  { "nested", "\"fault\":\"nested\",\"depth\":2000", 0, 0 },
  { "wrong-shape", "\"fault\":\"wrong-shape\"", 0, 0 },
  { "accepted-202", "\"fault\":\"reply\",\"status\":202", 0, 0 },

  /* An answer with something wrong in it. */
  { "unknown-state", "\"fault\":\"reply\",\"set\":{\"state\":\"PARTIAL\"}", 0, 0 },
  { "state-in-small-letters", "\"fault\":\"reply\",\"set\":{\"state\":\"complete\"}", 0, 0 },
  { "state-null", "\"fault\":\"reply\",\"set\":{\"state\":null}", 0, 0 },
  { "state-missing", "\"fault\":\"reply\",\"remove\":[\"state\"]", 0, 0 },
  { "state-number", "\"fault\":\"reply\",\"set\":{\"state\":1}", 0, 0 },
  { "wrong-dataset", "\"fault\":\"reply\",\"set\":{\"datasourceId\":\"another\"}", 0, 0 },
  { "dataset-number", "\"fault\":\"reply\",\"set\":{\"datasourceId\":8487562}", 0, 0 },
  { "dataset-null", "\"fault\":\"reply\",\"set\":{\"datasourceId\":null}", 0, 0 },
  { "dataset-missing", "\"fault\":\"reply\",\"remove\":[\"datasourceId\"]", 0, 0 },
  { "wrong-direction", "\"fault\":\"reply\",\"set\":{\"direction\":\"SIDEWAYS\"}", 0, 0 },
  { "direction-null", "\"fault\":\"reply\",\"set\":{\"direction\":null}", 0, 0 },
  { "direction-missing", "\"fault\":\"reply\",\"remove\":[\"direction\"]", 0, 0 },
  { "all-missing", "\"fault\":\"reply\",\"remove\":[\"datasourceId\",\"direction\",\"state\",\"toe\"]", 0, 0 },
  { "toe-missing", "\"fault\":\"reply\",\"remove\":[\"toe\"]", 0, 0 },
  { "toe-number", "\"fault\":\"reply\",\"set\":{\"toe\":1234567}", 0, 0 },
  { "error-message-null", "\"fault\":\"reply\",\"set\":{\"errorMessage\":null}", 0, 0 },
  { "incomplete", "\"fault\":\"reply\",\"set\":{\"state\":\"INCOMPLETE\",\"errorMessage\":\"two cards\"}", 0, 0 },
  { "aborted", "\"fault\":\"reply\",\"effect\":true,\"set\":{\"state\":\"ABORTED\",\"errorMessage\":\"busy\"}", 0, 0 },
  { "late-but-well", "\"fault\":\"delay\",\"delay_ms\":200", 0, 0 },

  /* The allow-list page. */
  { "allow-list-page", "\"fault\":\"blocked\",\"ip\":\"203.0.113.7\"", 0, 0 },
  { "allow-list-redirect", "\"fault\":\"blocked\",\"ip\":\"203.0.113.7\",\"status\":303", 0, 0 },

  /* Redirects. */
  { "redirect-301", "\"fault\":\"redirect\",\"status\":301", 0, 0 },
  { "redirect-302-effect", "\"fault\":\"redirect\",\"status\":302,\"effect\":true", 0, 0 },
  { "redirect-303", "\"fault\":\"redirect\",\"status\":303", 0, 0 },
  { "redirect-307", "\"fault\":\"redirect\",\"status\":307", 0, 0 },
  { "redirect-308", "\"fault\":\"redirect\",\"status\":308", 0, 0 },

  /* Statuses, in the instance's own words. */
  { "400", OWN ("400"), 0, 0 },
  { "401", OWN ("401") ONCE, 0, 0 },
  { "403", OWN ("403"), 0, 0 },
  { "404", OWN ("404"), 0, 0 },
  { "405", OWN ("405"), 0, 0 },
  { "408", OWN ("408"), 0, 0 },
  { "409", OWN ("409"), 0, 0 },
  { "429", OWN ("429") ONCE, 0, 0 },
  { "429-retry-after", OWN ("429") ",\"headers\":{\"Retry-After\":\"1\"}" ONCE, 0, 0 },
  { "500", OWN ("500"), 0, 0 },
  { "500-effect", OWN ("500") ",\"effect\":true", 0, 0 },
  { "502", OWN ("502"), 0, 0 },
  { "503", OWN ("503"), 0, 0 },
  { "503-retry-after", OWN ("503") ",\"headers\":{\"Retry-After\":\"1\"}", 0, 0 },
  { "504", OWN ("504"), 0, 0 },
  { "200-with-own-403", "\"fault\":\"status\",\"status\":200,\"headers\":{\"Content-Type\":\"application/json\"},"
                        "\"body\":\"{\\\"status\\\":403,\\\"statusReason\\\":\\\"Forbidden\\\","
                        "\\\"message\\\":\\\"words of the instance\\\"}\"", 0, 0 },

  /* Statuses, in the words of somebody else. */
  { "400-gateway", GATEWAY ("400"), 0, 0 },
  { "401-gateway", GATEWAY ("401") ONCE, 0, 0 },
  { "403-gateway", GATEWAY ("403"), 0, 0 },
  { "404-gateway", GATEWAY ("404"), 0, 0 },
  { "409-gateway", GATEWAY ("409"), 0, 0 },
  { "504-gateway-effect-later", GATEWAY ("504") ",\"effect_after_ms\":200", 0, 0 },

  { NULL, NULL, 0, 0 },
};
