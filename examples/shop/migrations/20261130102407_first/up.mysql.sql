CREATE TABLE `cart_items` (
  `customer_id` bigint NOT NULL,
  `product_id` bigint NOT NULL,
  `quantity` int NOT NULL,
  PRIMARY KEY (`customer_id`,`product_id`),
  KEY `cart_items_product_id_fkey` (`product_id`),
  CONSTRAINT `cart_items_quantity_positive` CHECK ((`quantity` > 0))
) collate=utf8mb4_0900_bin engine=InnoDB;
CREATE TABLE `countries` (
  `code` varchar(2) NOT NULL,
  `name` varchar(64) NOT NULL,
  `vat_rate` decimal(5,2) NOT NULL,
  PRIMARY KEY (`code`)
) collate=utf8mb4_0900_bin engine=InnoDB;
CREATE TABLE `customers` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `name` varchar(128) NOT NULL,
  `email` varchar(254) NOT NULL,
  `country_code` varchar(2) NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `customers_email_key` (`email`),
  KEY `customers_country_code_fkey` (`country_code`)
) collate=utf8mb4_0900_bin engine=InnoDB;
CREATE TABLE `order_lines` (
  `order_id` bigint NOT NULL,
  `line` int NOT NULL,
  `product_id` bigint NOT NULL,
  `quantity` int NOT NULL,
  `unit_price` decimal(12,2) NOT NULL,
  PRIMARY KEY (`order_id`,`line`),
  KEY `order_lines_product_id_fkey` (`product_id`),
  CONSTRAINT `order_lines_quantity_positive` CHECK ((`quantity` > 0))
) collate=utf8mb4_0900_bin engine=InnoDB;
CREATE TABLE `orders` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `customer_id` bigint NOT NULL,
  `placed_at` datetime(6) NOT NULL,
  `status` varchar(9) NOT NULL,
  `items` decimal(12,2) NOT NULL,
  `shipping` decimal(12,2) NOT NULL,
  `tax` decimal(12,2) NOT NULL,
  `total` decimal(12,2) NOT NULL,
  PRIMARY KEY (`id`),
  KEY `orders_customer_id_fkey` (`customer_id`),
  KEY `orders_placed_at_idx` (`placed_at`),
  CONSTRAINT `orders_status_check` CHECK ((`status` in (_utf8mb4'placed',_utf8mb4'shipped',_utf8mb4'cancelled')))
) collate=utf8mb4_0900_bin engine=InnoDB;
CREATE TABLE `products` (
  `id` bigint NOT NULL AUTO_INCREMENT,
  `sku` varchar(32) NOT NULL,
  `name` varchar(128) NOT NULL,
  `price` decimal(12,2) NOT NULL,
  `weight_grams` int NOT NULL,
  `stock` int NOT NULL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `products_sku_key` (`sku`),
  CONSTRAINT `products_price_positive` CHECK ((`price` > 0.00)),
  CONSTRAINT `products_stock_is_there` CHECK ((`stock` >= 0))
) collate=utf8mb4_0900_bin engine=InnoDB;
CREATE TABLE `shipping_classes` (
  `max_weight_grams` int NOT NULL,
  `name` varchar(32) NOT NULL,
  `price` decimal(12,2) NOT NULL,
  PRIMARY KEY (`max_weight_grams`)
) collate=utf8mb4_0900_bin engine=InnoDB;
ALTER TABLE `cart_items` ADD CONSTRAINT `cart_items_customer_id_fkey` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`) ON DELETE CASCADE, ADD CONSTRAINT `cart_items_product_id_fkey` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`);
ALTER TABLE `customers` ADD CONSTRAINT `customers_country_code_fkey` FOREIGN KEY (`country_code`) REFERENCES `countries` (`code`);
ALTER TABLE `order_lines` ADD CONSTRAINT `order_lines_order_id_fkey` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE CASCADE, ADD CONSTRAINT `order_lines_product_id_fkey` FOREIGN KEY (`product_id`) REFERENCES `products` (`id`);
ALTER TABLE `orders` ADD CONSTRAINT `orders_customer_id_fkey` FOREIGN KEY (`customer_id`) REFERENCES `customers` (`id`);
