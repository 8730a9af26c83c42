/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Copyright The Steward authors */
#include "practice/practice-names.h"

static const struct
{
  const char *name;
  const char *schema;
} subjects[] = {
  { "Orders", "sales" },        { "Returns", "sales" },        { "Invoices", "finance" },
  { "Shipments", "logistics" }, { "Stock", "logistics" },      { "Customers", "crm" },
  { "Leads", "crm" },           { "Campaigns", "marketing" },  { "Web Sessions", "marketing" },
  { "Ad Spend", "marketing" },  { "Payroll", "people" },       { "Head Count", "people" },
  { "Tickets", "support" },     { "Call Times", "support" },   { "Ledger", "finance" },
  { "Budget", "finance" },      { "Forecast", "finance" },     { "Subscriptions", "sales" },
  { "Churn", "sales" },         { "Suppliers", "purchasing" }, { "Purchases", "purchasing" },
  { "Machines", "production" }, { "Scrap", "production" },     { "Energy", "production" },
  { "Routes", "logistics" },    { "Warehouses", "logistics" }, { "Store Visits", "sales" },
  { "Reviews", "marketing" },   { "Devices", "production" },   { "Contracts", "purchasing" },
};

static const char *const regions[] = { "EU", "US",  "APAC",  "LATAM",  "Nordics", "DACH",
                                       "UK", "MEA", "Japan", "Canada", "Iberia",  "Benelux" };

static const char *const periods[] = { "", "Daily", "Weekly", "Monthly", "2025", "2024" };

static const char *const odd[] = {
  "=SUM(A1:A9) Orders",
  "+49 Call Centre",
  "-Returns (negative)",
  "@mentions by campaign",
  "<b>Bold Orders</b> & <i>Returns</i>",
  "\"Quoted\" orders, 'single' and \\back\\slash",
  "  Leading spaces",
  "Trailing spaces  ",
  "注文データの一覧（東日本）",
  "订单明细 2025 年",
  "주문 내역 월별",
  "Заказы и возвраты",
  "Παραγγελίες ανά περιοχή",
  "طلبات المبيعات اليومية",
  "הזמנות לפי אזור",
  "ऑर्डर और बिक्री",
  "คำสั่งซื้อรายวัน",
  "Sipariş İstanbul ığüşöç",
  "Đơn hàng Việt Nam",
  "Bestellungen Größe Ärger ß",
  "🛒 Orders 📦➡️🏠",
  "👩🏽‍💻 Family 👨‍👩‍👧‍👦 Flags 🇩🇪🇯🇵",
  "Zalgo: O̶̢r̷̡d̵e̸r̶s̵",
  "Mixed العربية and English 123",
  "Comma, semicolon; tab-free | pipe",
  "100 % of $1,000 — “smart” quotes…",
  "../../etc/passwd",
  "orders?limit=1&offset=2#frag",
  "NULL",
  "e\314\201 and \303\251 look alike",
};

guint
practice_names_n_odd (void)
{
  return G_N_ELEMENTS (odd) + 2;
}

char *
practice_names_odd (guint n)
{
  GString *name;

  n %= practice_names_n_odd ();
  if (n >= 2)
    return g_strdup (odd[n - 2]);
  /* 300 characters: of one byte each with blanks, and of three bytes each without any. */
  name = g_string_new (n == 0 ? "Long name: " : NULL);
  while (g_utf8_strlen (name->str, -1) < 300)
    g_string_append (name, n == 0 ? "orders of all regions, " : "長");
  if (n == 0)
    g_string_truncate (name, 299);
  g_string_append (name, n == 0 ? "!" : "");
  return g_string_free (name, FALSE);
}

static guint
split (guint n, guint *region, guint *period, guint *round)
{
  guint subject = n % G_N_ELEMENTS (subjects);

  n /= G_N_ELEMENTS (subjects);
  *region = n % G_N_ELEMENTS (regions);
  n /= G_N_ELEMENTS (regions);
  *period = n % G_N_ELEMENTS (periods);
  *round = n / G_N_ELEMENTS (periods);
  return subject;
}

char *
practice_names_dataset (guint n)
{
  guint region, period, round;
  guint subject = split (n, &region, &period, &round);
  GString *name = g_string_new (subjects[subject].name);

  g_string_append_printf (name, " %s", regions[region]);
  if (periods[period][0] != '\0')
    g_string_append_printf (name, " %s", periods[period]);
  if (round > 0)
    g_string_append_printf (name, " %u", round + 1);
  return g_string_free (name, FALSE);
}

char *
practice_names_table (guint n)
{
  g_autofree char *name = practice_names_dataset (n);
  char *table = g_ascii_strdown (name, -1);

  g_strdelimit (table, " ", '_');
  return table;
}

const char *
practice_names_schema (guint n)
{
  return subjects[n % G_N_ELEMENTS (subjects)].schema;
}

char *
practice_names_person (guint n)
{
  static const char *const first[] = { "Aiko",   "Björn", "Chiara", "Dmitri",  "Elif",
                                       "Fatima", "Goran", "Hélène", "Ibrahim", "Joana",
                                       "Kofi",   "Lena",  "Mei",    "Nuño",    "Oluchi",
                                       "Priya",  "Quinn", "Ruth",   "Søren",   "Tomás" };
  static const char *const last[] = { "Tanaka",  "Lindqvist",  "O’Neill",  "Petrov",   "Yılmaz",
                                      "Haddad",  "Kovač",      "Dubois",   "Al-Farsi", "Silva",
                                      "Mensah",  "Schmidt",    "Chen",     "García",   "Okafor",
                                      "Raman",   "Walker",     "Goldberg", "Møller",   "Ferreira",
                                      "Novák",   "de la Cruz", "van Dijk", "Nakamura", "Szabó",
                                      "Ivanova", "Papadakis",  "Nguyễn",   "Kim",      "王" };
  guint f = n % G_N_ELEMENTS (first);

  return g_strdup_printf (
    "%s %s", first[f], last[(n / G_N_ELEMENTS (first) + f) % G_N_ELEMENTS (last)]);
}

const char *
practice_names_card (guint n)
{
  static const char *const titles[] = { "By Month",        "By Region",      "Top 10",
                                        "This Week",       "Share of Total", "Trend",
                                        "Against Budget",  "Year over Year", "Details",
                                        "Alerts & Limits", "<Forecast>",     "概要",
                                        "📈 Growth",        "=Rate",          "نظرة عامة" };

  return titles[n % G_N_ELEMENTS (titles)];
}
