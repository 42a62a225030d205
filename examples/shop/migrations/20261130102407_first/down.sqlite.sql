-- relata:outside
PRAGMA foreign_keys = OFF;
DROP TABLE "cart_items";
DROP TABLE "countries";
DROP TABLE "customers";
DROP TABLE "order_lines";
DROP TABLE "orders";
DROP TABLE "products";
DROP TABLE "shipping_classes";
CREATE TEMP TABLE relata_check (found INTEGER CONSTRAINT all_references_and_rows_fit CHECK (found = 0));
INSERT INTO temp.relata_check SELECT count(*) FROM pragma_foreign_key_check;
DROP TABLE temp.relata_check;
-- relata:outside
PRAGMA foreign_keys = ON;
