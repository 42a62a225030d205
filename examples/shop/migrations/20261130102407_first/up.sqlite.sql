CREATE TABLE "cart_items" (
    "customer_id" INTEGER NOT NULL,
    "product_id" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    CONSTRAINT "cart_items_pkey" PRIMARY KEY ("customer_id", "product_id"),
    CONSTRAINT "cart_items_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id") ON DELETE CASCADE,
    CONSTRAINT "cart_items_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id"),
    CONSTRAINT "cart_items_quantity_check" CHECK ("quantity" BETWEEN -2147483648 AND 2147483647),
    CONSTRAINT "cart_items_quantity_positive" CHECK (("quantity" > 0))
) STRICT;
CREATE TABLE "countries" (
    "code" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "vat_rate" INTEGER NOT NULL,
    CONSTRAINT "countries_pkey" PRIMARY KEY ("code"),
    CONSTRAINT "countries_code_check" CHECK (length("code") <= 2),
    CONSTRAINT "countries_name_check" CHECK (length("name") <= 64),
    CONSTRAINT "countries_vat_rate_check" CHECK ("vat_rate" BETWEEN -99999 AND 99999)
) STRICT;
CREATE TABLE "customers" (
    "id" INTEGER NOT NULL CONSTRAINT "customers_pkey" PRIMARY KEY AUTOINCREMENT,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "country_code" TEXT NOT NULL,
    CONSTRAINT "customers_country_code_fkey" FOREIGN KEY ("country_code") REFERENCES "countries" ("code"),
    CONSTRAINT "customers_country_code_check" CHECK (length("country_code") <= 2),
    CONSTRAINT "customers_email_check" CHECK (length("email") <= 254),
    CONSTRAINT "customers_name_check" CHECK (length("name") <= 128)
) STRICT;
CREATE TABLE "order_lines" (
    "order_id" INTEGER NOT NULL,
    "line" INTEGER NOT NULL,
    "product_id" INTEGER NOT NULL,
    "quantity" INTEGER NOT NULL,
    "unit_price" INTEGER NOT NULL,
    CONSTRAINT "order_lines_pkey" PRIMARY KEY ("order_id", "line"),
    CONSTRAINT "order_lines_order_id_fkey" FOREIGN KEY ("order_id") REFERENCES "orders" ("id") ON DELETE CASCADE,
    CONSTRAINT "order_lines_product_id_fkey" FOREIGN KEY ("product_id") REFERENCES "products" ("id"),
    CONSTRAINT "order_lines_line_check" CHECK ("line" BETWEEN -2147483648 AND 2147483647),
    CONSTRAINT "order_lines_quantity_check" CHECK ("quantity" BETWEEN -2147483648 AND 2147483647),
    CONSTRAINT "order_lines_quantity_positive" CHECK (("quantity" > 0)),
    CONSTRAINT "order_lines_unit_price_check" CHECK ("unit_price" BETWEEN -999999999999 AND 999999999999)
) STRICT;
CREATE TABLE "orders" (
    "id" INTEGER NOT NULL CONSTRAINT "orders_pkey" PRIMARY KEY AUTOINCREMENT,
    "customer_id" INTEGER NOT NULL,
    "placed_at" TEXT NOT NULL,
    "status" TEXT NOT NULL,
    "items" INTEGER NOT NULL,
    "shipping" INTEGER NOT NULL,
    "tax" INTEGER NOT NULL,
    "total" INTEGER NOT NULL,
    CONSTRAINT "orders_customer_id_fkey" FOREIGN KEY ("customer_id") REFERENCES "customers" ("id"),
    CONSTRAINT "orders_items_check" CHECK ("items" BETWEEN -999999999999 AND 999999999999),
    CONSTRAINT "orders_placed_at_check" CHECK (date(substr("placed_at", 1, 10), '+0 days') IS substr("placed_at", 1, 10) AND substr("placed_at", 1, 10) >= '0001-01-01' AND substr("placed_at", 11) GLOB ' [0-2][0-9]:[0-5][0-9]:[0-5][0-9].[0-9][0-9][0-9][0-9][0-9][0-9]' AND substr("placed_at", 11) < ' 24'),
    CONSTRAINT "orders_shipping_check" CHECK ("shipping" BETWEEN -999999999999 AND 999999999999),
    CONSTRAINT "orders_status_check" CHECK ("status" IN ('placed', 'shipped', 'cancelled')),
    CONSTRAINT "orders_tax_check" CHECK ("tax" BETWEEN -999999999999 AND 999999999999),
    CONSTRAINT "orders_total_check" CHECK ("total" BETWEEN -999999999999 AND 999999999999)
) STRICT;
CREATE TABLE "products" (
    "id" INTEGER NOT NULL CONSTRAINT "products_pkey" PRIMARY KEY AUTOINCREMENT,
    "sku" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "price" INTEGER NOT NULL,
    "weight_grams" INTEGER NOT NULL,
    "stock" INTEGER NOT NULL,
    CONSTRAINT "products_name_check" CHECK (length("name") <= 128),
    CONSTRAINT "products_price_check" CHECK ("price" BETWEEN -999999999999 AND 999999999999),
    CONSTRAINT "products_price_positive" CHECK (("price" > 0)),
    CONSTRAINT "products_sku_check" CHECK (length("sku") <= 32),
    CONSTRAINT "products_stock_check" CHECK ("stock" BETWEEN -2147483648 AND 2147483647),
    CONSTRAINT "products_stock_is_there" CHECK (("stock" >= 0)),
    CONSTRAINT "products_weight_grams_check" CHECK ("weight_grams" BETWEEN -2147483648 AND 2147483647)
) STRICT;
CREATE TABLE "shipping_classes" (
    "max_weight_grams" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "price" INTEGER NOT NULL,
    CONSTRAINT "shipping_classes_pkey" PRIMARY KEY ("max_weight_grams"),
    CONSTRAINT "shipping_classes_max_weight_grams_check" CHECK ("max_weight_grams" BETWEEN -2147483648 AND 2147483647),
    CONSTRAINT "shipping_classes_name_check" CHECK (length("name") <= 32),
    CONSTRAINT "shipping_classes_price_check" CHECK ("price" BETWEEN -999999999999 AND 999999999999)
) STRICT;
CREATE UNIQUE INDEX "customers_email_key" ON "customers" ("email");
CREATE INDEX "orders_placed_at_idx" ON "orders" ("placed_at");
CREATE UNIQUE INDEX "products_sku_key" ON "products" ("sku");
