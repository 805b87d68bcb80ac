package io.replog.connectors.sale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.replog.connectors.log.LogRecord;
import io.replog.connectors.log.NewMessage;
import io.replog.node.json.StrictJson;
import java.math.BigDecimal;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SaleEntryTest {

  private static final JsonMapper JSON = StrictJson.mapper(1 << 20);
  private static final Sale SALE =
      new Sale(
          Long.MAX_VALUE,
          Long.MAX_VALUE,
          LocalDate.of(2026, 11, 20),
          "Захід \"x\"\n",
          "tea",
          3,
          new BigDecimal("1.2000"),
          new BigDecimal("3.6000"),
          new BigDecimal("0.7200"),
          new BigDecimal("123456789012345.3200"));

  @Test
  void comesBackExactlyAsItWentIn() {
    NewMessage message = new SaleEntry("x".repeat(63), SALE).toMessage(JSON);

    SaleEntry read = SaleEntry.of(record(message.key(), message.text()), JSON).orElseThrow();

    assertThat(read.sale()).isEqualTo(SALE);
    assertThat(message.key()).hasSizeLessThanOrEqualTo(128);
  }

  @Test
  void namesBranchSaleAndVersionInItsKey() {
    Sale sale = new Sale(17, 2, null, null, null, null, null, null, null, null);

    assertThat(new SaleEntry("lviv", sale).toMessage(JSON).key()).isEqualTo("sale/lviv/17/2");
  }

  @Test
  void leavesMessagesOfOthersAlone() {
    assertThat(SaleEntry.of(record(null, "sale/1"), JSON)).isEmpty();
    assertThat(SaleEntry.of(record("order/1", "{}"), JSON)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no JSON",
        "null",
        "{}",
        "{\"branch\":\"lviv\"}",
        "{\"branch\":\"lviv\",\"sale\":{\"id\":1}}",
        "{\"branch\":\"lviv\",\"sale\":{\"id\":18,\"version\":2}}",
        "{\"branch\":\"kyiv\",\"sale\":{\"id\":17,\"version\":2}}",
        "{\"branch\":\"lviv\",\"sale\":{\"id\":17,\"version\":2,\"quantity\":\"3\"}}",
        "{\"branch\":\"lviv\",\"sale\":{\"id\":17,\"version\":2,\"date\":\"yesterday\"}}",
      })
  void refusesWhatIsNotTheSaleOfItsKey(String text) {
    assertThatThrownBy(() -> SaleEntry.of(record("sale/lviv/17/2", text), JSON))
        .isInstanceOf(UnfitSaleException.class);
  }

  private static LogRecord record(String key, String text) {
    return new LogRecord(1, 1, "2026-11-20T19:01:00.123Z", key, text);
  }
}
