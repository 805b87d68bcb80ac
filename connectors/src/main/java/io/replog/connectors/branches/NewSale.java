package io.replog.connectors.branches;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.replog.node.problem.Refusal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A sale as a person enters it. What can be reckoned may be left out; what is given must be right.
///
/// JSON: `{"region":"West","product":"tea","quantity":3,"cost":1.20,"tax":0.72}`
///
/// @param date today when absent
/// @param region 1 to 255 characters
/// @param product 1 to 255 characters
/// @param quantity at least 1; of a sale that is changed at least 0, which undoes it
/// @param cost of one piece, at least 0, at most four decimals, as all amounts
/// @param amount quantity times cost when absent
/// @param tax 0 when absent
/// @param total amount and tax, and nothing else
@JsonIgnoreProperties(ignoreUnknown = true)
record NewSale(
    @JsonProperty("date") @Nullable LocalDate date,
    @JsonProperty("region") @Nullable String region,
    @JsonProperty("product") @Nullable String product,
    @JsonProperty("quantity") @Nullable Integer quantity,
    @JsonProperty("cost") @Nullable BigDecimal cost,
    @JsonProperty("amount") @Nullable BigDecimal amount,
    @JsonProperty("tax") @Nullable BigDecimal tax,
    @JsonProperty("total") @Nullable BigDecimal total) {

  private static final int DECIMALS = 4;
  private static final int MAX_TEXT = 255;
  private static final BigDecimal MAX_MONEY = BigDecimal.TEN.pow(15);

  /// The same with every field filled in.
  ///
  /// @param today of the branch
  /// @throws Refusal if something is missing or wrong
  NewSale checked(LocalDate today) {
    return checked(today, 1);
  }

  /// As [#checked] of what replaces a sale.
  NewSale checkedChange(LocalDate today) {
    return checked(today, 0);
  }

  private NewSale checked(LocalDate today, int leastPieces) {
    BigDecimal piece = money("cost", cost, null);
    int pieces = pieces(leastPieces);
    BigDecimal sum = money("amount", amount, piece.multiply(BigDecimal.valueOf(pieces)));
    BigDecimal duty = money("tax", tax, BigDecimal.ZERO);
    BigDecimal all = money("total", total, sum.add(duty));
    if (all.compareTo(sum.add(duty)) != 0) {
      throw Refusal.badRequest(
          "total is %s, it must be amount and tax: %s"
              .formatted(all.toPlainString(), sum.add(duty).toPlainString()));
    }
    return new NewSale(
        date == null ? today : date,
        text("region", region),
        text("product", product),
        pieces,
        piece,
        sum,
        duty,
        all);
  }

  private int pieces(int least) {
    if (quantity == null || quantity < least) {
      throw Refusal.badRequest(
          "quantity is %s, it must be an integer of at least %d".formatted(quantity, least));
    }
    return quantity;
  }

  private static String text(String field, @Nullable String value) {
    if (value == null || value.isBlank() || value.length() > MAX_TEXT || value.indexOf(0) >= 0) {
      throw Refusal.badRequest(
          "%s must be a text of 1 to %d characters, not blank".formatted(field, MAX_TEXT));
    }
    return value;
  }

  private static BigDecimal money(
      String field, @Nullable BigDecimal value, @Nullable BigDecimal otherwise) {
    BigDecimal used = value == null ? otherwise : value;
    if (used == null
        || used.signum() < 0
        || used.compareTo(MAX_MONEY) >= 0
        || used.stripTrailingZeros().scale() > DECIMALS) {
      throw Refusal.badRequest(
          "%s must be a number from 0 to below 10^15 with at most %d decimals"
              .formatted(field, DECIMALS));
    }
    return used.setScale(DECIMALS, RoundingMode.UNNECESSARY);
  }

  /// By the names of the columns; every field is filled in.
  Map<String, Object> columns() {
    Map<String, Object> columns = new HashMap<>();
    columns.put("date", Objects.requireNonNull(date));
    columns.put("region", Objects.requireNonNull(region));
    columns.put("product", Objects.requireNonNull(product));
    columns.put("quantity", Objects.requireNonNull(quantity));
    columns.put("cost", Objects.requireNonNull(cost));
    columns.put("amount", Objects.requireNonNull(amount));
    columns.put("tax", Objects.requireNonNull(tax));
    columns.put("total", Objects.requireNonNull(total));
    return columns;
  }
}
