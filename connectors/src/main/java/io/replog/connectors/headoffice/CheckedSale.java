package io.replog.connectors.headoffice;

import io.replog.connectors.sale.Sale;
import io.replog.connectors.sale.UnfitSaleException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A sale with which the head office can reckon: nothing is missing, and nothing would be rounded
/// or cut off.
///
/// @param columns by name
record CheckedSale(Map<String, Object> columns) {

  private static final int DECIMALS = 4;

  /// @throws UnfitSaleException naming the first field that is wrong
  static CheckedSale of(Sale sale) {
    Map<String, Object> columns = new LinkedHashMap<>();
    columns.put("date", present("date", sale.date()));
    columns.put("region", present("region", sale.region()));
    columns.put("product", present("product", sale.product()));
    columns.put("quantity", present("quantity", sale.quantity()));
    columns.put("cost", money("cost", sale.cost()));
    columns.put("amount", money("amount", sale.amount()));
    columns.put("tax", money("tax", sale.tax()));
    columns.put("total", money("total", sale.total()));
    return new CheckedSale(columns);
  }

  private static Object present(String field, @Nullable Object value) {
    if (value == null) {
      throw new UnfitSaleException(field + " is missing");
    }
    return value;
  }

  private static BigDecimal money(String field, @Nullable BigDecimal value) {
    BigDecimal money = (BigDecimal) present(field, value);
    if (money.stripTrailingZeros().scale() > DECIMALS) {
      throw new UnfitSaleException(
          "%s is %s, which has more than %d decimals"
              .formatted(field, money.toPlainString(), DECIMALS));
    }
    return money.setScale(DECIMALS, RoundingMode.UNNECESSARY);
  }
}
